import type { SessionAuth } from '@keystile/core';
import { notFound, redirect } from 'next/navigation.js';
import { type NextFetchEvent, NextRequest, NextResponse } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import { createAuth } from '../create-auth.ts';
import type { AuthOptions } from '../options.ts';
import type { ProtectOptions } from '../protect.ts';
import { createRouteMatcher } from '../route-matcher.ts';
import type { ProxyHandler } from './auth-middleware.ts';

const instance = createTestInstance({ type: 'production' });
const { publishableKey, jwtKey, secretKey } = instance;
const options: AuthOptions = { publishableKey, jwtKey, secretKey, logger: { warn: () => {} } };
const auth = createAuth(options);
const event = {} as NextFetchEvent;

const document = { accept: 'text/html', 'sec-fetch-dest': 'document' };
const fetched = { accept: 'application/json', 'sec-fetch-dest': 'empty' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const member = (role: string) => ({ v: 2, o: { id: 'org_1', slg: 'acme', rol: role } });

async function run(handler: ProxyHandler | undefined, path: string, headers: Record<string, string> = {}, init = {}) {
  const proxy = handler === undefined ? auth.authMiddleware() : auth.authMiddleware(handler);
  const request = new NextRequest(new URL(path, 'http://app.test'), {
    headers: { host: 'app.test', ...headers },
    ...init,
  });
  return (await proxy(request, event)) as Response;
}

/** What the handlers see, as Next carries out what the proxy said. */
function forwardedOf(response: Response): Headers {
  const names = response.headers.get('x-middleware-override-headers')?.split(',') ?? [];
  return new Headers(names.map((name) => [name, response.headers.get(`x-middleware-request-${name}`) ?? '']));
}

const handled = (response: Response, path = '/') =>
  auth.getAuth(new Request(`http://app.test${path}`, { headers: forwardedOf(response) }));

describe('authMiddleware', () => {
  it.each([
    ['a handler', auth.authMiddleware(() => {})],
    ['a handler and options', auth.authMiddleware(() => {}, { clockSkewInMs: 1 })],
    [
      'a handler and a function of options',
      auth.authMiddleware(
        () => {},
        async () => options,
      ),
    ],
    ['options', auth.authMiddleware({ clockSkewInMs: 1 })],
    ['nothing', auth.authMiddleware()],
    ['the function itself', auth.authMiddleware],
  ])('N1 takes %s', async (_, proxy) => {
    const response = (await proxy(new NextRequest('http://app.test/'), event)) as Response;
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.get('x-clerk-auth-status')).toBe('signed-out');
  });

  it('tells the handlers who makes the request', async () => {
    const response = await run(undefined, '/page', bearer(instance.session()));
    expect(await handled(response, '/page')).toMatchObject({ userId: 'user_alice', isAuthenticated: true });
  });

  it('N2 keeps what the application’s own proxy says', async () => {
    const response = await run(
      (_auth, request) => {
        const headers = new Headers(request.headers);
        headers.set('x-mine', '1');
        headers.delete('x-unwanted');
        return NextResponse.next({ request: { headers }, headers: { 'x-response': '2' } });
      },
      '/',
      { ...bearer(instance.session()), 'x-unwanted': '1' },
    );
    expect(response.headers.get('x-response')).toBe('2');
    expect(forwardedOf(response).get('x-mine')).toBe('1');
    expect(forwardedOf(response).has('x-unwanted')).toBe(false);
    expect(await handled(response)).toMatchObject({ userId: 'user_alice' });
  });

  it.each([
    ['a redirect', () => NextResponse.redirect('http://app.test/else'), 307],
    ['a redirect of the platform', () => Response.redirect('http://app.test/else'), 302],
    ['JSON', () => NextResponse.json({ mine: true }), 200],
    ['another origin', () => NextResponse.rewrite('http://else.test/'), 200],
  ])('N2 SC-062 tells nobody else: %s', async (_, answer, status) => {
    const response = await run(answer, '/', bearer(instance.session()));
    expect(response.status).toBe(status);
    const names = [...response.headers.keys()].join();
    expect(names).not.toContain('x-keystile');
    expect(names).not.toContain('x-middleware-request');
  });

  it('tells handlers of the same origin to which a request is rewritten', async () => {
    const response = await run(
      () => NextResponse.rewrite('http://app.test/tenants/1'),
      '/',
      bearer(instance.session()),
    );
    expect(response.headers.get('x-middleware-rewrite')).toBe('http://app.test/tenants/1');
    expect(forwardedOf(response).has('x-keystile-state')).toBe(true);
  });

  it('SC-061 strips its own headers, and those of the wire, from what a client sends', async () => {
    const forged = {
      'x-keystile-state': 'forged',
      'X-KEYSTILE-OTHER': 'forged',
      x_keystile_state: 'forged',
      'x-clerk-auth-status': 'signed-in',
      'x-clerk-auth-token': instance.session(),
      x_clerk_debug: 'true',
    };
    for (const handler of [undefined, (_: unknown, request: NextRequest) => NextResponse.next({ request })]) {
      const response = await run(handler as ProxyHandler, '/', forged);
      const forwarded = [...forwardedOf(response)].filter(([name]) => /keystile|clerk/i.test(name));
      expect(forwarded.map(([name]) => name)).toEqual(['x-keystile-state']);
      expect(forwarded[0]?.[1]).not.toBe('forged');
      expect(await handled(response)).toMatchObject({ userId: null });
    }
  });

  it('X7 SC-101 hands cookies on with whatever is answered, marked private, also on static pages', async () => {
    const handshake = instance.jwt({
      handshake: ['__client_uat=1700000000; Path=/', `__session=${instance.session()}; Path=/; HttpOnly`],
    });
    const completing = { ...document, cookie: `__clerk_handshake=${handshake}` };
    for (const handler of [
      undefined,
      () => NextResponse.json({}, { headers: { 'set-cookie': 'own=1', 'cache-control': 'public, s-maxage=60' } }),
      () => Response.redirect('http://app.test/else'),
    ]) {
      const response = await run(handler, '/', completing);
      const names = response.headers.getSetCookie().map((cookie) => cookie.split('=', 1)[0]);
      expect(names).toEqual(expect.arrayContaining(['__client_uat', '__session']));
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      expect(response.headers.get('vary')?.toLowerCase()).toContain('cookie');
    }
    const response = await run(undefined, '/', completing);
    expect(await handled(response)).toMatchObject({ userId: 'user_alice' });
  });

  it('X2 sends a browser of unknown state to the frontend API before anything runs', async () => {
    const development = createTestInstance();
    const { authMiddleware } = createAuth({ publishableKey: development.publishableKey, jwtKey: development.jwtKey });
    let runs = 0;
    const proxy = authMiddleware(() => {
      runs++;
    });
    const response = (await proxy(new NextRequest('http://app.test/a?b=c', { headers: document }), event)) as Response;
    expect(response.status).toBe(307);
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.pathname).toBe('/v1/client/handshake');
    expect(location.searchParams.get('redirect_url')).toBe('http://app.test/a?b=c');
    expect(runs).toBe(0);
  });

  it.each([
    [{}, 'publishableKey'],
    [{ publishableKey }, 'secretKey'],
  ])('SC-099 fails each request of a configuration that cannot work, by name: %j', async (broken, option) => {
    const proxy = createAuth(broken).authMiddleware();
    await expect(proxy(new NextRequest('http://app.test/'), event)).rejects.toMatchObject({ option });
  });
});

