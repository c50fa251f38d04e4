import { notFound } from 'next/navigation.js';
import { type NextFetchEvent, NextRequest } from 'next/server.js';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import * as main from '../index.ts';
import * as webhooks from '../webhooks/index.ts';
import * as compat from './index.ts';
import { buildClerkProps, type ClerkMiddlewareAuth, clerkMiddleware, createRouteMatcher, getAuth } from './index.ts';

const instance = createTestInstance({ type: 'production' });
const environment = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: instance.publishableKey,
  CLERK_SECRET_KEY: instance.secretKey,
  CLERK_JWT_KEY: instance.jwtKey,
};
beforeAll(() => Object.assign(process.env, environment));
afterAll(() => {
  for (const name of Object.keys(environment)) delete process.env[name];
});

// A change of these lists is a change for everybody who imports from here.
it.each([
  [
    'the main entry',
    main,
    `MalformedPathError auth authMiddleware backendClient createAuth createRouteMatcher currentUser getAuth
     protectedResourceMetadata requireAuth`,
  ],
  [
    '/compat',
    compat,
    `auth buildClerkProps clerkClient clerkFrontendApiProxy clerkMiddleware createClerkClient createFrontendApiProxyHandlers
     createRouteMatcher currentUser getAuth reverificationError reverificationErrorResponse verifyToken`,
  ],
  ['/webhooks', webhooks, 'WebhookVerificationError createMemoryReplayGuard verifyWebhook webhookHandler'],
])('%s exports what it exported', (_, entry, names) => {
  expect(Object.keys(entry).sort()).toEqual(names.split(/\s+/).sort());
});

