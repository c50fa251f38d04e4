import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { toMemberships, toOrganization } from '../resources/organization.ts';
import { renderConsolePage } from './layout.ts';
import { pageOf, pageSize, renderPaging } from './paging.ts';
import { code, renderTable, renderTime, tag } from './table.ts';

export function createOrganizationPages(context: Context): Hono {
  const { db } = context;
  const app = new Hono();

  app.get('/console/organizations', async (c) => {
    const page = pageOf(c.req);
    const rows = await db
      .selectFrom('organizations')
      .leftJoin('organization_memberships', 'organization_memberships.organization_id', 'organizations.id')
      .select(['organizations.id', 'organizations.name', 'organizations.slug', 'organizations.created_at'])
      .select((eb) => eb.fn.count<number>('organization_memberships.id').as('members'))
      .groupBy(['organizations.id', 'organizations.name', 'organizations.slug', 'organizations.created_at'])
      .orderBy('organizations.created_at', 'desc')
      .orderBy('organizations.id', 'desc')
      .limit(pageSize + 1)
      .offset((page - 1) * pageSize)
      .execute();
    return c.html(
      renderConsolePage({
        title: 'Organizations',
        section: '/console/organizations',
        content: html`${renderTable({
          label: 'Organizations',
          columns: ['Name', 'Slug', 'Members', 'Created', 'Id'],
          rows: rows
            .slice(0, pageSize)
            .map((row) => [
              html`<a href="/console/organizations/${row.id}">${row.name}</a>`,
              row.slug,
              Number(row.members),
              renderTime(row.created_at),
              code(row.id),
            ]),
          empty: 'There are no organizations yet.',
        })}${renderPaging('/console/organizations', page, rows.length > pageSize)}`,
      }),
    );
  });

  app.get('/console/organizations/:id', async (c) => {
    const row = await findOrganization(context, c.req.param('id'));
    const organization = toOrganization(context, row);
    const memberships = await toMemberships(
      context,
      await db
        .selectFrom('organization_memberships')
        .selectAll()
        .where('organization_id', '=', row.id)
        .orderBy('id')
        .limit(200)
        .execute(),
    );
    const invitations = await db
      .selectFrom('organization_invitations')
      .select(['email_address', 'role', 'status', 'created_at'])
      .where('organization_id', '=', row.id)
      .orderBy('id', 'desc')
      .limit(50)
      .execute();
    return c.html(
      renderConsolePage({
        title: organization.name,
        section: '/console/organizations',
        content: html`<dl class="facts">
<dt>Id</dt><dd><code>${organization.id}</code></dd>
<dt>Slug</dt><dd>${organization.slug}</dd>
<dt>Members at most</dt><dd>${organization.max_allowed_memberships === 0 ? 'no limit' : String(organization.max_allowed_memberships)}</dd>
</dl>
<h2>Members</h2>
${renderTable({
  label: 'Members',
  columns: ['User', 'Role', 'Permissions', 'Since'],
  rows: memberships.map(({ public_user_data: user, role, permissions, created_at }) => [
    html`<a href="/console/users/${user.user_id}">${user.identifier ?? user.user_id}</a>`,
    code(role),
    permissions.filter((permission) => !permission.startsWith('org:sys_')).join(', ') || null,
    renderTime(created_at),
  ]),
  empty: 'Nobody belongs to it.',
})}
<h2>Invitations</h2>
${renderTable({
  label: 'Invitations',
  columns: ['Email address', 'Role', 'State', 'Created'],
  rows: invitations.map((invitation) => [
    invitation.email_address,
    code(invitation.role),
    tag(invitation.status),
    renderTime(invitation.created_at),
  ]),
  empty: 'Nobody has been invited.',
})}
<h2>Metadata</h2>
<pre tabindex="0">${JSON.stringify({ public: organization.public_metadata, private: organization.private_metadata }, null, 2)}</pre>`,
      }),
    );
  });

  return app;
}
