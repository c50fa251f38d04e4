import { describe, expect, test } from 'vitest';
import { issueRefreshToken } from '../issuing/refresh-token.ts';
import { cookieSuffix } from '../issuing/session-cookies.ts';
import { type BackendUnderTest, firstError, startForTest } from './start-for-test.ts';

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const headerOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());

const prepare = async () => {
  const backend = await startForTest();
  const { body: user } = await backend.call('POST', '/users', { username: 'sessions' });
  const { body: session } = await backend.call('POST', '/sessions', { user_id: user.id });
  return { ...backend, user, session };
};

test('a session is active, has a client, and is listed by both', async () => {
  const { call, user, session } = await prepare();
  expect(session).toMatchObject({ object: 'session', user_id: user.id, status: 'active', actor: null, tasks: null });
  expect(session.expire_at - session.created_at).toBe(7 * 24 * 3600 * 1000);
  const { body: client } = await call('GET', `/clients/${session.client_id}`);
  expect(client).toMatchObject({ session_ids: [session.id], last_active_session_id: session.id });
  expect((await call('GET', `/sessions?client_id=${session.client_id}`)).body).toEqual([session]);
  expect((await call('GET', `/sessions?user_id=${user.id}&paginated=true`)).body).toEqual({
    data: [session],
    total_count: 1,
  });
  expect((await call('GET', `/users/${user.id}`)).body.last_sign_in_at).toBe(session.created_at);
});

test.each([
  ['active', 0, ['active']],
  ['expired', 7 * 24 * 3600 * 1000, ['expired']],
  ['abandoned', 30 * 24 * 3600 * 1000, ['abandoned']],
])('a session that nobody ends is %s in time, in lists as alone', async (status, later, listed) => {
  const { call, clock, session } = await prepare();
  clock.advance(later);
  expect((await call('GET', `/sessions/${session.id}`)).body.status).toBe(status);
  for (const filter of ['active', 'expired', 'abandoned']) {
    const { body } = await call('GET', `/sessions?status=${filter}`);
    expect(body.map((one: { status: string }) => one.status)).toEqual(filter === status ? listed : []);
  }
});

test('SC-128 a session that has ended gives no token and cannot be revoked again', async () => {
  const { call, clock, session } = await prepare();
  expect((await call('POST', `/sessions/${session.id}/tokens`)).status).toBe(200);
  expect((await call('POST', `/sessions/${session.id}/revoke`)).body.status).toBe('revoked');
  expect(firstError(await call('POST', `/sessions/${session.id}/tokens`))).toMatchObject({ status: 404 });
  expect(firstError(await call('POST', `/sessions/${session.id}/revoke`))).toMatchObject({
    status: 400,
    code: 'session_not_active',
  });
  const { body: other } = await call('POST', '/sessions', { user_id: session.user_id });
  clock.advance(8 * 24 * 3600 * 1000);
  expect((await call('POST', `/sessions/${other.id}/tokens`)).status).toBe(404);
});

test.each([
  ['an unknown user', { user_id: 'user_nobody' }, 404, 'resource_not_found'],
  ['no user', {}, 422, 'form_param_missing'],
  [
    'an organization that the user is no member of',
    { user_id: 'USER', active_organization_id: 'org_x' },
    404,
    'resource_not_found',
  ],
])('refuses a session for %s', async (_, body: Record<string, string>, status, code) => {
  const { call, user } = await prepare();
  const filled = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, value === 'USER' ? user.id : value]),
  );
  expect(firstError(await call('POST', '/sessions', filled))).toMatchObject({ status, code });
});

describe('session tokens', () => {
  test('live a minute by default, or as long as asked for', async () => {
    const { call, session, instanceId, url } = await prepare();
    const { body } = await call('POST', `/sessions/${session.id}/tokens`);
    const claims = claimsOf(body.jwt);
    expect(headerOf(body.jwt)).toEqual({ alg: 'RS256', kid: instanceId, typ: 'JWT', cat: 'cl_B7d4PD111AAA' });
    expect(claims).toMatchObject({
      iss: url,
      sid: session.id,
      sub: session.user_id,
      sts: 'active',
      v: 2,
      fva: [0, -1],
    });
    expect(claims.exp - claims.iat).toBe(60);
    expect(claims.iat - claims.nbf).toBe(10);
    const long = await call('POST', `/sessions/${session.id}/tokens`, { expires_in_seconds: 600 });
    expect(claimsOf(long.body.jwt).exp - claimsOf(long.body.jwt).iat).toBe(600);
    expect(firstError(await call('POST', `/sessions/${session.id}/tokens`, { expires_in_seconds: 5 }))).toMatchObject({
      status: 422,
    });
  });

  test('carry the active organization with custom permissions as masks, in both versions', async () => {
    const backend = await prepare();
    const { call, user } = backend;
    const keys = ['org:invoices:read', 'org:invoices:manage', 'org:reports:read'];
    const permissions = [];
    for (const key of keys)
      permissions.push((await call('POST', '/organization_permissions', { name: key, key })).body.id);
    const { body: role } = await call('POST', '/organization_roles', {
      name: 'Accountant',
      key: 'org:accountant',
      permissions,
      include_in_initial_role_set: true,
    });
    const { body: organization } = await call('POST', '/organizations', { name: 'Acme', slug: 'acme' });
    await call('POST', `/organizations/${organization.id}/memberships`, { user_id: user.id, role: role.key });
    const claims = claimsOf(await backend.mint.session({ userId: user.id, orgId: organization.id }));
    expect(claims.fea).toBe('o:invoices,o:reports');
    expect(claims.o).toEqual({ id: organization.id, slg: 'acme', rol: 'accountant', per: 'manage,read', fpm: '3,2' });
    const old = claimsOf(await backend.mint.session({ userId: user.id, orgId: organization.id, v: 1 }));
    expect(old).toMatchObject({
      org_id: organization.id,
      org_slug: 'acme',
      org_role: 'org:accountant',
      org_permissions: ['org:invoices:manage', 'org:invoices:read', 'org:reports:read'],
    });
    expect(old).not.toHaveProperty('v');
    await call('DELETE', `/organizations/${organization.id}/memberships/${user.id}`);
    expect(claimsOf(await backend.mint.session({ userId: user.id, orgId: organization.id }))).not.toHaveProperty('o');
  });

  test('follow the clock of the backend', async () => {
    const { call, clock, session } = await prepare();
    clock.freeze(1_800_000_000_000);
    const { body } = await call('POST', `/sessions/${session.id}/tokens`).then((answer) =>
      answer.status === 404
        ? call('POST', '/sessions', { user_id: session.user_id }).then((one) =>
            call('POST', `/sessions/${one.body.id}/tokens`),
          )
        : answer,
    );
    expect(claimsOf(body.jwt)).toMatchObject({ iat: 1_800_000_000, exp: 1_800_000_060 });
  });
});

