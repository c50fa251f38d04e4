import type { Application, ErrorRequestHandler, RequestHandler } from 'express';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { EXPRESS_VERSIONS } from '../../../../test/support/express-versions.ts';
import { verifyWebhook, type WebhookEvent, webhookHandler } from './index.ts';

const signingSecret = 'whsec_YSBzZWNyZXQgb2Ygc29tZSBsZW5ndGg=';
const COMPACT = JSON.stringify({ type: 'user.deleted', data: { id: 'user_1', note: 'é' } });
/** The same event, spelt as a parser would not write it again. */
const SPACED = '{\n  "type": "user.deleted",\n  "data": { "id": "user_1", "note": "\\u00e9", "ratio": 1.0 }\n}';

function sign(body: string, at = new Date()): Record<string, string> {
  return {
    'content-type': 'application/json',
    'svix-id': 'msg_1',
    'svix-timestamp': `${Math.floor(at.getTime() / 1000)}`,
    'svix-signature': new Webhook(signingSecret).sign('msg_1', at, body),
  };
}

describe.each(EXPRESS_VERSIONS)('webhooks on $name', ({ express }) => {
  const answerEvent: RequestHandler = async (req, res) => {
    try {
      const event = await verifyWebhook(req, { signingSecret });
      res.json({ type: event.type, id: event.type === 'user.deleted' ? event.data.id : undefined });
    } catch (error) {
      const { status, code } = error as { status?: number; code?: string };
      res.status(status ?? 500).json({ code });
    }
  };
  const keepRaw: RequestHandler = express.json({
    verify: (req, _res, bytes) => {
      Object.assign(req, { rawBody: bytes });
    },
  });
  const PARSERS: Readonly<Record<string, RequestHandler | undefined>> = {
    'no parser': undefined,
    'express.raw()': express.raw({ type: '*/*' }),
    'express.text()': express.text({ type: '*/*' }),
    'a parser of other types': express.urlencoded({ extended: false }),
    'express.json() that keeps req.rawBody': keepRaw,
  };
  const receive = (parser: RequestHandler | undefined): Application => {
    const app = express();
    if (parser !== undefined) app.use(parser);
    app.post('/webhooks', answerEvent);
    return app;
  };

  describe.each(Object.keys(PARSERS))('SC-117 after %s', (name) => {
    const app = receive(PARSERS[name]);

    it.each([
      ['a compact body', COMPACT],
      ['a body with blanks and escapes', SPACED],
    ])('X11 accepts %s', async (_what, body) => {
      const response = await request(app).post('/webhooks').set(sign(body)).send(body);
      expect(response.status).toBe(200);
      expect(response.body).toEqual({ type: 'user.deleted', id: 'user_1' });
    });

    it.each([
      ['a body that was changed', sign(COMPACT), COMPACT.replace('user_1', 'user_2'), 'signature-mismatch'],
      [
        'a signature of another secret',
        { ...sign(COMPACT), 'svix-signature': 'v1,AAAA' },
        COMPACT,
        'signature-mismatch',
      ],
      ['missing headers', { 'content-type': 'application/json' }, COMPACT, 'headers-missing'],
      ['one of ten minutes ago', sign(COMPACT, new Date(Date.now() - 600_000)), COMPACT, 'timestamp-too-old'],
    ])('X11 refuses %s', async (_what, headers, body, code) => {
      const response = await request(app).post('/webhooks').set(headers).send(body);
      expect(response.status).toBe(400);
      expect(response.body).toEqual({ code });
    });
  });

  it('SC-117 says why a body that was parsed does not verify', async () => {
    const response = await request(receive(express.json())).post('/webhooks').set(sign(COMPACT)).send(COMPACT);
    expect(response.status).toBe(400);
    expect(response.body).toEqual({ code: 'body-not-raw' });
  });

  describe('webhookHandler', () => {
    const showError: ErrorRequestHandler = (error: Error, _req, res, _next) => {
      res.status(500).json({ message: error.message });
    };
    const listenWith = (listener: (event: WebhookEvent) => unknown, options = {}): Application => {
      const app = express();
      app.post('/webhooks', webhookHandler(listener, { signingSecret, ...options }));
      app.use(showError);
      return app;
    };

    it('hands the event to the listener and answers when it is done', async () => {
      const events: WebhookEvent['type'][] = [];
      const app = listenWith(async (event) => {
        await Promise.resolve();
        events.push(event.type);
      });
      const response = await request(app).post('/webhooks').set(sign(SPACED)).send(SPACED);
      expect(response.status).toBe(204);
      expect(events).toEqual(['user.deleted']);
    });

    it('answers what it refuses, without asking the listener', async () => {
      const app = listenWith(() => expect.unreachable());
      const forged = await request(app).post('/webhooks').set(sign(COMPACT)).send(SPACED);
      expect(forged.status).toBe(400);
      expect(forged.body).toEqual({ code: 'signature-mismatch' });
    });

    it('bounds what it reads', async () => {
      const app = listenWith(() => expect.unreachable(), { maxBodyBytes: 10 });
      expect((await request(app).post('/webhooks').set(sign(COMPACT)).send(COMPACT)).status).toBe(413);
    });

    it('hands on what the listener throws, so that the sender delivers again', async () => {
      const app = listenWith(() => {
        throw new Error('database is down');
      });
      const response = await request(app).post('/webhooks').set(sign(COMPACT)).send(COMPACT);
      expect(response.status).toBe(500);
      expect(response.body).toEqual({ message: 'database is down' });
    });
  });
});

it('types the event', () => {
  expectTypeOf(verifyWebhook).returns.resolves.toEqualTypeOf<WebhookEvent>();
});
