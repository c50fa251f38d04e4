import type { AdapterAuthenticator, RequestState, RequestView } from '@keystile/core/adapter';
import type { Context } from 'hono';
import { MiddlewareMissingError } from './middleware-missing-error.ts';

/** What the middleware found out about a request. */
export interface RequestContext {
  readonly authenticator: AdapterAuthenticator;
  readonly view: RequestView;
  /** Replaced when a guard has a machine token verified that the middleware left alone. */
  state: RequestState;
  /** Whether a guard has let the request pass, so that the answer is one user's own. */
  isGuarded: boolean;
}

/**
 * The mark of our middleware: a variable that nothing else in the application can name. Whatever another library left in
 * `c.var.auth` is not taken for ours.
 */
const CONTEXT = Symbol('keystile');

type Marked = Context<{ Variables: { [CONTEXT]?: RequestContext } }>;

/** What the middleware left for a request; undefined if it has not run. */
export function contextOf(c: Context): RequestContext | undefined {
  return (c as Marked).get(CONTEXT);
}

/** @throws MiddlewareMissingError if the middleware has not run */
export function assertContext(c: Context, caller: string): RequestContext {
  const context = contextOf(c);
  if (context === undefined) throw new MiddlewareMissingError(caller);
  return context;
}

export function setContext(c: Context, context: RequestContext): void {
  (c as Marked).set(CONTEXT, context);
}
