import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { AfterResponse, BackendClientOptions } from './client-options.ts';
import { createBackendClient } from './create-backend-client.ts';
import { createResourceClient } from './create-resource-client.ts';
import * as RESOURCES from './generated/operations.generated.ts';

const ok = async (): Promise<Response> =>
  new Response('{"object":"user","id":"user_1"}', {
    headers: {
      'content-type': 'application/json',
      'cf-ray': 'ray-1',
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '99',
    },
  });

describe('the client', () => {
  test('has every resource of the contract', () => {
    expect(Object.keys(createBackendClient()).sort()).toEqual(Object.keys(RESOURCES).sort());
  });

  test('builds a resource when it is first used, and once', () => {
    const backend = createBackendClient();
    const isBuilt = (): boolean => 'value' in (Object.getOwnPropertyDescriptor(backend, 'users') ?? {});
    expect(isBuilt()).toBe(false);
    const { users } = backend;
    expect(isBuilt()).toBe(true);
    expect(backend.users).toBe(users);
    expect(Object.isFrozen(users)).toBe(true);
  });

  test('its methods may be passed on as they are', async () => {
    const { getUser } = createBackendClient({ secretKey: 'sk_test_1', fetch: ok }).users;
    expect((await getUser('user_1')).id).toBe('user_1');
  });

  test('a resource can be had alone', async () => {
    const users = createResourceClient(RESOURCES.users, { secretKey: 'sk_test_1', fetch: ok });
    expect((await users.getUser('user_1')).id).toBe('user_1');
  });

  test('a missing secret key is noticed when it is needed', async () => {
    const backend = createBackendClient({ fetch: ok });
    await expect(backend.users.getUser('user_1')).rejects.toMatchObject({
      code: 'configuration-invalid',
      option: 'secretKey',
    });
    await expect(backend.interstitial.getInterstitial()).resolves.toBeTypeOf('string');
  });

  test('an empty secret key counts as missing', async () => {
    const backend = createBackendClient({ secretKey: '', fetch: ok });
    await expect(backend.users.getUser('user_1')).rejects.toMatchObject({ option: 'secretKey' });
  });

  test('a machine key suffices for m2m', async () => {
    const backend = createBackendClient({ machineSecretKey: 'ak_1', fetch: ok });
    await expect(backend.m2m.verify({ token: 'mt_1' })).resolves.toMatchObject({ id: 'user_1' });
  });

  test('asks for the version it is told to', async () => {
    let headers = new Headers();
    const backend = createBackendClient({
      secretKey: 'sk_test_1',
      wireVersion: '2026-05-12',
      userAgent: 'my app/1.0',
      fetch: async (_, init) => {
        headers = new Headers(init?.headers);
        return ok();
      },
    });
    await backend.users.getUser('user_1');
    expect(headers.get('clerk-api-version')).toBe('2026-05-12');
    expect(headers.get('user-agent')).toBe('my app/1.0');
  });
});

