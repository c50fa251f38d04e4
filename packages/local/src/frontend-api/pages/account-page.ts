import { Hono } from 'hono';
import { html } from 'hono/html';
import type { User } from '../../contract/wire.generated.ts';
import { endSession } from '../../resources/end-sessions.ts';
import { readUser } from '../../resources/user.ts';
import type { Row } from '../../store/rows.ts';
import { switchOrganization } from '../browser/switch-organization.ts';
import { csrfField, csrfToken } from './csrf.ts';
import { hidden } from './field.ts';
import { readForm } from './form.ts';
import { type Markup, renderPage } from './layout.ts';
import type { PageServices } from './services.ts';
import { emailOf, findVisitor, nameOf } from './visitor.ts';

/** What signed-in visitors see of themselves: who they are, in which organization they act, where else they are signed in. */
export function createAccountPages({ context }: PageServices): Hono {
  const app = new Hono();

  app.get('/account', async (c) => {
    const { session } = await findVisitor(context, c.req);
    if (session === undefined) return c.redirect('/sign-in', 303);
    const user = await readUser(context, session.user_id);
    const sessions = await context.db
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', user.id)
      .where('status', '=', 'active')
      .where('expire_at', '>', context.clock.now())
      .orderBy('created_at', 'desc')
      .limit(50)
      .execute();
    return c.html(renderAccount({ user, session, sessions, csrf: csrfToken(context, c) }));
  });

  app.post('/account/organization', async (c) => {
    const { organization = '' } = await readForm(context, c);
    const { session } = await findVisitor(context, c.req);
    if (session !== undefined) await switchOrganization(context, session, organization);
    return c.redirect('/account', 303);
  });

  app.post('/account/sessions', async (c) => {
    const { session_id = '' } = await readForm(context, c);
    const { session } = await findVisitor(context, c.req);
    if (session === undefined) return c.redirect('/sign-in', 303);
    await context.transaction(async (tx) => {
      const other = await tx.db
        .selectFrom('sessions')
        .selectAll()
        .where('id', '=', session_id)
        .where('user_id', '=', session.user_id)
        .where('status', '=', 'active')
        .executeTakeFirst();
      if (other !== undefined) await endSession(tx, other, 'revoked');
    });
    return c.redirect('/account', 303);
  });

  return app;
}

interface AccountState {
  readonly user: User;
  readonly session: Row<'sessions'>;
  readonly sessions: readonly Row<'sessions'>[];
  readonly csrf: string;
}

function renderAccount(state: AccountState): Markup {
  const { user, csrf } = state;
  return renderPage({
    title: nameOf(user),
    lead: emailOf(user) ?? user.username ?? '',
    content: html`${renderOrganizations(state)}
<h2 id="sessions">Sessions</h2>
<ul class="list" aria-labelledby="sessions">${state.sessions.map((each) => renderSession(each, each.id === state.session.id, csrf))}</ul>
<p class="stack"><a class="button quiet" href="/sign-out">Sign out</a></p>`,
  });
}

function renderOrganizations({ user, session, csrf }: AccountState): Markup | string {
  if (user.organization_memberships.length === 0) return '';
  const option = (value: string, label: string, isActive: boolean) =>
    html`<option value="${value}"${isActive ? html` selected` : ''}>${label}</option>`;
  return html`<form method="post" action="/account/organization">
${hidden(csrfField, csrf)}
<div class="field">
<label for="organization">Acting for</label>
<select id="organization" name="organization">
${option('', 'Personal account', session.last_active_organization_id === null)}
${user.organization_memberships.map(({ organization, role_name }) =>
  option(
    organization.id,
    `${organization.name} (${role_name ?? 'Member'})`,
    organization.id === session.last_active_organization_id,
  ),
)}
</select>
</div>
<button class="quiet" type="submit">Switch</button>
</form>`;
}

function renderSession(session: Row<'sessions'>, isThis: boolean, csrf: string): Markup {
  const since = new Date(session.created_at).toISOString().replace('T', ' ').slice(0, 16);
  return html`<li>
<p>${isThis ? 'This browser' : 'Another browser'}<br><span class="soft">since ${since} UTC</span></p>
${
  isThis
    ? html`<span class="tag">current</span>`
    : html`<form method="post" action="/account/sessions">${hidden(csrfField, csrf)}${hidden('session_id', session.id)}<button class="quiet small" type="submit">End<span class="visually-hidden"> the session since ${since}</span></button></form>`
}
</li>`;
}
