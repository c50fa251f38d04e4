import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

const day = 24 * 3600 * 1000;

describe('invitations', () => {
  test('are sent with a link and carry metadata', async () => {
    const { call, context, clock } = await startForTest();
    clock.freeze();
    const { body } = await call('POST', '/invitations', {
      email_address: 'New@Example.com',
      public_metadata: { plan: 'pro' },
      redirect_url: 'https://app.example/welcome',
    });
    expect(body).toMatchObject({
      object: 'invitation',
      email_address: 'new@example.com',
      status: 'pending',
      revoked: false,
      public_metadata: { plan: 'pro' },
    });
    expect(body.expires_at).toBe(clock.now() + 30 * day);
    expect(new URL(body.url).searchParams.get('redirect_url')).toBe('https://app.example/welcome');
    const message = await context.db.selectFrom('messages').selectAll().executeTakeFirstOrThrow();
    expect(message).toMatchObject({ recipient: 'new@example.com', template_slug: 'invitation' });
    expect(message.body).toContain(body.url);
    const stored = await context.db.selectFrom('invitations').select('ticket_hash').executeTakeFirstOrThrow();
    expect(body.url).not.toContain(stored.ticket_hash);
  });

  test('one at a time, and not to users, unless told to ignore that', async () => {
    const { call, clock } = await startForTest();
    await call('POST', '/users', { email_address: ['user@example.com'] });
    const invite = (email_address: string, more = {}) =>
      call('POST', '/invitations', { email_address, notify: false, ...more });
    expect(firstError(await invite('user@example.com'))).toMatchObject({ status: 422, code: 'form_identifier_exists' });
    expect((await invite('user@example.com', { ignore_existing: true })).status).toBe(200);
    await invite('new@example.com', { expires_in_days: 1 });
    expect(firstError(await invite('NEW@example.com'))).toMatchObject({ status: 422, code: 'duplicate_record' });
    clock.advance(day);
    expect((await invite('new@example.com')).status).toBe(200);
  });

  test('lists know status and text; revoking works once', async () => {
    const { call, clock } = await startForTest();
    const { body: old } = await call('POST', '/invitations', { email_address: 'old@example.com', expires_in_days: 1 });
    clock.advance(2 * day);
    const { body: open } = await call('POST', '/invitations', { email_address: 'open@example.com' });
    const { body: gone } = await call('POST', '/invitations', { email_address: 'gone@example.com' });
    expect((await call('POST', `/invitations/${gone.id}/revoke`)).body).toMatchObject({
      status: 'revoked',
      revoked: true,
    });
    expect(firstError(await call('POST', `/invitations/${gone.id}/revoke`))).toMatchObject({
      status: 400,
      code: 'invitation_already_revoked',
    });
    expect((await call('POST', '/invitations/inv_x/revoke')).status).toBe(404);
    const ids = async (query: string) =>
      (await call('GET', `/invitations?${query}`)).body.map((one: { id: string }) => one.id);
    expect(await ids('status=pending')).toEqual([open.id]);
    expect(await ids('status=expired')).toEqual([old.id]);
    expect(await ids('status=revoked')).toEqual([gone.id]);
    expect(await ids('order_by=email_address')).toEqual([gone.id, old.id, open.id]);
    expect(await ids(`query=${open.id}`)).toEqual([open.id]);
    expect(await ids('query=GON')).toEqual([gone.id]);
  });

  test('in bulk: all or none', async () => {
    const { call } = await startForTest();
    const bulk = (addresses: string[]) =>
      call(
        'POST',
        '/invitations/bulk',
        addresses.map((email_address) => ({ email_address })),
      );
    expect((await bulk(['a@example.com', 'b@example.com'])).body).toMatchObject([
      { email_address: 'a@example.com' },
      { email_address: 'b@example.com' },
    ]);
    expect((await bulk(['c@example.com', 'a@example.com'])).status).toBe(422);
    expect((await call('GET', '/invitations')).body).toHaveLength(2);
    expect((await bulk(Array.from({ length: 11 }, (_, index) => `n${index}@example.com`))).status).toBe(400);
  });
});

