import { isPreflight, type RequestView } from '@keystile/core/adapter';
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { findTargetHandler, isMiddleware } from 'hono/utils/handler';

/**
 * Whether a guard lets a request pass because it is a CORS preflight, which carries no credentials.
 *
 * Only to middleware and to handlers of `OPTIONS`, which may answer it: a handler of all methods (`app.all`) would do its
 * work for a stranger.
 */
export function passesAsPreflight(c: Context, view: RequestView): boolean {
  return (
    isPreflight(view) &&
    matchedRoutes(c)
      .slice(c.req.routeIndex + 1)
      .every(({ method, handler }) => method === 'OPTIONS' || isMiddleware(findTargetHandler(handler)))
  );
}
