import type { ClerkHonoVariables } from './clerk-middleware.ts';

declare module 'hono' {
  interface ContextVariableMap extends ClerkHonoVariables {}
}

export {
  type ClerkHonoVariables,
  type ClerkMiddlewareOptions,
  clerkMiddleware,
  type FrontendApiProxyOptions,
} from './clerk-middleware.ts';
export { getAuth } from './get-auth.ts';
