import { processEnvironment, readText } from '@keystile/core/adapter';
import type { RequestHandler } from 'express';
import { assertContext } from '../request-context.ts';
import { clerkMiddleware } from './clerk-middleware.ts';
import type { ClerkMiddlewareOptions } from './middleware-options.ts';

/**
 * Sends whoever has no `userId` to the sign-in page: `signInUrl`, else `CLERK_SIGN_IN_URL`, else `/`. Runs the middleware by
 * itself where it has not run. It knows neither 401 nor 403: see `requireAuth` of the main entry for those.
 */
export function requireAuth(options: ClerkMiddlewareOptions = {}): RequestHandler {
  const middleware = clerkMiddleware(options);
  return function requireAuth(req, res, next) {
    middleware(req, res, (error?: unknown) => {
      if (error !== undefined) {
        next(error);
        return;
      }
      const auth = assertContext(req, 'requireAuth').state.toAuth({ acceptsToken: 'any' });
      if (auth !== null && 'userId' in auth && auth.userId) next();
      else res.redirect(options.signInUrl || readText(processEnvironment(), 'CLERK_SIGN_IN_URL') || '/');
    });
  };
}
