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

type MarkedRequest = IncomingMessage & { [CONTEXT]?: RequestContext };

/** What the middleware left on a request; undefined if it has not run. */
export function contextOf(req: IncomingMessage): RequestContext | undefined {
  return (req as MarkedRequest)[CONTEXT];
}

/** @throws MiddlewareMissingError if the middleware has not run */
export function assertContext(req: IncomingMessage, caller: string, middleware?: string): RequestContext {
  const context = contextOf(req);
  if (context === undefined) throw new MiddlewareMissingError(caller, middleware);
  return context;
}

/** Leaves the context on a request, where nothing that enumerates the request finds it. */
export function setContext(req: IncomingMessage, context: RequestContext): void {
  Object.defineProperty(req, CONTEXT, { value: context, configurable: true });
}
