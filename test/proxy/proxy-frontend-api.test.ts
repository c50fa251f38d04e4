import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { toPublishableKey } from '@keystile/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FrontendApiProxyOptions, proxyFrontendApi } from '../../packages/core/src/proxy/index.ts';

const SECRET_KEY = 'sk_test_canary_0123456789';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
}

/** The frontend API's stand-in: says what it was asked, or misbehaves as the path says. */
const seen: Seen[] = [];
/** Paths of answers whose connection was closed before they were complete. */
const brokenOff: string[] = [];
const faults: Record<string, (message: IncomingMessage, response: ServerResponse) => void> = {
  '/hang': () => {},
  '/drop': (message) => message.socket.destroy(),
  '/drop-mid-body': (_message, response) => {
    response.write('half', () => response.destroy());
  },
  '/stall-mid-body': (_message, response) => {
    response.write('half');
  },
  '/endless': (_message, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const write = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', write);
    };
    write();
  },
  '/cookies': (_message, response) => {
    response.writeHead(303, 'Elsewhere', {
      location: '/v1/next?a=1',
      'set-cookie': ['a=1; Path=/; Expires=Wed, 01 Jan 2031 00:00:00 GMT', 'b=2'],
      'keep-alive': 'timeout=1',
      connection: 'x-hop',
      'x-hop': '1',
    });
    response.end();
  },
  '/empty': (_message, response) => {
    response.writeHead(204).end();
  },
  '/unchanged': (_message, response) => {
    response.writeHead(304, { etag: '"1"' }).end();
  },
  '/slow-drip': async (_message, response) => {
    for (let i = 0; i < 5; i++) {
      response.write(`${i}`);
      await delay(60);
    }
    response.end();
  },
};

const upstream = createServer(async (message, response) => {
  const path = (message.url ?? '').replace(/\?.*/, '');
  response.on('close', () => {
    if (!response.writableFinished) brokenOff.push(path);
  });
  const fault = faults[path];
  if (fault !== undefined) return fault(message, response);
  let bytes = 0;
  try {
    for await (const chunk of message) bytes += chunk.length;
  } catch {
    return;
  }
  seen.push({ method: message.method ?? '', url: message.url ?? '', headers: message.headers, bytes });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ok: true }));
});

let upstreamUrl: string;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);
const warnings: string[] = [];

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  upstreamUrl = await listen(upstream);
  process.on('unhandledRejection', onUnhandled);
});
afterAll(() => {
  process.off('unhandledRejection', onUnhandled);
  upstream.closeAllConnections();
  upstream.close();
});
beforeEach(() => {
  seen.length = 0;
  brokenOff.length = 0;
  warnings.length = 0;
});
afterEach(async () => {
  await delay(0);
  expect(unhandled).toEqual([]);
  expect(JSON.stringify(warnings)).not.toContain('canary');
});

function options(more: FrontendApiProxyOptions = {}): FrontendApiProxyOptions {
  return {
    publishableKey: toPublishableKey('clerk.example.com', 'development'),
    secretKey: SECRET_KEY,
    frontendApiUrl: upstreamUrl,
    timeoutMs: 5_000,
    logger: { warn: (message) => warnings.push(message) },
    ...more,
  };
}

function proxy(
  path: string,
  init: RequestInit & { duplex?: 'half' } = {},
  more: FrontendApiProxyOptions = {},
): Promise<Response> {
  return proxyFrontendApi(new Request(`https://app.test${path}`, init), options(more), {});
}

async function errorOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  expect(text).not.toContain('canary');
  expect(text).not.toContain(upstreamUrl);
  return { status: response.status, code: JSON.parse(text).errors[0].code };
}

