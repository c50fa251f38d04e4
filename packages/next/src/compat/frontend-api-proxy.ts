import { clerkFrontendApiProxy, type FrontendApiProxyOptions } from '@keystile/core/compat/proxy';

type Handler = (request: Request) => Promise<Response>;

/** The handlers of a catch-all route. */
export interface FrontendApiProxyHandlers {
  readonly GET: Handler;
  readonly POST: Handler;
  readonly PUT: Handler;
  readonly DELETE: Handler;
  readonly PATCH: Handler;
}

/** Serves the frontend API from a route of its own: `app/__clerk/[[...path]]/route.ts`. */
export function createFrontendApiProxyHandlers(options?: FrontendApiProxyOptions): FrontendApiProxyHandlers {
  const handler: Handler = (request) => clerkFrontendApiProxy(request, options);
  return { GET: handler, POST: handler, PUT: handler, DELETE: handler, PATCH: handler };
}
