import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import type { Schema } from '../store/schema.generated.ts';
import { renderConsolePage } from './layout.ts';

/** What is counted on the first page, and where the things are. */
const counted: readonly (readonly [table: keyof Schema, name: string, path: string])[] = [
  ['users', 'Users', '/console/users'],
  ['sessions', 'Sessions', '/console/sessions'],
  ['organizations', 'Organizations', '/console/organizations'],
  ['api_keys', 'API keys', '/console/keys'],
  ['messages', 'Messages', '/console/outbox'],
  ['webhook_deliveries', 'Deliveries', '/console/deliveries'],
];

export function createOverview({ db, instance, clock }: Context): Hono {
  const app = new Hono();
  app.get('/console', async (c) => {
    const cards = [];
    for (const [table, name, path] of counted) {
      const { count } = await db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      cards.push(html`<a href="${path}"><strong>${String(count)}</strong>${name}</a>`);
    }
    return c.html(
      renderConsolePage({
        title: 'Overview',
        section: '/console',
        content: html`<div class="cards">${cards}</div>
<h2>For your application</h2>
<pre tabindex="0">CLERK_PUBLISHABLE_KEY=${instance.publishableKey}
CLERK_SECRET_KEY=${instance.secretKey}
CLERK_API_URL=${instance.url}
CLERK_SIGN_IN_URL=${instance.url}/sign-in
CLERK_SIGN_UP_URL=${instance.url}/sign-up</pre>
<h2>This backend</h2>
<dl class="facts">
<dt>Address</dt><dd><code>${instance.url}</code></dd>
<dt>Instance</dt><dd><code>${instance.id}</code></dd>
<dt>Its time</dt><dd>${new Date(clock.now()).toISOString()}</dd>
<dt>Pages</dt><dd><a href="/sign-in">Sign in</a> · <a href="/sign-up">Sign up</a> · <a href="/account">Account</a></dd>
</dl>`,
      }),
    );
  });
  return app;
}