describe('what passes', () => {
  it('method, path, query, headers and body, with the secret key', async () => {
    const response = await proxy('/__clerk/v1/client?a=1&b=%2F', {
      method: 'PATCH',
      body: 'x'.repeat(100_000),
      headers: { cookie: 'a=1' },
    });
    expect(await response.json()).toEqual({ ok: true });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'PATCH',
      url: '/v1/client?a=1&b=%2F',
      bytes: 100_000,
      headers: {
        host: new URL(upstreamUrl).host,
        cookie: 'a=1',
        'clerk-secret-key': SECRET_KEY,
        'clerk-proxy-url': 'https://app.test/__clerk',
        'accept-encoding': 'identity',
        'x-forwarded-host': 'app.test',
        'x-forwarded-proto': 'https',
      },
    });
    expect(seen[0]?.headers).not.toHaveProperty('x-forwarded-for');
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('%s without a body', async (method) => {
    expect((await proxy('/__clerk', { method })).status).toBe(200);
    expect(seen).toMatchObject([{ method, url: '/', bytes: 0 }]);
  });

  it('cookies line by line, and a redirect through the proxy that is not followed', async () => {
    const response = await proxy('/__clerk/cookies');
    expect(response.status).toBe(303);
    expect(response.statusText).toBe('Elsewhere');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/; Expires=Wed, 01 Jan 2031 00:00:00 GMT', 'b=2']);
    expect(response.headers.get('location')).toBe('https://app.test/__clerk/v1/next?a=1');
    expect(response.headers.has('x-hop')).toBe(false);
    expect(response.headers.has('connection')).toBe(false);
    expect(seen).toEqual([]);
  });

  it.each([
    ['/__clerk/empty', 204],
    ['/__clerk/unchanged', 304],
  ])('%s, an answer that has no body', async (path, status) => {
    const response = await proxy(path);
    expect(response.status).toBe(status);
    expect(response.body).toBeNull();
  });

  it('configuration from the environment', async () => {
    const environment = {
      CLERK_PUBLISHABLE_KEY: toPublishableKey('clerk.example.com', 'production'),
      CLERK_SECRET_KEY: 'sk_live_of_the_environment',
      CLERK_FAPI_URL: upstreamUrl,
    };
    await proxyFrontendApi(new Request('https://app.test/__clerk/x'), {}, environment);
    expect(seen).toMatchObject([{ headers: { 'clerk-secret-key': 'sk_live_of_the_environment' } }]);
  });

  it('finds a frontend API on this machine by the key', async () => {
    const publishableKey = toPublishableKey(new URL(upstreamUrl).host, 'development');
    expect((await proxy('/__clerk/x', {}, { publishableKey, frontendApiUrl: undefined })).status).toBe(200);
  });
});

describe('SC-111 which host', () => {
  it.each([
    '/__clerk//evil.test/x',
    '/__clerk/x?x=http://evil.test',
    '/__clerk/@evil.test',
    '/__clerk/%2F%2Fevil.test',
    '/__clerk/:80',
  ])('%s stays on the frontend API', async (path) => {
    expect((await proxy(path)).status).toBe(200);
    expect(seen).toMatchObject([{ url: path.slice('/__clerk'.length), headers: { host: new URL(upstreamUrl).host } }]);
  });

  it.each(['/__clerk/../..', '/__clerk/..', '/__clerk/%2e%2e/x', '/__clerk%2F..', '/__clerkx', '/', '/x/__clerk'])(
    '%s is not taken, and not asked about',
    async (path) => {
      expect(await errorOf(await proxy(path))).toEqual({ status: 400, code: 'proxy_path_mismatch' });
      expect(seen).toEqual([]);
    },
  );

  it.each(['/', ''])('a configured path of %j never swallows the site', async (proxyPath) => {
    expect(await errorOf(await proxy('/dashboard', {}, { proxyPath }))).toEqual({
      status: 400,
      code: 'proxy_path_mismatch',
    });
    expect((await proxy('/__clerk/v1', {}, { proxyPath })).status).toBe(200);
  });

  it.each([
    { publishableKey: '' },
    { secretKey: '' },
    { frontendApiUrl: 'https://user:pw@api.test' },
    { frontendApiUrl: 'http://api.test' },
    {
      clientIp: () => {
        throw new Error(SECRET_KEY);
      },
    },
  ])('%j is a configuration error, told without the values', async (more) => {
    expect(await errorOf(await proxy('/__clerk/x', {}, more))).toEqual({
      status: 500,
      code: 'proxy_configuration_error',
    });
    expect(warnings).toHaveLength(1);
  });
});

