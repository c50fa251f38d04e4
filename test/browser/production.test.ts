import type { AuthenticatorOptions } from '@keystile/core';
import type { LocalBackend } from '@keystile/local';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { startApplication } from '../local/support/application.ts';
import { callBackendApi } from '../local/support/backend-api.ts';
import { ada, startBackend } from '../local/support/start-backend.ts';
import { browserTest, launchChromium } from './launch.ts';

const openWindow = launchChromium();
const shownTo = async (page: Page) => JSON.parse((await page.textContent('body')) ?? 'null');

/** A backend that plays the production instance of app.localhost, and an application under that name. */
async function stage() {
  const backend = await startBackend({ productionDomain: 'app.localhost' });
  const frontend = `http://clerk.app.localhost:${new URL(backend.url).port}`;
  const application = await startUnder('app.localhost', backend);
  const window = await openWindow();
  const page = await window.newPage();
  const signIn = async (target: string) => {
    await page.goto(`${frontend}/sign-in?redirect_url=${encodeURIComponent(target)}`);
    await page.fill('#identifier', ada.email);
    await page.fill('#password', ada.password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href.startsWith(target));
  };
  return { backend, frontend, application, window, page, signIn };
}

async function startUnder(
  host: string,
  backend: LocalBackend,
  options: Partial<AuthenticatorOptions> = {},
): Promise<string> {
  const { url } = await startApplication(backend, { now: backend.clock.now, logger: { warn: () => {} }, ...options });
  return url.replace('localhost', host);
}

describe('an instance that plays production', () => {
  browserTest('has live keys of its own and leaves no token in an address', async () => {
    const { backend, application, page, signIn, window } = await stage();
    expect([backend.publishableKey.slice(0, 8), backend.secretKey.slice(0, 8)]).toEqual(['pk_live_', 'sk_live_']);
    const seen: string[] = [];
    page.on('request', (request) => void seen.push(request.url()));

    await page.goto(application);
    expect(await shownTo(page)).toEqual({ reason: 'session-token-and-uat-missing' });
    await signIn(`${application}/profile`);
    expect((await shownTo(page)).userId).toBe(backend.seeded?.users[0]?.id);
    expect(
      seen.filter((url) => /__clerk_(db_jwt|handshake)/.test(url) && !url.includes('/v1/client/handshake?')),
    ).toEqual([]);

    const names = (await window.cookies(application)).map(
      ({ name, domain }) => `${name.replace(/(?<=[a-z])_[\w-]{8}$/, '_SUFFIX')} ${domain}`,
    );
    expect(names.filter((name) => !name.startsWith('__clerk_redirect_count')).toSorted()).toEqual(
      [
        '__client_uat .app.localhost',
        '__client_uat_SUFFIX .app.localhost',
        '__refresh_SUFFIX app.localhost',
        '__session app.localhost',
        '__session_SUFFIX app.localhost',
      ].toSorted(),
    );
  });

  browserTest('tells of a sign-out by the domain, before the application has asked', async () => {
    const { application, frontend, page, signIn } = await stage();
    await signIn(application);
    await page.goto(`${frontend}/sign-out?redirect_url=${encodeURIComponent(application)}`);
    await page.click('button:has-text("Sign out")');
    await page.waitForURL((url) => url.href.startsWith(application));
    expect((await shownTo(page)).reason).toBeDefined();
    await page.goto(application);
    expect(await shownTo(page)).toEqual({ reason: 'session-token-and-uat-missing' });
  });

  browserTest('lets a satellite on another domain know who is signed in, by a token that is used once', async () => {
    const { backend, application, frontend, page, signIn } = await stage();
    const { port } = new URL(backend.url);
    const { status } = await callBackendApi(backend, 'POST', '/domains', {
      name: 'satellite.localhost',
      is_satellite: true,
    });
    expect(status).toBe(200);
    const satellite = await startUnder('satellite.localhost', backend, {
      isSatellite: true,
      domain: `satellite.localhost:${port}`,
      signInUrl: `${frontend}/sign-in`,
      satelliteAutoSync: true,
    });
    await signIn(application);
    const passed: string[] = [];
    page.on('request', (request) => void passed.push(request.url()));
    await page.goto(`${satellite}/page`);
    expect(page.url()).toBe(`${satellite}/page?__clerk_synced=true`);
    expect(await shownTo(page)).toMatchObject({ isAuthenticated: true });

    const handover =
      passed.find((url) => url.includes('clerk.satellite.localhost') && url.includes('__clerk_db_jwt=')) ?? '';
    const stranger = await (await openWindow()).newPage();
    await stranger.goto(handover);
    expect((await shownTo(stranger)).isAuthenticated).not.toBe(true);
  });
});
