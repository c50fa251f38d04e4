export type { AuthObject, InvalidTokenAuthObject, MachineAuthObject, SessionAuthObject } from '@keystile/core/compat';
export {
  type ClerkClient,
  type ClerkOptions,
  createClerkClient,
  type VerifyTokenOptions,
  verifyToken,
} from '@keystile/core/compat';
export { type AuthenticateRequestParams, authenticateRequest } from './authenticate-request.ts';
export { clerkClient } from './clerk-client.ts';
export { clerkMiddleware, type ExpressRequestWithAuth, type RequestAuth } from './clerk-middleware.ts';
export { getAuth } from './get-auth.ts';
export type {
  ClerkMiddlewareOptions,
  ClerkMiddlewareOptionsCallback,
  FrontendApiProxyOptions,
} from './middleware-options.ts';
export { requireAuth } from './require-auth.ts';
