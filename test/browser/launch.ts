import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';

const executablePath = '/usr/bin/chromium';
const isInstalled = existsSync(executablePath);
if (!isInstalled)
  console.warn(`Skipped: the tests in a browser, since there is no ${executablePath} (apt-get install chromium).`);

/** Tests that need Chromium; skipped where there is none. */
export const browserTest = test.skipIf(!isInstalled);

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A site of somebody else's, on this machine.
  '--host-resolver-rules=MAP evil.test 127.0.0.1',
];

/** One Chromium for the tests of a file. Answers with a maker of windows that share nothing; each is closed with its test. */
export function launchChromium(): (options?: BrowserContextOptions) => Promise<BrowserContext> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (isInstalled) browser = await chromium.launch({ executablePath, args });
  }, 60_000);
  afterAll(() => browser?.close());
  return async (options) => {
    if (browser === undefined) throw new Error('Chromium has not been launched.');
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    return context;
  };
}
