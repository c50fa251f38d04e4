import type { AuthenticatorOptions, SessionAuth } from '@keystile/core';
import { type AdapterAuthenticator, NO_PATCH, toResponse, viewRequest } from '@keystile/core/adapter';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { createMiddleware } from 'hono/factory';
import { announcePatch, completeResponse } from './apply-patch.ts';
import type { AuthEnv } from './auth-variables.ts';
import { createAuthenticatorSource } from './authenticator-source.ts';
import { isServable } from './is-servable.ts';
import { contextOf, type RequestContext, setContext } from './request-context.ts';

/** The options of `authMiddleware`. Those with a variable named are read from the environment if not given. */
export interface AuthMiddlewareOptions extends AuthenticatorOptions {}

/** Options that depend on the request, for example the keys of a tenant. The same options give the same authenticator. */
export type AuthMiddlewareOptionsCallback = (c: Context) => AuthMiddlewareOptions | Promise<AuthMiddlewareOptions>;

/** How a middleware relates to others before it. */
export interface AuthMiddlewareRegistration {
  /**
   * What happens to a request that another `authMiddleware()` has seen before. Default `first`: its verdict stands.
   * `override`: it is authenticated again, for routes that belong to another instance.
   */
  readonly scope?: 'first' | 'override';
}

/**
 * Finds out who makes each request; `getAuth(c)` and `c.var.auth` then say so, and `c.var.backend` is a client of the
 * Backend API.
 *
 * It refuses nobody: what is wrong with a token leaves the request signed out. To protect routes, see `requireAuth`. A
 * browser whose session has to be renewed is sent to the frontend API and comes back.
 *
 * The environment is that of the runtime: the bindings on Workers, `process.env` or `Deno.env` elsewhere. Keys that are
 * missing or malformed are a `ConfigurationError` of the first request, which goes to `app.onError`.
 *
 * ```ts
 * const app = new Hono()
 *   .use(authMiddleware())
 *   .get('/me', requireAuth(), (c) => c.json({ userId: c.var.auth.userId }));
 * ```
 *
 * @param options - those of the authenticator, or a function that gives them for a request
 */
export function authMiddleware(
  options: AuthMiddlewareOptions | AuthMiddlewareOptionsCallback = {},
  { scope = 'first' }: AuthMiddlewareRegistration = {},
): MiddlewareHandler<AuthEnv> {
  const authenticatorFor = createAuthenticatorSource(options);
  return createMiddleware<AuthEnv>(function authMiddleware(c, next) {
    if (scope === 'first' && contextOf(c) !== undefined) return next();
    if (!isServable(c.req)) return Promise.resolve(c.body(null, 400));
    const authenticator = authenticatorFor(c);
    return authenticator instanceof Promise
      ? authenticator.then((resolved) => authenticate(resolved, c, next))
      : authenticate(authenticator, c, next);
  });
}

// No async functions: an ordinary request waits for nothing here, and each of them would cost it a few promises.

function authenticate(
  authenticator: AdapterAuthenticator,
  c: Context<AuthEnv>,
  next: Next,
): ReturnType<MiddlewareHandler> {
  const view = viewRequest(c.req.raw);
  const state = authenticator.authenticateView(view, 'any');
  return state instanceof Promise
    ? state.then((settled) => conclude({ authenticator, view, state: settled, isGuarded: false }, c, next))
    : conclude({ authenticator, view, state, isGuarded: false }, c, next);
}

function conclude(context: RequestContext, c: Context<AuthEnv>, next: Next): ReturnType<MiddlewareHandler> {
  const { patch } = context.state;
  const auth = context.state.toAuth({}) as SessionAuth | null;
  if (patch.answer !== undefined || auth === null) return Promise.resolve(toResponse(patch));
  setContext(c, context);
  c.set('auth', auth);
  c.set('backend', context.authenticator.backend);
  if (patch === NO_PATCH) return next();
  announcePatch(c, patch);
  return next().then(() => completeResponse(c, patch));
}
