import { isPreflight, type RequestView } from '@keystile/core/adapter';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { matchedRoutes } from 'hono/route';
import { findTargetHandler, isMiddleware } from 'hono/utils/handler';

/**
 * Answers a CORS preflight in a guard's place; undefined for a request that is none. A preflight carries no credentials, so
 * it passes to other middleware and to handlers of `OPTIONS`. A handler of all methods (`app.all`) would do its work for a
 * stranger: there the preflight ends, with an answer that grants nothing.
 */
export function answerPreflight(c: Context, view: RequestView, next: Next): ReturnType<MiddlewareHandler> | undefined {
  if (!isPreflight(view)) return undefined;
  const isAnswered = matchedRoutes(c)
    .slice(c.req.routeIndex + 1)
    .every(({ method, handler }) => method === 'OPTIONS' || isMiddleware(findTargetHandler(handler)));
  return isAnswered ? answerWithoutBody(c, next) : Promise.resolve(c.body(null, 204));
}

/** A preflight asks for headers alone. What runs behind the guard after all, as a mounted application, tells a stranger nothing. */
async function answerWithoutBody(c: Context, next: Next): Promise<void> {
  await next();
  const { status, body } = c.res;
  if (body === null) return;
  await body.cancel();
  const headers = new Headers(c.res.headers);
  headers.delete('content-length');
  // Without this, the setter would merge the old headers over the new ones.
  c.res = undefined;
  c.res = new Response(null, { status, headers });
}
