import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

describe('creating users', () => {
  test('answers with the user, its identifications verified and the first of each primary', async () => {
    const { call } = await startForTest();
    const { status, body } = await call('POST', '/users', {
      email_address: ['Ada@Example.com', 'ada@work.example'],
      phone_number: ['+15555550100'],
      username: 'adal',
      first_name: 'Ada',
      password: 'correct horse battery',
      public_metadata: { plan: 'pro' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'user',
      username: 'adal',
      first_name: 'Ada',
      last_name: null,
      password_enabled: true,
      public_metadata: { plan: 'pro' },
      private_metadata: {},
    });
    expect(body.email_addresses.map((one: { email_address: string }) => one.email_address)).toEqual([
      'ada@example.com',
      'ada@work.example',
    ]);
    expect(body.primary_email_address_id).toBe(body.email_addresses[0].id);
    expect(body.email_addresses[0].verification).toMatchObject({ status: 'verified', strategy: 'admin' });
    expect(body.primary_phone_number_id).toBe(body.phone_numbers[0].id);
    expect(await call('GET', `/users/${body.id}`)).toMatchObject({ status: 200, body });
  });

  const ada = {
    email_address: ['ada@example.com'],
    username: 'ada_l',
    external_id: 'crm-1',
    phone_number: ['+15555550100'],
  };
  test.each([
    ['an email address, in another case', { email_address: ['ADA@example.com'] }, 'email_address'],
    ['a username, in another case', { username: 'ADA_L' }, 'username'],
    ['an external id', { external_id: 'crm-1', username: 'other' }, 'external_id'],
    ['a phone number, written differently', { phone_number: ['+1 (555) 555-0100'] }, 'phone_number'],
  ])('SC-130 refuses %s that is taken', async (_, body, param) => {
    const { call } = await startForTest();
    expect((await call('POST', '/users', ada)).status).toBe(200);
    expect(firstError(await call('POST', '/users', body))).toEqual({
      status: 422,
      code: 'form_identifier_exists',
      param,
    });
    expect((await call('GET', '/users/count')).body.total_count).toBe(1);
  });

  test.each([
    ['nothing that identifies', {}, 'form_data_missing', 'email_address'],
    ['a malformed address', { email_address: ['not-an-address'] }, 'form_param_format_invalid', 'email_address'],
    ['a malformed number', { phone_number: ['555'] }, 'form_param_format_invalid', 'phone_number'],
    ['a list that is none', { email_address: 'a@b.example' }, 'form_param_format_invalid', 'email_address'],
    ['a short password', { username: 'short', password: '1234567' }, 'form_password_length_too_short', 'password'],
    ['a short username', { username: 'ab' }, 'form_username_invalid', 'username'],
    [
      'a digest without its hasher',
      { username: 'hash', password_digest: 'x' },
      'form_param_missing',
      'password_hasher',
    ],
    [
      'an unknown hasher',
      { username: 'hash', password_digest: 'x', password_hasher: 'rot13' },
      'form_param_invalid',
      'password_hasher',
    ],
    ['an unknown member', { username: 'more', is_admin: true }, 'form_param_unknown', 'is_admin'],
    ['null where none may be', { username: null }, 'form_param_nil', 'username'],
    ['NUL in a name', { username: 'nul', first_name: 'a\0b' }, 'form_param_format_invalid', 'first_name'],
    ['half a surrogate pair', { username: 'half', first_name: '\ud800' }, 'form_param_format_invalid', 'first_name'],
    [
      'a timestamp that is none',
      { username: 'time', created_at: 'yesterday' },
      'form_param_format_invalid',
      'created_at',
    ],
    [
      'metadata that is no object',
      { username: 'meta', public_metadata: [] },
      'form_param_format_invalid',
      'public_metadata',
    ],
    [
      'a megabyte of metadata',
      { username: 'meta', public_metadata: { a: 'x'.repeat(1e6) } },
      'form_param_exceeds_allowed_size',
      'public_metadata',
    ],
  ])('SC-129 refuses %s', async (_, body, code, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/users', body))).toEqual({ status: 422, code, param });
  });

  test('SC-129 keeps text and keys that look like code as they are', async () => {
    const { call } = await startForTest();
    const first_name = `Robert'); DROP TABLE users;-- 🙂 %_\\ <b>`;
    const public_metadata = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"a":1}}');
    const { body } = await call('POST', '/users', { username: 'bobby', first_name, public_metadata });
    expect(body.first_name).toBe(first_name);
    expect(Object.entries(body.public_metadata)).toEqual(Object.entries(public_metadata));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const merged = await call('PATCH', `/users/${body.id}/metadata`, { public_metadata });
    expect(Object.keys(merged.body.public_metadata)).toEqual(['__proto__', 'constructor']);
  });

  test('SC-128 a body that is not JSON is 400, an unknown id 404, a wrong key 401', async () => {
    const { fetch, secretKey, call } = await startForTest();
    const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
    const broken = await fetch('/v1/users', { method: 'POST', headers, body: '{"username":' });
    expect(broken.status).toBe(400);
    const answer = await broken.json();
    expect(answer).toMatchObject({
      errors: [{ code: 'request_body_invalid' }],
      clerk_trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(firstError(await call('POST', '/users', [1]))).toEqual({ status: 400, code: 'request_body_invalid' });
    expect(firstError(await call('GET', '/users/user_nobody'))).toEqual({ status: 404, code: 'resource_not_found' });
    expect(firstError(await call('GET', '/nothing'))).toEqual({ status: 404, code: 'resource_not_found' });
    expect(firstError(await call('GET', '/users', undefined, { key: 'sk_test_wrong' }))).toEqual({
      status: 401,
      code: 'clerk_key_invalid',
    });
    expect(firstError(await call('GET', '/users', undefined, { key: null }))).toEqual({
      status: 401,
      code: 'authorization_invalid',
    });
  });
});

describe('listing users', () => {
  const people = [
    {
      username: 'alice',
      first_name: 'Alice',
      last_name: 'Smith',
      email_address: ['alice@one.example'],
      external_id: 'x1',
    },
    {
      username: 'bobby',
      first_name: 'Bobby',
      last_name: 'Jones',
      email_address: ['bob@two.example'],
      external_id: 'x2',
    },
    { username: 'carol', first_name: 'Carol', last_name: '100%', phone_number: ['+15555550123'] },
  ];
  const prepare = async () => {
    const backend = await startForTest();
    for (const person of people) {
      backend.clock.advance(1000);
      await backend.call('POST', '/users', person);
    }
    return backend;
  };
  test.each([
    ['nothing: newest first', '', ['carol', 'bobby', 'alice']],
    ['order_by=username', 'order_by=username', ['alice', 'bobby', 'carol']],
    ['order_by=-username', 'order_by=-username', ['carol', 'bobby', 'alice']],
    ['order_by=%2Bcreated_at', 'order_by=%2Bcreated_at', ['alice', 'bobby', 'carol']],
    ['a blank for an unencoded plus', 'order_by=+username', ['alice', 'bobby', 'carol']],
    ['an address missing sorts last', 'order_by=email_address', ['alice', 'bobby', 'carol']],
    ['limit and offset', 'order_by=username&limit=1&offset=1', ['bobby']],
    ['an email address in another case', 'email_address=ALICE@one.example', ['alice']],
    ['several of one filter', 'username=alice&username=carol&username=nobody', ['carol', 'alice']],
    ['filters that narrow each other', 'username=alice&email_address=bob@two.example', []],
    ['external ids with signs', 'external_id=-x1', ['carol', 'bobby']],
    ['query over names', 'query=smi', ['alice']],
    ['query over first and last name', 'query=bobby%20jo', ['bobby']],
    ['query over phone numbers', 'query=5550123', ['carol']],
    ['a wildcard that stands for itself', 'query=%25', ['carol']],
    ['another', 'name_query=_', []],
    ['email_address_query', 'email_address_query=TWO', ['bobby']],
    ['banned=false', 'banned=false', ['carol', 'bobby', 'alice']],
    ['banned=true', 'banned=true', []],
  ])('by %s', async (_, query, usernames) => {
    const { call } = await prepare();
    const { body } = await call('GET', `/users?${query}`);
    expect(body.map((user: { username: string }) => user.username)).toEqual(usernames);
    if (!/limit|order_by/.test(query))
      expect((await call('GET', `/users/count?${query}`)).body.total_count).toBe(usernames.length);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=501', 'limit'],
    ['limit=1000000000', 'limit'],
    ['limit=ten', 'limit'],
    ['offset=-1', 'offset'],
    ['order_by=password_digest', 'order_by'],
    ['order_by=id;drop', 'order_by'],
    ['banned=maybe', 'banned'],
  ])('SC-129 refuses %s', async (query, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('GET', `/users?${query}`))).toMatchObject({ status: 422, param });
  });
});