describe('SC-112 headers', () => {
  it('a caller can neither set nor remove ours, whatever it puts on the wire', async () => {
    const front = createServer(getRequestListener((request) => proxyFrontendApi(request, options(), {})));
    const { hostname, port } = new URL(await listen(front));
    const socket = connect(Number(port), hostname);
    socket.write(
      [
        'GET /__clerk/v1/client HTTP/1.1',
        'Host: app.test',
        'Clerk-Secret-Key: sk_live_theirs',
        'clerk-secret-key: sk_live_theirs_too',
        'Clerk-Proxy-Url: https://evil.test',
        'Clerk-Backend: 1',
        'Connection: close, clerk-secret-key, clerk-proxy-url, x-forwarded-host',
        'X-Forwarded-For: 192.0.2.1, 192.0.2.2',
        'X-Forwarded-Host: evil.test',
        'X-Forwarded-Proto: javascript',
        'CF-Connecting-IP: 192.0.2.3',
        'X-Real-IP: 192.0.2.4',
        '\r\n',
      ].join('\r\n'),
    );
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1.1 200/);
    const [{ headers } = { headers: {} }] = seen;
    expect(headers).toMatchObject({
      'clerk-secret-key': SECRET_KEY,
      'clerk-proxy-url': 'http://app.test/__clerk',
      'x-forwarded-host': 'app.test',
      'x-forwarded-proto': 'http',
    });
    expect(JSON.stringify(headers)).not.toMatch(/theirs|evil|192\.0\.2|clerk-backend/);
    front.close();
  });

  it.each<[string, FrontendApiProxyOptions, string | undefined]>([
    ['nothing configured', {}, undefined],
    ['trusted proxies in front', { trustForwarded: true }, '192.0.2.2'],
    ['one address', { clientIp: '2001:db8::1' }, '2001:db8::1'],
    [
      'a header of the platform',
      { clientIp: (request) => request.headers.get('cf-connecting-ip') ?? undefined },
      '192.0.2.3',
    ],
    ['a header that holds none', { clientIp: (request) => request.headers.get('x-odd') ?? undefined }, undefined],
    [
      'a header that is not there',
      { clientIp: (request) => request.headers.get('x-none') ?? undefined, trustForwarded: true },
      undefined,
    ],
  ])('§17 P1 client address with %s', async (_label, more, address) => {
    const headers = {
      'x-forwarded-for': '192.0.2.1, 192.0.2.2',
      'cf-connecting-ip': '192.0.2.3',
      'x-odd': 'evil" , x',
    };
    await proxy('/__clerk/x', { headers }, more);
    expect(seen[0]?.headers['x-forwarded-for']).toBe(address);
  });

  it.each<[FrontendApiProxyOptions, string]>([
    [{}, 'https://app.test/__clerk'],
    [{ trustForwarded: true }, 'https://public.test/__clerk'],
    [{ trustForwarded: ['public.test'] }, 'https://public.test/__clerk'],
    [{ trustForwarded: ['other.test'] }, 'https://app.test/__clerk'],
    [{ publicOrigin: 'https://fixed.test' }, 'https://fixed.test/__clerk'],
  ])('§17 P4 with %j the public URL is %s', async (more, proxyUrl) => {
    await proxy('/__clerk/x', { headers: { 'x-forwarded-host': 'public.test', 'x-forwarded-proto': 'https' } }, more);
    expect(seen).toMatchObject([
      { headers: { 'clerk-proxy-url': proxyUrl, 'x-forwarded-host': new URL(proxyUrl).host } },
    ]);
  });
});

