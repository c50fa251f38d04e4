import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { RoleSet, RoleSetItem, RoleSetMigration } from '../contract/wire.generated.ts';
import { fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

/**
 * By key or id.
 *
 * @throws {ApiError} 404
 */
export async function findRoleSet({ db }: Context, keyOrId: string): Promise<Row<'role_sets'>> {
  const row = await db
    .selectFrom('role_sets')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', keyOrId), eb('key', '=', keyOrId)]))
    .executeTakeFirst();
  if (row === undefined) throw notFound('role set', keyOrId);
  return row;
}

/** A role set with its roles and how many members hold each. */
export async function toRoleSet(context: Context, row: Row<'role_sets'>): Promise<RoleSet> {
  const roles = await rolesOf(context, row);
  const migration = await context.db
    .selectFrom('role_set_migrations')
    .selectAll()
    .where('source_role_set_id', '=', row.id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return {
    object: 'role_set',
    id: row.id,
    name: row.name,
    key: row.key,
    description: row.description,
    roles,
    default_role: roles.find(({ id }) => id === row.default_role_id) ?? null,
    creator_role: roles.find(({ id }) => id === row.creator_role_id) ?? null,
    type: row.type,
    role_set_migration: migration === undefined ? null : toRoleSetMigration(context, migration),
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

async function rolesOf({ db }: Context, roleSet: Row<'role_sets'>): Promise<RoleSetItem[]> {
  const roles = await db
    .selectFrom('role_set_roles')
    .innerJoin('roles', 'roles.id', 'role_set_roles.role_id')
    .selectAll('roles')
    .where('role_set_roles.role_set_id', '=', roleSet.id)
    .orderBy('role_set_roles.created_at')
    .orderBy('roles.id')
    .execute();
  const members = await db
    .selectFrom('organization_memberships')
    .innerJoin('organizations', 'organizations.id', 'organization_memberships.organization_id')
    .select((eb) => ['organization_memberships.role', eb.fn.countAll<number>().as('count')])
    .where('organizations.role_set_key', '=', roleSet.key)
    .groupBy('organization_memberships.role')
    .execute();
  return roles.map((role) => {
    const count = Number(members.find((one) => one.role === role.key)?.count ?? 0);
    return {
      object: 'role_set_item',
      id: role.id,
      name: role.name,
      key: role.key,
      description: role.description,
      members_count: count,
      has_members: count > 0,
      created_at: role.created_at,
      updated_at: role.updated_at,
    };
  });
}

function toRoleSetMigration({ instance }: Context, row: Row<'role_set_migrations'>): RoleSetMigration {
  return {
    object: 'role_set_migration',
    id: row.id,
    organization_id: row.organization_id,
    instance_id: instance.id,
    source_role_set_id: row.source_role_set_id,
    dest_role_set_id: row.dest_role_set_id,
    trigger_type: row.trigger_type,
    status: row.status,
    migrated_members: row.migrated_members,
    mappings: fromJsonOrNull<Record<string, string>>(row.mappings),
    started_at: row.started_at ?? undefined,
    completed_at: row.completed_at ?? undefined,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