describe('refreshing', () => {
  const refresh = async (backend: BackendUnderTest & { session: { id: string } }, change: object = {}, query = '') => {
    const refreshToken = await issueRefreshToken(backend.context, backend.session.id);
    const { body: token } = await backend.call('POST', `/sessions/${backend.session.id}/tokens`);
    const body = {
      expired_token: token.jwt,
      refresh_token: refreshToken,
      request_origin: 'https://app.example',
      ...change,
    };
    return {
      refreshToken,
      token,
      answer: await backend.call('POST', `/sessions/${backend.session.id}/refresh${query}`, body),
    };
  };

  test('answers with a token for the origin', async () => {
    const backend = await prepare();
    const { answer } = await refresh(backend);
    expect(answer.body.object).toBe('token');
    expect(claimsOf(answer.body.jwt)).toMatchObject({ sid: backend.session.id, azp: 'https://app.example' });
  });

  test('answers with cookies, with the suffix as well when told so', async () => {
    const backend = await prepare();
    const names = (cookies: string[]) =>
      cookies.map((line) => line.split('=')[0]?.replace(cookieSuffix(backend.publishableKey), 'SUFFIX'));
    const plain = await refresh(backend, { format: 'cookie' });
    expect(names(plain.answer.body.cookies)).toEqual(['__session', '__refresh_SUFFIX']);
    const suffixed = await refresh(backend, { format: 'cookie' }, '?suffixed_cookies=true');
    expect(names(suffixed.answer.body.cookies)).toEqual(['__session', '__session_SUFFIX', '__refresh_SUFFIX']);
  });

  test.each([
    ['a refresh token that is none', { refresh_token: 'rt_guess' }, 401, 'refresh_token_invalid'],
    [
      'a token of another session',
      { expired_token: `x.${btoa('{"sid":"sess_other"}')}.x` },
      400,
      'invalid_expired_token',
    ],
    ['a token that is none', { expired_token: 'x' }, 400, 'invalid_expired_token'],
    ['an unknown format', { format: 'xml' }, 422, 'form_param_invalid'],
  ])('refuses %s', async (_, change, status, code) => {
    const backend = await prepare();
    expect(firstError((await refresh(backend, change)).answer)).toMatchObject({ status, code });
  });

  test('SC-128 a refresh token used again after a while ends all of the session', async () => {
    const backend = await prepare();
    const first = await refresh(backend, { format: 'cookie' });
    const next = /__refresh_[\w-]+=([^;]+)/.exec(first.answer.body.cookies.at(-1))?.[1];
    const again = { expired_token: first.token.jwt, request_origin: 'https://app.example' };
    const path = `/sessions/${backend.session.id}/refresh`;
    expect((await backend.call('POST', path, { ...again, refresh_token: first.refreshToken })).status).toBe(200);
    backend.clock.advance(60_000);
    expect((await backend.call('POST', path, { ...again, refresh_token: first.refreshToken })).status).toBe(401);
    expect((await backend.call('POST', path, { ...again, refresh_token: next })).status).toBe(401);
  });

  test('SC-128 refresh tokens are kept as hashes, and go with their session', async () => {
    const backend = await prepare();
    const token = await issueRefreshToken(backend.context, backend.session.id);
    const { token_hash } = await backend.context.db.selectFrom('refresh_tokens').selectAll().executeTakeFirstOrThrow();
    expect(token_hash).not.toContain(token.slice(3));
    await backend.call('POST', `/sessions/${backend.session.id}/revoke`);
    expect(await backend.context.db.selectFrom('refresh_tokens').selectAll().execute()).toEqual([]);
  });
});

describe('the handshake payload', () => {
  test('is handed out once, with the secret key', async () => {
    const { call, context } = await prepare();
    const { storeHandshakePayload } = await import('../issuing/handshake-payload.ts');
    const nonce = await storeHandshakePayload(context, ['__session=a; Path=/']);
    const path = `/clients/handshake_payload?nonce=${nonce}`;
    expect((await call('GET', path, undefined, { key: null })).status).toBe(401);
    expect(await call('GET', path)).toMatchObject({ status: 200, body: { directives: ['__session=a; Path=/'] } });
    expect((await call('GET', path)).status).toBe(404);
  });

  test('is gone after a minute', async () => {
    const { call, context, clock } = await prepare();
    const { storeHandshakePayload } = await import('../issuing/handshake-payload.ts');
    const nonce = await storeHandshakePayload(context, ['a=b']);
    clock.advance(60_000);
    expect((await call('GET', `/clients/handshake_payload?nonce=${nonce}`)).status).toBe(404);
  });
});
