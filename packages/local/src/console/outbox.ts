import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { fromJson } from '../store/json-column.ts';
import { renderConsolePage } from './layout.ts';
import { pageOf, pageSize, renderPaging } from './paging.ts';
import { renderTime } from './table.ts';

/** The messages that a hosted backend would have sent: their codes and links. */
export function createOutbox({ db }: Context): Hono {
  const app = new Hono();
  app.get('/console/outbox', async (c) => {
    const page = pageOf(c.req);
    const rows = await db
      .selectFrom('messages')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(pageSize + 1)
      .offset((page - 1) * pageSize)
      .execute();
    const messages = rows.slice(0, pageSize).map((row) => {
      const { otp_code: code, url } = fromJson<{ otp_code?: unknown; url?: unknown }>(row.data);
      return html`<article class="message">
<h2>${row.subject}</h2>
<span class="soft">to <strong>${row.recipient}</strong> by ${row.channel === 'sms' ? 'SMS' : 'e-mail'}, ${renderTime(row.created_at)}</span>
${typeof code === 'string' ? html`<p class="big-code">${code}</p>` : ''}
<p>${row.body}</p>
${typeof url === 'string' && /^https?:\/\//.test(url) ? html`<p><a href="${url}">Open the link</a></p>` : ''}
</article>`;
    });
    return c.html(
      renderConsolePage({
        title: 'Outbox',
        section: '/console/outbox',
        content: html`${messages.length === 0 ? html`<p class="soft">Nothing has been sent yet. Codes and invitations appear here.</p>` : messages}${renderPaging('/console/outbox', page, rows.length > pageSize)}`,
      }),
    );
  });
  return app;
}
