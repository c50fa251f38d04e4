import type { AuthenticatorOptions } from '@keystile/core';
import { AuthenticatorCache, createAdapterAuthenticator, processEnvironment } from '@keystile/core/adapter';
import type { Request, RequestHandler } from 'express';
import { type AuthenticatorSource, createHandler } from './create-handler.ts';
import { defineRequestProperties } from './request-properties.ts';

/** The options of `authMiddleware`. Those with a variable named are read from the environment if not given. */
export interface AuthMiddlewareOptions extends AuthenticatorOptions {}

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
): RequestHandler {
  const source = typeof options === 'function' ? sourceByRequest(options) : fixedSource(options);
  const handle = createHandler(source, { define: defineRequestProperties, override: scope === 'override' });
  return function authMiddleware(req, res, next) {
    handle(req, res, next);
  };
}

function fixedSource(options: AuthMiddlewareOptions): AuthenticatorSource {
  const authenticator = createAdapterAuthenticator(options, processEnvironment());
  return { options, authenticatorFor: () => authenticator };
}

function sourceByRequest(callback: AuthMiddlewareOptionsCallback): AuthenticatorSource {
  const authenticators = new AuthenticatorCache();
  const environment = processEnvironment();
  return {
    options: callback,
    authenticatorFor: (req) => {
      const options = callback(req);
      return options instanceof Promise
        ? options.then((resolved) => authenticators.get(resolved, environment))
        : authenticators.get(options, environment);
    },
  };
}
