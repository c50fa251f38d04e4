import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { type AuthMiddlewareOptions, authMiddleware } from './index.ts';

const { publishableKey, jwtKey, secretKey } = createTestInstance();
const upstream = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  response.setHeader('set-cookie', ['a=1', 'b=2', 'c=3']);
  response.end(JSON.stringify({ url: request.url, body, secret: request.headers['clerk-secret-key'] === secretKey }));
});
let frontendApiUrl = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  frontendApiUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterAll(() => upstream.close());

const createApp = (frontendApiProxy: AuthMiddlewareOptions['frontendApiProxy']) =>
  new Hono()
    .use(authMiddleware({ publishableKey, jwtKey, secretKey, frontendApiProxy }))
    .all('*', (c) => c.text('the site'));

describe('frontendApiProxy', () => {
  it('E7 serves the frontend API below its path, body and cookies whole', async () => {
    const app = createApp({ frontendApiUrl });
    const response = await app.request('/__clerk/v1/client?x=1', { method: 'POST', body: 'sent' });
    expect(await response.json()).toEqual({ url: '/v1/client?x=1', body: 'sent', secret: true });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2', 'c=3']);
  });

  it.each(['/', '/__clerkx', '/x/__clerk', '/%5F_clerk/v1'])('SC-111 leaves %s to the site', async (path) => {
    expect(await (await createApp({ frontendApiUrl }).request(path)).text()).toBe('the site');
  });

  it.each(['/', ''])('E6 SC-111 does not swallow the site with the path %j', async (proxyPath) => {
    const app = createApp({ frontendApiUrl, proxyPath });
    expect(await (await app.request('/page')).text()).toBe('the site');
    expect(await (await app.request('/__clerk/v1')).json()).toMatchObject({ url: '/v1' });
  });

  it('sends browsers through it', async () => {
    const headers = { accept: 'text/html', 'sec-fetch-dest': 'document' };
    const response = await createApp(true).request('http://app.test/page', { headers });
    expect(response.headers.get('location')).toMatch(/^http:\/\/app\.test\/__clerk\/v1\/client\/handshake\?/);
  });
});
