import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { AuthMiddlewareOptions } from '@keystile/express';
import { DEMO_SEED, type LocalBackend, startLocalBackend } from '@keystile/local';
import type { Application } from 'express';
import { describe, expect, onTestFinished } from 'vitest';
import { browserTest, launchChromium } from './launch.ts';

// Not by a name that the compiler follows: the example says what its own permissions are, and it would say so for all tests.
const EXAMPLE = fileURLToPath(new URL('../../examples/express-api/src/app.ts', import.meta.url));

const openWindow = launchChromium();
const [demo] = DEMO_SEED.users ?? [];

async function startExample(): Promise<{ url: string; backend: LocalBackend }> {
  const backend = await startLocalBackend({ seed: DEMO_SEED });
  const { publishableKey, secretKey, url: apiUrl, clock } = backend;
  const { createApp } = (await import(EXAMPLE)) as { createApp(options: AuthMiddlewareOptions): Application };
  const server: Server = createApp({
    publishableKey,
    secretKey,
    apiUrl,
    now: clock.now,
    logger: { warn() {} },
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await backend.close();
  });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, backend };
}

describe('the Express example in a browser', () => {
  browserTest('first visit, sign-in, the protected page, silent renewal, sign-out', async () => {
    const { url, backend } = await startExample();
    const page = await (await openWindow()).newPage();

    await page.goto(url);
    expect(await page.textContent('body')).toContain('You are not signed in.');
    await page.click('text=Sign in');
    await page.waitForURL(`${backend.url}/sign-in**`);
    await page.fill('#identifier', `${demo?.email}`);
    await page.fill('#password', demo?.password ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/profile`);
    expect(await page.textContent('h1')).toBe('Hello, Demo User');

    // Longer than a session token lives: the session is renewed on the way.
    backend.clock.advance(120_000);
    await page.reload();
    expect(page.url()).toBe(`${url}/profile`);
    expect(await page.textContent('h1')).toBe('Hello, Demo User');
    const answer = await page.evaluate(async () => (await fetch('/api/user')).json());
    expect(answer).toMatchObject({ firstName: 'Demo', emails: [demo?.email] });

    await page.goto(`${backend.url}/sign-out?redirect_url=${encodeURIComponent(`${url}/`)}`);
    await page.click('button:has-text("Sign out")');
    await page.waitForURL(`${url}/**`);
    await page.goto(`${url}/profile`);
    expect(page.url()).toMatch(new RegExp(`^${backend.url}/sign-in`));
  });
});
