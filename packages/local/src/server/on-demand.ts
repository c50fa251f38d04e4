import type { Hono, MiddlewareHandler } from 'hono';

/**
 * Answers with a part of the application that is loaded when it is first asked for: a start needs none of the pages, and no
 * test that speaks to the Backend API alone does.
 */
export function onDemand(load: () => Promise<Hono>): MiddlewareHandler {
  let loading: Promise<Hono> | undefined;
  return async (c) => {
    loading ??= load();
    return (await loading).fetch(c.req.raw, c.env);
  };
}
