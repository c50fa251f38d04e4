import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuthenticatorOptions } from '@keystile/core';
import type { LocalBackend } from '@keystile/local';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { type Application, startApplication } from '../local/support/application.ts';
import { ada, startBackend } from '../local/support/start-backend.ts';
import { browserTest, launchChromium } from './launch.ts';

const openWindow = launchChromium();

const seed = {
  users: [ada],
  organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: ada.email, role: 'org:admin' }] }],
};
const organizationSyncOptions = { organizationPatterns: ['/orgs/:slug'], personalAccountPatterns: ['/me'] };

const shownTo = async (page: Page) => JSON.parse((await page.textContent('body')) ?? 'null');

/** A window whose user has signed in at the backend, and not been at the application yet. */
async function stage(options: Partial<AuthenticatorOptions> = {}): Promise<{
  backend: LocalBackend;
  application: Application;
  page: Page;
  reasons: string[];
}> {
  const backend = await startBackend({ seed });
  const application = await startApplication(backend, {
    now: backend.clock.now,
    logger: { warn: () => {} },
    ...options,
  });
  const page = await (await openWindow()).newPage();
  await page.goto(`${backend.url}/sign-in`);
  await page.fill('#identifier', ada.email);
  await page.fill('#password', ada.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account');
  const reasons: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/v1/client/handshake') reasons.push(searchParams.get('__clerk_hs_reason') ?? '');
  });
  return { backend, application, page, reasons };
}

describe('sessions in a browser', () => {
  browserTest('a handshake brings the user in, once, and leaves the address as it was', async () => {
    const { application, page, reasons } = await stage();
    await page.goto(`${application.url}/profile?x=1#part`);
    expect(page.url()).toBe(`${application.url}/profile?x=1#part`);
    expect(await shownTo(page)).toMatchObject({ isAuthenticated: true });
    await page.reload();
    expect(reasons).toEqual(['dev-browser-missing']);
  });

  browserTest('an expired session is renewed without leaving the page, for scripts as well', async () => {
    const { backend, application, page, reasons } = await stage();
    await page.goto(`${application.url}/profile`);
    backend.clock.advance(120_000);
    const status = () => page.evaluate(() => fetch('/api').then((answer) => answer.status));
    expect(await status()).toBe(200);
    backend.clock.advance(120_000);
    await page.goto(`${application.url}/profile`);
    expect(await shownTo(page)).toMatchObject({ isAuthenticated: true });
    expect(reasons).toEqual(['dev-browser-missing']);
  });

  browserTest('the address chooses the active organisation', async () => {
    const { application, page, reasons } = await stage({ organizationSyncOptions });
    await page.goto(`${application.url}/profile`);
    await page.goto(`${application.url}/orgs/acme`);
    expect(await shownTo(page)).toMatchObject({ orgSlug: 'acme', orgRole: 'org:admin' });
    await page.goto(`${application.url}/me`);
    expect(await shownTo(page)).not.toHaveProperty('orgSlug');
    expect(reasons).toEqual(['dev-browser-missing', 'active-organization-mismatch', 'active-organization-mismatch']);
  });

  browserTest('a satellite learns from its primary who is signed in', async () => {
    const { backend, application, page } = await stage();
    await page.goto(`${application.url}/profile`);
    const satellite = await startApplication(backend, {
      now: backend.clock.now,
      logger: { warn: () => {} },
      isSatellite: true,
      domain: 'satellite.example',
      signInUrl: `${application.url}/sign-in`,
      satelliteAutoSync: true,
    });
    // The same machine under another name, so that no cookie of the primary reaches it.
    const url = satellite.url.replace('localhost', '127.0.0.1');
    await page.goto(`${url}/page`);
    expect(page.url()).toBe(`${url}/page?__clerk_synced=true`);
    expect(await shownTo(page)).toMatchObject({ isAuthenticated: true });
  });

  browserTest('SC-073 a browser that never gets our cookies is led round three times and then told', async () => {
    const { application, page, reasons } = await stage();
    const answer = await page.goto(`${await startProxyWithoutCookies(application)}/profile`);
    expect(answer?.status()).toBe(401);
    expect(await shownTo(page)).toEqual({ reason: 'dev-browser-missing' });
    expect(reasons).toHaveLength(3);
  });
});

/** Something between browser and application that takes all cookies out of the answers. */
async function startProxyWithoutCookies(application: Application): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const forwarded = request(application.url + incoming.url, { headers: incoming.headers }, (answer) => {
      const { 'set-cookie': _, ...headers } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    forwarded.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
