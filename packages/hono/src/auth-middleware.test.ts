import type { SessionAuth } from '@keystile/core';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import {
  type AuthEnv,
  authMiddleware,
  getAuth,
  MiddlewareMissingError,
  type RequestAuth,
  requireAuth,
} from './index.ts';

const production = createTestInstance({ type: 'production' });
const development = createTestInstance();

const quiet = { warn: () => {} };
const keysOf = ({ publishableKey, jwtKey }: typeof production) => ({ publishableKey, jwtKey, logger: quiet });
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const document = { accept: 'text/html', 'sec-fetch-dest': 'document' };

const app = new Hono()
  .use(authMiddleware(keysOf(production)))
  .get('/me', (c) => c.json({ userId: getAuth(c).userId, isAuthenticated: c.var.auth.isAuthenticated }));

describe('authMiddleware', () => {
  it('lets routes see whose session it is, and adds nothing to the answer', async () => {
    const response = await app.request('/me', bearer(production.session()));
    expect(await response.json()).toEqual({ userId: 'user_alice', isAuthenticated: true });
    expect([...response.headers.keys()]).toEqual(['content-type']);
  });

  it.each([
    ['no token', {}],
    ['a malformed token', bearer('x')],
    ['an expired token', bearer(production.session({ exp: 1_000_000 }))],
    ['another instance’s token', bearer(createTestInstance({ ownKey: true }).session())],
    ['a malformed cookie', { headers: { cookie: '__session=x' } }],
  ])('X1 X5 leaves a request with %s signed out and lets it pass', async (_, init) => {
    const response = await app.request('/me', init);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ userId: null, isAuthenticated: false });
    expect(response.headers.get('x-clerk-auth-status')).toBe('signed-out');
  });

  it('X2 sends a browser of unknown state to the frontend API, and runs nothing', async () => {
    let runs = 0;
    const app = new Hono().use(authMiddleware(keysOf(development))).get('/', (c) => c.text(String(++runs)));
    const response = await app.request('/', { headers: document });
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toContain('https://clerk.test.example/v1/client/handshake?');
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(runs).toBe(0);
  });

  it.each(['HEAD', 'POST', 'OPTIONS'])('X3 SC-078 never redirects %s', async (method) => {
    const app = new Hono().use(authMiddleware(keysOf(development))).all('/', (c) => c.body(null, 204));
    expect((await app.request('/', { method, headers: document })).status).toBe(204);
  });

  it.each([
    [{}, 'publishableKey'],
    [{ publishableKey: production.publishableKey }, 'secretKey'],
    [{ publishableKey: 'pk_live_x', secretKey: 'sk_live_x' }, 'publishableKey'],
    [{ publishableKey: production.publishableKey, secretKey: 'sk_test_x' }, 'secretKey'],
  ])('H1 SC-099 a configuration that cannot work fails each request by name: %j', async (options, option) => {
    const app = new Hono().use(authMiddleware(options)).get('/', (c) => c.text('ran'));
    app.onError((error, c) => c.text(error.message, 500));
    const response = await app.request('/');
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(new RegExp(`^${option}: `));
  });

  it('H1 SC-095 getAuth and requireAuth without the middleware say what is missing', async () => {
    const app = new Hono().get('/auth', (c) => c.json(getAuth(c))).get('/guard', requireAuth(), (c) => c.text('ran'));
    const errors: unknown[] = [];
    app.onError((error, c) => {
      errors.push(error);
      return c.body(null, 500);
    });
    expect((await app.request('/auth')).status).toBe(500);
    expect((await app.request('/guard')).status).toBe(500);
    expect(errors.map((error) => error instanceof MiddlewareMissingError && error.code)).toEqual([
      'middleware-missing',
      'middleware-missing',
    ]);
  });

  it('SC-060 takes nothing for its own that another middleware left in c.var.auth', async () => {
    const app = new Hono<{ Variables: { auth: unknown } }>()
      .use(async (c, next) => {
        c.set('auth', { userId: 'user_admin', isAuthenticated: true });
        await next();
      })
      .use(authMiddleware(keysOf(production)))
      .get('/', (c) => c.json({ userId: getAuth(c).userId }));
    expect(await (await app.request('/')).json()).toEqual({ userId: null });
  });

  it('SC-096 authenticates once when it is registered twice', async () => {
    let decisions = 0;
    const options = { ...keysOf(production), onAuthenticate: () => decisions++ };
    const app = new Hono()
      .use(authMiddleware(options))
      .use('/api/*', authMiddleware(options))
      .get('/api/me', (c) => c.text('ran'));
    const response = await app.request('/api/me');
    expect(decisions).toBe(1);
    expect(response.headers.get('x-clerk-auth-status')).toBe('signed-out');
  });

  it('SC-096 authenticates again with scope override, so that each instance’s tokens open its own routes alone', async () => {
    const other = createTestInstance({ ownKey: true, type: 'production' });
    const app = new Hono()
      .use(authMiddleware(keysOf(production)))
      .use('/other/*', authMiddleware(keysOf(other), { scope: 'override' }))
      .get('*', requireAuth(), (c) => c.json({ userId: c.var.auth.userId }));
    expect((await app.request('/other/x', bearer(other.session()))).status).toBe(200);
    expect((await app.request('/other/x', bearer(production.session()))).status).toBe(401);
    expect((await app.request('/x', bearer(other.session()))).status).toBe(401);
    expect((await app.request('/x', bearer(production.session()))).status).toBe(200);
  });

  it('sees the whole path in a routed application', async () => {
    const inner = new Hono().use(authMiddleware(keysOf(development))).get('/page', (c) => c.text('ran'));
    const app = new Hono().route('/sub', inner);
    const response = await app.request('http://localhost/sub/page?x=1', { headers: document });
    const { searchParams } = new URL(response.headers.get('location') ?? '');
    expect(searchParams.get('redirect_url')).toBe('http://localhost/sub/page?x=1');
  });
});