describe('§17 P2 SC-113 resources', () => {
  const failed = { status: 502, code: 'proxy_request_failed' };

  it.each(['/hang', '/drop'])('%s: an answer that does not come', async (path) => {
    expect(await errorOf(await proxy(`/__clerk${path}`, {}, { timeoutMs: 100 }))).toEqual(failed);
    expect(warnings).toHaveLength(1);
  });

  it('nobody listens', async () => {
    const closed = createServer();
    const frontendApiUrl = await listen(closed);
    closed.close();
    expect(await errorOf(await proxy('/__clerk/x', {}, { frontendApiUrl }))).toEqual(failed);
    expect(warnings).toEqual(['Frontend API proxy: the frontend API could not be asked (ECONNREFUSED).']);
  });

  it.each(['/drop-mid-body', '/stall-mid-body'])('%s: the body breaks off instead of ending well', async (path) => {
    const response = await proxy(`/__clerk${path}`, {}, { timeoutMs: 100 });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('a body that comes slowly but does come is not given up', async () => {
    expect(await (await proxy('/__clerk/slow-drip', {}, { timeoutMs: 250 })).text()).toBe('01234');
  });

  it('a reader that is slow is not mistaken for a stalled frontend API', async () => {
    const response = await proxy('/__clerk/endless', {}, { timeoutMs: 60 });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await delay(150);
    expect((await reader.read()).done).toBe(false);
    await reader.cancel();
  });

  it('who stops reading stops the frontend API, and nothing piled up meanwhile', async () => {
    const response = await proxy('/__clerk/endless');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (let i = 0; i < 10; i++) await reader.read();
    await reader.cancel();
    await until(() => brokenOff.includes('/endless'));
  });

  it('a browser that hangs up ends the request to the frontend API, before and after the answer began', async () => {
    const front = createServer(getRequestListener((request) => proxyFrontendApi(request, options(), {})));
    const origin = await listen(front);
    for (const path of ['/hang', '/endless']) {
      const client = httpRequest(`${origin}/__clerk${path}`)
        .on('error', () => {})
        .end();
      if (path === '/endless') client.on('response', (message) => message.once('data', () => client.destroy()));
      else setTimeout(() => client.destroy(), 50);
      await until(() => brokenOff.includes(path));
    }
    expect(warnings).toEqual([]);
    front.close();
  });

  it('an upload beyond the bound is refused, by its length before anything is sent', async () => {
    const response = await proxy('/__clerk/x', {
      method: 'POST',
      body: 'x',
      headers: { 'content-length': '5368709120' },
    });
    expect(await errorOf(response)).toEqual({ status: 413, code: 'proxy_request_failed' });
    expect(seen).toEqual([]);
  });

  it('or as soon as it is counted', async () => {
    let pulled = 0;
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
      cancel() {
        isCancelled = true;
      },
    });
    const response = await proxy(
      '/__clerk/x',
      { method: 'POST', body, duplex: 'half' },
      { maxRequestBytes: 1024 * 1024 },
    );
    expect(await errorOf(response)).toEqual({ status: 413, code: 'proxy_request_failed' });
    expect(isCancelled).toBe(true);
    expect(pulled).toBeLessThan(25);
  });

  it('an upload that stalls is given up', async () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(10)) });
    const response = await proxy('/__clerk/x', { method: 'POST', body, duplex: 'half' }, { timeoutMs: 100 });
    expect(await errorOf(response)).toEqual(failed);
  });

  it('an upload that breaks off is given up', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('gone')) });
    expect(await errorOf(await proxy('/__clerk/x', { method: 'POST', body, duplex: 'half' }))).toEqual(failed);
  });

  it('a body that was read before is told about', async () => {
    const request = new Request('https://app.test/__clerk/x', { method: 'POST', body: 'x' });
    await request.text();
    expect(await errorOf(await proxyFrontendApi(request, options(), {}))).toEqual({
      status: 500,
      code: 'proxy_configuration_error',
    });
  });

  it('what the application aborts is aborted', async () => {
    const abort = new AbortController();
    const pending = proxy('/__clerk/hang', { signal: abort.signal });
    await delay(50);
    abort.abort();
    expect(await errorOf(await pending)).toEqual(failed);
    await until(() => brokenOff.includes('/hang'));
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await delay(20);
  expect(condition()).toBe(true);
}
