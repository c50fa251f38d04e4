import { alreadyExists, badRequest, invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { toDeleted } from '../resources/deleted.ts';
import { findRoleSet, toRoleSet } from '../resources/role-set.ts';
import type { Row } from '../store/rows.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import type { Handlers } from './handler.ts';
import { contains, countRows, readPage } from './list.ts';

const mostRoles = 10;

export const roleSets = {
  async 'roleSets.getRoleSetList'(context, { query }) {
    const text = query.query;
    let sets = context.db.selectFrom('role_sets');
    if (text) sets = sets.where((eb) => eb.or([eb('id', '=', text), contains('name', text), contains('key', text)]));
    const { rows, total } = await readPage(sets, query);
    return { data: await Promise.all(rows.map((row) => toRoleSet(context, row))), total_count: total };
  },

  async 'roleSets.createRoleSet'(context, { body }) {
    const { db, clock, ids } = context;
    const { organizations: limits } = await readSettings(db);
    if ((await countRows(db.selectFrom('role_sets'))) >= limits.maxRoleSetsAllowed) {
      throw unprocessable(
        'role_set_quota_exceeded',
        'key',
        `At most ${limits.maxRoleSetsAllowed} role sets are allowed.`,
      );
    }
    const key = body.key ?? keyFromName(body.name);
    await assertKeyFree(context, key);
    const roles = await findRoles(context, body.roles);
    const now = clock.now();
    const row = await db
      .insertInto('role_sets')
      .values({
        id: ids.create('rset'),
        name: body.name,
        key,
        description: body.description ?? null,
        type: 'custom',
        default_role_id: memberOf(roles, body.default_role_key, 'default_role_key').id,
        creator_role_id: creatorOf(roles, body.creator_role_key).id,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await addRoles(context, row, roles);
    return toRoleSet(context, body.type === 'initial' ? await makeInitial(context, row) : row);
  },

  async 'roleSets.getRoleSet'(context, { path }) {
    return toRoleSet(context, await findRoleSet(context, path.role_set_key_or_id));
  },

  async 'roleSets.updateRoleSet'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findRoleSet(context, path.role_set_key_or_id);
    if (body.type != null && body.type !== 'initial') throw invalidParam('type', 'can only be set to initial.');
    const roles = await rolesIn(context, row);
    if (body.key != null && body.key !== row.key) await renameKey(context, row, body.key);
    const changed = await db
      .updateTable('role_sets')
      .set({
        ...(body.name != null && { name: body.name }),
        ...(body.key != null && { key: body.key }),
        ...(body.description !== undefined && { description: body.description }),
        ...(body.default_role_key != null && {
          default_role_id: memberOf(roles, body.default_role_key, 'default_role_key').id,
        }),
        ...(body.creator_role_key != null && { creator_role_id: creatorOf(roles, body.creator_role_key).id }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toRoleSet(context, body.type === 'initial' ? await makeInitial(context, changed) : changed);
  },

  async 'roleSets.replaceRoleSet'(context, { path, body }) {
    const { db, clock } = context;
    const source = await findRoleSet(context, path.role_set_key_or_id);
    const target = await findRoleSet(context, body.dest_role_set_key);
    if (source.id === target.id)
      throw badRequest('role_set_same', 'A role set cannot replace itself.', 'dest_role_set_key');
    const mappings = (body.reassignment_mappings ?? {}) as Record<string, string>;
    const kept = new Set((await rolesIn(context, target)).map(({ key }) => key));
    for (const [from, to] of Object.entries(mappings)) {
      if (!kept.has(to))
        throw invalidParam('reassignment_mappings', `maps ${from} to ${to}, which is no role of the destination.`);
    }
    for (const role of await heldRoles(context, source)) {
      if (kept.has(role)) continue;
      const to = Object.hasOwn(mappings, role) ? mappings[role] : undefined;
      if (to === undefined)
        throw unprocessable(
          'form_param_missing',
          'reassignment_mappings',
          `Members hold ${role}, which the destination lacks: map it.`,
        );
      await reassign(context, source, role, to);
    }
    await db
      .updateTable('organizations')
      .set({ role_set_key: target.key, updated_at: clock.now() })
      .where('role_set_key', '=', source.key)
      .execute();
    if (source.type === 'initial') await makeInitial(context, target);
    await db.deleteFrom('role_sets').where('id', '=', source.id).execute();
    return toDeleted('role_set', source.id);
  },

  async 'roleSets.addRolesToRoleSet'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findRoleSet(context, path.role_set_key_or_id);
    const before = await rolesIn(context, row);
    const added = await findRoles(context, body.role_keys);
    const known = added.find(({ id }) => before.some((role) => role.id === id));
    if (known !== undefined)
      throw unprocessable('duplicate_record', 'role_keys', `The role set has ${known.key} already.`);
    if (before.length + added.length > mostRoles)
      throw unprocessable('role_set_roles_quota_exceeded', 'role_keys', `A role set has at most ${mostRoles} roles.`);
    await addRoles(context, row, added);
    const changed = await db
      .updateTable('role_sets')
      .set({
        ...(body.default_role_key !== undefined && {
          default_role_id: memberOf(added, body.default_role_key, 'default_role_key').id,
        }),
        ...(body.creator_role_key !== undefined && { creator_role_id: creatorOf(added, body.creator_role_key).id }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toRoleSet(context, changed);
  },

  async 'roleSets.replaceRoleInRoleSet'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findRoleSet(context, path.role_set_key_or_id);
    const roles = await rolesIn(context, row);
    const from = memberOf(roles, body.role_key, 'role_key');
    const to = memberOf(roles, body.to_role_key, 'to_role_key');
    if (from.id === to.id) throw invalidParam('to_role_key', 'must be another role.');
    if (row.creator_role_id === from.id) creatorOf(roles, to.key);
    await reassign(context, row, from.key, to.key);
    await db.deleteFrom('role_set_roles').where('role_set_id', '=', row.id).where('role_id', '=', from.id).execute();
    const changed = await db
      .updateTable('role_sets')
      .set({
        ...(row.default_role_id === from.id && { default_role_id: to.id }),
        ...(row.creator_role_id === from.id && { creator_role_id: to.id }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toRoleSet(context, changed);
  },
} satisfies Partial<Handlers>;

/** @throws {ApiError} 404 for a key that is none of a role. */
async function findRoles({ db }: Context, keys: readonly string[]): Promise<Row<'roles'>[]> {
  const wanted = [...new Set(keys)];
  const rows = await db.selectFrom('roles').selectAll().where('key', 'in', wanted).execute();
  return wanted.map((key) => {
    const row = rows.find((role) => role.key === key);
    if (row === undefined) throw notFound('organization role', key);
    return row;
  });
}

function rolesIn({ db }: Context, roleSet: Row<'role_sets'>): Promise<Row<'roles'>[]> {
  return db
    .selectFrom('role_set_roles')
    .innerJoin('roles', 'roles.id', 'role_set_roles.role_id')
    .selectAll('roles')
    .where('role_set_roles.role_set_id', '=', roleSet.id)
    .execute();
}

function memberOf(roles: readonly Row<'roles'>[], key: string, param: string): Row<'roles'> {
  const role = roles.find((one) => one.key === key);
  if (role === undefined) throw invalidParam(param, 'must be one of the roles of the set.');
  return role;
}

function creatorOf(roles: readonly Row<'roles'>[], key: string): Row<'roles'> {
  const role = memberOf(roles, key, 'creator_role_key');
  if (role.is_creator_eligible === 0)
    throw invalidParam('creator_role_key', 'must be a role that may manage the organization.');
  return role;
}

async function addRoles(
  { db, clock }: Context,
  roleSet: Row<'role_sets'>,
  roles: readonly Row<'roles'>[],
): Promise<void> {
  const rows = roles.map(({ id }) => ({ role_set_id: roleSet.id, role_id: id, created_at: clock.now() }));
  await db.insertInto('role_set_roles').values(rows).execute();
}

/** The set for new organizations: one per instance, the former turns custom. Its creator role is the instance's. */
async function makeInitial({ db, clock }: Context, row: Row<'role_sets'>): Promise<Row<'role_sets'>> {
  const now = clock.now();
  await db.updateTable('role_sets').set({ type: 'custom', updated_at: now }).where('type', '=', 'initial').execute();
  const changed = await db
    .updateTable('role_sets')
    .set({ type: 'initial' })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const settings = await readSettings(db);
  const creator = await db
    .selectFrom('roles')
    .select('key')
    .where('id', '=', changed.creator_role_id)
    .executeTakeFirst();
  const organizations = {
    ...settings.organizations,
    initialRoleSetKey: changed.key,
    creatorRole: creator?.key ?? settings.organizations.creatorRole,
  };
  await writeSettings(db, { ...settings, organizations }, now);
  return changed;
}

async function heldRoles({ db }: Context, roleSet: Row<'role_sets'>): Promise<string[]> {
  const rows = await db
    .selectFrom('organization_memberships')
    .innerJoin('organizations', 'organizations.id', 'organization_memberships.organization_id')
    .select('organization_memberships.role')
    .distinct()
    .where('organizations.role_set_key', '=', roleSet.key)
    .execute();
  return rows.map(({ role }) => role);
}

/** Gives members and invitations of the set's organizations another role, and keeps a record of it. */
async function reassign(
  { db, clock, ids }: Context,
  roleSet: Row<'role_sets'>,
  from: string,
  to: string,
): Promise<void> {
  const now = clock.now();
  const organizations = db.selectFrom('organizations').select('id').where('role_set_key', '=', roleSet.key);
  const moved = await db
    .updateTable('organization_memberships')
    .set({ role: to, updated_at: now })
    .where('role', '=', from)
    .where('organization_id', 'in', organizations)
    .executeTakeFirst();
  await db
    .updateTable('organization_invitations')
    .set({ role: to, updated_at: now })
    .where('role', '=', from)
    .where('organization_id', 'in', organizations)
    .execute();
  await db
    .insertInto('role_set_migrations')
    .values({
      id: ids.create('rsmig'),
      organization_id: null,
      source_role_set_id: roleSet.id,
      dest_role_set_id: roleSet.id,
      trigger_type: 'api',
      status: 'completed',
      migrated_members: Number(moved.numUpdatedRows),
      mappings: JSON.stringify({ [from]: to }),
      started_at: now,
      completed_at: now,
      created_at: now,
      updated_at: now,
    })
    .execute();
}

async function renameKey(context: Context, row: Row<'role_sets'>, key: string): Promise<void> {
  const { db, clock } = context;
  await assertKeyFree(context, key);
  await db.updateTable('organizations').set({ role_set_key: key }).where('role_set_key', '=', row.key).execute();
  const settings = await readSettings(db);
  if (settings.organizations.initialRoleSetKey !== row.key) return;
  await writeSettings(
    db,
    { ...settings, organizations: { ...settings.organizations, initialRoleSetKey: key } },
    clock.now(),
  );
}

async function assertKeyFree({ db }: Context, key: string): Promise<void> {
  if (!/^role_set:[a-z0-9_]+$/.test(key)) {
    throw unprocessable(
      'form_param_format_invalid',
      'key',
      'key must begin with role_set: and go on with lowercase letters, digits and _.',
    );
  }
  const taken = await db.selectFrom('role_sets').select('id').where('key', '=', key).executeTakeFirst();
  if (taken !== undefined) throw alreadyExists('key');
}

function keyFromName(name: string): string {
  return `role_set:${
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '') || 'set'
  }`;
}
