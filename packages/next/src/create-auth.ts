import type { Authenticator } from '@keystile/core';
import { Application } from './application.ts';
import { type AuthFunction, createAuthFunction } from './auth-function.ts';
import { type CurrentUser, createCurrentUser } from './handler/current-user.ts';
import { createGetAuth, type GetAuth } from './handler/get-auth.ts';
import { HandlerCallers } from './handler/handler-callers.ts';
import { handlerParts } from './handler/handler-parts.ts';
import {
  createProtectedResourceMetadata,
  type ProtectedResourceMetadata,
} from './handler/protected-resource-metadata.ts';
import { createRequireAuth, type RequireAuth } from './handler/require-auth.ts';
import type { AuthOptions } from './options.ts';
import { type AuthMiddleware, createAuthMiddleware } from './proxy/auth-middleware.ts';

/** What an application uses of this package. */
export interface NextAuth {
  readonly authMiddleware: AuthMiddleware;
  /** Who makes the request: in server components, server actions and route handlers. */
  readonly auth: AuthFunction;
  readonly currentUser: CurrentUser;
  /** A client of the Backend API with the keys that the request was authenticated with. */
  readonly backendClient: () => Promise<Authenticator['backend']>;
  readonly getAuth: GetAuth;
  readonly requireAuth: RequireAuth;
  readonly protectedResourceMetadata: ProtectedResourceMetadata;
}

/**
 * Creates the functions of this package with options that proxy and handlers share. With keys in the environment and nothing
 * else to set, use the ready-made ones instead.
 *
 * ```ts
 * // auth.ts
 * export const { auth, authMiddleware, currentUser } = createAuth({ authorizedParties: ['https://app.example.com'] });
 * ```
 *
 * Nothing is read or checked before it is needed, so that an application can be built without its keys.
 */
export function createAuth(options: AuthOptions = {}): NextAuth {
  const application = new Application(options);
  const callers = new HandlerCallers(application);
  return {
    authMiddleware: createAuthMiddleware(application, createAuthFunction),
    auth: createAuthFunction(handlerParts(callers)),
    getAuth: createGetAuth(callers),
    requireAuth: createRequireAuth(callers),
    protectedResourceMetadata: createProtectedResourceMetadata(application),
    currentUser: createCurrentUser(callers),
    backendClient: async () => (await callers.current('backendClient()', undefined)).authenticator.backend,
  };
}