const event = {} as NextFetchEvent;
const document = { accept: 'text/html', 'sec-fetch-dest': 'document' };
const fetched = { accept: 'application/json', 'sec-fetch-dest': 'empty' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function run(handler: (auth: ClerkMiddlewareAuth) => unknown, headers: Record<string, string>, init = {}) {
  const request = new NextRequest('http://app.test/a?b=c', { headers: { host: 'app.test', ...headers }, ...init });
  const proxy = clerkMiddleware((auth) => handler(auth) as Promise<undefined>);
  return (await proxy(request, event)) as Response;
}

function forwarded(response: Response): Record<string, string> {
  const names = response.headers.get('x-middleware-override-headers')?.split(',') ?? [];
  return Object.fromEntries(names.map((name) => [name, response.headers.get(`x-middleware-request-${name}`) ?? '']));
}

describe('clerkMiddleware', () => {
  it('N1 takes each of its four shapes', async () => {
    const request = () => new NextRequest('http://app.test/');
    for (const proxy of [
      clerkMiddleware(() => {}),
      clerkMiddleware(() => {}, { clockSkewInMs: 1 }),
      clerkMiddleware(
        () => {},
        async () => ({ clockSkewInMs: 1 }),
      ),
      clerkMiddleware({ clockSkewInMs: 1 }),
      clerkMiddleware(),
      clerkMiddleware,
    ]) {
      const response = (await proxy(request(), event)) as Response;
      expect(response.headers.get('x-middleware-next')).toBe('1');
    }
  });

  it('gives sessions their redirects, which need not be awaited', async () => {
    const response = await run(async (auth) => {
      const { userId, redirectToSignIn } = await auth();
      if (userId === null) redirectToSignIn({ returnBackUrl: null });
    }, fetched);
    expect([response.status, response.headers.get('location')]).toEqual([307, 'https://accounts.test.example/sign-in']);
    await run(async (auth) => {
      expect(await auth({ acceptsToken: 'api_key' })).not.toHaveProperty('redirectToSignIn');
    }, fetched);
  });

  it.each([
    ['a page', document, {}, 307],
    ['a fetch', fetched, {}, 404],
    ['a server action', { ...fetched, 'next-action': 'x' }, { method: 'POST' }, 401],
    ['a bad API key', { ...fetched, ...bearer('ak_x') }, {}, 401],
  ])('N4 protect() answers %s without a session as documented', async (_, headers, init, status) => {
    expect((await run((auth) => auth.protect(), headers, init)).status).toBe(status);
  });

  const member = () => bearer(instance.session({ v: 2, o: { id: 'org_1', rol: 'member' } }));

  it.each([
    [{ role: 'admin' }, undefined, 404, null],
    [{ role: 'admin', unauthorizedUrl: '/upgrade' }, undefined, 307, 'http://app.test/upgrade'],
    [{ role: 'admin' }, { unauthorizedUrl: '/upgrade' }, 307, 'http://app.test/upgrade'],
    [{ role: 'member', permission: 'org:a:b' }, undefined, 404, null],
    [{ permission: 'org:a:b', token: 'session_token' }, undefined, 404, null],
    [{ role: 'member' }, undefined, 200, null],
    [{ token: 'api_key' }, undefined, 401, null],
    [{}, { token: 'api_key' }, 401, null],
  ] as const)('SC-034 N5 protect(%j, %j) makes every demand', async (params, settings, status, location) => {
    const response = await run((auth) => auth.protect(params as object, settings), { ...fetched, ...member() });
    expect([response.status, response.headers.get('location')]).toEqual([status, location]);
  });

  it('protect() takes a demand in one’s own words', async () => {
    expect(
      (await run((auth) => auth.protect((has) => has({ role: 'member' })), { ...fetched, ...member() })).status,
    ).toBe(200);
    expect(
      (await run((auth) => auth.protect((has) => has({ role: 'admin' })), { ...fetched, ...member() })).status,
    ).toBe(404);
  });

  it('answers what Next’s own notFound() stands for', async () => {
    expect((await run(() => notFound(), fetched)).status).toBe(404);
  });
});

describe('getAuth', () => {
  it('reads what the proxy found out, at once', async () => {
    const headers = forwarded(await run(() => {}, bearer(instance.session())));
    expect(getAuth({ headers, url: '/a' }).userId).toBe('user_alice');
    expect(getAuth({ headers: new Headers(headers), url: 'http://app.test/a' }).userId).toBe('user_alice');
    expect(getAuth({ headers, url: '/a' }, { acceptsToken: 'api_key' })).toMatchObject({ isAuthenticated: false });
    expect(getAuth({ headers: forwarded(await run(() => {}, {})), url: '/a' }).userId).toBeNull();
  });

  it.each([
    ['nothing', {}],
    ['what a client forged', { 'x-keystile-state': 'x', 'x-clerk-auth-status': 'signed-out' }],
  ])('SC-061 SC-095 fails closed on %s', (_, headers) => {
    expect(() => getAuth({ headers, url: '/' })).toThrow(expect.objectContaining({ code: 'middleware-missing' }));
  });

  it('SC-061 does not take a state of another URL or secret', async () => {
    const headers = forwarded(await run(() => {}, bearer(instance.session())));
    expect(() => getAuth({ headers, url: '/b' })).toThrow(/has not seen/);
    expect(() => getAuth({ headers, url: '/a' }, { secretKey: 'sk_live_other' })).toThrow(/has not seen/);
  });

  it('types what it gives', () => {
    const read = () => getAuth({ headers: {} });
    expectTypeOf(read).returns.toHaveProperty('userId');
  });
});

describe('buildClerkProps', () => {
  it('SC-104 has what a page may know, and nothing private', async () => {
    const headers = forwarded(await run(() => {}, bearer(instance.session())));
    const user = { id: 'user_alice', privateMetadata: { secret: 1 }, nested: { private_metadata: 2, kept: undefined } };
    const { __clerk_ssr_state: state } = buildClerkProps({ headers, url: '/a' }, { user });
    expect(state).toMatchObject({ userId: 'user_alice', user: { id: 'user_alice', nested: {} } });
    expect(JSON.stringify(state)).not.toMatch(/private|secret/);
  });
});

it('createRouteMatcher is that of the main entry', () => {
  expect(createRouteMatcher('/a')(new NextRequest('http://app.test/%61'))).toBe(true);
});
