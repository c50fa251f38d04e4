import type { Authenticator, SessionAuth } from '@keystile/core';

declare global {
  namespace Express {
    interface Request {
      /** Whose session it is, as `getAuth(req)` says. Throws where `authMiddleware()` has not run. */
      readonly auth: SessionAuth;
      /** A client of the Backend API with the keys that the request was authenticated with. */
      readonly backend: Authenticator['backend'];
    }
  }
}

export type { FrontendApiProxySettings } from '@keystile/core/adapter';
export {
  type AuthMiddleware,
  type AuthMiddlewareOptions,
  type AuthMiddlewareOptionsCallback,
  type AuthMiddlewareRegistration,
  authMiddleware,
} from './auth-middleware.ts';
export { authenticateUpgrade, type UpgradeCaller, type UpgradeOptions } from './authenticate-upgrade.ts';
export { getAuth } from './get-auth.ts';
export { MiddlewareMissingError } from './middleware-missing-error.ts';
export { PROTECTED_RESOURCE_PATH, protectedResourceMetadata } from './protected-resource-metadata.ts';
export { type AuthGuard, type AuthLocals, requireAuth } from './require-auth.ts';
