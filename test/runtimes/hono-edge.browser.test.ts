import { DEMO_SEED, type LocalBackend, startLocalBackend } from '@keystile/local';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { browserTest, launchChromium } from '../browser/launch.ts';
import { keepScreenshot } from '../browser/screenshot.ts';
import { bundleGuest } from './support/bundle.ts';
import { startWorker, WORKER_CONDITIONS } from './support/runtimes.ts';

const openWindow = launchChromium();
const [demo] = DEMO_SEED.users ?? [];
/** Longer than a session token lives. */
const TWO_MINUTES_IN_MS = 120_000;

/** The example on workerd with a backend of its own, and a window that nobody has signed in with. */
async function stage() {
  const backend = await startLocalBackend({ seed: DEMO_SEED });
  const file = await bundleGuest({ entry: 'workerd', guest: 'hono-edge', conditions: WORKER_CONDITIONS });
  const worker = await startWorker(file, {
    KEYSTILE_TEST_SETUP: '{}',
    CLERK_PUBLISHABLE_KEY: backend.publishableKey,
    CLERK_SECRET_KEY: backend.secretKey,
    CLERK_API_URL: backend.url,
    CLERK_WEBHOOK_SIGNING_SECRET: '',
  });
  onTestFinished(async () => {
    await worker.close();
    await backend.close();
  });
  // The same machine under another name than the backend's, so that no cookie of one reaches the other.
  const url = worker.url.replace('127.0.0.1', 'localhost');
  let aheadMs = 0;
  const page = await (await openWindow()).newPage();
  const handshakes: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/v1/client/handshake') handshakes.push(searchParams.get('__clerk_hs_reason') ?? '');
  });
  return {
    url,
    backend,
    page,
    /** Why the browser has been sent to the handshake since this was asked last. */
    takeHandshakes: () => handshakes.splice(0),
    /** Lets the time pass at the backend and in the worker alike. */
    async pass(milliseconds: number) {
      aheadMs += milliseconds;
      backend.clock.advance(milliseconds);
      await fetch(`${worker.url}/clock`, { method: 'POST', body: `${aheadMs}` });
    },
  };
}

async function signIn(page: Page, backend: LocalBackend): Promise<void> {
  await page.waitForURL(`${backend.url}/sign-in**`);
  await page.fill('#identifier', `${demo?.email}`);
  await page.fill('#password', demo?.password ?? '');
  await page.keyboard.press('Enter');
}

async function signOut(page: Page, backend: LocalBackend, back: string): Promise<void> {
  await page.goto(`${backend.url}/sign-out?redirect_url=${encodeURIComponent(back)}`);
  await page.click('button:has-text("Sign out")');
  await page.waitForURL(`${back}**`);
}

const heading = (page: Page) => page.textContent('h1');
const tokenOf = async (page: Page, url: string) =>
  (await page.context().cookies(url)).find(({ name }) => name === '__session')?.value;
const sessionOf = (page: Page) => page.evaluate(async () => (await fetch('/api/me')).json());

describe('examples/hono-edge on workerd, in a browser', () => {
  browserTest('first visit, sign-in, the protected page, silent renewal, organisations, sign-out', async () => {
    const { url, backend, page, takeHandshakes, pass } = await stage();

    await page.goto(url);
    expect(await page.textContent('body')).toContain('You are not signed in.');
    await keepScreenshot(page, 'hono-edge-home');
    await page.click('text=Profile');
    await signIn(page, backend);
    await page.waitForURL(`${url}/profile`);
    expect(await heading(page)).toBe('Hello, Demo User');
    await keepScreenshot(page, 'hono-edge-profile');
    const session = await sessionOf(page);
    expect(session).toEqual({ userId: backend.seeded?.users[0]?.id, sessionId: expect.stringMatching(/^sess_/) });

    // The token has run out. It is renewed from within the worker: the browser is sent nowhere, and the session stays the same.
    takeHandshakes();
    const tokens = [await tokenOf(page, url)];
    await pass(TWO_MINUTES_IN_MS);
    await page.reload();
    expect(await heading(page)).toBe('Hello, Demo User');
    tokens.push(await tokenOf(page, url));
    await pass(TWO_MINUTES_IN_MS);
    expect(await sessionOf(page)).toEqual(session);
    tokens.push(await tokenOf(page, url));
    expect(new Set(tokens).size).toBe(3);
    expect(takeHandshakes()).toEqual([]);

    // The URL names an organisation that is not active yet: the browser is sent to have it activated, and comes back.
    await page.goto(`${url}/orgs/acme`);
    expect(page.url()).toBe(`${url}/orgs/acme`);
    expect(takeHandshakes()).toEqual(['active-organization-mismatch']);
    expect(await page.textContent('body')).toContain('You are here as org:admin.');
    expect(await page.textContent('body')).toContain('Invoice A-1');
    await keepScreenshot(page, 'hono-edge-organization');
    expect(await sessionOf(page)).toMatchObject({ orgId: backend.seeded?.organizations[0]?.id, orgRole: 'org:admin' });

    await signOut(page, backend, `${url}/`);
    expect(await page.textContent('body')).toContain('You are not signed in.');
    expect((await page.request.get(`${url}/api/me`)).status()).toBe(401);
    await page.goto(`${url}/profile`);
    await page.waitForURL(`${backend.url}/sign-in**`);
  });

  browserTest('a page of an organisation that is not one’s own is not found, as one that does not exist', async () => {
    const { url, backend, page, takeHandshakes } = await stage();
    await page.goto(`${url}/profile`);
    await signIn(page, backend);
    await page.waitForURL(`${url}/profile`);
    takeHandshakes();
    const answer = await page.goto(`${url}/orgs/nobody`);
    expect(answer?.status()).toBe(404);
    expect(takeHandshakes()).toEqual(['active-organization-mismatch']);
  });

  browserTest('no order of visits leads in circles, signed out or in, or with a token that has run out', async () => {
    const { url, backend, page, takeHandshakes, pass } = await stage();
    for (const order of permutations(['/', '/profile', '/orgs/acme'])) {
      // Signed out: the public page is shown, the others lead to the sign-in page, by one handshake at most.
      await page.context().clearCookies();
      for (const path of order) {
        const answer = await page.goto(url + path);
        const { origin, pathname } = new URL(page.url());
        expect([order, path, answer?.status(), origin + pathname]).toEqual([
          order,
          path,
          200,
          path === '/' ? `${url}/` : `${backend.url}/sign-in`,
        ]);
        expect(takeHandshakes().length).toBeLessThanOrEqual(1);
      }
      await page.goto(`${backend.url}/sign-in?redirect_url=${encodeURIComponent(url + order[0])}`);
      await signIn(page, backend);
      await page.waitForURL(url + order[0]);
      takeHandshakes();
      // Signed in, and then with a token that has run out before each visit: every page is shown where it is.
      for (const wait of [0, TWO_MINUTES_IN_MS]) {
        for (const path of order) {
          await pass(wait);
          const answer = await page.goto(url + path);
          expect([order, path, wait, answer?.status(), page.url()]).toEqual([order, path, wait, 200, url + path]);
          expect(takeHandshakes().length).toBeLessThanOrEqual(1);
        }
      }
      await signOut(page, backend, `${url}/`);
      takeHandshakes();
    }
  });
});

function permutations(paths: readonly string[]): string[][] {
  if (paths.length === 0) return [[]];
  return paths.flatMap((path) => permutations(paths.filter((other) => other !== path)).map((rest) => [path, ...rest]));
}
