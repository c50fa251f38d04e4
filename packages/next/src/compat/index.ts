import { COMPAT_DEFAULTS } from '@keystile/core/adapter';
import { Application } from '../application.ts';
import { createCurrentUser } from '../handler/current-user.ts';
import { HandlerCallers } from '../handler/handler-callers.ts';
import { handlerParts } from '../handler/handler-parts.ts';
import { createClerkAuth } from './auth.ts';
import { createBuildClerkProps } from './build-clerk-props.ts';
import { createClerkClientGetter } from './clerk-client.ts';
import { createClerkMiddleware } from './clerk-middleware.ts';
import { createGetAuth } from './get-auth.ts';

const application = new Application(COMPAT_DEFAULTS);
const callers = new HandlerCallers(application);

export const clerkMiddleware = createClerkMiddleware(application);
export const auth = createClerkAuth(handlerParts(callers));
export const currentUser = createCurrentUser(callers);
export const clerkClient = createClerkClientGetter(callers);
export const getAuth = createGetAuth(application);
export const buildClerkProps = createBuildClerkProps(getAuth);

export type * from '@keystile/core/compat';
export { createClerkClient, verifyToken } from '@keystile/core/compat';
export { reverificationError, reverificationErrorResponse } from '@keystile/core/compat/internal';
export { clerkFrontendApiProxy, type FrontendApiProxyOptions } from '@keystile/core/compat/proxy';
export { createRouteMatcher } from '../route-matcher.ts';
export type { ClerkMiddlewareAuth, ClerkMiddlewareSessionAuthObject } from './auth.ts';
export type { ClerkMiddlewareOptions } from './clerk-middleware.ts';
export { createFrontendApiProxyHandlers } from './frontend-api-proxy.ts';