describe.each([
  { what: 'actor tokens', path: '/actor_tokens', body: { actor: { sub: 'user_admin' } }, unit: 3600 },
  { what: 'sign-in tokens', path: '/sign_in_tokens', body: {}, unit: 2_592_000 },
])('$what', ({ path, body, unit }) => {
  const prepare = async () => {
    const backend = await startForTest();
    const { body: user } = await backend.call('POST', '/users', { username: 'target' });
    return {
      ...backend,
      user,
      create: (more = {}) => backend.call('POST', path, { user_id: user.id, ...body, ...more }),
    };
  };

  test('tell the token once, keep its hash, and expire', async () => {
    const { create, context, clock, user } = await prepare();
    clock.freeze();
    const answer = await create();
    expect(answer.body).toMatchObject({ status: 'pending', user_id: user.id });
    expect(new URL(answer.body.url).searchParams.get('ticket')).toBe(answer.body.token);
    const table = path === '/actor_tokens' ? 'actor_tokens' : 'sign_in_tokens';
    const row = await context.db.selectFrom(table).selectAll().executeTakeFirstOrThrow();
    expect(row.expires_at).toBe(clock.now() + unit * 1000);
    expect(JSON.stringify(row)).not.toContain(answer.body.token);
  });

  test('are revoked while pending', async () => {
    const { call, create } = await prepare();
    const { body: made } = await create();
    const revoked = await call('POST', `${path}/${made.id}/revoke`);
    expect(revoked.body).toMatchObject({ id: made.id, status: 'revoked' });
    expect(JSON.stringify(revoked.body)).not.toContain(made.token);
    expect((await call('POST', `${path}/${made.id}/revoke`)).status).toBe(400);
    expect((await call('POST', `${path}/none/revoke`)).status).toBe(404);
  });

  test.each([
    ['an unknown user', { user_id: 'user_nobody' }, 404],
    ['no time', { expires_in_seconds: 0 }, 422],
    ['time that is none', { expires_in_seconds: 'soon' }, 422],
  ])('refuse %s', async (_, more, status) => {
    const { create } = await prepare();
    expect((await create(more)).status).toBe(status);
  });

  test('SC-128 are not made for a banned user', async () => {
    const { call, create, user } = await prepare();
    await call('POST', `/users/${user.id}/ban`);
    expect(firstError(await create())).toMatchObject({ status: 400, code: 'user_banned' });
  });
});

test.each([
  ['no sub', {}, 422, 'actor.sub'],
  ['a blank sub', { sub: '' }, 422, undefined],
  ['a sub that is no text', { sub: 7 }, 422, 'actor.sub'],
])('an actor with %s is refused', async (_, actor, status, param) => {
  const { call } = await startForTest();
  const { body: user } = await call('POST', '/users', { username: 'target' });
  expect(firstError(await call('POST', '/actor_tokens', { user_id: user.id, actor }))).toMatchObject({
    status,
    ...(param && { param }),
  });
});

describe('agent tasks', () => {
  const task = {
    permissions: '*',
    agent_name: 'Helper',
    task_description: 'Books a table',
    redirect_url: 'http://localhost:3000/done',
  };
  const prepare = async () => {
    const backend = await startForTest();
    const { body: user } = await backend.call('POST', '/users', { email_address: ['owner@example.com'] });
    const create = (more = {}) =>
      backend.call('POST', '/agents/tasks', { ...task, on_behalf_of: { user_id: user.id }, ...more });
    return { ...backend, user, create };
  };

  test('the same agent keeps its id', async () => {
    const { call, create } = await prepare();
    const { body: first } = await create();
    const { body: second } = await create({ on_behalf_of: { identifier: 'OWNER@example.com' } });
    const { body: other } = await create({ agent_name: 'Other' });
    expect(first).toMatchObject({ object: 'agent_task', agent_id: expect.stringMatching(/^agt_/) });
    expect(second.agent_id).toBe(first.agent_id);
    expect(second.agent_task_id).not.toBe(first.agent_task_id);
    expect(other.agent_id).not.toBe(first.agent_id);
    expect(new URL(first.url).searchParams.get('redirect_url')).toBe(task.redirect_url);
    expect((await call('POST', `/agents/tasks/${first.agent_task_id}/revoke`)).status).toBe(200);
    expect((await call('POST', `/agents/tasks/${first.agent_task_id}/revoke`)).status).toBe(400);
    expect((await call('POST', '/agents/tasks/none/revoke')).status).toBe(404);
  });

  test.each([
    ['nobody', { on_behalf_of: {} }, 422],
    ['two ways of naming one', { on_behalf_of: { user_id: 'user_x', identifier: 'x@example.com' } }, 422],
    ['an unknown identifier', { on_behalf_of: { identifier: 'x@example.com' } }, 404],
    ['less than all permissions', { permissions: 'read' }, 422],
    ['a foreign redirect', { redirect_url: 'https://evil.example/done' }, 422],
    ['a redirect that runs', { redirect_url: 'javascript:alert(1)' }, 422],
  ])('refuse %s', async (_, more, status) => {
    const { create } = await prepare();
    expect((await create(more)).status).toBe(status);
  });

  test('may lead to a satellite', async () => {
    const { call, create } = await prepare();
    await call('POST', '/domains', { name: 'partner.example', is_satellite: true });
    expect((await create({ redirect_url: 'https://app.partner.example/done' })).status).toBe(200);
    expect((await create({ redirect_url: 'https://notpartner.example/done' })).status).toBe(422);
  });
});

test('a testing token is a new one each time and good for an hour', async () => {
  const { call, clock } = await startForTest();
  clock.freeze(1_800_000_000_000);
  const { body: first } = await call('POST', '/testing_tokens');
  const { body: second } = await call('POST', '/testing_tokens');
  expect(first).toMatchObject({ object: 'testing_token', expires_at: 1_800_003_600 });
  expect(second.token).not.toBe(first.token);
});

