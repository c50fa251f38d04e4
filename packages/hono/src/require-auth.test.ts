import type { ApiKeyAuth, SignedInAuth } from '@keystile/core';
import { type Context, Hono } from 'hono';
import { hc, type InferResponseType } from 'hono/client';
import { every, some } from 'hono/combine';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { type AuthProblem, authMiddleware, getAuth, requireAuth } from './index.ts';

const instance = createTestInstance({ type: 'production' });
const { publishableKey, jwtKey, secretKey } = instance;
const document = { accept: 'text/html', 'sec-fetch-dest': 'document' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const member = (role: string) => ({ v: 2, o: { id: 'org_1', slg: 'acme', rol: role } });

/** A backend that knows one API key. */
const backendFetch: typeof fetch = async (input, init) => {
  const body = await new Request(input, init).json();
  if (body.secret !== 'ak_good') return Response.json({ errors: [{ code: 'api_key_invalid' }] }, { status: 404 });
  const times = { created_at: 0, updated_at: 0, expiration: null, last_used_at: null };
  const flags = { revoked: false, revocation_reason: null, expired: false };
  const names = { id: 'key_1', type: 'api_key', name: 'ci', subject: 'user_bob', description: null, created_by: null };
  return Response.json({ object: 'api_key', ...names, ...times, ...flags, scopes: ['jobs:write'], claims: null });
};
const options = { publishableKey, jwtKey, secretKey, fetch: backendFetch, logger: { warn: () => {} } };
const base = () => new Hono().use(authMiddleware(options));

describe('requireAuth', () => {
  const app = base()
    .get('/me', requireAuth(), (c) => c.json({ userId: c.var.auth.userId }))
    .get('/admin', requireAuth({ role: 'admin' }), (c) => c.json({ org: c.var.auth.orgId }))
    .get('/jobs', requireAuth({ acceptsToken: 'api_key', scopes: 'jobs:write' }), (c) => c.json({ id: c.var.auth.id }))
    .get('/both', requireAuth({ acceptsToken: ['api_key', 'session_token'] }), (c) => c.text(c.var.auth.tokenType));

  it.each([
    ['/me', instance.session(), { userId: 'user_alice' }],
    ['/admin', instance.session(member('admin')), { org: 'org_1' }],
    ['/jobs', 'ak_good', { id: 'key_1' }],
  ])('lets the right caller into %s', async (path, token, body) => {
    const response = await app.request(path, { headers: bearer(token) });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(body);
  });

  it('M1 takes several kinds where it is told to', async () => {
    expect(await (await app.request('/both', { headers: bearer(instance.session()) })).text()).toBe('session_token');
    expect(await (await app.request('/both', { headers: bearer('ak_good') })).text()).toBe('api_key');
  });

  it.each([
    ['/me', {}, 401, 'Bearer'],
    ['/me', bearer('x'), 401, 'Bearer error="invalid_token"'],
    ['/me', bearer(instance.session({ exp: 1_000_000 })), 401, 'Bearer error="invalid_token"'],
    ['/me', bearer('ak_good'), 401, 'Bearer error="invalid_token"'],
    ['/admin', bearer(instance.session()), 403, null],
    ['/admin', bearer(instance.session(member('member'))), 403, null],
    ['/jobs', {}, 401, 'Bearer'],
    ['/jobs', bearer('ak_bad'), 401, 'Bearer error="invalid_token"'],
    ['/jobs', bearer(instance.session()), 401, 'Bearer error="invalid_token"'],
    ['/both', {}, 401, 'Bearer'],
  ])('SC-030 SC-032 refuses at %s who is not let in: %j', async (path, headers, status, challenge) => {
    const response = await app.request(path, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    if (challenge === null) expect(response.headers.get('www-authenticate')).toBeNull();
    else expect(response.headers.get('www-authenticate')?.startsWith(challenge)).toBe(true);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toBe('Cookie, Authorization');
  });

  it('sends a page load to the sign-in page, and back to where it was', async () => {
    const response = await app.request('http://app.test/me?tab=1', { headers: document });
    expect(response.status).toBe(307);
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe('https://accounts.test.example/sign-in');
    expect(location.searchParams.get('redirect_url')).toBe('http://app.test/me?tab=1');
  });

  it('SC-096 guards HEAD as GET', async () => {
    expect((await app.request('/me', { method: 'HEAD' })).status).toBe(401);
    expect((await app.request('/me', { method: 'HEAD', headers: bearer(instance.session()) })).status).toBe(200);
  });

  it('refuses when it is built what it does not understand', () => {
    // @ts-expect-error: no such option
    expect(() => requireAuth({ premission: 'org:a:b' })).toThrow(/^premission: /);
    // @ts-expect-error: no such kind of token
    expect(() => requireAuth({ acceptsToken: 'cookie' })).toThrow(/^acceptsToken: /);
  });

  it('verifies a lazy machine token only where it is taken', async () => {
    let calls = 0;
    const counting: typeof fetch = (...call) => {
      calls++;
      return backendFetch(...call);
    };
    const app = new Hono()
      .use(authMiddleware({ ...options, fetch: counting, machineTokens: 'lazy' }))
      .get('/public', (c) => c.text('ran'))
      .get('/me', requireAuth(), (c) => c.text('ran'))
      .get('/jobs', requireAuth({ acceptsToken: 'api_key' }), (c) =>
        c.text(getAuth(c, { acceptsToken: 'api_key' }).id ?? ''),
      );
    const headers = bearer('ak_good');
    expect((await app.request('/public', { headers })).status).toBe(200);
    expect((await app.request('/me', { headers })).status).toBe(401);
    expect(calls).toBe(0);
    expect(await (await app.request('/jobs', { headers })).text()).toBe('key_1');
    expect(calls).toBe(1);
  });
});

describe('answers behind a guard', () => {
  const app = base()
    .use('/in/*', requireAuth())
    .get('/in/json', requireAuth({ acceptsToken: 'any' }), (c) => c.json({}))
    .get('/in/raw', () => new Response('raw'))
    .get('/in/known', (c) => c.text('', 200, { 'cache-control': 'private, max-age=60', vary: 'Accept' }));

  it.each(['/in/json', '/in/raw'])('SC-101 are kept out of shared caches: %s', async (path) => {
    const { headers } = await app.request(path, { headers: bearer(instance.session()) });
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toBe('Cookie, Authorization');
  });

  it('are cached as the handler says, if it says so', async () => {
    const { headers } = await app.request('/in/known', { headers: bearer(instance.session()) });
    expect(headers.get('cache-control')).toBe('private, max-age=60');
    expect(headers.get('vary')).toBe('Accept, Cookie, Authorization');
  });
});

describe('CORS preflight', () => {
  const headers = { origin: 'https://front.test', 'access-control-request-method': 'POST' };
  const preflight = (app: Pick<Hono, 'request'>) => app.request('/x', { method: 'OPTIONS', headers });

  it('SC-078 passes to middleware that answers it', async () => {
    const app = base()
      .use(requireAuth())
      .use(cors())
      .all('/other', (c) => c.text('ran'));
    const response = await preflight(app);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('SC-078 passes to a handler of OPTIONS', async () => {
    const app = base()
      .use(requireAuth())
      .options('/x', (c) => c.body(null, 204));
    expect((await preflight(app)).status).toBe(204);
  });

  it.each([
    [
      'an application',
      base()
        .use(requireAuth())
        .all('/x', (c) => c.text('ran')),
    ],
    ['a route', base().all('/x', requireAuth(), (c) => c.text('ran'))],
    [
      'a routed application',
      base()
        .use(requireAuth())
        .route('/', withErrorHandler(new Hono().all('/x', (c) => c.text('ran')))),
    ],
  ])('SC-096 opens no handler of all methods in %s', async (_, app) => {
    const response = await preflight(app);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['a handler that takes next', base().all('/x', requireAuth(), async (c, _next) => c.text('ran'))],
    [
      'a handler within every()',
      base().all(
        '/x',
        every(requireAuth(), async (c: Context) => c.text('ran')),
      ),
    ],
    [
      'a mounted application',
      base()
        .use('/*', requireAuth())
        .mount('/', async () => new Response('ran', { headers: { 'content-length': '3' } })),
    ],
  ])('SC-096 tells a stranger nothing who makes one up: %s', async (_, app) => {
    const response = await preflight(app);
    expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([200, '', null]);
  });

  it('OPTIONS without the marks of a preflight is a request like any other', async () => {
    const app = base()
      .use(requireAuth())
      .options('/x', (c) => c.body(null, 204));
    expect((await app.request('/x', { method: 'OPTIONS' })).status).toBe(401);
  });

  function withErrorHandler(app: Hono): Hono {
    return app.onError((_, c) => c.text('failed', 500));
  }
});

describe('how a refusal arrives', () => {
  it('as an HTTPException that the application may answer in its own way', async () => {
    const app = base().get('/', requireAuth(), (c) => c.text('ran'));
    app.onError((error, c) => c.text(error instanceof HTTPException ? `mine ${error.status}` : 'other', 418));
    expect(await (await app.request('/')).text()).toBe('mine 401');
  });

  it('so that some() of hono/combine tries the next guard', async () => {
    const either = some(requireAuth({ acceptsToken: 'api_key' }), requireAuth({ role: 'admin' }));
    const app = base().get('/', either, (c) => c.text(c.var.auth.tokenType));
    const status = async (token: string) => (await app.request('/', { headers: bearer(token) })).status;
    expect(await status('ak_good')).toBe(200);
    expect(await status(instance.session(member('admin')))).toBe(200);
    expect(await status(instance.session(member('member')))).toBe(403);
    expect(await status('ak_bad')).toBe(401);
  });

  it('as a typed response that an RPC client sees', async () => {
    const app = base().get('/me', requireAuth({ refusal: 'return' }), (c) =>
      c.json({ userId: c.var.auth.userId }, 200),
    );
    const response = await hc<typeof app>('http://app.test', { fetch: app.request }).me.$get();
    expect(response.status).toBe(401);
    expectTypeOf<
      InferResponseType<ReturnType<typeof hc<typeof app>>['me']['$get'], 401>
    >().toEqualTypeOf<AuthProblem>();
    if (response.status === 401) expect((await response.json()).code).toBe('session-token-and-uat-missing');
  });
});

describe('types', () => {
  it('narrows c.var.auth to what the guard let pass', () => {
    base()
      .get('/1', requireAuth(), (c) => {
        expectTypeOf(c.var.auth).toEqualTypeOf<SignedInAuth>();
        return c.body(null);
      })
      .get('/2', requireAuth({ acceptsToken: 'api_key' }), (c) => {
        expectTypeOf(c.var.auth).toEqualTypeOf<ApiKeyAuth>();
        return c.body(null);
      })
      .get('/3', requireAuth({ acceptsToken: ['api_key', 'session_token'] }), (c) => {
        expectTypeOf(c.var.auth).toEqualTypeOf<SignedInAuth | ApiKeyAuth>();
        return c.body(null);
      });
  });
});
