import { describe, expect, test } from 'vitest';
import { type BackendUnderTest, firstError, startForTest } from './start-for-test.ts';

const permission = async ({ call }: BackendUnderTest, key: string) =>
  (await call('POST', '/organization_permissions', { name: key, key })).body;
const systemPermissions = async ({ call }: BackendUnderTest): Promise<{ id: string; key: string }[]> =>
  (await call('GET', '/organization_permissions?limit=100')).body.data.filter(
    (one: { type: string }) => one.type === 'system',
  );

describe('permissions', () => {
  test.each([
    ['a key that is none', 'invoices'],
    ['capitals', 'org:Invoices:read'],
    ['too few parts', 'org:invoices'],
    ['too many parts', 'org:a:b:c'],
    ['the prefix of the system', 'org:sys_profile:read'],
  ])('SC-129 refuse %s', async (_, key) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/organization_permissions', { name: 'x', key }))).toMatchObject({
      status: 422,
      param: 'key',
    });
  });

  test('of the system stay as they are', async () => {
    const backend = await startForTest();
    const [system] = await systemPermissions(backend);
    const path = `/organization_permissions/${system?.id}`;
    expect((await backend.call('PATCH', path, { name: 'x' })).status).toBe(403);
    expect((await backend.call('DELETE', path)).status).toBe(403);
    expect((await backend.call('GET', path)).body.name).not.toBe('x');
  });

  test('a deleted one is gone from roles and from tokens', async () => {
    const backend = await startForTest();
    const { call, mint } = backend;
    const { id } = await permission(backend, 'org:invoices:read');
    const { body: role } = await call('POST', '/organization_roles', {
      name: 'R',
      key: 'org:r',
      permissions: [id],
      include_in_initial_role_set: true,
    });
    const { body: user } = await call('POST', '/users', { username: 'holder' });
    const { body: organization } = await call('POST', '/organizations', { name: 'O' });
    await call('POST', `/organizations/${organization.id}/memberships`, { user_id: user.id, role: 'org:r' });
    const claims = async () => {
      const token = await mint.session({ userId: user.id, orgId: organization.id });
      return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    };
    expect((await claims()).o.per).toBe('read');
    expect((await call('DELETE', `/organization_permissions/${id}`)).body).toMatchObject({
      object: 'permission',
      deleted: true,
    });
    expect((await call('GET', `/organization_roles/${role.id}`)).body.permissions).toEqual([]);
    expect((await claims()).o).not.toHaveProperty('per');
  });

  test('keys are unique, also when changed', async () => {
    const backend = await startForTest();
    await permission(backend, 'org:a:read');
    const second = await permission(backend, 'org:b:read');
    expect((await backend.call('POST', '/organization_permissions', { name: 'x', key: 'org:a:read' })).status).toBe(
      422,
    );
    expect((await backend.call('PATCH', `/organization_permissions/${second.id}`, { key: 'org:a:read' })).status).toBe(
      422,
    );
    expect(
      (await backend.call('PATCH', `/organization_permissions/${second.id}`, { key: 'org:b:write' })).body.key,
    ).toBe('org:b:write');
  });

  test('are at most as many as the instance allows', async () => {
    const backend = await startForTest();
    const { db } = backend.context;
    const now = Date.now();
    const rows = Array.from({ length: 50 }, (_, index) => ({
      id: `perm_${index}`,
      name: 'x',
      key: `org:f:a${index}`,
      type: 'user',
      created_at: now,
      updated_at: now,
    }));
    await db.insertInto('permissions').values(rows).execute();
    expect(
      firstError(await backend.call('POST', '/organization_permissions', { name: 'x', key: 'org:a:b' })),
    ).toMatchObject({
      status: 422,
      code: 'organization_permission_quota_exceeded',
    });
  });
});

