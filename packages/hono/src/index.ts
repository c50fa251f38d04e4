export {
  type AuthMiddlewareOptions,
  type AuthMiddlewareOptionsCallback,
  type AuthMiddlewareRegistration,
  authMiddleware,
} from './auth-middleware.ts';
export type { AuthEnv, AuthVariables, RequestAuth } from './auth-variables.ts';
export { getAuth } from './get-auth.ts';
export { MiddlewareMissingError } from './middleware-missing-error.ts';
export {
  type AuthProblem,
  type GuardedEnv,
  type RefusalResponse,
  type RequireAuthOptions,
  requireAuth,
} from './require-auth.ts';
