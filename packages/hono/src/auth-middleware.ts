import type { SessionAuth } from '@keystile/core';
import type { AdapterOptions } from '@keystile/core/adapter';
import type { Context, MiddlewareHandler } from 'hono';
import type { AuthEnv } from './auth-variables.ts';
import { createAuthMiddleware } from './create-auth-middleware.ts';
import { fixedSource, sourceByRequest } from './setup-source.ts';

/** The options of `authMiddleware`. Those with a variable named are read from the environment if not given. */
export interface AuthMiddlewareOptions extends AdapterOptions {}

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
  return createAuthMiddleware(
    typeof options === 'function' ? sourceByRequest(options) : fixedSource(options),
    scope === 'override',
    (c, { state, authenticator }) => {
      c.set('auth', state.toAuth({}) as SessionAuth);
      c.set('backend', authenticator.backend);
    },
  );
}
