import type { Authenticator } from '@keystile/core';
import { Application } from './application.ts';
import type { AuthFunction } from './auth-function.ts';
import { readAuth } from './caller.ts';
import { createGetAuth, type GetAuth } from './handler/get-auth.ts';
import { createHandlerAuth } from './handler/handler-auth.ts';
import { HandlerCallers } from './handler/handler-callers.ts';
import {
  createProtectedResourceMetadata,
  type ProtectedResourceMetadata,
} from './handler/protected-resource-metadata.ts';
import { readHeaders } from './handler/read-headers.ts';
import { createRequireAuth, type RequireAuth } from './handler/require-auth.ts';
import type { AuthOptions } from './options.ts';
import { type AuthMiddleware, createAuthMiddleware } from './proxy/auth-middleware.ts';

/** A user of the instance, as the Backend API describes it. */
export type User = Awaited<ReturnType<Authenticator['backend']['users']['getUser']>>;

/** What an application uses of this package. */
export interface NextAuth {
  readonly authMiddleware: AuthMiddleware;
  /** Who makes the request: in server components, server actions and route handlers. */
  readonly auth: AuthFunction;
  /** The signed-in user, asked of the Backend API once a request; null if nobody is signed in. */
  readonly currentUser: () => Promise<User | null>;
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
  const auth = createHandlerAuth(callers);
  const users = new WeakMap<object, Promise<User>>();

  return {
    authMiddleware: createAuthMiddleware(application),
    auth,
    getAuth: createGetAuth(callers),
    requireAuth: createRequireAuth(callers),
    protectedResourceMetadata: createProtectedResourceMetadata(application),

    async currentUser() {
      const headers = await readHeaders('currentUser()');
      const caller = await callers.find(headers, undefined);
      const session = await readAuth(caller, {});
      if (!session.isAuthenticated) return null;
      let user = users.get(headers);
      if (user === undefined) {
        user = caller.authenticator.backend.users.getUser(session.userId);
        users.set(headers, user);
      }
      return user;
    },

    async backendClient() {
      const { authenticator } = await callers.find(await readHeaders('backendClient()'), undefined);
      return authenticator.backend;
    },
  };
}
