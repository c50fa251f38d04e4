import { authMiddleware, getAuth, requireAuth } from '@keystile/hono';
import { verifyWebhook } from '@keystile/hono/webhooks';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { describeAuth, GUARDS, OWN_CACHE_CONTROL, OWN_COOKIE, ROUTES, readSelection } from '../application.ts';
import type { ApplicationSetup } from '../harness.ts';

const silent = { logger: { warn() {} } };

/** The application of the suite on Hono. It runs wherever Hono does. */
export function createHonoApplication({ options, tenants, webhookSecret }: ApplicationSetup): Hono {
  const app = new Hono();
  const showAuth = (c: Context) => c.json(describeAuth(getAuth(c, readSelection(c.req.url))));

  app.get(ROUTES.unprotected, showAuth);
  app.post(ROUTES.webhooks, async (c) => {
    try {
      const { type } = await verifyWebhook(c, { signingSecret: webhookSecret });
      return c.json({ type });
    } catch (error) {
      return c.body(null, (error as { status: ContentfulStatusCode }).status as never);
    }
  });
  app.use(
    tenants === undefined
      ? authMiddleware({ ...options, ...silent })
      : authMiddleware((c) => {
          const chosen = tenants[c.req.header('x-tenant') ?? ''];
          if (chosen === undefined) throw new Error('No such tenant.');
          return { ...chosen, ...silent };
        }),
  );
  app.all(ROUTES.auth, showAuth);
  app.route('/mounted', new Hono().all('/deep/auth', showAuth));
  for (const [name, demands] of Object.entries(GUARDS)) {
    app.all(`${ROUTES.guarded}/${name}`, requireAuth(demands), (c) => c.json(describeAuth(c.var.auth)));
  }
  app.post(ROUTES.body, async (c) => c.json({ userId: getAuth(c).userId, text: await c.req.text() }));
  app.get(ROUTES.cookies, () => {
    // A raw response: Hono does not merge what middleware announced into it.
    return new Response('page', { headers: { 'set-cookie': OWN_COOKIE, 'cache-control': OWN_CACHE_CONTROL } });
  });
  app.get(ROUTES.backend, (c) => c.json({ hasBackend: typeof c.get('backend' as never) === 'object' }));
  app.get(ROUTES.fail, () => {
    throw new Error('The handler failed.');
  });
  app.onError((error, c) => ('getResponse' in error ? error.getResponse() : c.body(null, 500)));
  return app;
}
