import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BackendError } from './backend-error.ts';
import type { BackendClientOptions } from './client-options.ts';
import { createBackendClient } from './create-backend-client.ts';
import type { BackendClient } from './generated/client.generated.ts';

// A server on loopback that answers with exactly these bytes, or with what no HTTP server would do.

type Behaviour = (socket: Socket) => void;

const SECRET = 'sk_test_do_not_show_me';
const NOW = Date.parse('2026-01-01T00:00:00Z');

/** Writes an answer and closes the connection. */
const answer =
  (status: number, body = '', headers: Record<string, string> = {}): Behaviour =>
  (socket) => {
    const all = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} \r\n${lines.join('')}\r\n${body}`);
  };

const errorBody = (code: string, extra: object = {}): string =>
  JSON.stringify({
    errors: [{ code, message: `about ${code}`, long_message: 'longer', meta: { param_name: 'email_address' } }],
    ...extra,
  });

const user = JSON.stringify({ object: 'user', id: 'user_1' });
const ok = answer(200, user);
const reset: Behaviour = (socket) => socket.resetAndDestroy();
const hang: Behaviour = () => {};
const cutOff: Behaviour = (socket) => {
  socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n${user}`, () =>
    socket.resetAndDestroy(),
  );
};
const cutOffChunks: Behaviour = (socket) => {
  socket.write(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"obj\r\n',
    () => socket.resetAndDestroy(),
  );
};
const hangInBody: Behaviour = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{');
};
const withoutEnd: Behaviour = (socket) => {
  socket.on('error', () => {});
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"');
  const chunk = 'a'.repeat(65_536);
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
};

let behaviours: Behaviour[] = [];
let requests: string[] = [];
let waits: number[] = [];
let sockets: Set<Socket>;
let server: ReturnType<typeof createServer>;
let apiUrl: string;

