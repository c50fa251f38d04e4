import { Hono } from 'hono';
import { badRequest } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { findClient, startClient } from '../browser/client.ts';
import { applicationCookies } from '../browser/cookie-names.ts';
import { issueDevBrowser } from '../browser/dev-browser.ts';
import { allowedTarget } from '../browser/return-target.ts';

/** `GET /v1/client/sync`: sends a browser back with a development token of the client that our own cookie names. */
export function createSync(context: Context): Hono {
  const app = new Hono();
  app.get('/v1/client/sync', async (c) => {
    const target = await allowedTarget(context, c.req.query('redirect_url'));
    if (target === undefined)
      throw badRequest('invalid_redirect_url', 'redirect_url is not an address of an application.', 'redirect_url');
    const { token, cookies } = await context.transaction(async (tx) => {
      const known = await findClient(tx, c.req);
      const held = known === undefined ? await startClient(tx) : { client: known, cookies: [] };
      return { token: await issueDevBrowser(tx, held.client.id), cookies: held.cookies };
    });
    target.searchParams.set(applicationCookies.devBrowser, token);
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    return c.redirect(target.href, 307);
  });
  return app;
}
