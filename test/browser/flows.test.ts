import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEMO_SEED } from '@keystile/local';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { startApplication } from '../local/support/application.ts';
import { lastCode } from '../local/support/messages.ts';
import { ada, startBackend } from '../local/support/start-backend.ts';
import { browserTest, launchChromium } from './launch.ts';
import { keepScreenshot } from './screenshot.ts';

const openWindow = launchChromium();
const shownTo = async (page: Page) => JSON.parse((await page.textContent('body')) ?? 'null');

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill('#identifier', ada.email);
  await page.fill('#password', ada.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account');
}

describe('in Chromium', () => {
  browserTest('somebody signs up with a code from the outbox, and is known to the application', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const window = await openWindow();
    const page = await window.newPage();
    await page.goto(`${backend.url}/sign-up?redirect_url=${encodeURIComponent(application.url)}`);
    await keepScreenshot(page, 'sign-up');
    await page.keyboard.type('grace@example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a long enough one');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Grace');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-up/code**');
    await keepScreenshot(page, 'sign-up-code');

    const outbox = await window.newPage();
    await outbox.goto(backend.consoleUrl);
    await outbox.click('text=Outbox');
    await keepScreenshot(outbox, 'console-outbox');
    const code = await outbox.textContent('.big-code');
    expect(code).toBe(await lastCode(backend, 'grace@example.com'));

    await page.keyboard.type(code ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${application.url}/**`);
    expect((await shownTo(page)).userId).toMatch(/^user_/);
  });

  browserTest('somebody switches the organization, which the application sees with the next token', async () => {
    const backend = await startBackend({
      seed: {
        users: [ada],
        organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: ada.email, role: 'org:admin' }] }],
      },
    });
    const application = await startApplication(backend, { now: backend.clock.now } as object);
    const page = await (await openWindow()).newPage();
    await signIn(page, backend.url);
    await keepScreenshot(page, 'account');
    await page.selectOption('#organization', { label: 'Acme (Admin)' });
    await page.click('button:has-text("Switch")');
    await page.waitForLoadState();
    expect(await page.inputValue('#organization')).toBe(backend.seeded?.organizations[0]?.id);
    await page.goto(application.url);
    expect(await shownTo(page)).toMatchObject({ orgSlug: 'acme', orgRole: 'org:admin' });

    await page.goto(`${backend.url}/account`);
    await page.selectOption('#organization', '');
    await page.click('button:has-text("Switch")');
    await page.waitForLoadState();
    backend.clock.advance(70_000);
    await page.goto(application.url);
    expect((await shownTo(page)).orgId ?? null).toBe(null);
  });

  browserTest('somebody lets an OAuth client in, through sign-in and consent', async () => {
    const client = createServer((request, response) => response.end(`back at ${request.url}`));
    await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void client.close());
    const redirectUri = `http://127.0.0.1:${(client.address() as AddressInfo).port}/callback`;
    const backend = await startBackend({
      seed: {
        users: [ada],
        oauthApplications: [
          { name: 'Reports', clientId: 'reports', clientSecret: 'reports-secret', redirectUris: [redirectUri] },
        ],
      },
    });
    const page = await (await openWindow()).newPage();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'reports',
      redirect_uri: redirectUri,
      scope: 'profile email',
      state: 'st',
    });
    await page.goto(`${backend.url}/oauth/authorize?${query}`);
    await page.fill('#identifier', ada.email);
    await page.fill('#password', ada.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Reports wants to access your account');
    await keepScreenshot(page, 'oauth-consent');
    await page.click('button:has-text("Allow")');
    await page.waitForURL(`${redirectUri}**`);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('state'), searchParams.get('iss')]).toEqual(['st', backend.url]);
    const answer = await fetch(`${backend.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        client_id: 'reports',
        client_secret: 'reports-secret',
      }),
    });
    expect(answer.status).toBe(200);
  });

  browserTest('the console works by keyboard and without JavaScript, and shows requests as they come', async () => {
    const backend = await startBackend({ seed: DEMO_SEED });
    const page = await (
      await openWindow({ javaScriptEnabled: false, viewport: { width: 1200, height: 800 } })
    ).newPage();
    await page.goto(backend.consoleUrl);
    expect(page.url()).toBe(`${backend.url}/console`);
    await keepScreenshot(page, 'console');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#content$/);

    for (const [link, heading] of [
      ['Users', 'Users'],
      ['Sessions', 'Sessions'],
      ['Organizations', 'Organizations'],
      ['Keys and tokens', 'Keys and tokens'],
      ['Webhooks', 'Webhooks'],
      ['Requests', 'Requests'],
      ['Token inspector', 'Token inspector'],
    ] as const) {
      await page.focus(`nav a:text-is("${link}")`);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`h1:text-is("${heading}")`);
      await keepScreenshot(page, `console-${heading.toLowerCase().replaceAll(' ', '-')}`);
    }

    await page.goto(`${backend.url}/console/requests`);
    await page.click('text=Follow live', { noWaitAfter: true });
    await page.waitForSelector('[role=log]', { state: 'attached' });
    await fetch(`${backend.url}/v1/users/user_nope`, { headers: { authorization: `Bearer ${backend.secretKey}` } });
    await page.waitForSelector('text=user_nope');
    await page.waitForSelector('text=resource_not_found');
  });
});

describe('the pages fit', () => {
  browserTest.for([
    ['a telephone', { width: 360, height: 640 }, 'light'],
    ['a telephone in the dark', { width: 360, height: 640 }, 'dark'],
    ['a large window', { width: 1600, height: 1000 }, 'light'],
  ] as const)('%s, without scrolling sideways', async ([name, viewport, colorScheme]) => {
    const backend = await startBackend({ seed: DEMO_SEED });
    const page = await (await openWindow({ viewport, colorScheme })).newPage();
    await page.goto(backend.consoleUrl);
    for (const path of [
      '/sign-in?redirect_url=http://a-rather-long-name-of-a-host.localhost:3000/',
      '/sign-up',
      '/console',
      '/console/users',
      '/console/keys',
    ]) {
      await page.goto(`${backend.url}${path}`);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([path, overflow]).toEqual([path, 0]);
    }
    await page.goto(`${backend.url}/sign-in`);
    await keepScreenshot(page, `sign-in-${name.replaceAll(' ', '-').replace('a-', '')}`);
  });

  browserTest.for(['light', 'dark'] as const)(
    'text has a contrast of 4.5 to 1 and more, in %s',
    async (colorScheme) => {
      const backend = await startBackend({ seed: DEMO_SEED });
      const page = await (await openWindow({ colorScheme })).newPage();
      await page.goto(backend.consoleUrl);
      for (const path of [
        '/sign-in?redirect_url=nope',
        '/sign-up',
        '/sign-out',
        '/console',
        '/console/users',
        '/console/outbox',
      ]) {
        await page.goto(`${backend.url}${path}`);
        expect([path, await page.evaluate(lowContrast)]).toEqual([path, []]);
      }
    },
  );
});

/** Texts of the page that stand out too little from their ground (WCAG 2.2, 1.4.3). Runs in the page. */
function lowContrast(): string[] {
  const parse = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red = 0, green = 0, blue = 0]: number[]) => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
      const value = channel / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element: Element): number[] => {
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const color = parse(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || (color[3] ?? 0) === 1) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
    );
    if (!own || !element.checkVisibility()) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(groundOf(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${element.tagName} ${element.textContent?.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}
