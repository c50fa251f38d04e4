import { createAuth } from './create-auth.ts';

export const { auth, authMiddleware, backendClient, currentUser, getAuth, protectedResourceMetadata, requireAuth } =
  createAuth();

export type { AuthFunction } from './auth-function.ts';
export { createAuth, type NextAuth } from './create-auth.ts';
export type { CurrentUser, User } from './handler/current-user.ts';
export type { GetAuth, NodeRequestLike, WebRequestLike } from './handler/get-auth.ts';
export type { MetadataHandlers, ProtectedResourceMetadata } from './handler/protected-resource-metadata.ts';
export type { GuardedCall, RequireAuth } from './handler/require-auth.ts';
export type { AuthOptions, AuthOptionsCallback } from './options.ts';
export type { Protect, ProtectCheck, ProtectOptions } from './protect.ts';
export type { AuthMiddleware, ProxyHandler } from './proxy/auth-middleware.ts';
export { createRouteMatcher, MalformedPathError, type RoutePattern } from './route-matcher.ts';
