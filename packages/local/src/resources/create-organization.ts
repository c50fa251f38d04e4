import { alreadyExists, invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { randomBase62 } from '../ids.ts';
import { toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { readSettings } from '../store/settings.ts';
import { assertMetadata } from './metadata.ts';

/** What an organization is made of. */
export interface NewOrganization {
  readonly id?: string | undefined;
  readonly name: string;
  readonly slug?: string | undefined;
  /** Becomes a member with the creator's role. */
  readonly createdBy?: string | undefined;
  readonly publicMetadata?: object | undefined;
  readonly privateMetadata?: object | undefined;
  /** 0 means no limit. */
  readonly maxAllowedMemberships?: number | undefined;
  readonly roleSetKey?: string | undefined;
  /** Epoch milliseconds; now by default. */
  readonly createdAt?: number | undefined;
}

/** @throws {ApiError} 422 for a name, slug or metadata that is not acceptable, 404 for an unknown creator or role set. */
export async function createOrganization(context: Context, data: NewOrganization): Promise<Row<'organizations'>> {
  const { db, clock, ids } = context;
  const { organizations: settings } = await readSettings(db);
  const now = clock.now();
  assertOrganizationName(data.name);
  assertMetadata(data.publicMetadata, 'public_metadata');
  assertMetadata(data.privateMetadata, 'private_metadata');
  const slug = data.slug === undefined ? await freeSlug(context, data.name) : await claimSlug(context, data.slug);
  const roleSetKey = data.roleSetKey ?? settings.initialRoleSetKey;
  if (data.roleSetKey !== undefined) {
    const roleSet = await db.selectFrom('role_sets').select('id').where('key', '=', data.roleSetKey).executeTakeFirst();
    if (roleSet === undefined) throw notFound('role set', data.roleSetKey);
  }
  const row = await db
    .insertInto('organizations')
    .values({
      id: data.id ?? ids.create('org'),
      name: data.name,
      slug,
      max_allowed_memberships: data.maxAllowedMemberships ?? settings.maxAllowedMemberships,
      admin_delete_enabled: settings.adminDeleteEnabled ? 1 : 0,
      public_metadata: toJson(data.publicMetadata ?? {}),
      private_metadata: toJson(data.privateMetadata ?? {}),
      created_by: data.createdBy ?? null,
      role_set_key: roleSetKey,
      created_at: data.createdAt ?? now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (data.createdBy !== undefined) {
    await createMembership(context, {
      organization: row,
      userId: data.createdBy,
      role: await creatorRole(context, row, settings.creatorRole),
    });
  }
  return row;
}

async function creatorRole({ db }: Context, organization: Row<'organizations'>, fallback: string): Promise<string> {
  if (organization.role_set_key === null) return fallback;
  const role = await db
    .selectFrom('role_sets')
    .innerJoin('roles', 'roles.id', 'role_sets.creator_role_id')
    .select('roles.key')
    .where('role_sets.key', '=', organization.role_set_key)
    .executeTakeFirst();
  return role?.key ?? fallback;
}

/** What a membership is made of. */
export interface NewMembership {
  readonly organization: Row<'organizations'>;
  readonly userId: string;
  /** Key of a role, with its prefix. */
  readonly role: string;
  readonly publicMetadata?: object | undefined;
  readonly privateMetadata?: object | undefined;
}

/** @throws {ApiError} 404 for an unknown user or role, 422 for a member already or an organization that is full. */
export async function createMembership(
  context: Context,
  data: NewMembership,
): Promise<Row<'organization_memberships'>> {
  const { db, clock, ids } = context;
  const { organization, userId, role } = data;
  assertMetadata(data.publicMetadata, 'public_metadata');
  assertMetadata(data.privateMetadata, 'private_metadata');
  const user = await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst();
  if (user === undefined) throw notFound('user', userId);
  await assertRole(context, organization, role);
  const already = await db
    .selectFrom('organization_memberships')
    .select('id')
    .where('organization_id', '=', organization.id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (already !== undefined) {
    throw unprocessable(
      'already_a_member_in_organization',
      'user_id',
      'The user is already a member of the organization.',
    );
  }
  await assertRoomForMember(context, organization);
  const now = clock.now();
  return db
    .insertInto('organization_memberships')
    .values({
      id: ids.create('orgmem'),
      organization_id: organization.id,
      user_id: userId,
      role,
      public_metadata: toJson(data.publicMetadata ?? {}),
      private_metadata: toJson(data.privateMetadata ?? {}),
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** @throws {ApiError} 404 when no role has that key, 422 when the organization's role set lacks it. */
export async function assertRole({ db }: Context, organization: Row<'organizations'>, key: string): Promise<void> {
  const role = await db.selectFrom('roles').select('id').where('key', '=', key).executeTakeFirst();
  if (role === undefined) throw notFound('role', key);
  if (organization.role_set_key === null) return;
  const inSet = await db
    .selectFrom('role_set_roles')
    .innerJoin('role_sets', 'role_sets.id', 'role_set_roles.role_set_id')
    .select('role_set_roles.role_id')
    .where('role_sets.key', '=', organization.role_set_key)
    .where('role_set_roles.role_id', '=', role.id)
    .executeTakeFirst();
  if (inSet === undefined) throw invalidParam('role', 'must be one of the roles of the role set of the organization.');
}

/** @throws {ApiError} 422 when members and pending invitations fill the organization; a limit of 0 is none. */
export async function assertRoomForMember(
  { db }: Context,
  organization: Row<'organizations'>,
  room = 1,
): Promise<void> {
  if (organization.max_allowed_memberships === 0) return;
  const { count } = await db
    .selectFrom('organization_memberships')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organization.id)
    .executeTakeFirstOrThrow();
  if (Number(count) + room > organization.max_allowed_memberships) {
    throw unprocessable(
      'organization_membership_quota_exceeded',
      'organization_id',
      `The organization has reached its limit of ${organization.max_allowed_memberships} memberships.`,
    );
  }
}

/** @throws {ApiError} 422 for a blank name, or one with a URL or HTML in it. */
export function assertOrganizationName(name: string): void {
  if (name.trim() === '' || /<[^>]*>|https?:\/\//i.test(name))
    throw invalidParam('name', 'must not be blank and not contain URLs or HTML.');
}

/** @throws {ApiError} 422 for a malformed or taken slug. */
export async function claimSlug({ db }: Context, slug: string, ownerId?: string): Promise<string> {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) || slug.length > 64) {
    throw unprocessable(
      'form_param_format_invalid',
      'slug',
      'slug must have lowercase letters, digits and single dashes between them.',
    );
  }
  const taken = await db.selectFrom('organizations').select('id').where('slug', '=', slug).executeTakeFirst();
  if (taken !== undefined && taken.id !== ownerId) throw alreadyExists('slug');
  return slug;
}

async function freeSlug({ db, clock }: Context, name: string): Promise<string> {
  const base = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-$/, '');
  const plain = base === '' ? `org-${clock.now()}` : base;
  const taken = await db.selectFrom('organizations').select('id').where('slug', '=', plain).executeTakeFirst();
  return taken === undefined ? plain : `${plain}-${randomBase62(8).toLowerCase()}`;
}
