import type { IncomingMessage } from 'node:http';
import type { AdapterAuthenticator, RequestState, RequestView } from '@keystile/core/adapter';
import { MiddlewareMissingError } from './middleware-missing-error.ts';
import type { SetupSource } from './setup-source.ts';

/** What the middleware found out about a request. */
export interface RequestContext {
  /** Whose context it is. */
  readonly req: IncomingMessage;
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
  const context = carrier.res?.locals?.[CONTEXT];
  return context?.req === req ? context : carrier[CONTEXT];
}

/** @throws MiddlewareMissingError if the middleware has not run */
export function assertContext(req: IncomingMessage, caller: string, middleware?: string): RequestContext {
  const context = contextOf(req);
  if (context === undefined) throw new MiddlewareMissingError(caller, middleware);
  return context;
}

/**
 * Leaves the context in `res.locals`, where Express keeps what belongs to a request: to add a property to a request takes longer
 * than to authenticate it. On the request itself outside of Express, and where an application shares one `res.locals` among
 * requests.
 */
export function setContext(req: IncomingMessage, context: RequestContext): void {
  const carrier: Carrier = req;
  const locals = carrier.res?.locals;
  const isOurs = locals !== undefined && (locals[CONTEXT] === undefined || locals[CONTEXT].req === req);
  (isOurs ? locals : carrier)[CONTEXT] = context;
}
