import { alreadyExists, forbidden, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { toDeleted } from '../resources/deleted.ts';
import { toPermission } from '../resources/role.ts';
import type { Row } from '../store/rows.ts';
import { readSettings } from '../store/settings.ts';
import type { Handlers } from './handler.ts';
import { contains, countRows, readPage } from './list.ts';

export const organizationPermissions = {
  async 'organizationPermissions.getOrganizationPermissionList'({ db }, { query }) {
    const text = query.query;
    let permissions = db.selectFrom('permissions');
    if (text)
      permissions = permissions.where((eb) =>
        eb.or([eb('id', '=', text), contains('name', text), contains('key', text)]),
      );
    const { rows, total } = await readPage(permissions, query);
    return { data: rows.map(toPermission), total_count: total };
  },

  async 'organizationPermissions.createOrganizationPermission'(context, { body }) {
    const { db, clock, ids } = context;
    await assertKeyFree(context, body.key);
    const { organizations: limits } = await readSettings(db);
    if ((await countRows(db.selectFrom('permissions').where('type', '=', 'user'))) >= limits.maxAllowedPermissions) {
      throw unprocessable(
        'organization_permission_quota_exceeded',
        'key',
        `At most ${limits.maxAllowedPermissions} permissions are allowed.`,
      );
    }
    const now = clock.now();
    const row = await db
      .insertInto('permissions')
      .values({
        id: ids.create('perm'),
        name: body.name,
        key: body.key,
        description: body.description ?? '',
        type: 'user',
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toPermission(row);
  },

  async 'organizationPermissions.getOrganizationPermission'(context, { path }) {
    return toPermission(await findPermission(context, path.permission_id));
  },

  async 'organizationPermissions.updateOrganizationPermission'(context, { path, body }) {
    const row = await findPermission(context, path.permission_id);
    assertOwn(row);
    if (body.key !== undefined) await assertKeyFree(context, body.key, row.id);
    const changed = await context.db
      .updateTable('permissions')
      .set({
        ...(body.name !== undefined && { name: body.name }),
        ...(body.key !== undefined && { key: body.key }),
        ...(body.description !== undefined && { description: body.description }),
        updated_at: context.clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toPermission(changed);
  },

  async 'organizationPermissions.deleteOrganizationPermission'(context, { path }) {
    const row = await findPermission(context, path.permission_id);
    assertOwn(row);
    // Roles lose it by their foreign key.
    await context.db.deleteFrom('permissions').where('id', '=', row.id).execute();
    return toDeleted('permission', row.id);
  },
} satisfies Partial<Handlers>;

async function findPermission({ db }: Context, id: string): Promise<Row<'permissions'>> {
  const row = await db.selectFrom('permissions').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('organization permission', id);
  return row;
}

function assertOwn({ type }: Row<'permissions'>): void {
  if (type === 'system') throw forbidden('system_permission_immutable', 'System permissions cannot be changed.');
}

async function assertKeyFree({ db }: Context, key: string, ownerId?: string): Promise<void> {
  if (!/^org:[a-z0-9_]+:[a-z0-9_]+$/.test(key)) {
    throw unprocessable(
      'form_param_format_invalid',
      'key',
      'key must have the form org:feature:action in lowercase letters, digits and _.',
    );
  }
  if (key.startsWith('org:sys_')) {
    throw unprocessable(
      'form_param_invalid',
      'key',
      'Keys that begin with org:sys_ are reserved for system permissions.',
    );
  }
  const taken = await db.selectFrom('permissions').select('id').where('key', '=', key).executeTakeFirst();
  if (taken !== undefined && taken.id !== ownerId) throw alreadyExists('key');
}
