import { createAuthenticator, viewRequest } from '@keystile/core';
import type { Snapshot } from '@keystile/local';
import { createTestBackend, type TestBackendOptions } from '@keystile/local/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { databaseForTest } from '../../packages/local/src/store/database-for-test.ts';
import { callBackendApi } from './support/backend-api.ts';

async function start(options: TestBackendOptions = {}) {
  const database = databaseForTest();
  const backend = await createTestBackend({ database: database.location, ...options });
  onTestFinished(async () => {
    await backend.close();
    await database.drop();
  });
  const authenticator = await createAuthenticator(backend.authenticatorOptions);
  const authenticate = (headers: Record<string, string>) =>
    authenticator.authenticateRequest(
      viewRequest(new Request('http://localhost/', { headers: { accept: 'text/html', ...headers } })),
    );
  return { backend, authenticate };
}

/** Rows have no order of their own. */
const sorted = ({ tables }: Snapshot) =>
  tables.map(({ name, rows }) => ({ name, rows: rows.map((row) => JSON.stringify(row)).toSorted() }));

describe('createTestBackend', () => {
  test('signs users in by cookies and by token, as core sees it', async () => {
    const { backend, authenticate } = await start();
    const ada = await backend.signIn({ firstName: 'Ada' });
    for (const headers of [{ cookie: ada.cookieHeader }, ada.headers]) {
      const state = await authenticate(headers);
      expect(state.status).toBe('signed-in');
      expect(state.toAuth()).toMatchObject({ userId: ada.userId, sessionId: ada.sessionId });
    }
    expect((await authenticate({})).status).not.toBe('signed-in');
  });

  test('signs in who is there, by id, address and name, active in an organization', async () => {
    const { backend, authenticate } = await start({
      seed: {
        users: [{ email: 'ada@example.com', username: 'ada_l' }],
        organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: 'ada_l', role: 'org:admin' }] }],
      },
    });
    const id = backend.seeded?.users[0]?.id ?? '';
    for (const name of [id, 'ada@example.com', 'ADA_L']) {
      const { headers } = await backend.signIn(name, { organization: 'acme' });
      expect((await authenticate(headers)).toAuth()).toMatchObject({
        userId: id,
        orgSlug: 'acme',
        orgRole: 'org:admin',
      });
    }
    await expect(backend.signIn('nobody@example.com')).rejects.toMatchObject({ status: 404 });
    await expect(backend.signIn(id, { organization: 'other' })).rejects.toMatchObject({ status: 404 });
  });

  test('makes pending, expired and impersonated sessions', async () => {
    const { backend, authenticate } = await start();
    const pending = await backend.signIn({}, { tasks: [{ key: 'choose-organization' }] });
    expect((await authenticate(pending.headers)).toAuth()).toMatchObject({ userId: null, sessionStatus: 'pending' });
    const expired = await backend.signIn({}, { expiresInSeconds: -60 });
    expect((await authenticate(expired.headers)).status).not.toBe('signed-in');
    const acted = await backend.signIn({}, { actor: { sub: 'user_admin' }, claims: { plan: 'pro' } });
    expect((await authenticate(acted.headers)).toAuth()).toMatchObject({
      actor: { sub: 'user_admin' },
      sessionClaims: { plan: 'pro' },
    });
  });

  test('moves time for backend and application alike', async () => {
    const { backend, authenticate } = await start();
    const { headers } = await backend.signIn();
    expect((await authenticate(headers)).status).toBe('signed-in');
    backend.clock.advance(70_000);
    expect((await authenticate(headers)).status).not.toBe('signed-in');
  });

  test('SC-133 thirty-two in one process know nothing of each other, and close without a trace', async () => {
    const before = process.getActiveResourcesInfo().length;
    const backends = await Promise.all(Array.from({ length: 32 }, () => createTestBackend()));
    const users = await Promise.all(backends.map((backend) => backend.signIn()));
    expect(new Set(backends.map(({ secretKey }) => secretKey)).size).toBe(32);
    for (const [index, backend] of backends.entries()) {
      const { body } = await callBackendApi(backend, 'GET', '/users');
      expect(body.map(({ id }: { id: string }) => id)).toEqual([users[index]?.userId]);
    }
    const [first, second] = backends;
    const authenticator = await createAuthenticator(first?.authenticatorOptions ?? {});
    const foreign = await authenticator.authenticateRequest(
      viewRequest(new Request('http://localhost/', { headers: users[1]?.headers ?? {} })),
    );
    expect(foreign.status).toBe('signed-out');
    expect(
      await second?.fetch('/v1/users', { headers: { authorization: `Bearer ${first?.secretKey}` } }),
    ).toMatchObject({ status: 401 });
    await Promise.all(backends.map((backend) => backend.close()));
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before + 1);
  });

  test('SC-126 signs with a key of its own when asked', async () => {
    const shared = await Promise.all([start(), start()]);
    expect(shared[0]?.backend.jwtKey).toBe(shared[1]?.backend.jwtKey);
    expect((await start({ ownKey: true })).backend.jwtKey).not.toBe(shared[0]?.backend.jwtKey);
  });

  test.each([
    ['a live key', { secretKey: 'sk_live_abcdefghijkl' }],
    ['a publishable key for a secret', { secretKey: 'pk_live_abcdefghijkl' }],
  ])('SC-126 refuses %s', async (_, options) => {
    await expect(createTestBackend(options)).rejects.toMatchObject({ code: 'option-invalid' });
  });
});

