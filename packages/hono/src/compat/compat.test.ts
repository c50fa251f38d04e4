import { Hono } from 'hono';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import * as main from '../index.ts';
import * as webhooks from '../webhooks/index.ts';
import * as compat from './index.ts';
import { clerkMiddleware, getAuth } from './index.ts';

const { publishableKey, jwtKey, secretKey, session } = createTestInstance({ type: 'production' });
const options = { publishableKey, jwtKey, secretKey, logger: { warn: () => {} } };
const headers = { authorization: `Bearer ${session()}` };

// A change of these lists is a change for everybody who imports from here.
it.each([
  [
    'the main entry',
    main,
    'MiddlewareMissingError PROTECTED_RESOURCE_PATH authMiddleware authenticateUpgrade getAuth protectedResourceMetadata requireAuth',
  ],
  ['/compat', compat, 'clerkMiddleware getAuth'],
  ['/webhooks', webhooks, 'WebhookVerificationError createMemoryReplayGuard verifyWebhook webhookHandler'],
])('%s exports what it exported', (_, entry, names) => {
  expect(Object.keys(entry).sort()).toEqual(names.split(' ').sort());
});

describe('clerkMiddleware', () => {
  const app = new Hono()
    .use(clerkMiddleware(options))
    .get('/', (c) => c.json({ variable: c.get('clerkAuth')().userId, getter: getAuth(c).userId }))
    .get('/key', (c) => c.json(c.var.clerkAuth({ acceptsToken: 'api_key' }).tokenType))
    .get('/client', (c) => c.json(typeof c.var.clerk.users.getUser));

  it('gives requests their variables', async () => {
    expect(await (await app.request('/', { headers })).json()).toEqual({
      variable: 'user_alice',
      getter: 'user_alice',
    });
    expect(await (await app.request('/key', { headers })).json()).toBe('api_key');
    expect(await (await app.request('/client')).json()).toBe('function');
  });

  it('makes one client, and not one a request', async () => {
    const clients = new Set();
    const app = new Hono().use(clerkMiddleware(options)).get('/', (c) => {
      clients.add(c.var.clerk);
      return c.body(null);
    });
    await app.request('/');
    await app.request('/');
    expect(clients.size).toBe(1);
  });

  it.each([
    [{}, 'publishableKey'],
    [{ publishableKey, jwtKey }, 'secretKey'],
    [{ publishableKey, jwtKey, secretKey: '' }, 'secretKey'],
  ])('H1 fails without keys: %j', async (broken, option) => {
    const app = new Hono().use(clerkMiddleware(broken)).get('/', (c) => c.text('ran'));
    app.onError((error, c) => c.text(error.message, 500));
    const response = await app.request('/');
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(new RegExp(`^${option}: `));
  });

  it('X8 believes what a proxy says of the public address', async () => {
    const development = createTestInstance();
    const app = new Hono().use(clerkMiddleware({ ...options, ...development }));
    const response = await app.request('/page', {
      headers: {
        accept: 'text/html',
        'sec-fetch-dest': 'document',
        'x-forwarded-host': 'app.example',
        'x-forwarded-proto': 'https',
      },
    });
    const { searchParams } = new URL(response.headers.get('location') ?? '');
    expect(searchParams.get('redirect_url')).toBe('https://app.example/page');
  });

  it('serves the frontend API where it is told to', async () => {
    const enabled = (url: URL) => url.hostname === 'proxied.test';
    const app = new Hono()
      .use(clerkMiddleware({ ...options, frontendApiProxy: { enabled, path: '/api/auth' } }))
      .all('*', (c) => c.text('the site'));
    expect(await (await app.request('http://app.test/api/auth/v1')).text()).toBe('the site');
    const answer = await app.request('http://proxied.test/api/authx');
    expect(await answer.text()).toBe('the site');
  });
});

it('types what it gives', () => {
  new Hono().get('/', (c) => {
    const auth = c.var.clerkAuth();
    if (auth.isAuthenticated) expectTypeOf(auth.userId).toEqualTypeOf<string>();
    expectTypeOf(getAuth(c, { acceptsToken: 'm2m_token' }).machineId).toEqualTypeOf<string | null>();
    return c.body(null);
  });
});