describe('waitlist', () => {
  const add = (backend: Awaited<ReturnType<typeof startForTest>>, email_address: string) =>
    backend.call('POST', '/waitlist_entries', { email_address });

  test('a second entry of one address is the first', async () => {
    const backend = await startForTest();
    const { body: first } = await add(backend, 'a@example.com');
    expect(first).toMatchObject({ object: 'waitlist_entry', status: 'pending', is_locked: false, invitation: null });
    expect((await add(backend, 'A@example.com')).body.id).toBe(first.id);
    expect((await backend.call('GET', '/waitlist_entries')).body.total_count).toBe(1);
    expect(
      (await backend.context.db.selectFrom('messages').selectAll().execute()).map((one) => one.template_slug),
    ).toEqual(['waitlist_confirmation']);
    expect((await add(backend, 'nope')).status).toBe(422);
  });

  test('an invited entry shows its invitation and is not invited, rejected or deleted again', async () => {
    const backend = await startForTest();
    const { call } = backend;
    const { body: entry } = await add(backend, 'a@example.com');
    const invited = await call('POST', `/waitlist_entries/${entry.id}/invite`);
    expect(invited.body).toMatchObject({
      status: 'invited',
      invitation: { email_address: 'a@example.com', status: 'pending' },
    });
    expect((await call('POST', `/waitlist_entries/${entry.id}/invite`)).status).toBe(409);
    expect((await call('POST', `/waitlist_entries/${entry.id}/reject`)).status).toBe(409);
    expect((await call('DELETE', `/waitlist_entries/${entry.id}`)).status).toBe(409);
    expect((await call('POST', `/waitlist_entries/${entry.id}/invite`, { ignore_existing: true })).status).toBe(200);
  });

  test('a rejected one can still be invited; a pending one deleted', async () => {
    const backend = await startForTest();
    const { call } = backend;
    const { body: entry } = await add(backend, 'a@example.com');
    expect((await call('POST', `/waitlist_entries/${entry.id}/reject`)).body.status).toBe('rejected');
    expect((await call('POST', `/waitlist_entries/${entry.id}/invite`)).body.status).toBe('invited');
    const { body: other } = await add(backend, 'b@example.com');
    expect((await call('DELETE', `/waitlist_entries/${other.id}`)).body.deleted).toBe(true);
    expect((await call('DELETE', `/waitlist_entries/${other.id}`)).status).toBe(404);
  });

  test('lists know status and text; bulk is all or none', async () => {
    const backend = await startForTest();
    const { call } = backend;
    const bulk = (addresses: string[]) =>
      call(
        'POST',
        '/waitlist_entries/bulk',
        addresses.map((email_address) => ({ email_address })),
      );
    const { body: made } = await bulk(['a@example.com', 'b@example.com']);
    expect((await bulk(['c@example.com', 'nope'])).status).toBe(422);
    await call('POST', `/waitlist_entries/${made[0].id}/reject`);
    const ids = async (query: string) =>
      (await call('GET', `/waitlist_entries?${query}`)).body.data.map((one: { id: string }) => one.id);
    expect(await ids('order_by=email_address')).toEqual([made[0].id, made[1].id]);
    expect(await ids('status=rejected')).toEqual([made[0].id]);
    expect(await ids('query=B@EX')).toEqual([made[1].id]);
  });
});

describe('sign-ups', () => {
  test('under way can be marked, and shows what is missing', async () => {
    const { call, context, clock } = await startForTest();
    const now = clock.now();
    const row = {
      id: 'sua_1',
      status: 'missing_requirements',
      email_address: 'a@example.com',
      verifications: '{"email_address":"unverified"}',
    };
    await context.db
      .insertInto('sign_ups')
      .values({ ...row, abandon_at: now + day, created_at: now, updated_at: now })
      .execute();
    expect((await call('GET', '/sign_ups/sua_1')).body).toMatchObject({
      object: 'sign_up_attempt',
      missing_fields: ['password'],
      unverified_fields: ['email_address'],
      verifications: {
        email_address: { next_action: 'needs_attempt', supported_strategies: ['email_code'] },
        phone_number: null,
      },
    });
    expect((await call('PATCH', '/sign_ups/sua_1', { external_id: 'crm-1', custom_action: true })).body).toMatchObject({
      external_id: 'crm-1',
      custom_action: true,
    });
    await call('POST', '/users', { username: 'taken', external_id: 'crm-2' });
    expect((await call('PATCH', '/sign_ups/sua_1', { external_id: 'crm-2' })).status).toBe(422);
    clock.advance(day);
    expect((await call('GET', '/sign_ups/sua_1')).body.status).toBe('abandoned');
    expect((await call('PATCH', '/sign_ups/sua_1', { external_id: 'x' })).status).toBe(403);
    expect((await call('GET', '/sign_ups/sua_2')).status).toBe(404);
  });
});
