import { Hono } from 'hono';
import { html } from 'hono/html';
import { endSession } from '../../resources/end-sessions.ts';
import { activeSessions } from '../browser/active-session.ts';
import { issueDevBrowser } from '../browser/dev-browser.ts';
import { clientUatCookies } from '../browser/domain-cookies.ts';
import { csrfToken } from './csrf.ts';
import { readForm } from './form.ts';
import { renderPage } from './layout.ts';
import { leaveTo, wantedTarget } from './leave.ts';
import type { PageServices } from './services.ts';
import { carried } from './sign-in-view.ts';
import { displayName, findVisitor } from './visitor.ts';

/** Sign-out: a question, since any page can link here, and the answer. */
export function createSignOutPages({ context }: PageServices): Hono {
  const app = new Hono();

  app.get('/sign-out', async (c) => {
    const { target } = await wantedTarget(context, c.req.query('redirect_url'));
    const { session } = await findVisitor(context, c.req);
    if (session === undefined) {
      return c.html(
        renderPage({
          title: 'You are signed out',
          content: html`<a class="button" href="${target?.href ?? '/sign-in'}">${target === undefined ? 'Sign in' : `Back to ${target.host}`}</a>`,
        }),
      );
    }
    return c.html(
      renderPage({
        title: 'Sign out?',
        lead: html`You are signed in as <strong>${await displayName(context, session.user_id)}</strong>.`,
        content: html`<form class="stack" method="post" action="/sign-out">
${carried({ csrf: csrfToken(context, c), target })}
<button type="submit" autofocus>Sign out</button>
<a class="button quiet" href="${target?.href ?? '/account'}">Stay signed in</a>
</form>`,
      }),
    );
  });

  app.post('/sign-out', async (c) => {
    const { target } = await wantedTarget(context, (await readForm(context, c)).redirect_url);
    const { client } = await findVisitor(context, c.req);
    if (client !== undefined) {
      await context.transaction(async (tx) => {
        for (const session of await activeSessions(tx, client)) await endSession(tx, session, 'ended');
        // Applications see by the time of the client's last change that their session token is from before it.
        await tx.db.updateTable('clients').set({ updated_at: tx.clock.now() }).where('id', '=', client.id).execute();
      });
    }
    const told = client === undefined ? [] : await clientUatCookies(context, new URL(c.req.url), client);
    for (const cookie of told) c.header('set-cookie', cookie, { append: true });
    const devBrowser = () => (client === undefined ? '' : issueDevBrowser(context, client.id));
    return leaveTo(context, c, target, devBrowser, '/sign-out');
  });

  return app;
}
