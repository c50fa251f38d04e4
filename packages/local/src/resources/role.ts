import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Permission, Role } from '../contract/wire.generated.ts';
import type { Row } from '../store/rows.ts';

export function toPermission(row: Row<'permissions'>): Permission {
  return {
    object: 'permission',
    id: row.id,
    name: row.name,
    key: row.key,
    description: row.description,
    type: row.type,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

/** Roles with their permissions; one more query however many there are. */
export async function toRoles({ db }: Context, rows: readonly Row<'roles'>[]): Promise<Role[]> {
  if (rows.length === 0) return [];
  const granted = await db
    .selectFrom('role_permissions')
    .innerJoin('permissions', 'permissions.id', 'role_permissions.permission_id')
    .selectAll('permissions')
    .select('role_permissions.role_id')
    .where(
      'role_permissions.role_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('permissions.key')
    .execute();
  return rows.map((row) => ({
    object: 'role',
    id: row.id,
    name: row.name,
    key: row.key,
    description: row.description,
    is_creator_eligible: row.is_creator_eligible === 1,
    permissions: granted.filter(({ role_id }) => role_id === row.id).map(toPermission),
    created_at: row.created_at,
    updated_at: row.updated_at,
  }));
}

/** @throws {ApiError} 404 */
export async function findRole({ db }: Context, id: string): Promise<Row<'roles'>> {
  const row = await db.selectFrom('roles').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('organization role', id);
  return row;
}

/** A role as the API shows it, by id. */
export async function readRole(context: Context, id: string): Promise<Role> {
  const [role] = await toRoles(context, [await findRole(context, id)]);
  if (role === undefined) throw notFound('organization role', id);
  return role;
}

/** What a creator of an organization must at least be allowed to do. */
const creatorPermissions = ['org:sys_profile:manage', 'org:sys_memberships:read', 'org:sys_memberships:manage'];

/** Sets anew whether roles may be given to creators, which hangs on their permissions. */
export async function refreshCreatorEligibility(context: Context, roleId: string): Promise<void> {
  const role = await readRole(context, roleId);
  const keys = new Set(role.permissions.map(({ key }) => key));
  const eligible = creatorPermissions.every((key) => keys.has(key));
  await context.db
    .updateTable('roles')
    .set({ is_creator_eligible: eligible ? 1 : 0 })
    .where('id', '=', roleId)
    .execute();
}
