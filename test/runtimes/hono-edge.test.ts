import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DEMO_SEED, type LocalBackend, startLocalBackend } from '@keystile/local';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { call } from './support/call.ts';
import { startWorker, WORKER_CONDITIONS } from './support/runtimes.ts';
import type { RunningProgram } from './support/start-program.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const WHOAMI = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami' } };

describe('examples/hono-edge on workerd', () => {
  let backend: LocalBackend;
  let worker: RunningProgram;
  let userId: string;

  beforeAll(async () => {
    backend = await startLocalBackend({ seed: DEMO_SEED });
    userId = backend.seeded?.users[0]?.id ?? '';
    const outfile = path('dist/hono-edge.mjs');
    await build({
      entryPoints: [path('../../examples/hono-edge/src/worker.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      target: 'es2023',
      conditions: [...WORKER_CONDITIONS],
      logLevel: 'error',
    });
    worker = await startWorker(outfile, {
      CLERK_PUBLISHABLE_KEY: backend.publishableKey,
      CLERK_SECRET_KEY: backend.secretKey,
      CLERK_API_URL: backend.url,
      CLERK_WEBHOOK_SIGNING_SECRET: '',
    });
  });
  afterAll(async () => {
    await worker?.close();
    await backend?.close();
  });

  it('shows the public page to everybody', async () => {
    expect(await (await call(`${worker.url}/`)).text()).toContain('You are not signed in.');
    const token = await backend.mint.session({ userId });
    expect(await (await call(`${worker.url}/`, token)).text()).toContain(`You are signed in as ${userId}.`);
  });

  it('knows a session token, and refuses one that is forged or expired', async () => {
    const token = await backend.mint.session({ userId });
    const answer = await call(`${worker.url}/api/me`, token);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ userId });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const [header, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'user_admin', exp: 4e9 })).toString('base64url');
    expect((await call(`${worker.url}/api/me`, `${header}.${claims}.${signature}`)).status).toBe(401);
    expect(
      (await call(`${worker.url}/api/me`, await backend.mint.session({ userId, expiresInSeconds: -60 }))).status,
    ).toBe(401);
  });

  it('shows the protected page with what the Backend API knows, and sends strangers to the handshake', async () => {
    const [demo] = DEMO_SEED.users ?? [];
    const page = await call(`${worker.url}/profile`, await backend.mint.session({ userId }));
    expect(await page.text()).toContain(`Hello, ${demo?.firstName}`);
    const stranger = await call(`${worker.url}/profile`, undefined, {
      headers: { accept: 'text/html', 'sec-fetch-dest': 'document' },
    });
    expect(stranger.status).toBe(307);
    expect(stranger.headers.get('location')).toContain(`${backend.url}/v1/client/handshake?`);
  });

  it('opens the reports to API keys with the scope, and to nothing else', async () => {
    const open = (token?: string) => call(`${worker.url}/api/reports`, token);
    const answer = await open(await backend.mint.apiKey({ subject: userId, scopes: ['read'] }));
    expect(await answer.json()).toMatchObject({ subject: userId, scopes: ['read'] });
    expect((await open(await backend.mint.apiKey({ subject: userId, scopes: ['write'] }))).status).toBe(403);
    expect((await open(await backend.mint.session({ userId }))).status).toBe(401);
    expect((await open('ak_0123456789abcdef')).status).toBe(401);
    expect((await open()).status).toBe(401);
  });

  it('leads an agent from the challenge to the authorization server (RFC 9728), and lets it in with a token', async () => {
    const post = (token?: string) => call(`${worker.url}/mcp`, token, { method: 'POST', body: JSON.stringify(WHOAMI) });
    const refused = await post();
    expect(refused.status).toBe(401);
    const metadataUrl = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1];
    expect(metadataUrl).toBe(`${worker.url}/.well-known/oauth-protected-resource/mcp`);
    const metadata = (await (await call(metadataUrl ?? '')).json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({ resource: `${worker.url}/mcp`, scopes_supported: ['profile'] });
    const [issuer] = metadata.authorization_servers as string[];
    const server = await fetch(`${issuer}/.well-known/oauth-authorization-server`);
    expect(await server.json()).toMatchObject({ issuer });

    const answer = await post(await backend.mint.oauth({ userId, scopes: ['profile'] }));
    expect(await answer.json()).toMatchObject({ result: { content: [{ type: 'text', text: userId }] } });
    expect((await post(await backend.mint.oauth({ userId, scopes: ['email'] }))).status).toBe(403);
    expect((await post(await backend.mint.session({ userId }))).status).toBe(401);
  });
});

it('`npm start` of examples/hono-edge serves, prints lines to paste that work, and leaves nothing behind', async () => {
  const port = await freePort();
  const child = spawn(process.execPath, [path('../../examples/hono-edge/start.mjs')], {
    env: { ...process.env, PORT: `${port}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  try {
    const url = `http://localhost:${port}`;
    await expect.poll(() => isServing(url), { timeout: 120_000, interval: 250 }).toBe(true);
    const [session] = /(?<=Bearer )\S+(?=' \S+\/api\/me)/.exec(output) ?? [];
    const [apiKey] = /(?<=Bearer )\S+(?=' \S+\/api\/reports)/.exec(output) ?? [];
    expect((await call(`${url}/api/me`, session)).status).toBe(200);
    expect((await call(`${url}/api/reports`, apiKey)).status).toBe(200);
  } finally {
    child.kill();
  }
  await exited;
  await expect.poll(() => isServing(`http://localhost:${port}`)).toBe(false);
}, 180_000);

async function isServing(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
