import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { startApplication } from '../local/support/application.ts';
import { lastCode } from '../local/support/messages.ts';
import { ada, startBackend } from '../local/support/start-backend.ts';
import { browserTest, launchChromium } from './launch.ts';

const openWindow = launchChromium();

const signInUrl = (backend: { url: string }, target: string) =>
  `${backend.url}/sign-in?redirect_url=${encodeURIComponent(target)}`;
const shownTo = async (page: Page) => JSON.parse((await page.textContent('body')) ?? 'null');
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.id);

describe('sign-in in a browser', () => {
  browserTest('by keyboard alone: a wrong password, the error, the right one, the application', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const page = await (await openWindow()).newPage();
    await page.goto(signInUrl(backend, `${application.url}/profile#part`));

    expect(await focused(page)).toBe('identifier');
    await page.keyboard.type(ada.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    expect(await focused(page)).toBe('alert');
    expect(await page.title()).toMatch(/^Error: /);
    await page.keyboard.press('Tab');
    expect(await page.inputValue('#identifier')).toBe(ada.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(ada.password);
    await page.keyboard.press('Enter');

    await page.waitForURL(`${application.url}/**`);
    expect(page.url()).toBe(`${application.url}/profile#part`);
    expect((await shownTo(page)).userId).toBe(backend.seeded?.users[0]?.id);
  });

  browserTest('without JavaScript, by an e-mailed code', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const page = await (await openWindow({ javaScriptEnabled: false })).newPage();
    await page.goto(signInUrl(backend, application.url));
    await page.fill('#identifier', ada.email);
    await page.click('text=Email me a code');
    await page.waitForURL('**/sign-in/code**');
    await page.fill('#code', await lastCode(backend, ada.email));
    await page.click('text=Continue');
    await page.waitForURL(`${application.url}/**`);
    expect((await shownTo(page)).userId).toBe(backend.seeded?.users[0]?.id);
  });

  browserTest('ends by sign-out, for the application as well', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const page = await (await openWindow()).newPage();
    await page.goto(signInUrl(backend, application.url));
    await page.fill('#identifier', ada.username);
    await page.fill('#password', ada.password);
    await page.click('button:has-text("Sign in")');
    await page.waitForURL(`${application.url}/**`);

    await page.goto(`${backend.url}/sign-out?redirect_url=${encodeURIComponent(application.url)}`);
    await page.click('button:has-text("Sign out")');
    await page.waitForURL(`${application.url}/**`);
    expect(await shownTo(page)).toEqual({ reason: 'session-token-and-uat-missing' });
  });

  browserTest.for([
    ['the session', (name: string) => /^__(session|client_uat)/.test(name)],
    ['everything', () => true],
  ] as const)(
    'the interstitial page restores by script the cookies of a browser that has lost %s',
    async ([, isLost]) => {
      const backend = await startBackend();
      const application = await startApplication(backend, { unresolved: 'interstitial' });
      const window = await openWindow();
      const page = await window.newPage();
      await page.goto(signInUrl(backend, `${application.url}/profile`));
      await page.fill('#identifier', ada.email);
      await page.fill('#password', ada.password);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.body.textContent?.includes('userId'));
      expect(page.url()).toBe(`${application.url}/profile`);

      const cookies = await window.cookies(application.url);
      await window.clearCookies({ domain: 'localhost' });
      await window.addCookies(cookies.filter(({ name }) => !isLost(name)));
      // A client that has changed, and no session of it: the application has to ask.
      await window.addCookies([{ name: '__client_uat', value: '1', domain: 'localhost', path: '/' }]);
      await page.goto(`${application.url}/profile`);
      await page.waitForFunction(() => document.body.textContent?.includes('userId'));
      expect((await shownTo(page)).userId).toBe(backend.seeded?.users[0]?.id);
    },
  );
});

describe('pages of others', () => {
  /** A page of a site that is none of ours. */
  async function startEvil(html: string): Promise<string> {
    const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://evil.test:${(server.address() as AddressInfo).port}/`;
  }

  browserTest('SC-132 cannot put the sign-in page into a frame', async () => {
    const backend = await startBackend();
    const page = await (await openWindow()).newPage();
    const answered = page.waitForResponse(`${backend.url}/sign-in`);
    await page.goto(await startEvil(`<iframe src="${backend.url}/sign-in"></iframe>`));
    expect((await answered).status()).toBe(200);
    await page.waitForLoadState('networkidle');
    const frame = page.frames().find((each) => each !== page.mainFrame());
    expect(frame).not.toBe(undefined);
    expect(await frame?.$('#password')).toBe(null);
  });

  browserTest('SC-125 SC-132 cannot post our forms, read our answers, or come in by a name of their own', async () => {
    const backend = await startBackend();
    const window = await openWindow();
    const page = await window.newPage();
    await page.goto(`${backend.url}/sign-in`);
    await page.fill('#identifier', ada.email);
    await page.fill('#password', ada.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account');

    await page.goto(await startEvil(`<form method="post" action="${backend.url}/sign-out"><button>x</button></form>`));
    const read = (path: string, init?: RequestInit) =>
      page.evaluate(
        async ([url, options]) =>
          fetch(url as string, options as RequestInit).then(
            (answer) => answer.text(),
            () => 'refused',
          ),
        [`${backend.url}${path}`, { credentials: 'include', ...init }] as const,
      );
    expect(await read('/v1/client')).toBe('refused');
    expect(await read('/v1/client', { method: 'DELETE' })).toBe('refused');
    expect(await read('/account')).toBe('refused');
    await Promise.all([page.waitForNavigation(), page.click('button')]);
    expect(await page.textContent('h1')).toBe('That did not work');
    await page.goto(`${backend.url}/account`);
    expect(await page.textContent('h1')).toBe('Ada Lovelace');

    const rebound = await page.goto(backend.url.replace('127.0.0.1', 'evil.test'));
    expect(rebound?.status()).toBe(403);
  });
});
