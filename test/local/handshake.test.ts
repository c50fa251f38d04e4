import { createHash } from 'node:crypto';
import type { LocalBackend } from '@keystile/local';
import { describe, expect, test } from 'vitest';
import { startApplication } from './support/application.ts';
import { createBrowser } from './support/browser.ts';
import { ada, startBackend } from './support/start-backend.ts';

const application = 'http://localhost:3000';

/** Asks for a handshake as an application does, and reads what it brings. */
async function handshake(
  backend: LocalBackend,
  parameters: Record<string, string> = {},
  cookie = '',
): Promise<{ location: URL; directives: string[]; setCookies: string[]; isNonce: boolean }> {
  const url = new URL('/v1/client/handshake', backend.url);
  url.search = new URLSearchParams({
    redirect_url: `${application}/page?x=1`,
    suffixed_cookies: 'true',
    ...parameters,
  }).toString();
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
  expect(answer.status).toBe(307);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const location = new URL(answer.headers.get('location') ?? '');
  const setCookies = answer.headers.getSetCookie();
  const nonce = location.searchParams.get('__clerk_handshake_nonce');
  if (nonce !== null)
    return { location, directives: (await exchange(backend, nonce)).directives, setCookies, isNonce: true };
  const [, payload = ''] = (location.searchParams.get('__clerk_handshake') ?? '').split('.');
  return {
    location,
    directives: JSON.parse(Buffer.from(payload, 'base64url').toString()).handshake,
    setCookies,
    isNonce: false,
  };
}

