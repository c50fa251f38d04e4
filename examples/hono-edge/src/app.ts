import {
  type AuthMiddlewareOptions,
  authMiddleware,
  getAuth,
  PROTECTED_RESOURCE_PATH,
  protectedResourceMetadata,
  requireAuth,
} from '@keystile/hono';
import { webhookHandler } from '@keystile/hono/webhooks';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { live } from './live.ts';
import { mcp } from './mcp.ts';

/**
 * The application. Its keys come out of the environment of the runtime: the bindings, on Workers.
 *
 * @param options - what is not to be read from there
 */
export function createApp(options: AuthMiddlewareOptions = {}) {
  return (
    new Hono()
      // Finds out who makes each request, and refuses nobody. A visitor of /orgs/acme has acme as the active organisation.
      .use(authMiddleware({ organizationSyncOptions: { organizationPatterns: ['/orgs/:slug'] }, ...options }))

      // Open to all; it may still look who is there.
      .get('/', (c) => {
        const { userId } = getAuth(c);
        return c.html(html`<!doctype html>
          <html lang="en">
            <title>Keystile on Hono</title>
            <h1>Keystile on Hono</h1>
            <p>${userId === null ? 'You are not signed in.' : `You are signed in as ${userId}.`}</p>
            <p><a href="/profile">Profile</a> <a href="/orgs/acme">Acme</a></p>
          </html>`);
      })

      // A page. Visitors who are not signed in are sent to the sign-in page and come back here.
      .get('/profile', requireAuth(), async (c) => {
        const { firstName, lastName } = await c.var.backend.users.getUser(c.var.auth.userId);
        return c.html(
          html`<!doctype html><html lang="en"><title>Profile</title><h1>Hello, ${firstName} ${lastName}</h1></html>`,
        );
      })

      // The organisation that the URL names. Members alone see that there is such a one.
      .get('/orgs/:slug', requireAuth(), (c) => {
        const { orgSlug, orgRole, has } = c.var.auth;
        if (orgSlug !== c.req.param('slug')) return c.notFound();
        return c.html(html`<!doctype html>
          <html lang="en">
            <title>${orgSlug}</title>
            <h1>${orgSlug}</h1>
            <p>You are here as ${orgRole}.</p>
            ${has({ permission: 'org:invoices:read' }) && html`<p>Invoice A-1: 120</p>`}
          </html>`);
      })

      // The same session for scripts. What is refused shows in the types of an RPC client, too.
      .get('/api/me', requireAuth({ mode: 'api', refusal: 'return' }), (c) => {
        const { userId, sessionId, orgId, orgRole } = c.var.auth;
        return c.json({ userId, sessionId, orgId, orgRole }, 200);
      })

      // For programs with an API key of a user or an organisation.
      .get('/api/reports', requireAuth({ acceptsToken: 'api_key', scopes: 'read' }), (c) => {
        const { name, subject, scopes } = c.var.auth;
        return c.json({ key: name, subject, scopes });
      })

      // For agents that a user has allowed to act: an MCP endpoint, and how its clients find the authorization server.
      .all(`${PROTECTED_RESOURCE_PATH}/*`, protectedResourceMetadata({ scopesSupported: ['profile'] }))
      .route('/mcp', mcp)

      .route('/live', live)

      .post(
        '/webhooks',
        webhookHandler((event) => console.log(`webhook: ${event.type}`)),
      )
  );
}

/** For clients: `hc<App>(url)`. */
export type App = ReturnType<typeof createApp>;