describe('SC-108 where the secret goes', () => {
  test.each<[BackendClientOptions, string]>([
    [{}, 'https://api.clerk.com/v1/users/u'],
    [{ apiUrl: '' }, 'https://api.clerk.com/v1/users/u'],
    [{ apiUrl: 'https://api.test' }, 'https://api.test/v1/users/u'],
    [{ apiUrl: 'https://api.test/' }, 'https://api.test/v1/users/u'],
    [{ apiUrl: 'https://api.test/prefix//' }, 'https://api.test/prefix/v1/users/u'],
    [{ apiVersion: 'v2' }, 'https://api.clerk.com/v2/users/u'],
    [{ apiUrl: 'http://localhost:4000' }, 'http://localhost:4000/v1/users/u'],
    [{ apiUrl: 'http://a.localhost' }, 'http://a.localhost/v1/users/u'],
    [{ apiUrl: 'http://127.0.0.1:4000' }, 'http://127.0.0.1:4000/v1/users/u'],
    [{ apiUrl: 'http://127.1' }, 'http://127.0.0.1/v1/users/u'],
    [{ apiUrl: 'http://[::1]:4000' }, 'http://[::1]:4000/v1/users/u'],
    [{ apiUrl: 'http://api.internal', allowInsecureApiUrl: true }, 'http://api.internal/v1/users/u'],
  ])('%j: %s', async (options, want) => {
    let url: unknown;
    const backend = createBackendClient({
      secretKey: 'sk_test_1',
      ...options,
      fetch: async (input) => {
        url = input;
        return ok();
      },
    });
    await backend.users.getUser('u');
    expect(url).toBe(want);
  });

  test.each<[string, BackendClientOptions, string]>([
    ['plain http', { apiUrl: 'http://api.test' }, 'apiUrl'],
    ['a host that only looks local', { apiUrl: 'http://localhost.evil.test' }, 'apiUrl'],
    ['an address that only looks local', { apiUrl: 'http://127.0.0.1.evil.test' }, 'apiUrl'],
    ['every address of this machine', { apiUrl: 'http://0.0.0.0' }, 'apiUrl'],
    ['another scheme', { apiUrl: 'ftp://api.test' }, 'apiUrl'],
    ['a script', { apiUrl: 'javascript:alert(1)' }, 'apiUrl'],
    ['a path', { apiUrl: '/api' }, 'apiUrl'],
    ['a user', { apiUrl: 'https://user@api.test' }, 'apiUrl'],
    ['a query', { apiUrl: 'https://api.test?x=' }, 'apiUrl'],
    ['a fragment', { apiUrl: 'https://api.test#' + 'x' }, 'apiUrl'],
    ['a way up', { apiVersion: '..' }, 'apiVersion'],
    ['two segments', { apiVersion: 'v1/x' }, 'apiVersion'],
    ['a line break in the secret', { secretKey: 'sk_test_abcdef\n' }, 'secretKey'],
    ['a blank in the machine key', { machineSecretKey: 'ak abcdef' }, 'machineSecretKey'],
    ['a line break in the agent', { userAgent: 'a\r\nb: c' }, 'userAgent'],
    ['a line break in the version', { wireVersion: 'a\r\nb: c' }, 'wireVersion'],
    ['no time', { timeoutMs: 0 }, 'timeoutMs'],
    ['time without end', { timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs'],
    ['less than no retries', { maxRetries: -1 }, 'maxRetries'],
    ['half a retry', { maxRetries: 0.5 }, 'maxRetries'],
    ['retries without end', { maxRetries: Number.POSITIVE_INFINITY }, 'maxRetries'],
    ['no length', { maxResponseBytes: 0 }, 'maxResponseBytes'],
    ['no number', { maxResponseBytes: Number.NaN }, 'maxResponseBytes'],
  ])('%s is refused', (_, options, option) => {
    const create = () => createBackendClient(options);
    expect(create).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', code: 'configuration-invalid', option }),
    );
    expect(create).not.toThrow(/abcdef/);
  });

  test('a redirect to another host is not followed', async () => {
    let isFollowed = false;
    const other = await listen((_, response) => {
      isFollowed = true;
      response.end();
    });
    const server = await listen((_, response) => response.writeHead(307, { location: other.url }).end());
    try {
      const backend = createBackendClient({ secretKey: 'sk_test_1', apiUrl: server.url });
      await expect(backend.users.getUser('user_1')).rejects.toMatchObject({ code: 'backend-redirected', status: 307 });
      expect(isFollowed).toBe(false);
    } finally {
      server.close();
      other.close();
    }
  });
});

async function listen(listener: RequestListener): Promise<{ url: string; close: () => void }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe('hooks', () => {
  test('are told of every try, and see no secret', async () => {
    const told: unknown[] = [];
    let now = 1000;
    let calls = 0;
    const backend = createBackendClient({
      secretKey: 'sk_test_1',
      now: () => now,
      wait: async () => {},
      fetch: async (_, init) => {
        now += 7;
        calls += 1;
        expect(new Headers(init?.headers).get('traceparent')).toBe(`trace-${calls}`);
        return calls === 1 ? new Response('', { status: 503 }) : ok();
      },
      beforeRequest: async ({ headers, ...request }) => {
        headers.set('traceparent', `trace-${request.tries}`);
        told.push([request, [...headers.keys()]]);
      },
      afterResponse: (response) => {
        told.push(response);
      },
    });
    await backend.users.getUser('user_1', {});
    const about = { operation: 'users.getUser', method: 'GET', url: 'https://api.clerk.com/v1/users/user_1' };
    const headerNames = ['accept', 'clerk-api-version', 'content-type', 'traceparent', 'user-agent'];
    expect(told).toEqual([
      [{ ...about, tries: 1 }, headerNames],
      { ...about, tries: 1, status: 503, durationMs: 7, rateLimit: undefined, traceId: undefined },
      [{ ...about, tries: 2 }, headerNames],
      {
        ...about,
        tries: 2,
        status: 200,
        durationMs: 7,
        rateLimit: { limit: 100, remaining: 99, reset: undefined },
        traceId: 'ray-1',
      },
    ]);
  });

  test('cannot change the secret', async () => {
    let authorization: string | null = null;
    const backend = createBackendClient({
      secretKey: 'sk_test_1',
      beforeRequest: ({ headers }) => headers.set('authorization', 'Bearer other'),
      fetch: async (_, init) => {
        authorization = new Headers(init?.headers).get('authorization');
        return ok();
      },
    });
    await backend.users.getUser('user_1');
    expect(authorization).toBe('Bearer sk_test_1');
  });

  test('are told of a request without an answer', async () => {
    const told: AfterResponse[] = [];
    const backend = createBackendClient({
      secretKey: 'sk_test_1',
      maxRetries: 0,
      fetch: async () => Promise.reject(new TypeError('fetch failed')),
      afterResponse: (response) => {
        told.push(response);
      },
    });
    await expect(backend.users.getUser('user_1')).rejects.toMatchObject({ code: 'backend-unreachable' });
    expect(told).toMatchObject([{ status: undefined, tries: 1 }]);
  });

  test('what they throw, the call throws, without another try', async () => {
    let calls = 0;
    const backend = createBackendClient({
      secretKey: 'sk_test_1',
      fetch: async () => {
        calls += 1;
        return ok();
      },
      afterResponse: () => {
        throw new Error('hook');
      },
    });
    await expect(backend.users.getUser('user_1')).rejects.toThrow('hook');
    expect(calls).toBe(1);
  });
});