describe('options for each request', () => {
  const tenants: Readonly<Record<string, typeof production>> = {
    'a.test': createTestInstance({ frontendApi: 'clerk.a.test', type: 'production', ownKey: true }),
    'b.test': createTestInstance({ frontendApi: 'clerk.b.test', type: 'production', ownKey: true }),
  };
  const optionsOf = (host: string | undefined) => {
    const tenant = tenants[host ?? ''];
    if (tenant === undefined) throw new HTTPException(421);
    return keysOf(tenant);
  };
  const tenancy = new Hono()
    .use(authMiddleware(async (c) => optionsOf(c.req.header('host'))))
    .get('/', (c) => c.json({ userId: getAuth(c).userId, issuer: getAuth(c).sessionClaims?.iss }));

  it('SC-103 N7 never mixes tenants, whatever the interleaving', async () => {
    const calls = Array.from({ length: 200 }, (_, index) => {
      const host = index % 2 === 0 ? 'a.test' : 'b.test';
      const holder = index % 3 === 0 ? 'a.test' : 'b.test';
      const token = tenants[holder]?.session({ sub: `user_${index}` }) ?? '';
      return { host, holder, index, token };
    });
    await Promise.all(
      calls.map(async ({ host, holder, index, token }) => {
        const response = await tenancy.request('/', { headers: { host, authorization: `Bearer ${token}` } });
        expect(await response.json()).toEqual(
          host === holder ? { userId: `user_${index}`, issuer: `https://clerk.${host}` } : { userId: null },
        );
      }),
    );
  });

  it('SC-114 hands an unknown host to the application', async () => {
    expect((await tenancy.request('/', { headers: { host: 'evil.test' } })).status).toBe(421);
  });

  it('takes a plain function, too', async () => {
    const app = new Hono().use(authMiddleware(() => keysOf(production))).get('/', (c) => c.json(getAuth(c).userId));
    expect(await (await app.request('/', bearer(production.session()))).json()).toBe('user_alice');
  });
});

