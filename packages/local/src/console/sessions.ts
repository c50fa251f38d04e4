import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { csrfField, csrfToken } from '../frontend-api/pages/csrf.ts';
import { hidden } from '../frontend-api/pages/field.ts';
import { readForm } from '../frontend-api/pages/form.ts';
import type { Markup } from '../frontend-api/pages/layout.ts';
import { sessionStatus } from '../issuing/session.ts';
import { endSession } from '../resources/end-sessions.ts';
import { findSession } from '../resources/session.ts';
import { fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { renderConsolePage } from './layout.ts';
import { pageOf, pageSize, renderPaging } from './paging.ts';
import { code, renderTable, renderTime, tag } from './table.ts';

export function createSessionPages(context: Context): Hono {
  const app = new Hono();

  app.get('/console/sessions', async (c) => {
    const page = pageOf(c.req);
    const rows = await context.db
      .selectFrom('sessions')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(pageSize + 1)
      .offset((page - 1) * pageSize)
      .execute();
    return c.html(
      renderConsolePage({
        title: 'Sessions',
        section: '/console/sessions',
        content: html`${sessionTable(context, rows.slice(0, pageSize), csrfToken(context, c))}${renderPaging('/console/sessions', page, rows.length > pageSize)}`,
      }),
    );
  });

  app.post('/console/sessions/:id/revoke', async (c) => {
    await readForm(context, c);
    await context.transaction(async (tx) => {
      const session = await findSession(tx, c.req.param('id'));
      if (sessionStatus(session, tx.clock.now()) === 'active') await endSession(tx, session, 'revoked');
    });
    return c.redirect('/console/sessions', 303);
  });

  return app;
}

export function sessionTable({ clock }: Context, rows: readonly Row<'sessions'>[], csrf: string): Markup {
  const now = clock.now();
  return renderTable({
    label: 'Sessions',
    columns: ['Session', 'User', 'State', 'Organization', 'Last active', 'Expires', ''],
    rows: rows.map((session) => {
      const status = sessionStatus(session, now);
      const actor = fromJsonOrNull<{ sub?: string }>(session.actor);
      return [
        code(session.id),
        html`<a href="/console/users/${session.user_id}">${code(session.user_id)}</a>${actor === null ? '' : html`<br><span class="soft">by ${actor.sub}</span>`}`,
        tag(status),
        session.last_active_organization_id === null ? null : code(session.last_active_organization_id),
        renderTime(session.last_active_at),
        renderTime(session.expire_at),
        status === 'active'
          ? html`<form class="inline" method="post" action="/console/sessions/${session.id}/revoke">${hidden(csrfField, csrf)}<button class="quiet" type="submit">Revoke<span class="visually-hidden"> ${session.id}</span></button></form>`
          : '',
      ];
    }),
    empty: 'There are no sessions yet.',
  });
}
