import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { authenticateUpgrade, authMiddleware } from './index.ts';

const instance = createTestInstance({ type: 'production' });
const { publishableKey, jwtKey } = instance;
const options = { publishableKey, jwtKey, logger: { warn: () => {} } };
const exp = Math.floor(Date.now() / 1000) + 60;
const cookie = `__client_uat=${exp - 100}; __session=${instance.session({ exp })}`;

const createApp = (settings = {}, upgrade = {}) =>
  new Hono()
    .use(authMiddleware({ ...options, ...settings }))
    .get('/live', authenticateUpgrade(upgrade), (c) => c.json({ userId: c.var.auth.userId, at: c.var.authExpiresAt }));

const open = (app: ReturnType<typeof createApp>, headers: Record<string, string>) =>
  app.request('http://app.test/live', { headers: { host: 'app.test', upgrade: 'websocket', ...headers } });

describe('authenticateUpgrade', () => {
  it('opens for our own page, and says when the session token expires', async () => {
    const response = await open(createApp(), { cookie, origin: 'http://app.test' });
    expect(await response.json()).toEqual({ userId: 'user_alice', at: exp * 1000 });
  });

  it('opens for a program with a token', async () => {
    const response = await open(createApp(), { authorization: `Bearer ${instance.session({ exp })}` });
    expect(response.status).toBe(200);
  });

  it.each([
    ['another site', {}, {}, 'https://evil.test', 401],
    ['a site that looks alike', {}, {}, 'http://app.test.evil.test', 401],
    ['no site at all', {}, {}, 'null', 401],
    ['a site that is listed', {}, { origins: ['https://front.test'] }, 'https://front.test', 200],
    ['our own site, where others are listed', {}, { origins: ['https://front.test'] }, 'http://app.test', 401],
    [
      'our own site by another scheme, behind a fixed origin',
      { publicOrigin: 'https://app.test' },
      {},
      'http://app.test',
      401,
    ],
  ])('SC-105 a page of %s', async (_, settings, upgrade, origin, status) => {
    expect((await open(createApp(settings, upgrade), { cookie, origin })).status).toBe(status);
  });

  it.each([
    ['nobody', {}],
    ['an expired session', { authorization: `Bearer ${instance.session({ exp: 1_000_000 })}` }],
    ['a page load', { accept: 'text/html', 'sec-fetch-dest': 'document' }],
  ])('SC-105 answers %s with 401, and never with a redirect', async (_, headers) => {
    expect((await open(createApp(), headers)).status).toBe(401);
  });
});
