export {
  type AuthMiddlewareOptions,
  type AuthMiddlewareOptionsCallback,
  type AuthMiddlewareRegistration,
  authMiddleware,
} from './auth-middleware.ts';
export type { AuthEnv, AuthVariables, RequestAuth } from './auth-variables.ts';
export { authenticateUpgrade, type UpgradeEnv, type UpgradeOptions } from './authenticate-upgrade.ts';
export { getAuth } from './get-auth.ts';
export { MiddlewareMissingError } from './middleware-missing-error.ts';
export { PROTECTED_RESOURCE_PATH, protectedResourceMetadata } from './protected-resource-metadata.ts';
export {
  type AuthProblem,
  type GuardedEnv,
  type RefusalResponse,
  type RequireAuthOptions,
  requireAuth,
} from './require-auth.ts';
