import type { Context } from '../context.ts';
import type {
  Organization,
  OrganizationMembership,
  PublicOrganizationData,
  PublicUserData,
} from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { imageUrl } from './image.ts';

export function toOrganization({ instance }: Context, row: Row<'organizations'>): Organization {
  return {
    object: 'organization',
    id: row.id,
    name: row.name,
    slug: row.slug,
    image_url: imageUrl(instance, row.image_id, row.id),
    has_image: row.image_id !== null,
    max_allowed_memberships: row.max_allowed_memberships,
    admin_delete_enabled: row.admin_delete_enabled === 1,
    public_metadata: fromJson(row.public_metadata),
    private_metadata: fromJson(row.private_metadata),
    ...(row.created_by !== null && { created_by: row.created_by }),
    created_at: row.created_at,
    updated_at: row.updated_at,
    ...(row.last_active_at !== null && { last_active_at: row.last_active_at }),
    role_set_key: row.role_set_key,
  };
}

export function toPublicOrganizationData({ instance }: Context, row: Row<'organizations'>): PublicOrganizationData {
  return {
    object: 'public_organization_data',
    id: row.id,
    name: row.name,
    slug: row.slug,
    image_url: imageUrl(instance, row.image_id, row.id),
    has_image: row.image_id !== null,
  };
}

/**
 * Memberships with their organization, their role's permissions, and the public face of their user; three queries
 * however many there are.
 */
export async function toMemberships(
  context: Context,
  rows: readonly Row<'organization_memberships'>[],
): Promise<OrganizationMembership[]> {
  if (rows.length === 0) return [];
  const { db } = context;
  const organizations = await db
    .selectFrom('organizations')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.organization_id))])
    .execute();
  const roles = await db
    .selectFrom('roles')
    .leftJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
    .leftJoin('permissions', 'permissions.id', 'role_permissions.permission_id')
    .select(['roles.key as role', 'roles.name as name', 'permissions.key as permission'])
    .where('roles.key', 'in', [...new Set(rows.map((row) => row.role))])
    .orderBy('permissions.key')
    .execute();
  const users = await publicUserData(
    context,
    rows.map((row) => row.user_id),
  );
  return rows.flatMap((row) => {
    const organization = organizations.find(({ id }) => id === row.organization_id);
    const user = users.get(row.user_id);
    if (organization === undefined || user === undefined) return [];
    const granted = roles.filter(({ role }) => role === row.role);
    return [
      {
        id: row.id,
        object: 'organization_membership',
        role: row.role,
        role_name: granted[0]?.name ?? row.role,
        permissions: granted.flatMap(({ permission }) => (permission === null ? [] : [permission])),
        public_metadata: fromJson<Record<string, unknown>>(row.public_metadata),
        private_metadata: fromJson<Record<string, unknown>>(row.private_metadata),
        organization: toOrganization(context, organization),
        public_user_data: user,
        created_at: row.created_at,
        updated_at: row.updated_at,
      },
    ];
  });
}

/** What members of an organization see of each other, by user id. */
export async function publicUserData(
  { db, instance }: Context,
  userIds: readonly string[],
): Promise<Map<string, PublicUserData>> {
  if (userIds.length === 0) return new Map();
  const users = await db
    .selectFrom('users')
    .leftJoin('email_addresses', 'email_addresses.id', 'users.primary_email_address_id')
    .leftJoin('phone_numbers', 'phone_numbers.id', 'users.primary_phone_number_id')
    .select([
      'users.id',
      'users.first_name',
      'users.last_name',
      'users.username',
      'users.image_id',
      'email_addresses.email_address',
      'phone_numbers.phone_number',
    ])
    .where('users.id', 'in', [...new Set(userIds)])
    .execute();
  return new Map(
    users.map((user) => [
      user.id,
      {
        user_id: user.id,
        first_name: user.first_name,
        last_name: user.last_name,
        profile_image_url: imageUrl(instance, user.image_id, user.id),
        image_url: imageUrl(instance, user.image_id, user.id),
        has_image: user.image_id !== null,
        identifier: user.email_address ?? user.phone_number ?? user.username,
        username: user.username,
      },
    ]),
  );
}
