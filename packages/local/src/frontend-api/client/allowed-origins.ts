import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { forbidden } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { isAllowedOrigin } from '../browser/return-target.ts';

/** Lets scripts of the instance's own applications call the frontend API with cookies; scripts of others are refused. */
export function allowedOrigins(context: Context): MiddlewareHandler {
  const answer = cors({
    origin: (origin) => origin,
    credentials: true,
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: ['Authorization'],
    maxAge: 600,
  });
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined) return next();
    if (!URL.canParse(origin) || !(await isAllowedOrigin(context, new URL(origin)))) {
      throw forbidden(
        'origin_invalid',
        'This origin may not call the frontend API. Add it to the allowed origins of the instance.',
      );
    }
    return answer(c, next);
  };
}