describe('roles', () => {
  test('hold permissions that exist, each once', async () => {
    const backend = await startForTest();
    const { call } = backend;
    const { id } = await permission(backend, 'org:invoices:read');
    const { body: role } = await call('POST', '/organization_roles', {
      name: 'Clerk',
      key: 'org:clerk',
      permissions: [id, id],
    });
    expect(role).toMatchObject({
      object: 'role',
      is_creator_eligible: false,
      permissions: [{ id, key: 'org:invoices:read' }],
    });
    expect(firstError(await call('POST', `/organization_roles/${role.id}/permissions/${id}`))).toMatchObject({
      status: 409,
    });
    expect((await call('DELETE', `/organization_roles/${role.id}/permissions/${id}`)).body.permissions).toEqual([]);
    expect((await call('DELETE', `/organization_roles/${role.id}/permissions/${id}`)).status).toBe(404);
    expect((await call('POST', `/organization_roles/${role.id}/permissions/${id}`)).body.permissions).toHaveLength(1);
    expect((await call('PATCH', `/organization_roles/${role.id}`, { permissions: [] })).body.permissions).toEqual([]);
    expect(
      (await call('POST', '/organization_roles', { name: 'x', key: 'org:x', permissions: ['perm_x'] })).status,
    ).toBe(404);
    expect((await call('GET', '/organization_roles?query=org:x')).body.total_count).toBe(0);
  });

  test('with the permissions to manage can be given to creators', async () => {
    const backend = await startForTest();
    const permissions = (await systemPermissions(backend)).map(({ id }) => id);
    const { body: role } = await backend.call('POST', '/organization_roles', {
      name: 'Owner',
      key: 'org:owner',
      permissions,
    });
    expect(role.is_creator_eligible).toBe(true);
    const first = permissions.length - 1;
    for (const id of permissions.slice(0, first))
      await backend.call('DELETE', `/organization_roles/${role.id}/permissions/${id}`);
    expect((await backend.call('GET', `/organization_roles/${role.id}`)).body.is_creator_eligible).toBe(false);
  });

  test('the role of creators keeps what it needs', async () => {
    const { call } = await startForTest();
    const { body: admins } = await call('GET', '/organization_roles?query=org:admin');
    const [admin] = admins.data;
    const manage = admin.permissions.find((one: { key: string }) => one.key === 'org:sys_memberships:manage');
    expect(firstError(await call('DELETE', `/organization_roles/${admin.id}/permissions/${manage.id}`))).toMatchObject({
      status: 422,
    });
    expect(firstError(await call('PATCH', `/organization_roles/${admin.id}`, { permissions: [] }))).toMatchObject({
      status: 422,
    });
    expect((await call('GET', `/organization_roles/${admin.id}`)).body.permissions).toEqual(admin.permissions);
    expect((await call('DELETE', `/organization_roles/${admin.id}`)).status).toBe(403);
  });

  test('one that members hold is not deleted, and a new key reaches them', async () => {
    const { call } = await startForTest();
    const { body: role } = await call('POST', '/organization_roles', {
      name: 'Guest',
      key: 'org:guest',
      include_in_initial_role_set: true,
    });
    const { body: user } = await call('POST', '/users', { username: 'guest' });
    const { body: organization } = await call('POST', '/organizations', { name: 'Hotel' });
    const path = `/organizations/${organization.id}/memberships`;
    await call('POST', path, { user_id: user.id, role: 'org:guest' });
    expect((await call('DELETE', `/organization_roles/${role.id}`)).status).toBe(422);
    expect((await call('PATCH', `/organization_roles/${role.id}`, { key: 'org:visitor' })).body.key).toBe(
      'org:visitor',
    );
    expect((await call('GET', path)).body.data[0].role).toBe('org:visitor');
    await call('DELETE', `${path}/${user.id}`);
    expect((await call('DELETE', `/organization_roles/${role.id}`)).body).toMatchObject({
      object: 'role',
      deleted: true,
    });
  });

  test.each([['guest'], ['org:Guest'], ['org:'], ['org:a:b']])('SC-129 refuse the key %s', async (key) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/organization_roles', { name: 'x', key }))).toMatchObject({
      status: 422,
      param: 'key',
    });
  });
});