describe('auth in the proxy', () => {
  const see = async (headers: Record<string, string>, selection = {}) => {
    let seen: SessionAuth | undefined;
    await run(
      async (auth) => {
        seen = await auth(selection);
      },
      '/',
      headers,
    );
    return seen;
  };

  it('says who makes the request', async () => {
    expect(await see(bearer(instance.session()))).toMatchObject({ userId: 'user_alice' });
    expect(await see({})).toMatchObject({ userId: null, tokenType: 'session_token' });
    expect(await see({}, { acceptsToken: 'api_key' })).toMatchObject({ tokenType: 'api_key', isAuthenticated: false });
  });

  it('redirects to the sign-in page and back', async () => {
    const response = await run((auth) => auth.redirectToSignIn(), '/a?b=c', fetched);
    const location = new URL(response.headers.get('location') ?? '');
    expect(response.status).toBe(307);
    expect(location.pathname).toBe('/sign-in');
    expect(location.searchParams.get('redirect_url')).toBe('http://app.test/a?b=c');
  });

  it.each([
    ['redirect()', () => redirect('/else?x=1;2'), 307, 'http://app.test/else?x=1;2'],
    ['notFound()', () => notFound(), 404, null],
  ])('answers what Next’s own %s stands for', async (_, handler, status, location) => {
    const response = await run(handler, '/', fetched);
    expect([response.status, response.headers.get('location')]).toEqual([status, location]);
  });

  it('SC-091 answers 400 to a path that the matcher cannot read', async () => {
    const isApi = createRouteMatcher('/api(.*)');
    let runs = 0;
    const response = await run((_auth, request) => {
      if (isApi(request)) runs++;
    }, '/api/%zz');
    expect([response.status, runs]).toEqual([400, 0]);
  });

  it('lets an error of the application through', async () => {
    await expect(
      run(() => {
        throw new Error('mine');
      }, '/'),
    ).rejects.toThrow('mine');
  });
});

