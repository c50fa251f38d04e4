import { once } from 'node:events';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Handler, json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { Refusal } from '../jwt/refusal.ts';
import { createKeySetFetch } from './fetch-key-set.ts';

const SECRET = 'sk_test_canary0123456789';
const KEY_SET = { keys: [createSigningKey('a').jwk] };

async function start(handler: Handler, budgetMs = 2_000) {
  const server = await startLoopbackServer(handler);
  const fetchKeySet = createKeySetFetch({
    url: `${server.url}/v1/jwks`,
    secretKey: SECRET,
    apiVersion: '2025-11-10',
    fetch,
    budgetMs,
  });
  return { server, fetchKeySet };
}

const text =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  };
const hang: Handler = () => {};
const reset: Handler = (request) => {
  request.socket.destroy();
};

test('asks the endpoint with the secret key and the version', async () => {
  const { server, fetchKeySet } = await start(json(KEY_SET));
  expect(await fetchKeySet()).toEqual({ jwks: KEY_SET });
  expect(server.requests).toMatchObject([
    {
      line: 'GET /v1/jwks',
      headers: { authorization: `Bearer ${SECRET}`, 'clerk-api-version': '2025-11-10' },
    },
  ]);
});

describe('§17 K6 is asked again', () => {
  test.each<[what: string, handler: Handler]>([
    ['a connection that breaks', reset],
    ['429', text('slow down', 429)],
    ['500', json({ errors: [] }, 500)],
    ['502 with HTML', text('<html>Bad Gateway</html>', 502)],
    ['503', text('', 503)],
  ])('after %s', async (_what, fault) => {
    const { server, fetchKeySet } = await start((request, response, call) =>
      call < 3 ? fault(request, response, call) : json(KEY_SET)(request, response, call),
    );
    expect(await fetchKeySet()).toEqual({ jwks: KEY_SET });
    expect(server.requests).toHaveLength(3);
  });

  test('three times at most', async () => {
    const { server, fetchKeySet } = await start(text('', 500));
    expect(await fetchKeySet()).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
    expect(server.requests).toHaveLength(3);
  });
});

describe('§17 K7 is asked once, and the failure is typed,', () => {
  test.each<[what: string, handler: Handler, reason: string]>([
    ['400', json({ errors: [] }, 400), 'jwk-remote-failed-to-load'],
    ['401 without a code', json({}, 401), 'jwk-remote-failed-to-load'],
    ['401 with HTML', text('<html>', 401), 'jwk-remote-failed-to-load'],
    [
      '401 clerk_key_invalid',
      json({ errors: [{ code: 'clerk_key_invalid', message: SECRET }] }, 401),
      'secret-key-invalid',
    ],
    ['403 clerk_key_invalid', json({ errors: [null, { code: 'clerk_key_invalid' }] }, 403), 'secret-key-invalid'],
    ['404', json({ errors: [{ code: 'resource_not_found' }] }, 404), 'jwk-remote-failed-to-load'],
    ['204', text('', 204), 'jwk-remote-failed-to-load'],
    ['200 with HTML', text('<html>'), 'jwk-remote-failed-to-load'],
    ['200 with nothing', text(''), 'jwk-remote-failed-to-load'],
    ['200 with half of the JSON', text('{"keys":['), 'jwk-remote-failed-to-load'],
  ])('after %s', async (_what, handler, reason) => {
    const { server, fetchKeySet } = await start(handler);
    const answer = await fetchKeySet();
    expect(answer).toBeInstanceOf(Refusal);
    expect(answer).toMatchObject({ reason });
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect(server.requests).toHaveLength(1);
  });
});

describe('SC-041 a redirect is not followed', () => {
  test.each([301, 302, 303, 307, 308])('%d', async (status) => {
    const stranger = await startLoopbackServer(json(KEY_SET));
    const { server, fetchKeySet } = await start(text('', status, { location: `${stranger.url}/v1/jwks` }));
    expect(await fetchKeySet()).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
    expect(server.requests).toHaveLength(1);
    expect(stranger.requests).toHaveLength(0);
  });

  test('to itself', async () => {
    const { server, fetchKeySet } = await start(text('', 302, { location: '/v1/jwks' }));
    expect(await fetchKeySet()).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('SC-040 a slow or endless endpoint', () => {
  const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };

  test.each<[what: string, handler: Handler]>([
    ['never answers', hang],
    [
      'answers one byte now and then',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write('{'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
    [
      'answers the headers alone',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).flushHeaders();
      },
    ],
  ])('that %s costs the budget and no more, and is hung up on', async (_what, handler) => {
    const { server, fetchKeySet } = await start(handler, 300);
    let answer: unknown;
    const time = await elapsed(async () => {
      answer = await fetchKeySet();
    });
    expect(answer).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
    expect(time).toBeGreaterThan(250);
    expect(time).toBeLessThan(5_000);
    await expect.poll(() => server.unanswered).toBe(0);
  });

  test('that hangs once is asked again within the budget', async () => {
    const { server, fetchKeySet } = await start((request, response, call) =>
      call === 1 ? hang(request, response, call) : json(KEY_SET)(request, response, call),
    );
    expect(await fetchKeySet()).toEqual({ jwks: KEY_SET });
    expect(server.requests).toHaveLength(2);
  });

  test('whose body is longer than the bound is hung up on', async () => {
    let sent = 0;
    const { server, fetchKeySet } = await start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(64 * 1024, 0x20);
      const push = () => {
        while (!response.destroyed && sent < 1e9) {
          sent += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', push);
            return;
          }
        }
      };
      push();
    });
    expect(await fetchKeySet()).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
    await expect.poll(() => server.unanswered).toBe(0);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test('whose answer unpacks into a hundred times the bound is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, 0x20));
    const server = await startLoopbackServer(text(bomb, 200, { 'content-encoding': 'gzip' }));
    let unpacked = 0;
    const counting: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          unpacked += chunk.byteLength;
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body?.pipeThrough(count) ?? null, response);
    };
    const fetchKeySet = createKeySetFetch({ url: server.url, secretKey: SECRET, apiVersion: 'x', fetch: counting });
    expect(await fetchKeySet()).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
    expect(unpacked).toBeLessThan(4 * 1024 * 1024);
  });
});

test('a port where nobody listens is a typed failure', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const fetchKeySet = createKeySetFetch({
    url: `http://127.0.0.1:${port}/v1/jwks`,
    secretKey: SECRET,
    apiVersion: 'x',
    fetch,
  });
  expect(await fetchKeySet()).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
});

test.each<[what: string, fetch: () => unknown]>([
  [
    'throws',
    () => {
      throw new Error(SECRET);
    },
  ],
  [
    'rejects',
    async () => {
      throw new Error(SECRET);
    },
  ],
  ['gives nothing', () => undefined],
  ['gives no response', async () => ({ status: 200, body: 5 })],
])('SC-098 a fetch that %s is a typed failure', async (_what, broken) => {
  const unhandled: unknown[] = [];
  const listen = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', listen);
  onTestFinished(() => {
    process.off('unhandledRejection', listen);
  });
  const fetchKeySet = createKeySetFetch({
    url: 'http://127.0.0.1:1/',
    secretKey: SECRET,
    apiVersion: 'x',
    fetch: broken as typeof fetch,
  });
  const answer = await fetchKeySet();
  expect(answer).toMatchObject({ reason: 'jwk-remote-failed-to-load' });
  expect(JSON.stringify(answer)).not.toContain(SECRET);
  expect(unhandled).toEqual([]);
});
