import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = new URL('../../docs/images/', import.meta.url);

/** Keeps what a page looks like in docs/images, when KEYSTILE_SCREENSHOTS is set: a picture differs a little on every machine. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.KEYSTILE_SCREENSHOTS === undefined) return;
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) });
}