beforeEach(async () => {
  behaviours = [];
  requests = [];
  waits = [];
  sockets = new Set();
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      // Only the first piece of a request matters: all of them fit into one.
      requests.push(data.toString());
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      behaviour?.(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

function createClient(options: BackendClientOptions = {}): BackendClient {
  return createBackendClient({
    secretKey: SECRET,
    apiUrl,
    now: () => NOW,
    random: () => 1,
    wait: async (ms) => {
      waits.push(ms);
    },
    ...options,
  });
}

async function failureOf(call: Promise<unknown>): Promise<BackendError> {
  const result = await call.then(
    (value) => new Error(`resolved to ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (result instanceof BackendError) return result;
  throw result;
}

const read = (backend: BackendClient) => backend.users.getUser('user_1');
const create = (backend: BackendClient) => backend.users.createUser({ firstName: 'A' });
const createOnce = (backend: BackendClient) =>
  backend.users.createUser({ firstName: 'A' }, { idempotencyKey: 'key-1' });
const change = (backend: BackendClient) => backend.users.updateUser('user_1', { firstName: 'A' });
const remove = (backend: BackendClient) => backend.users.deleteUser('user_1');
const replace = (backend: BackendClient) => backend.templates.updateTemplate('email', 'invitation', { name: 'A' });
const adjust = (backend: BackendClient) =>
  backend.billing.adjustUserCreditBalance('user_1', { amount: 1, action: 'increase', idempotencyKey: 'key-1' });
const readNonce = (backend: BackendClient) => backend.clients.getHandshakePayload({ nonce: 'n' });

interface Row {
  readonly name: string;
  readonly answers: Behaviour;
  readonly call?: (backend: BackendClient) => Promise<unknown>;
  readonly options?: BackendClientOptions;
  readonly want: Partial<
    Pick<BackendError, 'code' | 'status' | 'tries' | 'traceId' | 'retryAfterSeconds' | 'errors' | 'rateLimit'>
  >;
}

const detail = (code: string) => ({
  code,
  message: `about ${code}`,
  longMessage: 'longer',
  meta: { paramName: 'email_address' },
});

const FAILURES: readonly Row[] = [
  ...[400, 401, 403, 404, 409, 410, 422].map((status) => ({
    name: `${status}`,
    answers: answer(status, errorBody('some_code', { clerk_trace_id: 'trace-1' })),
    want: { code: 'backend-response' as const, status, tries: 1, traceId: 'trace-1', errors: [detail('some_code')] },
  })),
  {
    name: '429',
    answers: answer(429, errorBody('too_many_requests')),
    want: {
      code: 'backend-response',
      status: 429,
      tries: 3,
      retryAfterSeconds: undefined,
      errors: [detail('too_many_requests')],
    },
  },
  {
    name: '429 with Retry-After in seconds',
    answers: answer(429, '{}', { 'retry-after': '2', 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' }),
    want: {
      code: 'backend-response',
      status: 429,
      tries: 3,
      retryAfterSeconds: 2,
      rateLimit: { limit: 100, remaining: 0, reset: undefined },
    },
  },
  {
    name: '429 with Retry-After as a date',
    answers: answer(429, '{}', { 'retry-after': 'Thu, 01 Jan 2026 00:00:04 GMT' }),
    want: { code: 'backend-response', status: 429, tries: 3, retryAfterSeconds: 4 },
  },
  {
    name: 'SC-109 429 with a Retry-After beyond patience',
    answers: answer(429, '{}', { 'retry-after': '86400' }),
    want: { code: 'backend-response', status: 429, tries: 1, retryAfterSeconds: 86_400 },
  },
  ...['-1', 'soon', 'Wed, 31 Dec 2025 00:00:00 GMT'].map((retryAfter) => ({
    name: `SC-109 429 with Retry-After: ${retryAfter}`,
    answers: answer(429, '{}', { 'retry-after': retryAfter }),
    want: { code: 'backend-response' as const, status: 429, tries: 3 },
  })),
  {
    name: '429 of a POST',
    answers: answer(429, '{}', { 'retry-after': '1' }),
    call: create,
    want: { code: 'backend-response', status: 429, tries: 1 },
  },
  {
    name: '429 of a POST with an idempotency key',
    answers: answer(429, '{}'),
    call: createOnce,
    want: { code: 'backend-response', status: 429, tries: 3 },
  },
  {
    name: '500',
    answers: answer(500, errorBody('internal')),
    want: { code: 'backend-response', status: 500, tries: 1, errors: [detail('internal')] },
  },
  {
    name: 'SC-110 502 with HTML',
    answers: answer(502, '<html>Bad gateway</html>', { 'content-type': 'text/html', 'cf-ray': 'ray-1' }),
    want: { code: 'backend-response', status: 502, tries: 3, errors: [], traceId: 'ray-1' },
  },
  { name: '503', answers: answer(503), want: { code: 'backend-response', status: 503, tries: 3, errors: [] } },
  { name: '504', answers: answer(504), want: { code: 'backend-response', status: 504, tries: 3 } },
  {
    name: '503 of a POST',
    answers: answer(503),
    call: create,
    want: { code: 'backend-response', status: 503, tries: 1 },
  },
  {
    name: '503 of a PATCH',
    answers: answer(503),
    call: change,
    want: { code: 'backend-response', status: 503, tries: 1 },
  },
  {
    name: '503 of a DELETE',
    answers: answer(503),
    call: remove,
    want: { code: 'backend-response', status: 503, tries: 3 },
  },
  {
    name: '503 of a PUT',
    answers: answer(503),
    call: replace,
    want: { code: 'backend-response', status: 503, tries: 3 },
  },
  {
    name: '503 of a POST with an idempotency key',
    answers: answer(503),
    call: createOnce,
    want: { code: 'backend-response', status: 503, tries: 3 },
  },
  {
    name: '503 of a POST with an idempotency key in its body',
    answers: answer(503),
    call: adjust,
    want: { code: 'backend-response', status: 503, tries: 3 },
  },
  {
    name: '503 of a nonce',
    answers: answer(503),
    call: readNonce,
    want: { code: 'backend-response', status: 503, tries: 1 },
  },
  {
    name: '503 without retries',
    answers: answer(503),
    options: { maxRetries: 0 },
    want: { code: 'backend-response', status: 503, tries: 1 },
  },
  {
    name: '503 with five retries',
    answers: answer(503),
    options: { maxRetries: 5 },
    want: { code: 'backend-response', status: 503, tries: 6 },
  },
  {
    name: 'an error cut off in its body',
    answers: answer(404, '{"errors"', { 'content-length': '500' }),
    want: { code: 'backend-response', status: 404, tries: 1, errors: [] },
  },
  {
    name: 'errors that are no list',
    answers: answer(422, '{"errors":{"code":"x"}}'),
    want: { code: 'backend-response', status: 422, tries: 1, errors: [] },
  },
  {
    name: 'errors of odd members',
    answers: answer(422, '{"errors":[null,"x",{"code":1,"meta":[]},{"code":"c","message":"m"}]}'),
    want: {
      code: 'backend-response',
      status: 422,
      tries: 1,
      errors: [
        { code: 'unknown', message: '', longMessage: undefined, meta: undefined },
        { code: 'c', message: 'm', longMessage: undefined, meta: undefined },
      ],
    },
  },
  {
    name: 'invalid JSON',
    answers: answer(200, '{"object":'),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'SC-110 HTML with 200',
    answers: answer(200, '<html>', { 'content-type': 'text/html', 'cf-ray': 'ray-1' }),
    want: { code: 'backend-invalid-response', status: 200, tries: 1, traceId: 'ray-1' },
  },
  {
    name: 'JSON without a type',
    answers: answer(200, user, { 'content-type': '' }),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'SC-110 an empty 200',
    answers: answer(200),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'null in place of an object',
    answers: answer(200, 'null'),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'a list in place of an object',
    answers: answer(200, '[]'),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'an object in place of a list',
    answers: ok,
    call: (b) => b.organizations.getOrganizationList(),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'a list without its total',
    answers: answer(200, '{"data":[]}'),
    call: (b) => b.organizations.getOrganizationList(),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'an object in place of items',
    answers: ok,
    call: (b) => b.invitations.createInvitationBulk([]),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'an object in place of a count',
    answers: ok,
    call: (b) => b.users.getCount(),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'SC-110 an answer too deep',
    answers: answer(200, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'SC-110 an answer too long',
    answers: withoutEnd,
    options: { maxResponseBytes: 1_000_000 },
    want: { code: 'backend-invalid-response', status: 200, tries: 1 },
  },
  {
    name: 'an error too long',
    answers: answer(404, `"${'a'.repeat(2_000)}"`),
    options: { maxResponseBytes: 1_000 },
    want: { code: 'backend-response', status: 404, tries: 1, errors: [] },
  },
  {
    name: 'SC-108 a redirect',
    answers: answer(302, '', { location: 'http://127.0.0.1:1/', 'cf-ray': 'ray-1' }),
    want: { code: 'backend-redirected', status: 302, tries: 1, traceId: 'ray-1' },
  },
  {
    name: 'SC-108 a redirect that keeps the method',
    answers: answer(307, '', { location: 'http://127.0.0.1:1/' }),
    call: create,
    want: { code: 'backend-redirected', status: 307, tries: 1 },
  },
  { name: 'a truncated body', answers: cutOff, want: { code: 'backend-unreachable', status: undefined, tries: 3 } },
  {
    name: 'truncated chunks',
    answers: cutOffChunks,
    want: { code: 'backend-unreachable', status: undefined, tries: 3 },
  },
  {
    name: 'a truncated body of a POST',
    answers: cutOff,
    call: create,
    want: { code: 'backend-unreachable', tries: 1 },
  },
  {
    name: 'a truncated answer to a nonce',
    answers: cutOff,
    call: readNonce,
    want: { code: 'backend-unreachable', tries: 1 },
  },
  { name: 'a reset', answers: reset, want: { code: 'backend-unreachable', status: undefined, tries: 3 } },
  { name: 'a reset of a POST', answers: reset, call: create, want: { code: 'backend-unreachable', tries: 1 } },
  {
    name: 'a reset before an answer to a nonce',
    answers: reset,
    call: readNonce,
    want: { code: 'backend-unreachable', tries: 3 },
  },
  {
    name: 'a timeout',
    answers: hang,
    options: { timeoutMs: 300 },
    want: { code: 'backend-timeout', status: undefined, tries: 3 },
  },
  {
    name: 'a timeout in the body',
    answers: hangInBody,
    options: { timeoutMs: 300 },
    want: { code: 'backend-timeout', status: undefined, tries: 3 },
  },
  {
    name: 'SC-109 a timeout of a POST',
    answers: hang,
    call: create,
    options: { timeoutMs: 300 },
    want: { code: 'backend-timeout', tries: 1 },
  },
  {
    name: 'a timeout of a POST with an idempotency key',
    answers: hang,
    call: createOnce,
    options: { timeoutMs: 300 },
    want: { code: 'backend-timeout', tries: 3 },
  },
];

describe('§17 A1, A5: failures', () => {
  test.each(FAILURES)('$name: $want.code after $want.tries', async ({ answers, call = read, options, want }) => {
    behaviours = [answers];
    const error = await failureOf(call(createClient(options)));
    expect(error).toMatchObject(want);
    expect(requests).toHaveLength(error.tries);
    expect(waits).toHaveLength(error.tries - 1);
    expect(error.message).toMatch(/^\w+\.\w+: /);
    expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain(SECRET);
  });

  test('connection refused', async () => {
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(read(createClient()));
    expect(error).toMatchObject({ code: 'backend-unreachable', status: undefined, tries: 3 });
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('each is a KeystileError with the operation and advice', async () => {
    behaviours = [answer(401, errorBody('clerk_key_invalid'))];
    const error = await failureOf(read(createClient()));
    expect(error.name).toBe('BackendError');
    expect(error.operation).toBe('users.getUser');
    expect(error.message).toBe(
      'users.getUser: the backend answered 401 clerk_key_invalid. about clerk_key_invalid Check that the secret key is right and belongs to this instance.',
    );
  });

  test('a secret that the backend repeats does not show up', async () => {
    behaviours = [answer(401, errorBody(`key_${SECRET}_invalid`))];
    const error = await failureOf(read(createClient()));
    expect(error.errors[0]?.code).toBe('key_[redacted]_invalid');
    expect(JSON.stringify([error, error.message, error.errors])).not.toContain(SECRET);
  });
});

describe('recovery', () => {
  test.each<[string, Behaviour]>([
    ['503', answer(503)],
    ['429', answer(429)],
    ['a reset', reset],
    ['a truncated body', cutOff],
  ])('after %s the next answer counts', async (_, first) => {
    behaviours = [first, ok];
    expect((await read(createClient())).id).toBe('user_1');
    expect(requests).toHaveLength(2);
  });

  test('every try sends the same request', async () => {
    behaviours = [answer(503), answer(503), ok];
    await createOnce(createClient());
    expect(requests).toHaveLength(3);
    expect(new Set(requests).size).toBe(1);
    expect(requests[0]).toContain('idempotency-key: key-1');
  });
});

describe('§17 A2 SC-110 strange answers that are fine', () => {
  test.each<[string, Behaviour]>([
    ['a charset', answer(200, user, { 'content-type': 'application/json; charset=utf-8' })],
    ['a type in capitals', answer(200, user, { 'content-type': 'Application/JSON' })],
    ['a type with a suffix', answer(200, user, { 'content-type': 'application/vnd.api+json' })],
    ['201', answer(201, user)],
  ])('%s', async (_, behaviour) => {
    behaviours = [behaviour];
    expect((await read(createClient())).id).toBe('user_1');
  });

  test.each<[string, Behaviour]>([
    ['204', answer(204, '', { 'content-length': '0' })],
    ['202 with a page', answer(202, '<html>', { 'content-type': 'text/html' })],
    ['an empty 200', answer(200)],
  ])('%s where nothing is promised', async (_, behaviour) => {
    behaviours = [behaviour];
    expect(await createClient().instance.changeDomain({ homeUrl: 'https://a.test' })).toBeUndefined();
  });

  test('204 where something is promised', async () => {
    behaviours = [answer(204, '', { 'content-length': '0' })];
    expect(await read(createClient())).toBeUndefined();
  });

  test('text in place of JSON where text is promised', async () => {
    behaviours = [answer(200, '<html></html>', { 'content-type': 'text/html; charset=utf-8' })];
    expect(await createClient().interstitial.getInterstitial()).toBe('<html></html>');
  });
});

describe('waiting', () => {
  test('doubles, up to the whole of what jitter allows', async () => {
    behaviours = [answer(503)];
    await failureOf(read(createClient({ maxRetries: 7, random: () => 1 })));
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  test('and no less than half', async () => {
    behaviours = [answer(503)];
    await failureOf(read(createClient({ maxRetries: 3, random: () => 0 })));
    expect(waits).toEqual([100, 200, 400]);
  });

  test('as long as the backend asks, and a little more, so that not all come back at once', async () => {
    behaviours = [answer(429, '', { 'retry-after': '2' })];
    await failureOf(read(createClient({ random: () => 0.5 })));
    expect(waits).toEqual([2125, 2125]);
  });

  test('the default wait ends, and ends early when the signal aborts', async () => {
    behaviours = [answer(503), ok];
    const client = createBackendClient({ secretKey: SECRET, apiUrl, random: () => 0 });
    expect((await read(client)).id).toBe('user_1');

    behaviours = [answer(503)];
    const controller = new AbortController();
    const slow = createBackendClient({
      secretKey: SECRET,
      apiUrl,
      random: () => 1,
      afterResponse: () => controller.abort(),
      maxRetries: 1,
    });
    const error = await failureOf(slow.users.getUser('user_1', { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'backend-aborted', tries: 1 });
  });
});

describe('abort', () => {
  test('before the call: nothing is sent', async () => {
    const error = await failureOf(createClient().users.getUser('user_1', { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'backend-aborted', status: undefined, tries: 0 });
    expect(requests).toEqual([]);
  });

  test.each<[string, Behaviour]>([
    ['before the answer', hang],
    ['in the answer', hangInBody],
  ])('%s: no retry', async (_, behaviour) => {
    const controller = new AbortController();
    behaviours = [
      (socket) => {
        behaviour(socket);
        setImmediate(() => controller.abort());
      },
    ];
    const error = await failureOf(
      createClient({ timeoutMs: 600_000 }).users.getUser('user_1', { signal: controller.signal }),
    );
    expect(error).toMatchObject({ code: 'backend-aborted', tries: 1 });
    expect(requests).toHaveLength(1);
  });

  test('a timeout of the call wins over that of the client', async () => {
    behaviours = [hang];
    const error = await failureOf(createClient({ maxRetries: 0 }).users.getUser('user_1', { timeoutMs: 20 }));
    expect(error.message).toContain('20 ms');
  });
});

describe('SC-109 the retry budget', () => {
  test('retries add at most a tenth to the load of a backend that is down', async () => {
    behaviours = [answer(503)];
    const client = createClient();
    for (let call = 0; call < 200; call += 1) await failureOf(read(client));
    expect(requests.length).toBeGreaterThan(200);
    expect(requests.length).toBeLessThanOrEqual(220);
  });

  test('calls at once share it', async () => {
    behaviours = [answer(503)];
    const client = createClient();
    await Promise.all(Array.from({ length: 100 }, () => failureOf(read(client))));
    expect(requests.length).toBeLessThanOrEqual(110);
  });

  test('what is answered earns retries', async () => {
    behaviours = [answer(503)];
    const client = createClient();
    for (let call = 0; call < 10; call += 1) await failureOf(read(client));
    behaviours = [answer(404)];
    for (let call = 0; call < 20; call += 1) await failureOf(read(client));
    behaviours = [answer(503)];
    requests = [];
    expect(await failureOf(read(client))).toMatchObject({ tries: 3 });
  });
});
