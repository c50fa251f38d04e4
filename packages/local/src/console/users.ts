import { Hono } from 'hono';
import { html } from 'hono/html';
import { impersonation } from '../backend-api/impersonation.ts';
import { contains } from '../backend-api/list.ts';
import { userModeration } from '../backend-api/user-moderation.ts';
import type { Context } from '../context.ts';
import type { User } from '../contract/wire.generated.ts';
import { csrfField, csrfToken } from '../frontend-api/pages/csrf.ts';
import { hidden } from '../frontend-api/pages/field.ts';
import { readForm } from '../frontend-api/pages/form.ts';
import type { Markup } from '../frontend-api/pages/layout.ts';
import { emailOf, nameOf } from '../frontend-api/pages/visitor.ts';
import { readUser, toUsers } from '../resources/user.ts';
import { renderConsolePage } from './layout.ts';
import { pageOf, pageSize, renderPaging } from './paging.ts';
import { sessionTable } from './sessions.ts';
import { code, renderTable, renderTime, tag } from './table.ts';

const caller = { kind: 'secret-key' } as const;

export function createUserPages(context: Context): Hono {
  const app = new Hono();

  app.get('/console/users', async (c) => {
    const query = c.req.query('q')?.trim() ?? '';
    const page = pageOf(c.req);
    const users = await findUsers(context, query, page);
    return c.html(
      renderConsolePage({
        title: 'Users',
        section: '/console/users',
        content: html`<form class="search" method="get" action="/console/users" role="search">
<div class="field"><label for="q">Search by address, name or id</label><input id="q" name="q" type="search" value="${query}" maxlength="200"></div>
<button class="quiet" type="submit">Search</button>
</form>
${renderTable({
  label: 'Users',
  columns: ['Name', 'Email address', 'State', 'Last sign-in', 'Created', 'Id'],
  rows: users
    .slice(0, pageSize)
    .map((user) => [
      html`<a href="/console/users/${user.id}">${nameOf(user)}</a>`,
      emailOf(user) ?? null,
      stateOf(user),
      renderTime(user.last_sign_in_at ?? null),
      renderTime(user.created_at),
      code(user.id),
    ]),
  empty: query === '' ? 'There are no users yet.' : 'Nobody is found by that.',
})}
${renderPaging('/console/users', page, users.length > pageSize, query === '' ? {} : { q: query })}`,
      }),
    );
  });

  app.get('/console/users/:id', async (c) => {
    const user = await readUser(context, c.req.param('id'));
    return c.html(await renderUser(context, user, csrfToken(context, c)));
  });

  app.post('/console/users/:id/ban', async (c) => {
    await readForm(context, c);
    const user = await readUser(context, c.req.param('id'));
    const act = user.banned ? userModeration['users.unbanUser'] : userModeration['users.banUser'];
    await context.transaction((tx) =>
      act(tx, { path: { user_id: user.id }, query: {}, body: undefined, caller } as never),
    );
    return c.redirect(`/console/users/${user.id}`, 303);
  });

  app.post('/console/users/:id/sign-in-link', async (c) => {
    await readForm(context, c);
    const user = await readUser(context, c.req.param('id'));
    const body = { user_id: user.id, expires_in_seconds: 600 };
    const { url } = await context.transaction((tx) =>
      impersonation['signInTokens.createSignInToken'](tx, { path: {}, query: {}, body, caller } as never),
    );
    const notice = html`This link signs in as this user, once, within ten minutes: <a href="${url ?? ''}">${url}</a>`;
    return c.html(await renderUser(context, user, csrfToken(context, c), notice));
  });

  return app;
}

/** One more than a page holds, so that it is seen whether there are more. */
async function findUsers(context: Context, query: string, page: number): Promise<User[]> {
  const { db } = context;
  let rows = db.selectFrom('users').selectAll('users');
  if (query !== '') {
    rows = rows.where((eb) =>
      eb.or([
        eb('users.id', '=', query),
        contains('users.username_key', query.toLowerCase()),
        contains('users.first_name', query),
        contains('users.last_name', query),
        eb(
          'users.id',
          'in',
          eb.selectFrom('email_addresses').select('user_id').where(contains('email_address', query.toLowerCase())),
        ),
      ]),
    );
  }
  const found = await rows
    .orderBy('users.created_at', 'desc')
    .orderBy('users.id', 'desc')
    .limit(pageSize + 1)
    .offset((page - 1) * pageSize)
    .execute();
  return toUsers(context, found);
}

async function renderUser(context: Context, user: User, csrf: string, notice?: Markup): Promise<Markup> {
  const sessions = await context.db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', user.id)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  const action = (path: string, label: string) =>
    html`<form class="inline" method="post" action="/console/users/${user.id}/${path}">${hidden(csrfField, csrf)}<button class="quiet" type="submit">${label}</button></form>`;
  return renderConsolePage({
    title: nameOf(user),
    section: '/console/users',
    notice,
    content: html`<dl class="facts">
<dt>Id</dt><dd><code>${user.id}</code></dd>
<dt>State</dt><dd>${stateOf(user)}</dd>
<dt>Email addresses</dt><dd>${list(user.email_addresses.map(({ email_address, verification }) => html`${email_address} ${tag(verification?.status ?? 'unverified')}`))}</dd>
<dt>Phone numbers</dt><dd>${list(user.phone_numbers.map(({ phone_number, verification }) => html`${phone_number} ${tag(verification?.status ?? 'unverified')}`))}</dd>
<dt>User name</dt><dd>${user.username ?? '–'}</dd>
<dt>External id</dt><dd>${user.external_id ?? '–'}</dd>
<dt>Password</dt><dd>${user.password_enabled ? 'set' : 'none'}</dd>
<dt>Second factor</dt><dd>${user.totp_enabled ? 'authenticator app' : 'none'}</dd>
<dt>Organizations</dt><dd>${list(user.organization_memberships.map(({ organization, role }) => html`<a href="/console/organizations/${organization.id}">${organization.name}</a> <code>${role}</code>`))}</dd>
</dl>
<p>${action('sign-in-link', 'Make a sign-in link')} ${action('ban', user.banned ? 'Lift the ban' : 'Ban')}</p>
<h2>Sessions</h2>
${sessionTable(context, sessions, csrf)}
<h2>Metadata</h2>
<pre tabindex="0">${JSON.stringify({ public: user.public_metadata, private: user.private_metadata, unsafe: user.unsafe_metadata }, null, 2)}</pre>`,
  });
}

function stateOf(user: User): Markup {
  return tag(user.banned ? 'banned' : user.locked ? 'locked' : 'active');
}

const list = (items: readonly Markup[]): Markup | string =>
  items.length === 0 ? '–' : html`${items.map((item) => html`<div>${item}</div>`)}`;
