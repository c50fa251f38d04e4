import { forbidden } from '../api-error.ts';
import type { Context } from '../context.ts';
import { findUser } from './user.ts';

/**
 * Someone who acts in the name of an organization must be able to manage its members.
 *
 * @throws {ApiError} 404 for an unknown user, 403 for one who is no member or may not manage members.
 */
export async function assertManagingMember(
  context: Context,
  organizationId: string,
  userId: string,
  param: string,
): Promise<void> {
  await findUser(context, userId);
  const membership = await context.db
    .selectFrom('organization_memberships')
    .select('role')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (membership === undefined)
    throw forbidden('not_a_member_in_organization', 'The user is not a member of the organization.', param);
  const permission = await context.db
    .selectFrom('roles')
    .innerJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
    .innerJoin('permissions', 'permissions.id', 'role_permissions.permission_id')
    .select('permissions.id')
    .where('roles.key', '=', membership.role)
    .where('permissions.key', '=', 'org:sys_memberships:manage')
    .executeTakeFirst();
  if (permission === undefined)
    throw forbidden('not_an_admin_in_organization', 'The user may not manage members of the organization.', param);
}
