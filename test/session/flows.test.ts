import type { AuthenticatorOptions } from '@keystile/core';
import type { LocalBackend, LocalBackendOptions } from '@keystile/local';
import { describe, expect, it } from 'vitest';
import { COOKIES, nameCookies } from '../../packages/core/src/keys/cookie-names.ts';
import { type Application, startApplication } from '../local/support/application.ts';
import { createBrowser } from '../local/support/browser.ts';
import { ada, startBackend } from '../local/support/start-backend.ts';
import { type Visit, WebBrowser } from './support/web-browser.ts';

type Cookie = 'session' | 'clientUat' | 'refresh' | 'devBrowser';

/** An application and its backend, and a browser whose user has signed in at the backend. */
interface Scene {
  readonly backend: LocalBackend;
  readonly application: Application;
  readonly browser: WebBrowser;
  /** The names of the application's cookies, and their values now. */
  readonly cookie: (name: Cookie) => string | undefined;
  readonly set: (name: Cookie, value: string) => void;
  readonly forget: (...names: Cookie[]) => void;
  /** Opens a page of the application. */
  readonly open: (path?: string, headers?: Readonly<Record<string, string>>) => Promise<Visit>;
  readonly userId: string;
}

async function stage(
  options: Partial<AuthenticatorOptions> = {},
  backendOptions: LocalBackendOptions = {},
): Promise<Scene> {
  const backend = await startBackend(backendOptions);
  backend.clock.freeze();
  const application = await startApplication(backend, {
    now: backend.clock.now,
    logger: { warn: () => {} },
    ...options,
  });
  const browser = new WebBrowser(backend.clock.now);
  const names = nameCookies(backend.publishableKey);
  if (names instanceof Promise) throw new Error('the cookies are named synchronously on Node');
  return {
    backend,
    application,
    browser,
    cookie: (name) => browser.jar('localhost').cookie(names[name]),
    set: (name, value) => {
      for (const each of [names[name], COOKIES[name]]) browser.jar('localhost').take(`${each}=${value}`);
    },
    forget: (...which) => {
      for (const name of which) {
        for (const each of [names[name], COOKIES[name]]) browser.jar('localhost').take(`${each}=; Max-Age=0`);
      }
    },
    open: (path = '/profile?x=1', headers) => browser.visit(`${application.url}${path}`, headers),
    userId: backend.seeded?.users[0]?.id ?? '',
  };
}

async function signIn({ backend, browser }: Scene): Promise<void> {
  const form = createBrowser();
  await form.submit(await form.visit(`${backend.url}/sign-in`), { identifier: ada.email, password: ada.password });
  for (const [name, value] of Object.entries(form.cookies('127.0.0.1')))
    browser.jar('127.0.0.1').take(`${name}=${value}`);
}

async function signedIn(options?: Partial<AuthenticatorOptions>, backendOptions?: LocalBackendOptions): Promise<Scene> {
  const scene = await stage(options, backendOptions);
  await signIn(scene);
  const visit = await scene.open();
  expect(shown(visit)).toMatchObject({ userId: scene.userId });
  return scene;
}

const shown = ({ body }: Visit) => JSON.parse(body);
const handshakes = ({ redirects }: Visit) =>
  redirects
    .filter(({ pathname }) => pathname === '/v1/client/handshake')
    .map(({ searchParams }) => searchParams.get('__clerk_hs_reason'));
const seconds = (count: number) => count * 1000;