describe('auth.protect in the proxy', () => {
  const protect = (protectOptions?: ProtectOptions) => async (auth: Parameters<ProxyHandler>[0]) => {
    await auth.protect(protectOptions);
  };

  it.each<[string, object]>([
    ['premission', { premission: 'org:docs:read' }],
    ['token', { token: 'api_key', permission: 'org:docs:read' }],
    ['role', { role: ['admin'] }],
    ['acceptsToken', { acceptsToken: 'session' }],
  ])('SC-034 fails where it does not understand a demand: %s', async (name, demand) => {
    await expect(run(protect(demand), '/a', bearer(instance.session()))).rejects.toMatchObject({ option: name });
    await expect(run(protect(demand), '/a')).rejects.toMatchObject({ option: name });
  });

  it.each<[string, unknown]>([
    ['a promise of true', Promise.resolve(true)],
    ['a promise of false', Promise.resolve(false)],
    ['a text', 'false'],
    ['nothing', undefined],
  ])('SC-034 takes %s of a check for a no', async (_, answer) => {
    const check = async (auth: Parameters<ProxyHandler>[0]) => {
      await auth.protect(() => answer as boolean);
    };
    expect((await run(check, '/a', { ...fetched, ...bearer(instance.session()) })).status).toBe(403);
  });
  const signedOut: [
    name: string,
    headers: Record<string, string>,
    init: object,
    status: number,
    location: RegExp | null,
  ][] = [
    ['a page', document, {}, 307, /\/sign-in\?redirect_url=/],
    ['a form without script', document, { method: 'POST' }, 303, /\/sign-in\?redirect_url=/],
    ['a navigation within the application', { ...fetched, 'next-url': '/from' }, {}, 307, /\/sign-in/],
    ['the data of a page', { ...fetched, 'x-nextjs-data': '1' }, {}, 307, /\/sign-in/],
    ['a fetch', fetched, {}, 401, null],
    ['a program', {}, {}, 401, null],
    ['a server action', { ...fetched, 'next-action': 'abc' }, { method: 'POST' }, 401, null],
    [
      'a server action that says where it comes from',
      { ...fetched, 'next-action': 'abc', 'next-url': '/' },
      { method: 'POST' },
      401,
      null,
    ],
  ];

  it.each(signedOut)('N4 answers %s without authentication', async (_, headers, init, status, location) => {
    const response = await run(protect(), '/a', headers, init);
    expect(response.status).toBe(status);
    if (location !== null) expect(response.headers.get('location')).toMatch(location);
    else expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('x-middleware-next')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  it.each(signedOut.slice(0, 6))(
    'N4 answers %s of a visitor who lacks a permission with 404, or 403 to programs',
    async (_, headers, init) => {
      const response = await run(protect({ role: 'admin' }), '/a', { ...headers, ...bearer(instance.session()) }, init);
      const isPage = 'next-url' in headers || 'x-nextjs-data' in headers || headers['sec-fetch-dest'] === 'document';
      expect(response.status).toBe(isPage ? 404 : 403);
      if (isPage) expect(new URL(response.headers.get('x-middleware-rewrite') ?? '').pathname).toBe('/_not-found');
      else expect(await response.json()).toMatchObject({ code: 'insufficient-permission' });
    },
  );

  it.each([
    [{ onUnauthenticated: 401 }, document, 401, null],
    [{ onUnauthenticated: 404 }, fetched, 404, null],
    [{ onUnauthenticated: 'redirect' }, fetched, 307, 'https://accounts.test.example/sign-in'],
    [{ unauthenticatedUrl: '/welcome' }, fetched, 307, 'http://app.test/welcome'],
    [{ unauthenticatedUrl: 'https://else.test/' }, document, 307, 'https://else.test/'],
    [{ acceptsToken: 'api_key' }, document, 401, null],
    [{ acceptsToken: ['api_key', 'm2m_token'] }, document, 401, null],
    [{ acceptsToken: 'any' }, document, 307, 'https://accounts.test.example/sign-in'],
  ] satisfies [ProtectOptions, Record<string, string>, number, string | null][])(
    'SC-034 N5 without authentication, %j to %j gives %d',
    async (protectOptions, headers, status, location) => {
      const response = await run(protect(protectOptions), '/a', headers);
      expect(response.status).toBe(status);
      expect(response.headers.get('location')?.split('?', 1)[0] ?? null).toBe(location);
    },
  );

  it.each([
    [{ role: 'admin', unauthorizedUrl: '/upgrade' }, fetched, 307],
    [{ role: 'admin', onUnauthorized: 403 }, document, 403],
    [{ role: 'admin', onUnauthorized: 404 }, fetched, 404],
    [{ role: 'member', permission: 'org:a:b' }, fetched, 403],
    [{ acceptsToken: 'session_token', permission: 'org:a:b' }, fetched, 403],
  ] satisfies [ProtectOptions, Record<string, string>, number][])(
    'SC-034 N5 every demand of %j is made, to %j: %d',
    async (protectOptions, headers, status) => {
      const token = instance.session(member('member'));
      expect((await run(protect(protectOptions), '/a', { ...headers, ...bearer(token) })).status).toBe(status);
    },
  );

  it('lets the right visitor pass, and keeps the answer out of shared caches', async () => {
    const response = await run(protect({ role: 'admin' }), '/a', bearer(instance.session(member('admin'))));
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toBe('Cookie, Authorization');
  });

  it('takes a demand in the application’s own words, beside others', async () => {
    const handler: ProxyHandler = async (auth) => {
      await auth.protect((has) => has({ role: 'admin' }) || has({ role: 'billing' }), { onUnauthorized: 403 });
    };
    const status = async (claims: object) => (await run(handler, '/', bearer(instance.session({ ...claims })))).status;
    expect([await status(member('billing')), await status(member('member')), await status({})]).toEqual([
      200, 403, 403,
    ]);
  });

  it('SC-078 answers a CORS preflight without redirecting it or letting it through', async () => {
    const preflight = { origin: 'https://front.test', 'access-control-request-method': 'POST' };
    const response = await run(protect(), '/a', preflight, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('x-middleware-next')]).toEqual([204, null]);
    expect((await run(protect(), '/a', {}, { method: 'OPTIONS' })).status).toBe(401);
  });
});

describe('options for each request', () => {
  const tenants = Object.fromEntries(
    ['a.test', 'b.test'].map((host) => [
      host,
      { ...createTestInstance({ frontendApi: `clerk.${host}`, type: 'production', ownKey: true }), host },
    ]),
  );
  const { authMiddleware, getAuth } = createAuth({ encryptionKey: 'shared by proxy and handlers' });
  const proxy = authMiddleware(
    async (auth, request) => {
      if (request.nextUrl.pathname === '/protected') await auth.protect();
    },
    async (request) => {
      const tenant = tenants[request.headers.get('host') ?? ''];
      if (tenant === undefined) throw new Error('unknown host');
      const { publishableKey, jwtKey, secretKey, host } = tenant;
      return { publishableKey, jwtKey, secretKey, signInUrl: `https://login.${host}/` };
    },
  );
  const call = async (host: string, path: string, token?: string) =>
    (await proxy(
      new NextRequest(`http://${host}${path}`, {
        headers: { host, ...document, ...(token === undefined ? {} : bearer(token)) },
      }),
      event,
    )) as Response;

  it('N7 SC-103 never mix: each tenant’s token counts with its own host alone, and its handlers learn its keys', async () => {
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const host = index % 2 === 0 ? 'a.test' : 'b.test';
        const holder = index % 3 === 0 ? 'a.test' : 'b.test';
        const response = await call(host, '/', tenants[holder]?.session({ sub: `user_${index}` }));
        const seen = await getAuth(new Request(`http://${host}/`, { headers: forwardedOf(response) }));
        expect(seen.userId).toBe(host === holder ? `user_${index}` : null);
      }),
    );
  });

  it('N7 redirect to the tenant’s own sign-in page', async () => {
    expect((await call('a.test', '/protected')).headers.get('location')).toMatch(/^https:\/\/login\.a\.test\//);
  });

  it('SC-114 fail for an unknown host', async () => {
    await expect(call('evil.test', '/')).rejects.toThrow('unknown host');
  });

  it.each(['lazy', 'eager'] as const)(
    'SC-020 demand of a token in handlers what the proxy demands: %s',
    async (machineTokens) => {
      const { authMiddleware, getAuth } = createAuth(options);
      const proxy = authMiddleware({ audience: 'https://api.test', machineTokens });
      const { exp, iat } = { iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 60 };
      const ask = async (aud: string) => {
        const token = instance.jwt({ sub: 'user_alice', iat, exp, aud }, { typ: 'at+jwt' });
        const response = (await proxy(
          new NextRequest('http://app.test/', { headers: bearer(token) }),
          event,
        )) as Response;
        const request = new Request('http://app.test/', { headers: forwardedOf(response) });
        return (await getAuth(request, { acceptsToken: 'oauth_token' })).isAuthenticated;
      };
      expect([await ask('https://api.test'), await ask('https://other.test')]).toEqual([true, false]);
    },
  );

  it('need a secret that proxy and handlers share', async () => {
    const proxy = createAuth().authMiddleware(
      () => {},
      () => options,
    );
    await expect(proxy(new NextRequest('http://app.test/'), event)).rejects.toMatchObject({ option: 'encryptionKey' });
  });
});