describe('role sets', () => {
  const prepare = async () => {
    const backend = await startForTest();
    const permissions = (await systemPermissions(backend)).map(({ id }) => id);
    for (const [key, rights] of [
      ['org:owner', permissions],
      ['org:staff', []],
      ['org:intern', []],
    ] as const) {
      await backend.call('POST', '/organization_roles', { name: key, key, permissions: rights });
    }
    const set = {
      name: 'Company',
      roles: ['org:owner', 'org:staff'],
      default_role_key: 'org:staff',
      creator_role_key: 'org:owner',
    };
    return { ...backend, set };
  };
  const keys = (set: { roles: { key: string }[] }) => set.roles.map(({ key }) => key);

  test('name their roles, the default and that of creators', async () => {
    const { call, set } = await prepare();
    const { body } = await call('POST', '/role_sets', set);
    expect(body).toMatchObject({
      key: 'role_set:company',
      type: 'custom',
      default_role: { key: 'org:staff' },
      creator_role: { key: 'org:owner' },
    });
    expect(keys(body)).toEqual(['org:owner', 'org:staff']);
    expect((await call('GET', `/role_sets/${body.key}`)).body.id).toBe(body.id);
    expect((await call('GET', '/role_sets')).body.total_count).toBe(2);
  });

  test.each([
    ['a default outside', { default_role_key: 'org:intern' }, 422, 'default_role_key'],
    ['a creator who may not manage', { creator_role_key: 'org:staff' }, 422, 'creator_role_key'],
    ['a key that is none', { key: 'company' }, 422, 'key'],
    ['a key that is taken', { key: 'role_set:default' }, 422, 'key'],
    ['no roles', { roles: [] }, 422, 'roles'],
    ['an unknown role', { roles: ['org:owner', 'org:staff', 'org:ghost'] }, 404, undefined],
  ])('refuse %s', async (_, change, status, param) => {
    const { call, set } = await prepare();
    expect(firstError(await call('POST', '/role_sets', { ...set, ...change }))).toMatchObject({
      status,
      ...(param && { param }),
    });
  });

  test('one is initial, and new organizations use it', async () => {
    const { call, set } = await prepare();
    const { body: user } = await call('POST', '/users', { username: 'creator' });
    const { body } = await call('POST', '/role_sets', { ...set, type: 'initial' });
    expect(body.type).toBe('initial');
    expect((await call('GET', '/role_sets/role_set:default')).body.type).toBe('custom');
    const { body: organization } = await call('POST', '/organizations', { name: 'New', created_by: user.id });
    expect(organization.role_set_key).toBe('role_set:company');
    const path = `/organizations/${organization.id}/memberships`;
    expect((await call('GET', path)).body.data[0].role).toBe('org:owner');
    const { body: other } = await call('POST', '/users', { username: 'other' });
    expect(firstError(await call('POST', path, { user_id: other.id, role: 'org:member' }))).toMatchObject({
      status: 422,
      param: 'role',
    });
    expect((await call('POST', path, { user_id: other.id, role: 'org:staff' })).status).toBe(200);
  });

  test('a role is replaced for its members, and the set remembers', async () => {
    const { call, set } = await prepare();
    await call('POST', '/role_sets', set);
    const { body: user } = await call('POST', '/users', { username: 'worker' });
    const { body: organization } = await call('POST', '/organizations', {
      name: 'Firm',
      role_set_key: 'role_set:company',
    });
    const path = `/organizations/${organization.id}/memberships`;
    await call('POST', path, { user_id: user.id, role: 'org:staff' });
    await call('POST', '/role_sets/role_set:company/roles', { role_keys: ['org:intern'] });
    expect(
      firstError(await call('POST', '/role_sets/role_set:company/roles', { role_keys: ['org:intern'] })),
    ).toMatchObject({ status: 422 });
    const { body } = await call('POST', '/role_sets/role_set:company/roles/replace', {
      role_key: 'org:staff',
      to_role_key: 'org:intern',
    });
    expect(keys(body)).toEqual(['org:owner', 'org:intern']);
    expect(body).toMatchObject({
      default_role: { key: 'org:intern', members_count: 1, has_members: true },
      role_set_migration: { migrated_members: 1, status: 'completed' },
    });
    expect((await call('GET', path)).body.data[0].role).toBe('org:intern');
    const creator = await call('POST', '/role_sets/role_set:company/roles/replace', {
      role_key: 'org:owner',
      to_role_key: 'org:intern',
    });
    expect(firstError(creator)).toMatchObject({ status: 422, param: 'creator_role_key' });
  });

  test('a set is replaced by another, with roles mapped', async () => {
    const { call, set } = await prepare();
    await call('POST', '/role_sets', set);
    const { body: user } = await call('POST', '/users', { username: 'mover' });
    const { body: organization } = await call('POST', '/organizations', {
      name: 'Firm',
      role_set_key: 'role_set:company',
    });
    await call('POST', `/organizations/${organization.id}/memberships`, { user_id: user.id, role: 'org:staff' });
    const replace = (reassignment_mappings?: object) =>
      call('POST', '/role_sets/role_set:company/replace', {
        dest_role_set_key: 'role_set:default',
        ...(reassignment_mappings && { reassignment_mappings }),
      });
    expect(firstError(await replace())).toMatchObject({ status: 422, param: 'reassignment_mappings' });
    expect(firstError(await replace({ 'org:staff': 'org:owner' }))).toMatchObject({
      status: 422,
      param: 'reassignment_mappings',
    });
    expect((await replace({ 'org:staff': 'org:member' })).body).toMatchObject({ object: 'role_set', deleted: true });
    expect((await call('GET', `/organizations/${organization.id}`)).body.role_set_key).toBe('role_set:default');
    expect((await call('GET', `/organizations/${organization.id}/memberships`)).body.data[0].role).toBe('org:member');
    expect((await call('GET', '/role_sets/role_set:company')).status).toBe(404);
  });
});
