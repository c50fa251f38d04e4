import type { AuthenticationEvent } from '@keystile/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { reportDecisions } from './report.ts';

const apiUrl = 'http://127.0.0.1:4500';
const secretKey = 'sk_test_secretsecret';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const signedOut = (members: Partial<AuthenticationEvent> = {}): AuthenticationEvent => ({
  method: 'GET',
  path: '/profile',
  status: 'signed-out',
  reason: 'session-token-missing',
  message: null,
  tokenType: 'session_token',
  durationMs: 0.5,
  cacheHit: false,
  ...members,
});

/** A backend that answers as it is told, and what it got. */
function createReceiver(answer: () => Response | Promise<Response> = () => new Response(null, { status: 204 })) {
  const calls: { url: string; init: RequestInit; decisions: Record<string, unknown>[] }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    calls.push({ url: String(url), init, decisions: JSON.parse(String(init.body)).decisions });
    return answer();
  };
  return { calls, fetch };
}

describe('reportDecisions', () => {
  test('sends what was decided, in one batch, to who holds the key', async () => {
    const { calls, fetch } = createReceiver();
    const report = reportDecisions({ apiUrl: `${apiUrl}/`, secretKey, fetch });
    report(signedOut());
    await vi.advanceTimersByTimeAsync(40);
    report(signedOut({ status: 'signed-in', reason: null, cacheHit: true }));
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(60);
    expect(calls).toMatchObject([
      { url: `${apiUrl}/_keystile/decisions`, init: { method: 'POST', redirect: 'manual' } },
    ]);
    expect(new Headers(calls[0]?.init.headers).get('authorization')).toBe(`Bearer ${secretKey}`);
    expect(calls[0]?.decisions).toEqual([
      { ...signedOut(), startedAgoMs: 100.5 },
      { ...signedOut({ status: 'signed-in', reason: null, cacheHit: true }), startedAgoMs: 60.5 },
    ]);
  });

  test('sends no member of an event but those it knows, and cuts what is long', async () => {
    const { calls, fetch } = createReceiver();
    const long = 'x'.repeat(5_000);
    const event = { ...signedOut({ path: long, message: long }), token: 'secret' };
    reportDecisions({ apiUrl, secretKey, fetch })(event);
    await vi.advanceTimersByTimeAsync(100);
    const cut = 'x'.repeat(1_000);
    expect(calls[0]?.decisions).toEqual([{ ...signedOut({ path: cut, message: cut }), startedAgoMs: 100.5 }]);
  });

  test('takes the backend of the environment', async () => {
    vi.stubEnv('CLERK_API_URL', 'http://localhost:4501');
    vi.stubEnv('CLERK_SECRET_KEY', secretKey);
    const { calls, fetch } = createReceiver();
    reportDecisions({ fetch })(signedOut());
    await vi.advanceTimersByTimeAsync(100);
    expect(calls).toMatchObject([{ url: 'http://localhost:4501/_keystile/decisions' }]);
  });

  test.each<[string, { apiUrl?: unknown; secretKey?: unknown }]>([
    ['no address', { apiUrl: undefined }],
    ['an address elsewhere', { apiUrl: 'https://api.example.com' }],
    ['a name that begins like this machine', { apiUrl: 'http://localhost.example.com' }],
    ['a name that ends like it', { apiUrl: 'http://notlocalhost' }],
    ['its address as a user name', { apiUrl: 'http://127.0.0.1:80@example.com' }],
    ['its address as a path', { apiUrl: 'http://example.com/127.0.0.1' }],
    ['all interfaces', { apiUrl: 'http://0.0.0.0:4500' }],
    ['the network', { apiUrl: 'http://192.168.0.1' }],
    ['another protocol', { apiUrl: 'ws://127.0.0.1' }],
    ['no URL', { apiUrl: '127.0.0.1:4500' }],
    ['an empty text', { apiUrl: '' }],
    ['a number', { apiUrl: 4500 }],
    ['no key', { secretKey: undefined }],
    ['a live key', { secretKey: 'sk_live_secretsecret' }],
    ['the key of a machine', { secretKey: 'ak_secretsecret' }],
    ['an empty key', { secretKey: '' }],
    ['a key that is a number', { secretKey: 1 }],
  ])('SC-128 gathers and sends nothing with %s', async (_, wrong) => {
    vi.stubEnv('CLERK_API_URL', undefined);
    vi.stubEnv('CLERK_SECRET_KEY', undefined);
    const { calls, fetch } = createReceiver();
    reportDecisions({ ...{ apiUrl, secretKey, fetch }, ...(wrong as object) })(signedOut());
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toEqual([]);
  });

  test('has one report under way at a time, of a hundred decisions at most', async () => {
    const answers: ((response: Response) => void)[] = [];
    const { calls, fetch } = createReceiver(() => new Promise((resolve) => answers.push(resolve)));
    const report = reportDecisions({ apiUrl, secretKey, fetch });
    for (let index = 0; index < 150; index++) report(signedOut({ durationMs: index }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls.map(({ decisions }) => decisions.length)).toEqual([100]);
    answers[0]?.(new Response(null, { status: 204 }));
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.map(({ decisions }) => decisions.length)).toEqual([100, 50]);
    expect(calls[1]?.decisions[0]).toMatchObject({ durationMs: 100 });
  });

  test.each<[string, () => Response | Promise<Response>]>([
    ['is gone', () => Promise.reject(new TypeError('fetch failed'))],
    ['refuses the key', () => new Response('{}', { status: 401 })],
    ['sends elsewhere', () => new Response(null, { status: 302, headers: { location: 'https://example.com' } })],
    ['fails', () => new Response('no', { status: 500 })],
  ])('leaves a backend alone for a while that %s, and keeps the newest thousand', async (_, answer) => {
    const { calls, fetch } = createReceiver(answer);
    const report = reportDecisions({ apiUrl, secretKey, fetch });
    report(signedOut());
    await vi.advanceTimersByTimeAsync(100);
    for (let index = 0; index < 1_200; index++) report(signedOut({ durationMs: index }));
    await vi.advanceTimersByTimeAsync(4_900);
    expect(calls.length).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.length).toBe(2);
    expect(calls[1]?.decisions[0]).toMatchObject({ durationMs: 200 });
  });

  test('never throws, whatever it is told', async () => {
    const { calls, fetch } = createReceiver();
    const report = reportDecisions({ apiUrl, secretKey, fetch }) as (event: unknown) => void;
    const circular: Record<string, unknown> = { ...signedOut() };
    circular.status = circular;
    for (const event of [circular, { ...signedOut(), message: 1 }, {}]) {
      report(event);
      await vi.advanceTimersByTimeAsync(10_000);
    }
    report(signedOut());
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.at(-1)?.decisions).toEqual([{ ...signedOut(), startedAgoMs: 100.5 }]);
  });

  test('sends at once where the runtime ends timers and calls with the request that began them', () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
    const { calls, fetch } = createReceiver(() => new Promise(() => {}));
    const report = reportDecisions({ apiUrl, secretKey, fetch });
    report(signedOut());
    report(signedOut());
    expect(calls.map(({ decisions }) => decisions.length)).toEqual([1, 1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves no timer behind when all has been sent', async () => {
    const { calls, fetch } = createReceiver();
    reportDecisions({ apiUrl, secretKey, fetch })(signedOut());
    await vi.advanceTimersByTimeAsync(1_000);
    expect([calls.length, vi.getTimerCount()]).toEqual([1, 0]);
  });
});
