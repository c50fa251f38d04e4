import { sql } from 'kysely';
import { invalidParam, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Organization } from '../contract/wire.generated.ts';
import { assertOrganizationName, claimSlug, createOrganization } from '../resources/create-organization.ts';
import { toDeleted } from '../resources/deleted.ts';
import { announceOrganizationUpdate, findOrganization } from '../resources/find-organization.ts';
import { assertMetadata, mergeMetadata } from '../resources/metadata.ts';
import { toMemberships, toOrganization } from '../resources/organization.ts';
import { findUser } from '../resources/user.ts';
import { toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { contains, readOrder, readSigned, sortBy } from './list.ts';

export const organizations = {
  async 'organizations.getOrganizationList'(context, { query }) {
    const { key, direction } = readOrder(query.order_by);
    let rows = context.db.selectFrom('organizations');
    if (query.query) {
      const text = query.query;
      rows = rows.where((eb) => eb.or([eb('id', '=', text), contains('name', text), contains('slug', text)]));
    }
    if (query.organization_id !== undefined) {
      const { included, excluded } = readSigned(query.organization_id);
      if (included.length > 0) rows = rows.where('id', 'in', included);
      if (excluded.length > 0) rows = rows.where('id', 'not in', excluded);
    }
    if (query.user_id !== undefined) {
      const { included, excluded } = readSigned(query.user_id);
      if (included.length > 0) {
        rows = rows.where('id', 'in', (eb) =>
          eb.selectFrom('organization_memberships').select('organization_id').where('user_id', 'in', included),
        );
      }
      if (excluded.length > 0) {
        rows = rows.where('id', 'not in', (eb) =>
          eb.selectFrom('organization_memberships').select('organization_id').where('user_id', 'in', excluded),
        );
      }
    }
    const { count } = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    const members = sql`(select count(*) from organization_memberships where organization_id = organizations.id) ${sql.raw(direction)}`;
    const page = await rows
      .selectAll()
      .orderBy(key === 'members_count' ? members : sortBy(key, direction))
      .orderBy('id', direction)
      .limit(query.limit)
      .offset(query.offset)
      .execute();
    return { data: await withCounts(context, page, query), total_count: Number(count) };
  },

  async 'organizations.createOrganization'(context, { body }) {
    if (body.created_by !== undefined) await findUser(context, body.created_by);
    if (body.max_allowed_memberships !== undefined) assertLimit(body.max_allowed_memberships);
    const row = await createOrganization(context, {
      name: body.name,
      slug: body.slug,
      createdBy: body.created_by,
      publicMetadata: body.public_metadata,
      privateMetadata: body.private_metadata,
      maxAllowedMemberships: body.max_allowed_memberships,
      roleSetKey: body.role_set_key,
      createdAt: body.created_at === undefined ? undefined : Date.parse(body.created_at),
    });
    const organization = toOrganization(context, row);
    await context.emit('organization.created', organization);
    const founders = await context.db
      .selectFrom('organization_memberships')
      .selectAll()
      .where('organization_id', '=', row.id)
      .execute();
    for (const membership of await toMemberships(context, founders)) {
      await context.emit('organizationMembership.created', membership);
    }
    return organization;
  },

  async 'organizations.getOrganization'(context, { path, query }) {
    const row = await findOrganization(context, path.organization_id);
    const [organization] = await withCounts(context, [row], query);
    return organization ?? toOrganization(context, row);
  },

  async 'organizations.updateOrganization'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findOrganization(context, path.organization_id);
    if (body.name !== undefined) assertOrganizationName(body.name);
    assertMetadata(body.public_metadata, 'public_metadata');
    assertMetadata(body.private_metadata, 'private_metadata');
    if (body.max_allowed_memberships !== undefined) assertLimit(body.max_allowed_memberships);
    if (body.role_set_key !== undefined) {
      const roleSet = await db
        .selectFrom('role_sets')
        .select('id')
        .where('key', '=', body.role_set_key)
        .executeTakeFirst();
      if (roleSet === undefined) throw notFound('role set', body.role_set_key);
    }
    await db
      .updateTable('organizations')
      .set({
        ...(body.name !== undefined && { name: body.name }),
        ...(body.slug !== undefined && { slug: await claimSlug(context, body.slug, row.id) }),
        ...(body.max_allowed_memberships !== undefined && { max_allowed_memberships: body.max_allowed_memberships }),
        ...(body.admin_delete_enabled !== undefined && { admin_delete_enabled: toFlag(body.admin_delete_enabled) }),
        ...(body.public_metadata !== undefined && { public_metadata: toJson(body.public_metadata) }),
        ...(body.private_metadata !== undefined && { private_metadata: toJson(body.private_metadata) }),
        ...(body.created_at !== undefined && { created_at: Date.parse(body.created_at) }),
        ...(body.role_set_key !== undefined && { role_set_key: body.role_set_key }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .execute();
    return announceOrganizationUpdate(context, row.id);
  },

  async 'organizations.deleteOrganization'(context, { path }) {
    const { db } = context;
    const row = await findOrganization(context, path.organization_id);
    await db.deleteFrom('api_keys').where('subject', '=', row.id).execute();
    await db
      .updateTable('sessions')
      .set({ last_active_organization_id: null })
      .where('last_active_organization_id', '=', row.id)
      .execute();
    if (row.image_id !== null) await db.deleteFrom('images').where('id', '=', row.image_id).execute();
    const members = await db
      .selectFrom('organization_memberships')
      .selectAll()
      .where('organization_id', '=', row.id)
      .execute();
    for (const membership of await toMemberships(context, members)) {
      await context.emit('organizationMembership.deleted', membership);
    }
    // Memberships, invitations and domains go by their foreign keys.
    await db.deleteFrom('organizations').where('id', '=', row.id).execute();
    const deleted = toDeleted('organization', row.id, { slug: row.slug });
    await context.emit('organization.deleted', deleted);
    return deleted;
  },

  async 'organizations.updateOrganizationMetadata'(context, { path, body }) {
    const row = await findOrganization(context, path.organization_id);
    await context.db
      .updateTable('organizations')
      .set({
        public_metadata: mergeMetadata(row.public_metadata, body.public_metadata, 'public_metadata'),
        private_metadata: mergeMetadata(row.private_metadata, body.private_metadata, 'private_metadata'),
        updated_at: context.clock.now(),
      })
      .where('id', '=', row.id)
      .execute();
    return announceOrganizationUpdate(context, row.id);
  },
} satisfies Partial<Handlers>;

/** What a list or a single organization may be asked to count. */
interface CountQuery {
  readonly include_members_count?: boolean | undefined;
  readonly include_missing_member_with_elevated_permissions?: boolean | undefined;
}

async function withCounts(
  context: Context,
  rows: readonly Row<'organizations'>[],
  query: CountQuery,
): Promise<Organization[]> {
  const list: Organization[] = [];
  for (const row of rows) {
    const organization = toOrganization(context, row);
    if (query.include_members_count === true) {
      organization.members_count = await countRows(context, 'organization_memberships', row.id);
      organization.pending_invitations_count = await countRows(context, 'organization_invitations', row.id);
    }
    if (query.include_missing_member_with_elevated_permissions === true) {
      const manager = await context.db
        .selectFrom('organization_memberships')
        .innerJoin('roles', 'roles.key', 'organization_memberships.role')
        .innerJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
        .innerJoin('permissions', 'permissions.id', 'role_permissions.permission_id')
        .select('organization_memberships.id')
        .where('organization_memberships.organization_id', '=', row.id)
        .where('permissions.key', '=', 'org:sys_memberships:manage')
        .executeTakeFirst();
      organization.missing_member_with_elevated_permissions = manager === undefined;
    }
    list.push(organization);
  }
  return list;
}

async function countRows(
  { db, clock }: Context,
  table: 'organization_memberships' | 'organization_invitations',
  organizationId: string,
): Promise<number> {
  let rows = db.selectFrom(table).where('organization_id', '=', organizationId);
  if (table === 'organization_invitations') {
    rows = rows.where(sql<boolean>`status = 'pending' and (expires_at is null or expires_at > ${clock.now()})`);
  }
  const { count } = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

function assertLimit(limit: number): void {
  if (limit < 0) throw invalidParam('max_allowed_memberships', 'must be 0 (no limit) or more.');
}
