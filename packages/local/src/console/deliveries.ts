import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { csrfField, csrfToken } from '../frontend-api/pages/csrf.ts';
import { hidden } from '../frontend-api/pages/field.ts';
import { readForm } from '../frontend-api/pages/form.ts';
import type { Webhooks } from '../webhooks/create-webhooks.ts';
import { renderConsolePage } from './layout.ts';
import { pageOf, pageSize, renderPaging } from './paging.ts';
import { code, renderTable, renderTime, tag } from './table.ts';

/** Webhook endpoints, and what was delivered to them. */
export function createDeliveryPages(context: Context, webhooks: Webhooks): Hono {
  const { db } = context;
  const app = new Hono();

  app.get('/console/deliveries', async (c) => {
    const page = pageOf(c.req);
    const csrf = csrfToken(context, c);
    const endpoints = await webhooks.endpoints();
    const rows = await db
      .selectFrom('webhook_deliveries')
      .innerJoin('events', 'events.id', 'webhook_deliveries.event_id')
      .innerJoin('webhook_endpoints', 'webhook_endpoints.id', 'webhook_deliveries.endpoint_id')
      .select([
        'webhook_deliveries.id',
        'webhook_deliveries.status',
        'webhook_deliveries.attempts',
        'webhook_deliveries.next_attempt_at',
        'webhook_deliveries.created_at',
      ])
      .select(['events.type', 'webhook_endpoints.url'])
      .orderBy('webhook_deliveries.created_at', 'desc')
      .orderBy('webhook_deliveries.id', 'desc')
      .limit(pageSize + 1)
      .offset((page - 1) * pageSize)
      .execute();
    return c.html(
      renderConsolePage({
        title: 'Webhooks',
        section: '/console/deliveries',
        content: html`<h2>Endpoints</h2>
${renderTable({
  label: 'Endpoints',
  columns: ['Address', 'Events', 'Secret'],
  rows: endpoints.map(({ url, eventTypes, secret }) => [url, eventTypes.join(', ') || 'all', code(secret)]),
  empty: html`There is none. Start with <code>keystile dev --webhook URL</code>.`,
})}
<h2>Deliveries</h2>
${renderTable({
  label: 'Deliveries',
  columns: ['Event', 'To', 'State', 'Attempts', 'Next attempt', 'Created', ''],
  rows: rows
    .slice(0, pageSize)
    .map((row) => [
      html`<a href="/console/deliveries/${row.id}">${row.type}</a>`,
      row.url,
      tag(row.status),
      row.attempts,
      row.status === 'pending' ? renderTime(row.next_attempt_at) : null,
      renderTime(row.created_at),
      html`<form class="inline" method="post" action="/console/deliveries/${row.id}/resend">${hidden(csrfField, csrf)}<button class="quiet" type="submit">Send again<span class="visually-hidden"> ${row.type} ${row.id}</span></button></form>`,
    ]),
  empty: 'Nothing has been delivered yet.',
})}
${renderPaging('/console/deliveries', page, rows.length > pageSize)}`,
      }),
    );
  });

  app.get('/console/deliveries/:id', async (c) => {
    const row = await db
      .selectFrom('webhook_deliveries')
      .innerJoin('events', 'events.id', 'webhook_deliveries.event_id')
      .select(['webhook_deliveries.id', 'webhook_deliveries.status', 'events.type', 'events.data'])
      .where('webhook_deliveries.id', '=', c.req.param('id'))
      .executeTakeFirst();
    if (row === undefined) return c.notFound();
    const attempts = await db
      .selectFrom('webhook_attempts')
      .selectAll()
      .where('delivery_id', '=', row.id)
      .orderBy('id')
      .execute();
    return c.html(
      renderConsolePage({
        title: row.type,
        section: '/console/deliveries',
        content: html`<dl class="facts"><dt>Message id</dt><dd><code>${row.id}</code></dd><dt>State</dt><dd>${tag(row.status)}</dd></dl>
<h2>Attempts</h2>
${renderTable({
  label: 'Attempts',
  columns: ['When', 'Answer', 'Took', 'Error'],
  rows: attempts.map((attempt) => [
    renderTime(attempt.created_at),
    attempt.response_status,
    `${attempt.duration_in_ms} ms`,
    attempt.error,
  ]),
  empty: 'None yet.',
})}
<h2>Data</h2>
<pre tabindex="0">${JSON.stringify(JSON.parse(row.data), null, 2)}</pre>`,
      }),
    );
  });

  app.post('/console/deliveries/:id/resend', async (c) => {
    await readForm(context, c);
    await webhooks.resend(c.req.param('id'));
    return c.redirect(`/console/deliveries/${c.req.param('id')}`, 303);
  });

  return app;
}
