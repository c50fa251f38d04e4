import { badRequest, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { OrganizationMembership } from '../contract/wire.generated.ts';
import { assertRole, createMembership } from '../resources/create-organization.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { mergeMetadata } from '../resources/metadata.ts';
import { toMemberships } from '../resources/organization.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';
import { type PageQuery, readOrder, sortBy } from './list.ts';
import { type UserFilters, userConditions } from './user-filters.ts';

/** What members can be sorted by: `order_by` to SQL. */
const sortColumns: Readonly<Record<string, string>> = {
  created_at: 'organization_memberships.created_at',
  first_name: 'users.first_name',
  last_name: 'users.last_name',
  username: 'users.username_key',
  email_address: 'email_addresses.email_address',
  phone_number: 'phone_numbers.phone_number',
};

export const organizationMemberships = {
  async 'organizations.createOrganizationMembership'(context, { path, body }) {
    const organization = await findOrganization(context, path.organization_id);
    const row = await createMembership(context, {
      organization,
      userId: body.user_id,
      role: body.role,
      publicMetadata: body.public_metadata,
      privateMetadata: body.private_metadata,
    });
    return announce(context, 'organizationMembership.created', row);
  },

  async 'organizations.getOrganizationMembershipList'(context, { path, query }) {
    const organization = await findOrganization(context, path.organization_id);
    const { created_at_before, created_at_after, role, ...filters } = query;
    return list(context, filters, {
      ...query,
      organizationId: organization.id,
      createdBefore: created_at_before,
      createdAfter: created_at_after,
      role,
    });
  },

  'organizations.getInstanceOrganizationMembershipList': (context, { query }) => list(context, {}, query),

  async 'organizations.updateOrganizationMembership'(context, { path, body }) {
    const before = await findMembership(context, path.organization_id, path.user_id);
    await assertRole(context, await findOrganization(context, path.organization_id), body.role);
    await assertManagerLeft(context, before, body.role);
    const row = { ...before, role: body.role, updated_at: context.clock.now() };
    await context.db
      .updateTable('organization_memberships')
      .set({ role: row.role, updated_at: row.updated_at })
      .where('id', '=', row.id)
      .execute();
    return announce(context, 'organizationMembership.updated', row);
  },

  async 'organizations.deleteOrganizationMembership'(context, { path }) {
    const { db } = context;
    const row = await findMembership(context, path.organization_id, path.user_id);
    const [membership] = await toMemberships(context, [row]);
    if (membership === undefined) throw notFound('membership', path.user_id);
    await db.deleteFrom('organization_memberships').where('id', '=', row.id).execute();
    // Nobody stays active in an organization that they have left.
    await db
      .updateTable('sessions')
      .set({ last_active_organization_id: null })
      .where('user_id', '=', row.user_id)
      .where('last_active_organization_id', '=', row.organization_id)
      .execute();
    await context.emit('organizationMembership.deleted', membership);
    return membership;
  },

  async 'organizations.updateOrganizationMembershipMetadata'(context, { path, body }) {
    const before = await findMembership(context, path.organization_id, path.user_id);
    const row = {
      ...before,
      public_metadata: mergeMetadata(before.public_metadata, body.public_metadata, 'public_metadata'),
      private_metadata: mergeMetadata(before.private_metadata, body.private_metadata, 'private_metadata'),
      updated_at: context.clock.now(),
    };
    const { public_metadata, private_metadata, updated_at } = row;
    await context.db
      .updateTable('organization_memberships')
      .set({ public_metadata, private_metadata, updated_at })
      .where('id', '=', row.id)
      .execute();
    return announce(context, 'organizationMembership.updated', row);
  },
} satisfies Partial<Handlers>;

interface MembershipQuery extends PageQuery {
  readonly order_by?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly role?: readonly string[] | undefined;
  readonly createdBefore?: number | undefined;
  readonly createdAfter?: number | undefined;
}

async function list(context: Context, filters: UserFilters, query: MembershipQuery) {
  const { key, direction } = readOrder(query.order_by ?? '-created_at');
  let rows = context.db
    .selectFrom('organization_memberships')
    .innerJoin('users', 'users.id', 'organization_memberships.user_id')
    .leftJoin('email_addresses', 'email_addresses.id', 'users.primary_email_address_id')
    .leftJoin('phone_numbers', 'phone_numbers.id', 'users.primary_phone_number_id')
    .where('organization_memberships.user_id', 'in', (eb) =>
      eb
        .selectFrom('users')
        .select('users.id')
        .where((inner) => userConditions(inner, filters)),
    );
  if (query.organizationId !== undefined)
    rows = rows.where('organization_memberships.organization_id', '=', query.organizationId);
  if (query.role !== undefined) rows = rows.where('organization_memberships.role', 'in', query.role);
  if (query.createdBefore !== undefined)
    rows = rows.where('organization_memberships.created_at', '<', query.createdBefore);
  if (query.createdAfter !== undefined)
    rows = rows.where('organization_memberships.created_at', '>', query.createdAfter);
  const { count } = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const page = await rows
    .selectAll('organization_memberships')
    .orderBy(sortBy(sortColumns[key] ?? 'organization_memberships.created_at', direction))
    .orderBy('organization_memberships.id', direction)
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  return { data: await toMemberships(context, page), total_count: Number(count) };
}

async function findMembership(
  context: Context,
  organizationId: string,
  userId: string,
): Promise<Row<'organization_memberships'>> {
  const organization = await findOrganization(context, organizationId);
  const row = await context.db
    .selectFrom('organization_memberships')
    .selectAll()
    .where('organization_id', '=', organization.id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) throw notFound('membership of user', userId);
  return row;
}

/** Somebody must be left who may manage members, or nobody could ever again. */
async function assertManagerLeft(
  { db }: Context,
  row: Row<'organization_memberships'>,
  newRole: string,
): Promise<void> {
  const managing = await db
    .selectFrom('roles')
    .innerJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
    .innerJoin('permissions', 'permissions.id', 'role_permissions.permission_id')
    .select('roles.key')
    .where('permissions.key', '=', 'org:sys_memberships:manage')
    .execute();
  const keys = managing.map(({ key }) => key);
  if (!keys.includes(row.role) || keys.includes(newRole)) return;
  const other = await db
    .selectFrom('organization_memberships')
    .select('id')
    .where('organization_id', '=', row.organization_id)
    .where('id', '!=', row.id)
    .where('role', 'in', keys)
    .executeTakeFirst();
  if (other === undefined) {
    throw badRequest(
      'organization_minimum_permissions_needed',
      'There has to be at least one member who may manage the organization.',
    );
  }
}

async function announce(
  context: Context,
  type: string,
  row: Row<'organization_memberships'>,
): Promise<OrganizationMembership> {
  const [membership] = await toMemberships(context, [row]);
  if (membership === undefined) throw notFound('membership', row.id);
  await context.emit(type, membership);
  return membership;
}