describe('handshake', () => {
  it('tells a first visit from a signed-out one, once', async () => {
    const scene = await stage();
    const first = await scene.open();
    expect(handshakes(first)).toEqual(['dev-browser-missing']);
    expect(first.url.href).toBe(`${scene.application.url}/profile?x=1`);
    expect(first.status).toBe(401);
    expect(shown(first)).toEqual({ reason: 'session-token-and-uat-missing' });
    expect(scene.cookie('clientUat')).toBe('0');
    expect((await scene.open()).redirects).toEqual([]);
  });

  it('brings in whoever is signed in at the backend', async () => {
    const scene = await stage();
    await signIn(scene);
    const visit = await scene.open();
    expect(handshakes(visit)).toEqual(['dev-browser-missing']);
    expect(visit.url.href).toBe(`${scene.application.url}/profile?x=1`);
    expect(shown(visit)).toMatchObject({ userId: scene.userId, isAuthenticated: true });
    expect((await scene.open()).redirects).toEqual([]);
  });

  it.each([
    ['a session cookie that was lost', ['session'], 'client-uat-but-no-session-token'],
    ['a time that was lost', ['clientUat'], 'session-token-but-no-client-uat'],
    ['a development browser that was lost', ['devBrowser'], 'dev-browser-missing'],
    ['all cookies lost', ['session', 'clientUat', 'refresh', 'devBrowser'], 'dev-browser-missing'],
  ] as const)('restores %s', async (_, lost, reason) => {
    const scene = await signedIn();
    scene.forget(...lost);
    const visit = await scene.open();
    expect(handshakes(visit)).toEqual([reason]);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
  });

  it('restores a session cookie older than the client', async () => {
    const scene = await signedIn();
    scene.set('clientUat', String(Math.floor(scene.backend.clock.now() / 1000) + 5));
    scene.backend.clock.advance(seconds(10));
    const visit = await scene.open();
    expect(handshakes(visit)).toEqual(['session-token-iat-before-client-uat']);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
  });

  it('leaves calls by scripts alone', async () => {
    const scene = await stage();
    const visit = await scene.open('/api', { accept: 'application/json', 'sec-fetch-dest': 'empty' });
    expect(visit).toMatchObject({ status: 401, redirects: [] });
    expect(shown(visit)).toEqual({ reason: 'dev-browser-missing' });
  });

  it('compares with the backend whoever comes from another site (F17)', async () => {
    const scene = await signedIn();
    scene.backend.clock.advance(seconds(3));
    const visit = await scene.open('/profile', { referer: 'https://search.example/' });
    expect(handshakes(visit)).toEqual(['primary-domain-cross-origin-sync']);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
    scene.backend.clock.advance(seconds(3));
    expect((await scene.open('/profile', { referer: `${scene.backend.url}/sign-in` })).redirects).toEqual([]);
  });

  it('SC-072 signs nobody in by a handshake that was used before', async () => {
    const scene = await stage();
    await signIn(scene);
    const visit = await scene.open();
    const used = visit.redirects.find(({ search }) => search.includes('__clerk_handshake'));
    scene.backend.clock.advance(seconds(86_400 * 2));
    const other = new WebBrowser(scene.backend.clock.now);
    const replayed = await other.visit(used ?? '');
    expect(replayed.status).toBe(401);
  });
});

describe('refresh', () => {
  it('renews an expired session without leaving the page', async () => {
    const scene = await signedIn();
    const before = scene.cookie('session');
    const refreshToken = scene.cookie('refresh');
    scene.backend.clock.advance(seconds(120));
    const visit = await scene.open();
    expect(visit.redirects).toEqual([]);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
    expect(scene.cookie('session')).not.toBe(before);
    expect(scene.cookie('refresh')).not.toBe('');
    expect(refreshToken).toBeDefined();
    expect((await scene.open()).setCookies).toEqual([]);
  });

  it('renews for calls by scripts as well', async () => {
    const scene = await signedIn();
    scene.backend.clock.advance(seconds(120));
    const visit = await scene.open('/api', { accept: '*/*', 'sec-fetch-dest': 'empty' });
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
    expect(visit.setCookies.length).toBeGreaterThan(0);
  });

  it('SC-084 does so once for many requests at a time, and for those that come later', async () => {
    const scene = await signedIn();
    scene.backend.clock.advance(seconds(120));
    const visits = await Promise.all(Array.from({ length: 20 }, () => scene.open()));
    for (const visit of visits) expect(shown(visit)).toMatchObject({ userId: scene.userId });
    scene.backend.clock.advance(seconds(120));
    expect(shown(await scene.open())).toMatchObject({ userId: scene.userId });
  });

  it('gives way to the handshake where there is no refresh token', async () => {
    const scene = await signedIn();
    scene.forget('refresh');
    scene.backend.clock.advance(seconds(120));
    const visit = await scene.open();
    expect(handshakes(visit)).toEqual(['session-token-expired-refresh-non-eligible-no-refresh-cookie']);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
  });

  it('gives way to the handshake where the token is another', async () => {
    const scene = await signedIn();
    scene.set('refresh', 'made-up');
    scene.backend.clock.advance(seconds(120));
    const visit = await scene.open();
    expect(handshakes(visit)).toEqual([expect.stringMatching(/^session-token-expired-refresh-\w/)]);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
  });
});

