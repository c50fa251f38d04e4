import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type AuthMiddlewareOptions, authMiddleware, getAuth } from '@keystile/express';
import type { LoggedDecision } from '@keystile/local';
import { reportDecisions } from '@keystile/local/report';
import { createTestBackend, type TestBackend } from '@keystile/local/testing';
import { build } from 'esbuild';
import express from 'express';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { databaseForTest } from '../../packages/local/src/store/database-for-test.ts';
import { createBrowser } from './support/browser.ts';

async function start(): Promise<TestBackend> {
  const database = databaseForTest();
  const backend = await createTestBackend({ database: database.location, listen: true });
  onTestFinished(async () => {
    await backend.close();
    await database.drop();
  });
  return backend;
}

/** An application on Express that reports to a backend. */
async function startApplication(backend: TestBackend, options: AuthMiddlewareOptions = {}): Promise<string> {
  const { publishableKey, secretKey, url: apiUrl } = backend;
  const onAuthenticate = reportDecisions({ apiUrl, secretKey });
  const app = express();
  app.use(authMiddleware({ publishableKey, secretKey, apiUrl, onAuthenticate, logger: { warn() {} }, ...options }));
  app.use((req, res) => void res.json({ userId: getAuth(req).userId }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** Resolves when a backend has been told of so many decisions. */
async function untilReported(backend: TestBackend, count: number): Promise<readonly LoggedDecision[]> {
  await vi.waitFor(() => expect(backend.decisions.entries().length).toBeGreaterThanOrEqual(count), { timeout: 5_000 });
  return backend.decisions.entries();
}

/** Reports by hand, as any program may. */
const report = (backend: TestBackend, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${backend.url}/_keystile/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const decision = {
  method: 'GET',
  path: '/profile',
  status: 'signed-out',
  reason: 'session-token-missing',
  message: null,
  tokenType: 'session_token',
  durationMs: 0.5,
  cacheHit: false,
  startedAgoMs: 10,
};

async function listenOn(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listenOn(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** A port on which somebody listens, and says nothing. */
async function silentPort(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
  });
  onTestFinished(() => void server.close());
  return listenOn(server);
}

async function openConsole(backend: TestBackend) {
  const browser = createBrowser();
  await browser.visit(backend.consoleUrl);
  return browser;
}

describe('decisions of an application', () => {
  test('SC-128 are reported as they are made, without the token', async () => {
    const backend = await start();
    const url = await startApplication(backend);
    const ada = await backend.signIn();
    const { token: expired } = await backend.signIn({}, { expiresInSeconds: -60 });
    for (const headers of [ada.headers, ada.headers, { authorization: `Bearer ${expired}` }, { accept: 'text/html' }])
      await fetch(`${url}/profile?__session=${expired}`, { headers, redirect: 'manual' });

    const entries = await untilReported(backend, 4);
    const seen = entries.map(({ number, status, reason, tokenType, cacheHit }) => [
      number,
      status,
      reason,
      tokenType,
      cacheHit,
    ]);
    expect(seen).toEqual([
      [1, 'signed-in', null, 'session_token', false],
      [2, 'signed-in', null, 'session_token', true],
      [3, 'signed-out', 'session-token-expired-refresh-non-eligible-no-refresh-cookie', 'session_token', false],
      [4, 'handshake', 'dev-browser-missing', 'session_token', false],
    ]);
    for (const { at, durationInMs, method, path } of entries) {
      expect([method, path]).toEqual(['GET', '/profile']);
      expect(Math.abs(at - Date.now())).toBeLessThan(10_000);
      expect(durationInMs).toBeGreaterThanOrEqual(0);
    }
    for (const secret of [ada.token, expired, backend.secretKey]) expect(JSON.stringify(entries)).not.toContain(secret);
  });

  test('are reported to the backend that the environment names', async () => {
    const backend = await start();
    vi.stubEnv('CLERK_API_URL', backend.url);
    vi.stubEnv('CLERK_SECRET_KEY', backend.secretKey);
    onTestFinished(() => void vi.unstubAllEnvs());
    const url = await startApplication(backend, { onAuthenticate: reportDecisions() });
    await fetch(url);
    expect(await untilReported(backend, 1)).toMatchObject([{ status: 'signed-out', reason: 'dev-browser-missing' }]);
  });

  test('are on the clock of the backend, wherever a test has moved it', async () => {
    const backend = await start();
    const url = await startApplication(backend);
    backend.clock.advance(86_400_000);
    await fetch(url);
    const [entry] = await untilReported(backend, 1);
    expect(Math.abs((entry?.at ?? 0) - backend.clock.now())).toBeLessThan(10_000);
  });

  test('stand in the console among the requests, in the order of time', async () => {
    const backend = await start();
    const url = await startApplication(backend);
    const browser = await openConsole(backend);
    const visit = async () => (await browser.visit(`${backend.url}/console/requests`)).html;
    expect(await visit()).toContain('reportDecisions()');

    await backend.fetch('/before');
    await fetch(`${url}/profile`);
    await untilReported(backend, 1);
    await backend.fetch('/after');
    const html = await visit();
    const places = ['GET /after', 'GET /profile', 'GET /before'].map((text) => html.indexOf(text));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(html).toContain('dev-browser-missing');
    expect(html).toContain('an application, session_token');
    expect(html).not.toContain('reportDecisions()');
  });

  test('are shown live, until the page is closed', async () => {
    const backend = await start();
    const url = await startApplication(backend);
    const browser = await openConsole(backend);
    const cookie = Object.entries(browser.cookies('127.0.0.1'))
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const closing = new AbortController();
    await report(backend, { decisions: [{ ...decision, reason: 'of-the-past' }] });
    const answer = await fetch(`${backend.url}/console/requests/live`, { headers: { cookie }, signal: closing.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const readUntil = async (wanted: string) => {
      while (!text.includes(wanted)) text += (await reader?.read())?.value ?? '';
    };
    await readUntil('of-the-past');
    await fetch(`${url}/profile`);
    await readUntil('GET /profile');
    await readUntil('dev-browser-missing');
    await backend.fetch('/later');
    await readUntil('GET /later');
    closing.abort();
  });

  test('SC-132 SC-104 show markup as text', async () => {
    const backend = await start();
    const evil = '"><script>alert(1)</script>';
    await report(backend, {
      decisions: [{ ...decision, method: evil, path: evil, reason: evil, message: evil, tokenType: evil }],
    });
    const browser = await openConsole(backend);
    const { html } = await browser.visit(`${backend.url}/console/requests`);
    expect(html).not.toContain('<script');
    expect(html.split('&lt;script&gt;').length - 1).toBe(5);
  });

  test('are JSON for programs, and can be taken away', async () => {
    const backend = await start();
    const headers = { authorization: `Bearer ${backend.secretKey}` };
    const read = async () => (await backend.fetch('/_keystile/decisions', { headers })).json();
    expect(await read()).toEqual([]);
    await report(backend, {
      decisions: [decision, { ...decision, status: 'handshake', more: 'of a newer application' }],
    });
    const { startedAgoMs: _, durationMs: durationInMs, ...rest } = decision;
    const at = expect.any(Number);
    expect(await read()).toEqual([
      { ...rest, at, durationInMs, number: 1 },
      { ...rest, at, durationInMs, number: 2, status: 'handshake' },
    ]);
    await backend.fetch('/_keystile/decisions', { method: 'DELETE', headers });
    expect(await read()).toEqual([]);
  });

  test('are kept to the last thousand', async () => {
    const backend = await start();
    for (let batch = 0; batch < 11; batch++) {
      expect((await report(backend, { decisions: Array(100).fill(decision) })).status).toBe(204);
    }
    const entries = backend.decisions.entries();
    expect([entries.length, entries[0]?.number, entries.at(-1)?.number]).toEqual([1_000, 101, 1_100]);
  });
});

describe('a report is refused', () => {
  test.each<[string, number, (backend: TestBackend) => Record<string, string>]>([
    ['without a key', 401, () => ({ authorization: '' })],
    ['with the key of another backend', 401, () => ({ authorization: 'Bearer sk_test_another_another' })],
    ['with the publishable key', 401, ({ publishableKey }) => ({ authorization: `Bearer ${publishableKey}` })],
  ])('SC-125 %s', async (_, status, headers) => {
    const backend = await start();
    expect((await report(backend, { decisions: [decision] }, headers(backend))).status).toBe(status);
    expect((await fetch(`${backend.url}/_keystile/decisions`, { headers: headers(backend) })).status).toBe(status);
    expect(backend.decisions.entries()).toEqual([]);
  });

  test.each<[string, number, unknown]>([
    ['no JSON', 400, '{'],
    ['an array', 400, []],
    ['no decisions', 422, {}],
    ['decisions that are no array', 422, { decisions: { 0: decision } }],
    ['too many decisions', 422, { decisions: Array(101).fill(decision) }],
    ['more than it may hold', 413, { decisions: [], filler: 'x'.repeat(512 * 1024) }],
    ['a decision that is null', 422, { decisions: [null] }],
    ['one that is a text', 422, { decisions: ['signed-in'] }],
    ['one that is at fault among others', 422, { decisions: [decision, { ...decision, status: 'signed-up' }] }],
    ...(
      [
        { method: undefined },
        { path: null },
        { path: ['/'] },
        { path: '/'.padEnd(1_001, 'x') },
        { status: undefined },
        { status: ['signed-in'] },
        { reason: undefined },
        { reason: 'x'.repeat(1_001) },
        { message: { toString: 'x' } },
        { tokenType: 1 },
        { durationMs: -1 },
        { durationMs: '1' },
        { durationMs: null },
        { cacheHit: 'true' },
        { startedAgoMs: 1e12 },
        { startedAgoMs: null },
      ] as const
    ).map((wrong): [string, number, unknown] => [
      JSON.stringify(wrong).slice(0, 40),
      422,
      { decisions: [{ ...decision, ...wrong }] },
    ]),
  ])('that is or has %s', async (_, status, body) => {
    const backend = await start();
    const answer = await report(backend, body);
    expect([answer.status, backend.decisions.entries()]).toEqual([status, []]);
    expect(JSON.stringify(await answer.json())).toContain('errors');
  });
});

describe('the application', () => {
  test.each([
    ['is gone', closedPort],
    ['never answers', silentPort],
  ])('does not notice that a backend %s', async (_, findPort) => {
    const backend = await start();
    const apiUrl = `http://127.0.0.1:${await findPort()}`;
    const attempts: Promise<unknown>[] = [];
    const observed: typeof globalThis.fetch = (...input) => {
      const attempt = fetch(...input);
      attempts.push(attempt);
      return attempt;
    };
    const { secretKey, jwtKey } = backend;
    const url = await startApplication(backend, {
      jwtKey,
      onAuthenticate: reportDecisions({ apiUrl, secretKey, fetch: observed }),
    });
    const ada = await backend.signIn();
    const begun = performance.now();
    for (let index = 0; index < 3; index++) {
      const answer = await fetch(url, { headers: ada.headers });
      expect([answer.status, await answer.json()]).toEqual([200, { userId: ada.userId }]);
    }
    // Less than the call to the backend is given.
    expect(performance.now() - begun).toBeLessThan(1_500);
    await vi.waitFor(() => expect(attempts.length).toBe(1), { timeout: 5_000 });
    await expect(attempts[0]).rejects.toThrow();
    expect((await fetch(url, { headers: ada.headers })).status).toBe(200);
  });

  test('gets a few hundred lines of @keystile/local/report, nothing of the backend and nothing of Node', async () => {
    const entry = fileURLToPath(new URL('../../packages/local/src/report.ts', import.meta.url));
    // On the neutral platform `node:` modules are not found.
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'neutral',
    });
    const parts = Object.keys(metafile.inputs).map((path) => path.replace(/.*\/src\//, ''));
    expect(parts.toSorted()).toEqual([
      'report.ts',
      'report/decision-sender.ts',
      'report/reported-decision.ts',
      'server/loopback-host.ts',
    ]);
    expect(outputFiles[0]?.text.length).toBeLessThan(5_000);
  });
});
