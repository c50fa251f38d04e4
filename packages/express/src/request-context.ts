import type { IncomingMessage } from 'node:http';
import type { AdapterAuthenticator, RequestState, RequestView } from '@keystile/core/adapter';
import { MiddlewareMissingError } from './middleware-missing-error.ts';
import type { SetupSource } from './setup-source.ts';

/** What the middleware found out about a request. */
export interface RequestContext {
  readonly authenticator: AdapterAuthenticator;
  /** Whose middleware found it out. */
  readonly source: SetupSource;
  readonly view: RequestView;
  /** Replaced when a guard has a machine token verified that the middleware left alone. */
  state: RequestState;
}

/**
 * The mark of our middleware. No body parser and no other library can leave something under it, so what stands there is
 * ours, whatever `req.auth` may hold.
 */
const CONTEXT = Symbol('keystile');

type Marked = { [CONTEXT]?: RequestContext };
type Carrier = IncomingMessage & Marked & { readonly res?: { readonly locals?: Marked } };

/** What the middleware left for a request; undefined if it has not run. */
export function contextOf(req: IncomingMessage): RequestContext | undefined {
  const carrier: Carrier = req;
  return carrier.res?.locals?.[CONTEXT] ?? carrier[CONTEXT];
}

/** @throws MiddlewareMissingError if the middleware has not run */
export function assertContext(req: IncomingMessage, caller: string, middleware?: string): RequestContext {
  const context = contextOf(req);
  if (context === undefined) throw new MiddlewareMissingError(caller, middleware);
  return context;
}

/**
 * Leaves the context where Express keeps what belongs to a request; outside of Express, on the request. To add a property to
 * a request takes longer than to authenticate it.
 */
export function setContext(req: IncomingMessage, context: RequestContext): void {
  const carrier: Carrier = req;
  (carrier.res?.locals ?? carrier)[CONTEXT] = context;
}
