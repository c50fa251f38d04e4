import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type VerifyWebhookOptions, verifyWebhook, WebhookVerificationError } from '@keystile/core/webhooks';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';

const SECRET = 'whsec_YSBzZWNyZXQgb2Ygc29tZSBsZW5ndGg=';
const BODY = JSON.stringify({ type: 'session.revoked', data: { id: 'sess_1', note: 'é' } });

/** A receiver as applications write it, once over the Fetch API and once over Node's own request. */
const receivers: Record<string, (message: IncomingMessage, options: VerifyWebhookOptions) => Promise<unknown>> = {
  '/fetch': (message, options) =>
    verifyWebhook(
      new Request('http://localhost/', {
        method: 'POST',
        headers: message.headers as Record<string, string>,
        body: Readable.toWeb(message),
        duplex: 'half',
      } as RequestInit),
      options,
    ),
  '/node': async (message, options) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    return verifyWebhook({ body: Buffer.concat(chunks), headers: message.headers }, options);
  },
};

const server = createServer(async (message, response) => {
  // A body that was given up leaves a connection that cannot be used again.
  response.setHeader('connection', 'close');
  try {
    const event = await receivers[message.url ?? '']?.(message, { signingSecret: SECRET });
    response.end(JSON.stringify(event));
  } catch (error) {
    response.statusCode = error instanceof WebhookVerificationError ? error.status : 500;
    response.end(error instanceof WebhookVerificationError ? error.code : String(error));
  }
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function send(path: string, body: Uint8Array | string, headers: Record<string, string> = {}) {
  const at = new Date();
  const signed = {
    'svix-id': 'msg_1',
    'svix-timestamp': `${Math.floor(at.getTime() / 1000)}`,
    'svix-signature': new Webhook(SECRET).sign('msg_1', at, BODY),
  };
  const response = await fetch(origin + path, {
    method: 'POST',
    body: body as BodyInit,
    headers: { ...signed, ...headers },
  });
  return { status: response.status, text: await response.text() };
}

it.each(Object.keys(receivers))('SC-117 %s: what a sender signed arrives, other bytes do not', async (path) => {
  expect(JSON.parse((await send(path, BODY)).text)).toMatchObject({
    type: 'session.revoked',
    data: { id: 'sess_1', note: 'é' },
  });
  expect(await send(path, `${BODY} `)).toEqual({ status: 400, text: 'signature-mismatch' });
  expect(await send(path, JSON.stringify(JSON.parse(BODY), null, 2))).toEqual({
    status: 400,
    text: 'signature-mismatch',
  });
  expect(await send(path, gzipSync(BODY), { 'content-encoding': 'gzip' })).toEqual({
    status: 400,
    text: 'body-invalid',
  });
  expect(await send(path, 'x'.repeat(2_000_000))).toEqual({ status: 413, text: 'body-too-large' });
});