describe('changing users', () => {
  test('metadata is merged deeply by its own operation and replaced by the update', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', {
      username: 'merge',
      public_metadata: { a: 1, deep: { x: 1, y: 2 } },
    });
    const merged = await call('PATCH', `/users/${user.id}/metadata`, {
      public_metadata: { b: 2, deep: { y: null, z: 3 } },
    });
    expect(merged.body.public_metadata).toEqual({ a: 1, b: 2, deep: { x: 1, z: 3 } });
    const replaced = await call('PATCH', `/users/${user.id}`, { public_metadata: { only: true } });
    expect(replaced.body.public_metadata).toEqual({ only: true });
  });

  test('an address must be verified to become primary', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { email_address: ['one@example.com'] });
    const { body: second } = await call('POST', '/email_addresses', {
      user_id: user.id,
      email_address: 'two@example.com',
    });
    const path = `/users/${user.id}`;
    expect(firstError(await call('PATCH', path, { primary_email_address_id: second.id }))).toMatchObject({
      status: 422,
    });
    await call('PATCH', `/email_addresses/${second.id}`, { verified: true });
    expect((await call('PATCH', path, { primary_email_address_id: second.id })).body.primary_email_address_id).toBe(
      second.id,
    );
  });

  test('banning ends the sessions, and a banned user gets no new one', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'banme' });
    const { body: session } = await call('POST', '/sessions', { user_id: user.id });
    expect((await call('POST', `/users/${user.id}/ban`)).body.banned).toBe(true);
    expect((await call('GET', `/sessions/${session.id}`)).body.status).toBe('revoked');
    expect(firstError(await call('POST', '/sessions', { user_id: user.id }))).toMatchObject({
      status: 400,
      code: 'user_banned',
    });
    await call('POST', `/users/${user.id}/unban`);
    expect((await call('POST', '/sessions', { user_id: user.id })).status).toBe(200);
  });

  test('banning several is all or nothing', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'several' });
    expect((await call('POST', '/users/ban', { user_ids: [user.id, 'user_nobody'] })).status).toBe(400);
    expect((await call('GET', `/users/${user.id}`)).body.banned).toBe(false);
    expect((await call('POST', '/users/ban', { user_ids: [user.id] })).body).toMatchObject([
      { id: user.id, banned: true },
    ]);
  });

  test('a lock runs out', async () => {
    const { call, clock } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'locked' });
    expect((await call('POST', `/users/${user.id}/lock`)).body).toMatchObject({
      locked: true,
      lockout_expires_in_seconds: 3600,
    });
    clock.advance(3600_000);
    expect((await call('GET', `/users/${user.id}`)).body).toMatchObject({
      locked: false,
      lockout_expires_in_seconds: null,
    });
  });

  test('deleting takes everything of the user along, and a second time is 404', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { email_address: ['gone@example.com'], external_id: 'ext' });
    const { body: session } = await call('POST', '/sessions', { user_id: user.id });
    const { body: key } = await call('POST', '/api_keys', { name: 'key', subject: user.id });
    const { body: organization } = await call('POST', '/organizations', { name: 'Left behind', created_by: user.id });
    expect((await call('DELETE', `/users/${user.id}`)).body).toEqual({
      object: 'user',
      id: user.id,
      deleted: true,
      external_id: 'ext',
    });
    for (const path of [
      `/users/${user.id}`,
      `/sessions/${session.id}`,
      `/api_keys/${key.id}`,
      `/email_addresses/${user.primary_email_address_id}`,
    ]) {
      expect((await call('GET', path)).status).toBe(404);
    }
    expect((await call('POST', '/api_keys/verify', { secret: key.secret })).status).toBe(404);
    expect((await call('GET', `/organizations/${organization.id}/memberships`)).body).toEqual({
      data: [],
      total_count: 0,
    });
    expect((await call('DELETE', `/users/${user.id}`)).status).toBe(404);
    expect((await call('POST', '/users', { email_address: ['gone@example.com'], external_id: 'ext' })).status).toBe(
      200,
    );
  });
});

