import { matchesProxyPath, NO_PATCH, proxyFrontendApi, toResponse, viewRequest } from '@keystile/core/adapter';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { announcePatch, completeResponse } from './apply-patch.ts';
import { isServable } from './is-servable.ts';
import { contextOf, type RequestContext, setContext } from './request-context.ts';
import type { Setup, SetupSource } from './setup-source.ts';

/** Leaves what applications read. */
export type SetVariables = (c: Context, context: RequestContext) => void;

/**
 * The middleware itself. There are no async functions here: an ordinary request waits for nothing, and each of them would
 * cost it a few promises.
 *
 * @param override - whether a request that has been seen before is authenticated again
 */
export function createAuthMiddleware(
  setupFor: SetupSource,
  override: boolean,
  setVariables: SetVariables,
): MiddlewareHandler {
  return function authMiddleware(c, next) {
    if (!override && contextOf(c) !== undefined) return next();
    if (!isServable(c.req)) return Promise.resolve(c.body(null, 400));
    const setup = setupFor(c);
    return setup instanceof Promise
      ? setup.then((settled) => authenticate(settled, setVariables, c, next))
      : authenticate(setup, setVariables, c, next);
  };
}

function authenticate(
  { authenticator, proxy, environment }: Setup,
  setVariables: SetVariables,
  c: Context,
  next: Next,
): ReturnType<MiddlewareHandler> {
  const view = viewRequest(c.req.raw);
  if (proxy !== undefined && matchesProxyPath(view.target, proxy.proxyPath)) {
    return proxyFrontendApi(c.req.raw, proxy, environment);
  }
  const state = authenticator.authenticateView(view, 'any');
  return state instanceof Promise
    ? state.then((settled) =>
        conclude({ authenticator, view, state: settled, isGuarded: false }, setVariables, c, next),
      )
    : conclude({ authenticator, view, state, isGuarded: false }, setVariables, c, next);
}

function conclude(
  context: RequestContext,
  setVariables: SetVariables,
  c: Context,
  next: Next,
): ReturnType<MiddlewareHandler> {
  const { patch, status } = context.state;
  if (patch.answer !== undefined || status === 'handshake') return Promise.resolve(toResponse(patch));
  setContext(c, context);
  setVariables(c, context);
  if (patch === NO_PATCH) return next();
  announcePatch(c, patch);
  return next().then(() => completeResponse(c, patch));
}
