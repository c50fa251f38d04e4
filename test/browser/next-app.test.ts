import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DEMO_SEED, type LocalBackend, startLocalBackend } from '@keystile/local';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, launchChromium } from './launch.ts';
import { keepScreenshot } from './screenshot.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/next-app', import.meta.url));
const NEXT = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url));
const PRODUCTION = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;

const openWindow = launchChromium();
const [demo] = DEMO_SEED.users ?? [];

let backend: LocalBackend;
let server: ReturnType<typeof startServer>;
let url: string;

function startServer() {
  return spawn(process.execPath, [NEXT, 'start', '--port', '0'], {
    cwd: EXAMPLE,
    env: {
      ...PRODUCTION,
      NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: backend.publishableKey,
      CLERK_SECRET_KEY: backend.secretKey,
      CLERK_API_URL: backend.url,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [NEXT, 'build'], { cwd: EXAMPLE, env: PRODUCTION });
  backend = await startLocalBackend({ seed: DEMO_SEED });
  server = startServer();
  for await (const line of createInterface({ input: server.stdout })) {
    url ??= /http:\/\/localhost:\d+/.exec(line)?.[0] ?? url;
    if (line.includes('Ready')) break;
  }
  server.stdout.resume();
}, 240_000);

afterAll(async () => {
  server?.kill();
  if (server !== undefined && server.exitCode === null) await once(server, 'exit');
  await backend?.close();
});

async function signIn(page: Page): Promise<void> {
  await page.waitForURL(`${backend.url}/sign-in**`);
  await page.fill('#identifier', `${demo?.email}`);
  await page.fill('#password', demo?.password ?? '');
  await page.keyboard.press('Enter');
}

describe('the Next example in a browser', () => {
  browserTest('first visit, sign-in from a link, the protected page, an action, organisations, sign-out', async () => {
    const page = await (await openWindow()).newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));

    await page.goto(url);
    await page.waitForSelector('text=You are not signed in.');
    await keepScreenshot(page, 'next-app-home');
    await page.click('main >> text=Sign in');
    await signIn(page);
    await page.waitForURL(`${url}/dashboard`);
    await page.waitForSelector('text=Hello, Demo');
    await keepScreenshot(page, 'next-app-dashboard');

    await page.fill('input[name=text]', 'buy milk');
    await page.click('button:has-text("Add")');
    await page.waitForSelector('li:has-text("buy milk")');

    // The URL names an organisation that is not active yet: the browser is sent to have it activated, and comes back.
    await page.goto(`${url}/orgs/acme`);
    await page.waitForSelector('text=org:admin');
    expect(page.url()).toBe(`${url}/orgs/acme`);
    expect(await page.textContent('main')).toContain('Invoice A-1');
    await keepScreenshot(page, 'next-app-organization');

    await page.click('nav >> text=Home');
    await page.waitForSelector('text=You are signed in as');

    await page.goto(`${backend.url}/sign-out?redirect_url=${encodeURIComponent(`${url}/`)}`);
    await page.click('button:has-text("Sign out")');
    await page.waitForURL(`${url}/**`);
    await page.waitForSelector('text=You are not signed in.');
    await page.click('nav >> text=Dashboard');
    await page.waitForURL(`${backend.url}/sign-in**`);
    expect(problems).toEqual([]);
  });

  browserTest('a page of an organisation that does not exist, or is not one’s own, is not found', async () => {
    const page = await (await openWindow()).newPage();
    await page.goto(`${url}/dashboard`);
    await signIn(page);
    await page.waitForURL(`${url}/dashboard`);
    await page.goto(`${url}/orgs/nobody`);
    await page.waitForSelector('text=This page could not be found');
    expect(await page.textContent('body')).not.toContain('Invoice');
  });
});