async function exchange(backend: { url: string; secretKey: string }, nonce: string, key = backend.secretKey) {
  const answer = await fetch(`${backend.url}/v1/clients/handshake_payload?nonce=${nonce}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return { status: answer.status, ...((await answer.json()) as { directives: string[] }) };
}

/** Cookies as a browser keeps them. */
function cookiesOf(lines: readonly string[]): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) cookies.delete(name);
    else cookies.set(name, value);
  }
  return cookies;
}

async function signIn(backend: LocalBackend) {
  const browser = createBrowser();
  await browser.submit(await browser.visit(`${backend.url}/sign-in`), {
    identifier: ada.email,
    password: ada.password,
  });
  return `__client=${browser.cookie('127.0.0.1', '__client')}`;
}

const claimsOf = (jwt: string | undefined) =>
  JSON.parse(Buffer.from((jwt ?? '').split('.')[1] ?? '', 'base64url').toString());

describe('a handshake', () => {
  test('of a browser nobody knows gives it a client, a development token, and the state signed out', async () => {
    const backend = await startBackend();
    const { location, directives, setCookies, isNonce } = await handshake(backend);
    expect(isNonce).toBe(false);
    expect(`${location.origin}${location.pathname}`).toBe(`${application}/page`);
    expect([...location.searchParams.keys()]).toEqual(['x', '__clerk_handshake']);
    expect(setCookies.map((line) => line.split('=')[0])).toContain('__client');
    for (const line of setCookies) expect(line).toMatch(/HttpOnly; SameSite=Lax/i);

    const suffix = createHash('sha1').update(backend.publishableKey).digest('base64url').slice(0, 8);
    const cookies = cookiesOf(directives);
    expect([...cookies.keys()].toSorted()).toEqual(
      ['__clerk_db_jwt', `__clerk_db_jwt_${suffix}`, '__client_uat', `__client_uat_${suffix}`].toSorted(),
    );
    expect(cookies.get('__client_uat')).toBe('0');
    // What must not stay is cleared.
    for (const name of ['__session', `__session_${suffix}`, `__refresh_${suffix}`]) {
      expect(directives.some((line) => line.startsWith(`${name}=;`) && line.includes('Max-Age=0'))).toBe(true);
    }
  });

  test('of a browser that is signed in gives a session token for the application that asks', async () => {
    const backend = await startBackend();
    const cookie = await signIn(backend);
    const { directives, setCookies } = await handshake(backend, {}, cookie);
    const cookies = cookiesOf(directives);
    const claims = claimsOf(cookies.get('__session'));
    expect(claims).toMatchObject({ azp: application, iss: backend.url, sub: backend.seeded?.users[0]?.id });
    expect(Number(cookies.get('__client_uat'))).toBeLessThanOrEqual(claims.iat);
    expect(cookies.get('__client_uat')).not.toBe('0');
    expect(setCookies).toEqual([]);
    const refresh = directives.find((line) => line.startsWith('__refresh_'));
    expect(refresh).toMatch(/HttpOnly/);
  });

  test('names the browser by the development token as well, and keeps that token', async () => {
    const backend = await startBackend();
    const cookie = await signIn(backend);
    const token = cookiesOf((await handshake(backend, {}, cookie)).directives).get('__clerk_db_jwt') ?? '';
    const cookies = cookiesOf((await handshake(backend, { __clerk_db_jwt: token })).directives);
    expect(claimsOf(cookies.get('__session')).sub).toBe(backend.seeded?.users[0]?.id);
    expect(cookies.get('__clerk_db_jwt')).toBe(token);
  });

  test('takes a development token of a signed-out client for no more than it is, when our cookie says signed in', async () => {
    const backend = await startBackend();
    const stale = cookiesOf((await handshake(backend)).directives).get('__clerk_db_jwt') ?? '';
    const cookies = cookiesOf((await handshake(backend, { __clerk_db_jwt: stale }, await signIn(backend))).directives);
    expect(claimsOf(cookies.get('__session')).sub).toBe(backend.seeded?.users[0]?.id);
    expect(cookies.get('__clerk_db_jwt')).not.toBe(stale);
  });

  test('travels by nonce when it is large and the application can exchange one: once, for a minute, with the secret key', async () => {
    const backend = await startBackend();
    const cookie = await signIn(backend);
    expect((await handshake(backend, {}, cookie)).isNonce).toBe(false);
    const url = `${backend.url}/v1/client/handshake?format=nonce&redirect_url=${encodeURIComponent(application)}`;
    const nonceOf = async () => {
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
      return new URL(answer.headers.get('location') ?? '').searchParams.get('__clerk_handshake_nonce') ?? '';
    };
    const nonce = await nonceOf();
    expect((await exchange(backend, nonce, 'sk_test_wrong_wrong')).status).toBe(401);
    expect((await exchange(backend, nonce)).directives.join()).toContain('__session=');
    expect((await exchange(backend, nonce)).status).toBe(404);
    const late = await nonceOf();
    backend.clock.advance(60_000);
    expect((await exchange(backend, late)).status).toBe(404);
  });

  test('SC-082 marks cookies for https when the application is on https', async () => {
    const backend = await startBackend();
    const cookie = await signIn(backend);
    const { directives } = await handshake(backend, { redirect_url: 'https://localhost:3443/' }, cookie);
    for (const line of directives) expect(line).toMatch(/; Secure/);
    for (const line of (await handshake(backend, {}, cookie)).directives) expect(line).not.toMatch(/; Secure/);
  });

  describe('and the active organization', () => {
    async function withOrganizations() {
      const backend = await startBackend({
        seed: {
          users: [ada],
          organizations: [
            { name: 'Acme', slug: 'acme', members: [{ user: ada.email }] },
            { name: 'Other', slug: 'other' },
          ],
        },
      });
      return { backend, cookie: await signIn(backend), ids: backend.seeded?.organizations.map(({ id }) => id) ?? [] };
    }
    const activeIn = async (backend: LocalBackend, cookie: string, organization_id: string) =>
      claimsOf(cookiesOf((await handshake(backend, { organization_id }, cookie)).directives).get('__session')).o?.id;

    test('switches to one that the user belongs to, by id and by slug, and back to the personal account', async () => {
      const { backend, cookie, ids } = await withOrganizations();
      expect(await activeIn(backend, cookie, ids[0] ?? '')).toBe(ids[0]);
      expect(await activeIn(backend, cookie, '')).toBe(undefined);
      expect(await activeIn(backend, cookie, 'acme')).toBe(ids[0]);
    });

    test('stays as it is for one that the user does not belong to, or that does not exist', async () => {
      const { backend, cookie, ids } = await withOrganizations();
      await activeIn(backend, cookie, 'acme');
      for (const other of ['other', ids[1] ?? '', 'org_nope', "' OR 1=1"])
        expect(await activeIn(backend, cookie, other)).toBe(ids[0]);
    });
  });

  test.each([
    ['ended', { status: 'ended' }],
    ['revoked', { status: 'revoked' }],
    ['expired', { expire_at: 1 }],
    ['abandoned', { abandon_at: 1 }],
  ])('SC-083 of a session that is %s signs out', async (_, change) => {
    const backend = await startBackend();
    const cookie = await signIn(backend);
    await backend.context.db.updateTable('sessions').set(change).execute();
    expect(cookiesOf((await handshake(backend, {}, cookie)).directives).get('__client_uat')).toBe('0');
  });

  test('SC-083 of a banned user signs out', async () => {
    const backend = await startBackend();
    const cookie = await signIn(backend);
    await backend.context.db.updateTable('users').set({ banned: 1 }).execute();
    expect(cookiesOf((await handshake(backend, {}, cookie)).directives).get('__client_uat')).toBe('0');
  });

  test('with tokens of strangers is that of a stranger', async () => {
    const backend = await startBackend();
    for (const token of ['', 'x', "' OR 1=1", 'dvb_'.padEnd(47, 'a')]) {
      const cookies = cookiesOf((await handshake(backend, { __clerk_db_jwt: token }, '__client=nope')).directives);
      expect(cookies.get('__client_uat')).toBe('0');
    }
  });

  test('after a sign-in, a development token known before leads to nothing', async () => {
    const backend = await startBackend();
    const browser = createBrowser();
    await browser.visit(
      `${backend.url}/v1/client/handshake?redirect_url=${encodeURIComponent(`${backend.url}/sign-in`)}`,
    );
    const cookie = `__client=${browser.cookie('127.0.0.1', '__client')}`;
    const planted = cookiesOf((await handshake(backend, {}, cookie)).directives).get('__clerk_db_jwt') ?? '';
    await browser.submit(await browser.visit(`${backend.url}/sign-in?__clerk_db_jwt=${planted}`), {
      identifier: ada.email,
      password: ada.password,
    });
    for (const [parameters, held] of [
      [{ __clerk_db_jwt: planted }, ''],
      [{}, cookie],
    ] as const) {
      expect(cookiesOf((await handshake(backend, parameters, held)).directives).get('__client_uat')).toBe('0');
    }
  });
});

describe('an application with the real core', () => {
  test('goes on with a new token when the old one has expired', async () => {
    const backend = await startBackend();
    const app = await startApplication(backend, { now: backend.clock.now } as object);
    const browser = createBrowser();
    await browser.submit(await browser.visit(`${backend.url}/sign-in?redirect_url=${encodeURIComponent(app.url)}`), {
      identifier: ada.email,
      password: ada.password,
    });
    const before = browser.cookie('localhost', '__session');
    backend.clock.advance(90_000);
    const page = await browser.visit(app.url);
    expect(page.status).toBe(200);
    expect(browser.cookie('localhost', '__session')).not.toBe(before);
  });

  test('SC-083 is told of a revoked session within the life of its token', async () => {
    const backend = await startBackend();
    const app = await startApplication(backend, { now: backend.clock.now } as object);
    const browser = createBrowser();
    await browser.submit(await browser.visit(`${backend.url}/sign-in?redirect_url=${encodeURIComponent(app.url)}`), {
      identifier: ada.email,
      password: ada.password,
    });
    const { sid } = claimsOf(browser.cookie('localhost', '__session'));
    await fetch(`${backend.url}/v1/sessions/${sid}/revoke`, {
      method: 'POST',
      headers: { authorization: `Bearer ${backend.secretKey}` },
    });
    // Its 60 seconds, and the clock skew that core allows.
    backend.clock.advance(70_000);
    expect((await browser.visit(app.url)).status).toBe(401);
    expect(browser.cookie('localhost', '__session')).toBe(undefined);
  });
});