describe('the end of a session', () => {
  it('SC-083 by revocation: the token lives on for its minute, then neither refresh nor handshake renews it', async () => {
    const scene = await signedIn();
    const { sessionId } = shown(await scene.open());
    const answer = await scene.backend.fetch(`/v1/sessions/${sessionId}/revoke`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scene.backend.secretKey}` },
    });
    expect(answer.status).toBe(200);
    expect(shown(await scene.open())).toMatchObject({ userId: scene.userId });
    scene.backend.clock.advance(seconds(120));
    const visit = await scene.open();
    expect(handshakes(visit)[0]).toMatch(/^session-token-expired-refresh-/);
    expect(visit.status).toBe(401);
    expect(shown(visit)).toEqual({ reason: 'session-token-and-uat-missing' });
  });

  it('SC-087 by nothing that the backend suffers: while it is down, no cookie is cleared', async () => {
    const scene = await signedIn();
    const before = scene.cookie('session');
    await scene.backend.close();
    scene.backend.clock.advance(seconds(120));
    const visit = await scene.open('/api', { accept: '*/*', 'sec-fetch-dest': 'empty' });
    expect(shown(visit)).toEqual({ reason: 'session-token-expired-refresh-fetch-error' });
    expect(scene.cookie('session')).toBe(before);
    expect(visit.setCookies).toEqual([]);
  });
});

describe('organisation sync', () => {
  const options = {
    organizationSyncOptions: {
      organizationPatterns: ['/orgs/:slug', '/orgs/:slug/(.*)'],
      personalAccountPatterns: ['/me'],
    },
  };
  const seed = {
    users: [ada],
    organizations: [
      { name: 'Acme', slug: 'acme', members: [{ user: ada.email, role: 'org:admin' }] },
      { name: 'Globex', slug: 'globex', members: [] },
    ],
  };

  it('makes the organisation of the URL the active one, and the personal account', async () => {
    const scene = await signedIn(options, { seed });
    const acme = await scene.open('/orgs/acme/settings');
    expect(handshakes(acme)).toEqual(['active-organization-mismatch']);
    expect(shown(acme)).toMatchObject({ userId: scene.userId, orgSlug: 'acme', orgRole: 'org:admin' });
    expect((await scene.open('/orgs/acme')).redirects).toEqual([]);
    scene.backend.clock.advance(seconds(3));
    const personal = await scene.open('/me');
    expect(handshakes(personal)).toEqual(['active-organization-mismatch']);
    expect(shown(personal)).not.toHaveProperty('orgId');
  });

  it('comes along with any other handshake', async () => {
    const scene = await stage(options, { seed });
    await signIn(scene);
    const visit = await scene.open('/orgs/acme');
    expect(handshakes(visit)).toEqual(['dev-browser-missing']);
    expect(shown(visit)).toMatchObject({ orgSlug: 'acme' });
  });

  it('signs nobody out of an organisation that is not theirs (7.1 row 5)', async () => {
    const scene = await signedIn(options, { seed });
    const visit = await scene.open('/orgs/globex');
    expect(handshakes(visit).length).toBeLessThanOrEqual(3);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
    expect(shown(visit)).not.toHaveProperty('orgSlug', 'globex');
  });
});

describe('a satellite in development', () => {
  async function stageSatellite(options: Partial<AuthenticatorOptions> = {}) {
    const scene = await signedIn();
    const satellite = await startApplication(scene.backend, {
      now: scene.backend.clock.now,
      logger: { warn: () => {} },
      isSatellite: true,
      domain: 'satellite.example',
      signInUrl: `${scene.application.url}/sign-in`,
      ...options,
    });
    // The same machine under another name, so that no cookie of the primary reaches it.
    return { scene, url: satellite.url.replace('localhost', '127.0.0.1') };
  }

  it('asks its primary when told to, and knows the visitor', async () => {
    const { scene, url } = await stageSatellite();
    expect((await scene.browser.visit(`${url}/page`)).redirects).toEqual([]);
    const visit = await scene.browser.visit(`${url}/page?__clerk_synced=false`);
    expect(visit.redirects.map(({ origin, pathname }) => origin + pathname)).toEqual([
      `${scene.application.url}/sign-in`,
      `${url}/page`,
      `${scene.backend.url}/v1/client/handshake`,
      `${url}/page`,
      `${url}/page`,
    ]);
    expect(visit.url.href).toBe(`${url}/page?__clerk_synced=true`);
    expect(shown(visit)).toMatchObject({ userId: scene.userId });
    expect((await scene.browser.visit(`${url}/page`)).redirects).toEqual([]);
  });

  it('asks by itself with satelliteAutoSync', async () => {
    const { scene, url } = await stageSatellite({ satelliteAutoSync: true });
    expect(shown(await scene.browser.visit(`${url}/page`))).toMatchObject({ userId: scene.userId });
  });
});

describe('the interstitial page', () => {
  it('stands where the redirect would, with 401 and nothing of the application', async () => {
    const scene = await stage({ unresolved: 'interstitial' });
    const visit = await scene.open();
    expect(visit).toMatchObject({ status: 401, redirects: [] });
    expect(visit.body).toContain(`${scene.backend.url}/npm/`);
    expect(visit.setCookies).toEqual([expect.stringMatching(/^__clerk_redirect_count=1;/)]);
  });

  it('can be that of the backend', async () => {
    const scene = await stage({ unresolved: 'interstitial', interstitial: { page: 'remote' } });
    const visit = await scene.open();
    const remote = await scene.backend.fetch(`/v1/public/interstitial?publishable_key=${scene.backend.publishableKey}`);
    expect(visit.body).toBe(await remote.text());
    expect(visit.body).toContain('<script>');
  });
});
