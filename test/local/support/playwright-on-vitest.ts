import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { expect as expectOfVitest, test as testOfVitest } from 'vitest';

// As much of `@playwright/test` as the guide uses, over the runner and the browser that are here. Its fixtures are the same
// as those of vitest.

const executablePath = '/usr/bin/chromium';

export const test = testOfVitest.extend<{ context: BrowserContext; page: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from here
  context: async ({}, use) => {
    const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
    await use(await browser.newContext());
    await browser.close();
  },
  page: async ({ context }, use) => use(await context.newPage()),
});

expectOfVitest.extend({
  async toBeVisible(locator: Locator) {
    await locator.waitFor({ state: 'visible', timeout: 15_000 });
    return { pass: true, message: () => 'visible' };
  },
});

export const expect = expectOfVitest;