describe('controls', () => {
  test('remember the requests and why they were refused, without what opens something', async () => {
    const { backend } = await start();
    await backend.fetch('/v1/users/user_nope?x=1', {
      headers: { authorization: `Bearer ${backend.secretKey}`, 'user-agent': 'suite' },
    });
    await backend.fetch('/v1/users', { headers: { authorization: 'Bearer sk_test_canary_canary' } });
    await backend.fetch(
      '/v1/client/handshake?redirect_url=http://localhost:3000/&__clerk_hs_reason=dev-browser-missing&__session=canary&__clerk_db_jwt=canary',
    );
    const entries = backend.controls.requests.entries();
    expect(entries).toMatchObject([
      {
        number: 1,
        method: 'GET',
        path: '/v1/users/user_nope',
        query: 'x=1',
        status: 404,
        reason: 'resource_not_found',
        userAgent: 'suite',
      },
      { number: 2, status: 401, reason: 'clerk_key_invalid' },
      { number: 3, path: '/v1/client/handshake', status: 307, reason: 'dev-browser-missing' },
    ]);
    expect(JSON.stringify(entries)).not.toContain('canary');
    backend.controls.requests.clear();
    expect(backend.controls.requests.entries()).toEqual([]);
  });

  test('remember no more than a thousand requests, the newest', async () => {
    const { backend } = await start();
    for (let index = 0; index < 1_005; index++) await backend.fetch(`/nothing/${index}`);
    const entries = backend.controls.requests.entries();
    expect([entries.length, entries[0]?.path, entries.at(-1)?.path]).toEqual([1_000, '/nothing/5', '/nothing/1004']);
  });

  test('limit requests as the hosted service does, with Retry-After on the clock of the backend', async () => {
    const { backend } = await start();
    backend.clock.freeze(10_000_000);
    backend.controls.limitRequests({ requests: 3, windowInSeconds: 10 });
    const statuses = [];
    for (let index = 0; index < 4; index++) statuses.push(await callBackendApi(backend, 'GET', '/users'));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(statuses[3]?.headers.get('retry-after')).toBe('10');
    expect(statuses[3]?.body.errors[0].code).toBe('rate_limit_exceeded');
    backend.clock.advance(10_000);
    expect((await callBackendApi(backend, 'GET', '/users')).status).toBe(200);
    backend.controls.limitRequests(undefined);
    for (let index = 0; index < 5; index++) expect((await callBackendApi(backend, 'GET', '/users')).status).toBe(200);
  });

  describe('faults', () => {
    test.each([
      ['a status', { answer: { status: 500 } }, 500],
      ['429 with Retry-After', { answer: { status: 429, retryAfterSeconds: 7 } }, 429],
    ])('%s, by path and method, so many times', async (_, fault, status) => {
      const { backend } = await start();
      backend.controls.faults.add({ ...fault, path: '/v1/users/*', method: 'get', times: 2 });
      const call = (method: string, path: string) =>
        callBackendApi(backend, method, path).then((answer) => answer.status);
      expect(await call('GET', '/users/user_1')).toBe(status);
      expect(await call('DELETE', '/users/user_1')).toBe(404);
      expect(await call('GET', '/organizations')).toBe(200);
      expect(await call('GET', '/users/user_1')).toBe(status);
      expect(await call('GET', '/users/user_1')).toBe(404);
      expect(backend.controls.faults.list()).toEqual([]);
    });

    test.each(['in process', 'over HTTP'])(
      'reset and truncated answers fail as they do for a client, %s',
      async (where) => {
        const { backend } = await start({ listen: where === 'over HTTP' });
        const call = async () => {
          const init = { headers: { authorization: `Bearer ${backend.secretKey}` } };
          const answer =
            where === 'over HTTP'
              ? await fetch(`${backend.url}/v1/users`, init)
              : await backend.fetch('/v1/users', init);
          return answer.json();
        };
        for (const then of ['reset', 'truncate'] as const) {
          const stop = backend.controls.faults.add({ answer: then });
          await expect(call()).rejects.toThrow();
          stop();
        }
        expect(await call()).toEqual([]);
      },
    );

    test('hang until the client gives up, and do not keep the backend from closing', async () => {
      const { backend } = await start({ listen: true });
      backend.controls.faults.add({ answer: 'hang' });
      await expect(fetch(`${backend.url}/v1/users`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
        name: 'TimeoutError',
      });
      const hanging = fetch(`${backend.url}/v1/users`).catch(() => 'cut');
      await backend.close();
      expect(await hanging).toBe('cut');
    });

    test('of a probability happen about as often', async () => {
      const { backend } = await start();
      backend.controls.faults.add({ probability: 0.5, answer: { status: 503 } });
      const statuses = await Promise.all(
        Array.from({ length: 200 }, () => backend.fetch('/nothing').then(({ status }) => status)),
      );
      const failed = statuses.filter((status) => status === 503).length;
      expect(failed).toBeGreaterThan(50);
      expect(failed).toBeLessThan(150);
    });

    test('of latency keep the answer waiting', async () => {
      const { backend } = await start();
      const stop = backend.controls.faults.add({ latencyInMs: 30 });
      const begun = performance.now();
      expect((await backend.fetch('/nothing')).status).toBe(404);
      expect(performance.now() - begun).toBeGreaterThanOrEqual(29);
      stop();
    });
  });

  describe('snapshots', () => {
    test('put everything back, as often as wanted', async () => {
      const { backend, authenticate } = await start();
      const ada = await backend.signIn({ firstName: 'Ada' });
      await callBackendApi(backend, 'POST', '/organizations', { name: 'Acme', created_by: ada.userId });
      const key = await backend.mint.apiKey({ subject: ada.userId });
      const snapshot = await backend.controls.snapshot();
      for (let time = 0; time < 2; time++) {
        await callBackendApi(backend, 'DELETE', `/users/${ada.userId}`);
        await backend.signIn({ firstName: 'Eve' });
        await callBackendApi(backend, 'PATCH', '/instance', { test_mode: false });
        await backend.controls.restore(snapshot);
        expect(sorted(await backend.controls.snapshot())).toEqual(sorted(snapshot));
        expect((await callBackendApi(backend, 'GET', '/users')).body).toMatchObject([{ first_name: 'Ada' }]);
        expect((await callBackendApi(backend, 'GET', '/organizations')).body.data).toHaveLength(1);
        expect((await callBackendApi(backend, 'POST', '/api_keys/verify', { secret: key })).status).toBe(200);
        expect((await authenticate(ada.headers)).status).toBe('signed-in');
      }
    });

    test('SC-133 reset begins anew with the seed of the start, and with the same keys', async () => {
      const { backend } = await start({
        seed: { users: [{ email: 'ada@example.com' }], roles: [{ key: 'org:extra', permissions: ['org:a:read'] }] },
      });
      const before = { ...backend.environment, jwtKey: backend.jwtKey };
      await backend.signIn();
      await callBackendApi(backend, 'POST', '/organization_roles', { name: 'Mine', key: 'org:mine', description: '' });
      const made = await backend.controls.reset();
      expect(made.users).toMatchObject([{ email: 'ada@example.com' }]);
      expect((await callBackendApi(backend, 'GET', '/users')).body).toHaveLength(1);
      const roles = await callBackendApi(backend, 'GET', '/organization_roles');
      expect(roles.body.data.map(({ key }: { key: string }) => key).toSorted()).toEqual([
        'org:admin',
        'org:extra',
        'org:member',
      ]);
      expect({ ...backend.environment, jwtKey: backend.jwtKey }).toEqual(before);
      const heard: string[] = [];
      backend.context.onEvent(({ type }) => heard.push(type));
      await backend.signIn({});
      expect(heard).toEqual(['user.created']);
    });
  });
});

