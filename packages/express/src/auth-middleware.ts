import type { AdapterOptions } from '@keystile/core/adapter';
import type { Request, RequestHandler } from 'express';
import { createHandler } from './create-handler.ts';
import { defineRequestProperties } from './request-properties.ts';
import { fixedSource, type SetupSource, sourceByRequest } from './setup-source.ts';

/**
 * The options of `authMiddleware`. Those with a variable named are read from the environment if not given. To serve the
 * frontend API with `frontendApiProxy`, put the middleware before body parsers.
 */
export interface AuthMiddlewareOptions extends AdapterOptions {}

/** Options that depend on the request, for example the keys of a tenant. The same options give the same authenticator. */
export type AuthMiddlewareOptionsCallback = (req: Request) => AuthMiddlewareOptions | Promise<AuthMiddlewareOptions>;

/** How a middleware relates to others before it. */
export interface AuthMiddlewareRegistration {
  /**
   * What happens to a request that another `authMiddleware()` has seen before. Default `first`: its verdict stands.
   * `override`: it is authenticated again, for a router that belongs to another instance.
   */
  readonly scope?: 'first' | 'override';
}

/** The middleware. Keep it where sockets are to be authenticated as well: see `authenticateUpgrade`. */
export interface AuthMiddleware extends RequestHandler {
  /** @internal */
  readonly source: SetupSource;
}

/**
 * Finds out who makes each request; `getAuth(req)` and `req.auth` then say so, and `req.backend` is a client of the Backend API.
 *
 * It refuses nobody: what is wrong with a token leaves the request signed out. To protect routes, see `requireAuth`. A browser
 * whose session has to be renewed is sent to the frontend API and comes back. Whether forwarded headers count for the
 * address it comes back to is the application's own `trust proxy` setting.
 *
 * ```ts
 * app.use(authMiddleware());
 * ```
 *
 * @param options - those of the authenticator, or a function that gives them for a request
 * @throws ConfigurationError naming the option that is missing or malformed. With a function, such an error goes to the
 * application's error handler, as does what the function throws.
 */
export function authMiddleware(
  options: AuthMiddlewareOptions | AuthMiddlewareOptionsCallback = {},
  { scope = 'first' }: AuthMiddlewareRegistration = {},
): AuthMiddleware {
  const source = typeof options === 'function' ? sourceByRequest(options) : fixedSource(options);
  const handle = createHandler(source, { define: defineRequestProperties, override: scope === 'override' });
  // Routers and traces show the name.
  return Object.assign(Object.defineProperty(handle, 'name', { value: 'authMiddleware' }), { source });
}
