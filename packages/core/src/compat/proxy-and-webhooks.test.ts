import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import { clerkFrontendApiProxy, matchProxyPath } from './proxy.ts';
import { verifyWebhook, type WebhookEvent } from './webhooks.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('clerkFrontendApiProxy', () => {
  const { publishableKey, secretKey } = createTestInstance();

  it.each([
    [
      { 'cf-connecting-ip': '192.0.2.1', 'x-real-ip': '192.0.2.2', 'x-forwarded-for': '192.0.2.3, 10.0.0.1' },
      '192.0.2.1',
    ],
    [{ 'x-real-ip': '192.0.2.2', 'x-forwarded-for': '192.0.2.3, 10.0.0.1' }, '192.0.2.2'],
    [{ 'x-forwarded-for': '192.0.2.3, 10.0.0.1' }, '192.0.2.3'],
    [{}, undefined],
  ])('SC-137 of %j believes %j', async (headers, address) => {
    const upstream = await startLoopbackServer(json({}));
    const forwarded = { 'x-forwarded-host': 'public.test', 'x-forwarded-proto': 'https' };
    const request = new Request('http://localhost/__clerk/v1/x', {
      headers: { ...headers, ...forwarded } as Record<string, string>,
    });
    expect((await clerkFrontendApiProxy(request, { publishableKey, secretKey, fapiUrl: upstream.url })).status).toBe(
      200,
    );
    expect(upstream.requests[0]?.headers['x-forwarded-for']).toBe(address);
    expect(upstream.requests[0]?.headers['clerk-proxy-url']).toBe('https://public.test/__clerk');
  });

  it('reads its options from the environment', async () => {
    const upstream = await startLoopbackServer(json({}));
    vi.stubEnv('CLERK_PUBLISHABLE_KEY', publishableKey);
    vi.stubEnv('CLERK_SECRET_KEY', secretKey);
    vi.stubEnv('CLERK_FAPI_URL', upstream.url);
    const request = new Request('http://localhost/p/v1/x');
    expect((await clerkFrontendApiProxy(request, { proxyPath: '/p' })).status).toBe(200);
    expect(upstream.requests).toMatchObject([{ line: 'GET /v1/x' }]);
  });

  it('matches by the URL of a request', () => {
    expect(matchProxyPath(new Request('https://a.test/__clerk?x=1'))).toBe(true);
    expect(matchProxyPath(new Request('https://a.test/x?/__clerk'))).toBe(false);
  });
});

describe('verifyWebhook', () => {
  const signingSecret = 'whsec_YSBzZWNyZXQ=';

  it('gives the event, typed by its type', async () => {
    const body = JSON.stringify({ type: 'user.created', data: { id: 'user_1' } });
    const timestamp = `${Math.floor(Date.now() / 1000)}`;
    const mac = createHmac('sha256', 'a secret').update(`msg_1.${timestamp}.${body}`).digest('base64');
    const headers = { 'svix-id': 'msg_1', 'svix-timestamp': timestamp, 'svix-signature': `v1,${mac}` };
    const send = () => new Request('https://a.test/', { method: 'POST', body, headers });
    const event = await verifyWebhook(send(), { signingSecret });
    expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
    expect(event).toMatchObject({ type: 'user.created', object: 'event', data: { id: 'user_1' } });
    vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', signingSecret);
    expect((await verifyWebhook(send())).type).toBe('user.created');
    vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', 'whsec_b3RoZXI=');
    await expect(verifyWebhook(send())).rejects.toMatchObject({ code: 'signature-mismatch' });
  });
});
