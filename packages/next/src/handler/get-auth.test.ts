import { type NextFetchEvent, NextRequest } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import { createAuth } from '../create-auth.ts';
import type { AuthOptions } from '../options.ts';

let now = 1_700_000_000_000;
const instance = createTestInstance({ type: 'production', now: () => now });
const { publishableKey, jwtKey, secretKey } = instance;
const options: AuthOptions = { publishableKey, jwtKey, secretKey, now: () => now, logger: { warn: () => {} } };

/** The handlers and the proxy run apart and share nothing but their options. */
const proxy = createAuth(options).authMiddleware();
const { getAuth, requireAuth } = createAuth(options);

async function throughProxy(path: string, headers: Record<string, string>): Promise<Headers> {
  const response = (await proxy(
    new NextRequest(`http://app.test${path}`, { headers }),
    {} as NextFetchEvent,
  )) as Response;
  const names = response.headers.get('x-middleware-override-headers')?.split(',') ?? [];
  return new Headers(names.map((name) => [name, response.headers.get(`x-middleware-request-${name}`) ?? '']));
}

/** A browser that comes back from the frontend API: the proxy sets its cookies, which this request does not have yet. */
const completingHandshake = (token = instance.session()) => ({
  cookie: `__clerk_handshake=${instance.jwt({ handshake: [`__session=${token}; Path=/`] })}`,
  'sec-fetch-dest': 'document',
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const handle = (path: string, headers: Headers | Record<string, string>) =>
  getAuth(new Request(`http://app.test${path}`, { headers }));

describe('getAuth', () => {
  it('believes the proxy, whatever the request itself carries', async () => {
    const headers = await throughProxy('/a', completingHandshake());
    headers.delete('cookie');
    expect(await handle('/a', {})).toMatchObject({ userId: null });
    expect(await handle('/a', headers)).toMatchObject({ userId: 'user_alice' });
  });

  it('finds out by itself where no proxy was', async () => {
    const client = Math.floor(now / 1000) - 100;
    const cookie = `__session=${instance.session()}; __client_uat=${client}`;
    expect(await handle('/', { cookie })).toMatchObject({ userId: 'user_alice' });
    expect(await handle('/', bearer(instance.session()))).toMatchObject({ userId: 'user_alice' });
    expect(await handle('/', { cookie: `__client_uat=${client}`, 'sec-fetch-dest': 'document' })).toMatchObject({
      userId: null,
    });
    expect(await handle('/', {})).toMatchObject({ userId: null });
  });

  it('reads requests of the Pages Router', async () => {
    const headers = Object.fromEntries(await throughProxy('/a', bearer(instance.session())));
    expect(await getAuth({ url: '/a?b=c', headers })).toMatchObject({ userId: 'user_alice' });
    expect(await getAuth({ url: '/a', headers: { cookie: undefined, 'set-cookie': ['x'] } })).toMatchObject({
      userId: null,
    });
  });

  it.each([
    ['nothing', ''],
    ['garbage', 'x'],
    ['a session token', instance.session()],
    ['what another secret sealed', 'A'.repeat(400)],
  ])('SC-061 is not misled by %s in the header of the proxy', async (_, state) => {
    expect(await handle('/', { 'x-keystile-state': state })).toMatchObject({ userId: null });
    expect(await handle('/', { 'x-keystile-state': state, ...bearer(instance.session()) })).toMatchObject({
      userId: 'user_alice',
    });
  });

  describe('SC-061 a state that somebody got hold of', () => {
    const stolen = async () => {
      const headers = await throughProxy('/a', completingHandshake());
      return headers.get('x-keystile-state') ?? '';
    };

    it('counts for its own URL alone', async () => {
      const state = await stolen();
      expect(await handle('/a', { 'x-keystile-state': state })).toMatchObject({ userId: 'user_alice' });
      expect(await handle('/b', { 'x-keystile-state': state })).toMatchObject({ userId: null });
    });

    it('counts with the Authorization header alone that it came with', async () => {
      expect(await handle('/a', { 'x-keystile-state': await stolen(), authorization: 'Bearer ak_x' })).toMatchObject({
        userId: null,
      });
    });

    it.each([
      [-5_001, null],
      [-5_000, 'user_alice'],
      [60_000, 'user_alice'],
      [60_001, null],
    ])('counts for a minute: after %d ms', async (elapsed, userId) => {
      const state = await stolen();
      const sealedAt = now;
      now += elapsed;
      // The token itself lives for a minute and the skew.
      expect(await handle('/a', { 'x-keystile-state': state })).toMatchObject({ userId });
      now = sealedAt;
    });

    it('does not outlive its token', async () => {
      const token = instance.session({ exp: now / 1000 + 10 });
      const headers = await throughProxy('/a', completingHandshake(token));
      headers.delete('cookie');
      now += 15_000;
      expect(await handle('/a', headers)).toMatchObject({ userId: null });
      now -= 15_000;
    });
  });
});

describe('requireAuth', () => {
  const GET = requireAuth(
    { permission: 'org:jobs:read' },
    (_request, { auth }, context: { params: Promise<{ id: string }> }) =>
      context.params.then(({ id }) => Response.json({ id, by: auth.userId })),
  );
  const context = { params: Promise.resolve({ id: '7' }) };
  const call = (headers: Record<string, string>) => GET(new NextRequest('http://app.test/jobs', { headers }), context);
  const claims = { v: 2, o: { id: 'org_1', rol: 'admin', per: 'read', fpm: '1' }, fea: 'o:jobs' };

  it('runs a handler for whom it may run, and marks the answer', async () => {
    const response = await call(bearer(instance.session(claims)));
    expect(await response.json()).toEqual({ id: '7', by: 'user_alice' });
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toBe('Cookie, Authorization');
  });

  it.each([
    [{}, 401, 'Bearer'],
    [bearer('x'), 401, 'Bearer error="invalid_token"'],
    [bearer(instance.session()), 403, null],
    [{ 'sec-fetch-dest': 'document', accept: 'text/html' }, 307, null],
  ])('answers the others as programs expect it: %j', async (headers, status, challenge) => {
    const response = await call(headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')?.split(',', 1)[0] ?? null).toBe(challenge);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  it('refuses when it is built what it does not understand', () => {
    // @ts-expect-error: no such option
    expect(() => requireAuth({ premission: 'x' }, () => new Response())).toThrow(/^premission: /);
  });
});
