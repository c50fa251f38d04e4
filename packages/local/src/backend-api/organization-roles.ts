import { alreadyExists, conflict, forbidden, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { toDeleted } from '../resources/deleted.ts';
import { findRole, readRole, refreshCreatorEligibility, toRoles } from '../resources/role.ts';
import type { Row } from '../store/rows.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import type { Handlers } from './handler.ts';
import { contains, countRows, readPage } from './list.ts';

export const organizationRoles = {
  async 'organizationRoles.getOrganizationRoleList'(context, { query }) {
    const text = query.query;
    let roles = context.db.selectFrom('roles');
    if (text) roles = roles.where((eb) => eb.or([eb('id', '=', text), contains('name', text), contains('key', text)]));
    const { rows, total } = await readPage(roles, query);
    return { data: await toRoles(context, rows), total_count: total };
  },

  async 'organizationRoles.createOrganizationRole'(context, { body }) {
    const { db, clock, ids } = context;
    await assertKeyFree(context, body.key);
    const { organizations: limits } = await readSettings(db);
    if ((await countRows(db.selectFrom('roles'))) >= limits.maxAllowedRoles) {
      throw unprocessable(
        'organization_role_quota_exceeded',
        'key',
        `At most ${limits.maxAllowedRoles} roles are allowed.`,
      );
    }
    const now = clock.now();
    const id = ids.create('role');
    await db
      .insertInto('roles')
      .values({
        id,
        name: body.name,
        key: body.key,
        description: body.description ?? null,
        created_at: now,
        updated_at: now,
      })
      .execute();
    await grant(context, id, body.permissions ?? []);
    if (body.include_in_initial_role_set === true) {
      const initial = await db.selectFrom('role_sets').select('id').where('type', '=', 'initial').executeTakeFirst();
      if (initial === undefined) throw notFound('initial role set');
      await db.insertInto('role_set_roles').values({ role_set_id: initial.id, role_id: id, created_at: now }).execute();
    }
    return readRole(context, id);
  },

  'organizationRoles.getOrganizationRole': (context, { path }) => readRole(context, path.organization_role_id),

  async 'organizationRoles.updateOrganizationRole'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findRole(context, path.organization_role_id);
    if (body.key != null && body.key !== row.key) await renameKey(context, row, body.key);
    await db
      .updateTable('roles')
      .set({
        ...(body.name != null && { name: body.name }),
        ...(body.key != null && { key: body.key }),
        ...(body.description !== undefined && { description: body.description }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .execute();
    if (body.permissions != null) {
      await db.deleteFrom('role_permissions').where('role_id', '=', row.id).execute();
      await grant(context, row.id, body.permissions);
    }
    return readRole(context, row.id);
  },

  async 'organizationRoles.deleteOrganizationRole'(context, { path }) {
    const { db } = context;
    const row = await findRole(context, path.organization_role_id);
    const member = await db
      .selectFrom('organization_memberships')
      .select('id')
      .where('role', '=', row.key)
      .executeTakeFirst();
    if (member !== undefined) {
      throw unprocessable(
        'organization_role_in_use',
        'organization_role_id',
        'The role is held by members; give them another first.',
      );
    }
    const { organizations: settings } = await readSettings(db);
    if (row.key === settings.creatorRole || row.key === settings.domainsDefaultRole) {
      throw forbidden('organization_role_is_default', 'The role is a default of the instance and cannot be deleted.');
    }
    const standing = await db
      .selectFrom('role_sets')
      .select('id')
      .where((eb) => eb.or([eb('default_role_id', '=', row.id), eb('creator_role_id', '=', row.id)]))
      .executeTakeFirst();
    if (standing !== undefined)
      throw forbidden('organization_role_is_default', 'The role is a default of a role set and cannot be deleted.');
    await db.deleteFrom('roles').where('id', '=', row.id).execute();
    return toDeleted('role', row.id);
  },

  async 'organizationRoles.assignPermissionToOrganizationRole'(context, { path }) {
    const { db } = context;
    const role = await findRole(context, path.organization_role_id);
    const has = await db
      .selectFrom('role_permissions')
      .select('role_id')
      .where('role_id', '=', role.id)
      .where('permission_id', '=', path.permission_id)
      .executeTakeFirst();
    if (has !== undefined) throw conflict('duplicate_record', 'The role has this permission already.', 'permission_id');
    await grant(context, role.id, [path.permission_id]);
    return readRole(context, role.id);
  },

  async 'organizationRoles.removePermissionFromOrganizationRole'(context, { path }) {
    const { db } = context;
    const role = await findRole(context, path.organization_role_id);
    const gone = await db
      .deleteFrom('role_permissions')
      .where('role_id', '=', role.id)
      .where('permission_id', '=', path.permission_id)
      .returning('permission_id')
      .executeTakeFirst();
    if (gone === undefined) throw notFound('permission of the role', path.permission_id);
    await refreshCreatorEligibility(context, role.id);
    await assertCreatorRoleStays(context, role);
    return readRole(context, role.id);
  },
} satisfies Partial<Handlers>;

async function grant(context: Context, roleId: string, permissionIds: readonly string[]): Promise<void> {
  const { db, clock } = context;
  for (const id of new Set(permissionIds)) {
    const permission = await db.selectFrom('permissions').select('id').where('id', '=', id).executeTakeFirst();
    if (permission === undefined) throw notFound('organization permission', id);
    await db
      .insertInto('role_permissions')
      .values({ role_id: roleId, permission_id: id, created_at: clock.now() })
      .execute();
  }
  await refreshCreatorEligibility(context, roleId);
  await assertCreatorRoleStays(context, await findRole(context, roleId));
}

/** Whoever founds an organization must be able to run it. */
async function assertCreatorRoleStays({ db }: Context, role: Row<'roles'>): Promise<void> {
  const { organizations: settings } = await readSettings(db);
  const current = await db
    .selectFrom('roles')
    .select('is_creator_eligible')
    .where('id', '=', role.id)
    .executeTakeFirst();
  if (role.key === settings.creatorRole && current?.is_creator_eligible === 0) {
    throw unprocessable(
      'organization_creator_role_permissions',
      'permissions',
      'The role of creators needs the permissions to manage the organization.',
    );
  }
}

/** The key is what memberships, invitations and settings know a role by. */
async function renameKey(context: Context, row: Row<'roles'>, key: string): Promise<void> {
  const { db, clock } = context;
  await assertKeyFree(context, key);
  await db.updateTable('organization_memberships').set({ role: key }).where('role', '=', row.key).execute();
  await db.updateTable('organization_invitations').set({ role: key }).where('role', '=', row.key).execute();
  const settings = await readSettings(db);
  const { creatorRole, domainsDefaultRole } = settings.organizations;
  if (creatorRole !== row.key && domainsDefaultRole !== row.key) return;
  const organizations = {
    ...settings.organizations,
    creatorRole: creatorRole === row.key ? key : creatorRole,
    domainsDefaultRole: domainsDefaultRole === row.key ? key : domainsDefaultRole,
  };
  await writeSettings(db, { ...settings, organizations }, clock.now());
}

async function assertKeyFree({ db }: Context, key: string): Promise<void> {
  if (!/^org:[a-z0-9_]+$/.test(key)) {
    throw unprocessable(
      'form_param_format_invalid',
      'key',
      'key must begin with org: and go on with lowercase letters, digits and _.',
    );
  }
  const taken = await db.selectFrom('roles').select('id').where('key', '=', key).executeTakeFirst();
  if (taken !== undefined) throw alreadyExists('key');
}
