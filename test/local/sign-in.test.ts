import { describe, expect, test } from 'vitest';
import { startApplication } from './support/application.ts';
import { createBrowser } from './support/browser.ts';
import { ada, startBackend } from './support/start-backend.ts';

describe('sign-in through the hosted page', () => {
  test('leads back to the application, which then knows the user', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const browser = createBrowser();

    const before = await browser.visit(`${application.url}/profile`);
    expect({ status: before.status, body: JSON.parse(before.html) }).toEqual({
      status: 401,
      body: { reason: 'session-token-and-uat-missing' },
    });

    const form = await browser.visit(
      `${backend.url}/sign-in?redirect_url=${encodeURIComponent(`${application.url}/profile?tab=1`)}`,
    );
    const after = await browser.submit(form, { identifier: ada.email, password: ada.password });

    expect(after.url.href).toBe(`${application.url}/profile?tab=1`);
    expect(after.status).toBe(200);
    expect(JSON.parse(after.html).userId).toBe(backend.seeded?.users[0]?.id);
  });
});
