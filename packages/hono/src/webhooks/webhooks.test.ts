import { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { verifyWebhook, type WebhookEvent, webhookHandler } from './index.ts';

const signingSecret = 'whsec_YSBzZWNyZXQgb2Ygc29tZSBsZW5ndGg=';
const BODY = '{\n  "type": "user.deleted",\n  "data": { "id": "user_1", "note": "\\u00e9", "ratio": 1.0 }\n}';

function sign(body: string, at = new Date(), secret = signingSecret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'svix-id': 'msg_1',
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': new Webhook(secret).sign('msg_1', at, body),
  };
}

const seen: WebhookEvent[] = [];
const app = new Hono()
  .post(
    '/handler',
    webhookHandler((event) => seen.push(event), { signingSecret }),
  )
  .post('/parsed', async (c) => {
    await c.req.json();
    return c.json((await verifyWebhook(c, { signingSecret })).type);
  })
  .post(
    '/failing',
    webhookHandler(() => Promise.reject(new Error('mine')), { signingSecret }),
  )
  .post(
    '/unset',
    webhookHandler(() => {}),
  );
app.onError((error, c) => c.text(error.message, 500));

const post = (path: string, body: string, headers: Record<string, string>) =>
  app.request(path, { method: 'POST', body, headers });

describe('webhookHandler', () => {
  it('X11 hands on what is verified', async () => {
    expect((await post('/handler', BODY, sign(BODY))).status).toBe(204);
    expect(seen.at(-1)).toMatchObject({ type: 'user.deleted', data: { id: 'user_1' } });
  });

  it.each([
    ['tampered', `${BODY} `, sign(BODY), 400, 'signature-mismatch'],
    ['unsigned', BODY, {}, 400, 'headers-missing'],
    ['old', BODY, sign(BODY, new Date(Date.now() - 600_000)), 400, 'timestamp-too-old'],
    [
      'somebody else’s',
      BODY,
      sign(BODY, new Date(), 'whsec_b3RoZXIgc2VjcmV0IG9mIGxlbmd0aA=='),
      400,
      'signature-mismatch',
    ],
  ])('X11 SC-117 refuses what is %s', async (_, body, headers, status, code) => {
    const count = seen.length;
    const response = await post('/handler', body, headers);
    expect([response.status, await response.json()]).toEqual([status, { code }]);
    expect(seen).toHaveLength(count);
  });

  it('lets the listener’s failure reach app.onError', async () => {
    expect(await (await post('/failing', BODY, sign(BODY))).text()).toBe('mine');
  });

  it('says that the secret is missing', async () => {
    const response = await post('/unset', BODY, sign(BODY));
    expect([response.status, await response.json()]).toEqual([500, { code: 'secret-missing' }]);
  });
});

describe('verifyWebhook', () => {
  it('finds the raw bytes after c.req.json()', async () => {
    expect(await (await post('/parsed', BODY, sign(BODY))).json()).toBe('user.deleted');
  });

  it('narrows by type', () => {
    expectTypeOf(verifyWebhook).returns.resolves.toEqualTypeOf<WebhookEvent>();
  });
});