describe('control routes', () => {
  const routes = [
    ['POST', '/tokens'],
    ['POST', '/seed'],
    ['POST', '/reset'],
    ['POST', '/clock'],
    ['POST', '/faults'],
    ['GET', '/faults'],
    ['DELETE', '/faults'],
    ['GET', '/requests'],
    ['DELETE', '/requests'],
    ['POST', '/snapshots'],
    ['POST', '/snapshots/x/restore'],
    ['PUT', '/request-limit'],
  ] as const;

  test.each(routes)('SC-125 %s %s needs the secret key', async (method, path) => {
    const { backend } = await start();
    const body = method === 'GET' ? {} : { body: '{}' };
    const machine = (await callBackendApi(backend, 'POST', '/machines', { name: 'm' })).body.secret_key;
    for (const authorization of [undefined, 'Bearer sk_test_wrong_wrong', `Bearer ${machine}`]) {
      const answer = await backend.fetch(`/_keystile${path}`, {
        method,
        ...body,
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.status).toBe(401);
    }
  });

  const control = async (
    backend: Awaited<ReturnType<typeof start>>['backend'],
    method: string,
    path: string,
    body?: unknown,
  ) => {
    const answer = await backend.fetch(`/_keystile${path}`, {
      method,
      headers: { authorization: `Bearer ${backend.secretKey}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('move time, commit faults, limit requests, keep snapshots', async () => {
    const { backend } = await start();
    expect((await control(backend, 'POST', '/clock', { freeze_at: 1_000_000, advance_ms: 5 })).body).toEqual({
      now: 1_000_000,
    });
    await control(backend, 'POST', '/clock', { reset: true });
    await control(backend, 'POST', '/faults', { path: '/v1/users', answer: { status: 500 }, times: 1 });
    expect((await callBackendApi(backend, 'GET', '/users')).status).toBe(500);
    await control(backend, 'PUT', '/request-limit', { requests: 0, windowInSeconds: 10 });
    expect((await callBackendApi(backend, 'GET', '/users')).status).toBe(429);
    await control(backend, 'DELETE', '/request-limit');
    const { body } = await control(backend, 'POST', '/snapshots', {});
    await backend.signIn();
    expect((await control(backend, 'POST', `/snapshots/${body.id}/restore`, {})).status).toBe(200);
    expect((await callBackendApi(backend, 'GET', '/users')).body).toEqual([]);
    expect((await control(backend, 'POST', '/snapshots/snap_nope/restore', {})).status).toBe(404);
    expect((await control(backend, 'GET', '/requests')).body).toHaveLength(3);
  });

  test.each([
    ['/clock', { advance_ms: 'x' }, 422],
    ['/clock', [], 400],
    ['/tokens', { kind: 'cookie' }, 422],
    ['/tokens', { kind: 'session', user: 'nobody' }, 404],
    ['/seed', { user: [] }, 422],
  ])('%s answers %j with %i', async (path, body, status) => {
    const { backend } = await start();
    expect((await control(backend, 'POST', path, body)).status).toBe(status);
  });
});

describe('a backend that plays a production instance', () => {
  test.each([
    'example.com',
    'app.localhost.evil.test',
    'localhost',
    '*.localhost',
    'app.localhost:80',
    'APP.localhost',
  ])('SC-126 plays none of %s', async (productionDomain) => {
    await expect(createTestBackend({ productionDomain })).rejects.toMatchObject({ code: 'option-invalid' });
  });

  test('SC-126 has keys that are of no use to another', async () => {
    const { backend } = await start({ productionDomain: 'app.localhost' });
    const { backend: other } = await start();
    expect(backend.publishableKey).not.toBe(other.publishableKey);
    for (const key of [backend.secretKey, backend.secretKey.replace('live', 'test')]) {
      expect((await other.fetch('/v1/users', { headers: { authorization: `Bearer ${key}` } })).status).toBe(401);
    }
    expect((await callBackendApi(backend, 'GET', '/users')).status).toBe(200);
    const { headers } = await backend.signIn();
    const authenticator = await createAuthenticator(other.authenticatorOptions);
    const state = await authenticator.authenticateRequest(viewRequest(new Request('http://localhost/', { headers })));
    expect(state.status).toBe('signed-out');
  });
});