describe('what the answer carries', () => {
  const signedOut = (app: Hono<AuthEnv>) =>
    app
      .get('/json', (c) => c.json({}))
      .get('/raw', () => new Response('raw', { headers: { 'x-own': 'kept' } }))
      .get('/thrown', () => {
        throw new HTTPException(418, { message: 'teapot' });
      })
      .get('/broken', () => {
        throw new Error('broken');
      });

  it.each(['/json', '/raw', '/thrown', '/broken', '/not-found'])('H2 keeps the state headers on %s', async (path) => {
    const app = signedOut(new Hono<AuthEnv>().use(authMiddleware(keysOf(production))));
    app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text('failed', 500)));
    const response = await app.request(path);
    expect(response.headers.get('x-clerk-auth-status')).toBe('signed-out');
    expect(response.headers.get('x-clerk-auth-reason')).toBeTruthy();
  });

  const completion = production.jwt({
    handshake: ['__client_uat=1700000000; Path=/', `__session=${production.session()}; Path=/; HttpOnly`],
  });
  const completing = { headers: { cookie: `__clerk_handshake=${completion}`, ...document } };
  const NO_CONTENT = new Response(null, { status: 204 });

  it.each([
    ['c.json', (app: Hono<AuthEnv>) => app.get('/', (c) => c.json({}, 200, { 'set-cookie': 'own=1' }))],
    [
      'a raw Response',
      (app: Hono<AuthEnv>) => app.get('/', () => new Response('raw', { headers: { 'set-cookie': 'own=1' } })),
    ],
    [
      'a thrown HTTPException',
      (app: Hono<AuthEnv>) =>
        app.get('/', () => {
          throw new HTTPException(403, { res: new Response(null, { headers: { 'set-cookie': 'own=1' } }) });
        }),
    ],
    [
      'a raw Response after cors()',
      (app: Hono<AuthEnv>) =>
        app.use(cors()).get('/', () => new Response('raw', { headers: { 'set-cookie': 'own=1', vary: 'origin' } })),
    ],
  ])('X7 H2 H3 SC-082 SC-101 every cookie of both sides survives %s, marked private', async (_, mount) => {
    const app = mount(new Hono<AuthEnv>().use(authMiddleware(keysOf(production))));
    const response = await app.request('/', completing);
    const names = response.headers.getSetCookie().map((cookie) => cookie.split('=', 1)[0]);
    expect(names).toEqual(expect.arrayContaining(['__client_uat', '__session', 'own']));
    expect(new Set(response.headers.getSetCookie()).size).toBe(names.length);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')?.toLowerCase()).toContain('cookie');
  });

  it('SC-101 overrules a handler that would let shared caches keep an answer with session cookies', async () => {
    const app = new Hono()
      .use(authMiddleware(keysOf(production)))
      .get('/', (c) => c.text('static', 200, { 'cache-control': 'public, s-maxage=31536000' }));
    expect((await app.request('/', completing)).headers.get('cache-control')).toBe('private, no-store');
    expect((await app.request('/')).headers.get('cache-control')).toBe('public, s-maxage=31536000');
  });

  it('SC-103 adds one visitor’s cookies to no Response that a handler hands to everybody', async () => {
    const app = new Hono().use(authMiddleware(keysOf(production))).get('/', () => NO_CONTENT);
    expect((await app.request('/', completing)).headers.getSetCookie()).not.toHaveLength(0);
    expect((await app.request('/')).headers.getSetCookie()).toEqual([]);
    expect([...NO_CONTENT.headers]).toEqual([]);
  });

  it('does not touch the answer to a WebSocket upgrade', async () => {
    const switching = Object.defineProperty(new Response(null), 'status', { value: 101 });
    const app = new Hono().use(authMiddleware(keysOf(production))).get('/', () => switching);
    expect(await app.request('/')).toBe(switching);
  });

  it('SC-067 leaves the body to the handler', async () => {
    const app = new Hono().use(authMiddleware(keysOf(production))).post('/', async (c) => c.text(await c.req.text()));
    const response = await app.request('/', { method: 'POST', body: 'whole', ...bearer(production.session()) });
    expect(await response.text()).toBe('whole');
  });
});

describe('types', () => {
  it('gives routes their variables without a cast', () => {
    new Hono().use(authMiddleware(keysOf(production))).get('/', (c) => {
      expectTypeOf(c.var.auth).toEqualTypeOf<RequestAuth>();
      expectTypeOf(c.var.backend.users.getUser).toBeFunction();
      expectTypeOf(getAuth(c)).toEqualTypeOf<SessionAuth>();
      expectTypeOf(getAuth(c, { acceptsToken: 'm2m_token' }).machineId).toEqualTypeOf<string | null>();
      return c.body(null);
    });
  });
});