describe('passwords', () => {
  test('SC-128 are verified, stored as Argon2id, and never shown', async () => {
    const { call, context } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'hashed', password: 'correct horse' });
    expect(JSON.stringify(user)).not.toContain('horse');
    const row = await context.db.selectFrom('users').select('password_digest').executeTakeFirstOrThrow();
    expect(row.password_digest).toMatch(/^\$argon2id\$/);
    const path = `/users/${user.id}/verify_password`;
    expect((await call('POST', path, { password: 'correct horse' })).body).toEqual({ verified: true });
    expect(firstError(await call('POST', path, { password: 'wrong horse' }))).toEqual({
      status: 422,
      code: 'incorrect_password',
      param: 'password',
    });
  });

  test('a user without one is 400, an unknown user 404', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'none' });
    expect(firstError(await call('POST', `/users/${user.id}/verify_password`, { password: 'x' }))).toMatchObject({
      status: 400,
    });
    expect((await call('POST', '/users/user_nobody/verify_password', { password: 'x' })).status).toBe(404);
  });

  test('changing one can sign out everywhere', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'change', password: 'first password' });
    const { body: session } = await call('POST', '/sessions', { user_id: user.id });
    expect((await call('PATCH', `/users/${user.id}`, { sign_out_of_other_sessions: true })).status).toBe(422);
    await call('PATCH', `/users/${user.id}`, { password: 'second password', sign_out_of_other_sessions: true });
    expect((await call('GET', `/sessions/${session.id}`)).body.status).toBe('revoked');
    expect((await call('POST', `/users/${user.id}/verify_password`, { password: 'second password' })).status).toBe(200);
    expect((await call('POST', `/users/${user.id}/verify_password`, { password: 'first password' })).status).toBe(422);
  });
});
