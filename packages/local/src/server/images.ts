import { Hono } from 'hono';
import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';

/** Serves uploaded images, and draws a disc for those who have none. */
export function createImages({ db }: Context): Hono {
  const app = new Hono();
  app.get('/images/:id', async (c) => {
    const id = c.req.param('id');
    // Nothing here may run as a page of ours, whatever somebody uploaded.
    const headers = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' };
    if (id.startsWith('default-')) return c.body(drawDisc(id), 200, { ...headers, 'content-type': 'image/svg+xml' });
    const image = await db.selectFrom('images').selectAll().where('id', '=', id).executeTakeFirst();
    if (image === undefined) throw notFound('image', id);
    return c.body(Buffer.from(image.base64, 'base64'), 200, { ...headers, 'content-type': image.content_type });
  });
  return app;
}

/** A disc in a colour that comes from the name, so that one stays the same and two differ. */
function drawDisc(name: string): string {
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + letter.charCodeAt(0)) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="32" fill="hsl(${hue} 55% 55%)"/></svg>`;
}
