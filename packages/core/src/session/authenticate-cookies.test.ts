import { describe, expect, it } from 'vitest';
import { createSessionKit, pageLoad, type SessionKit, START } from '../../../../test/session/support/session-kit.ts';
import { viewIncomingMessage } from '../request/request-view.ts';
import { authenticateCookies } from './authenticate-cookies.ts';
import type { HandshakeOutcome, Outcome } from './outcome.ts';

const APP = 'https://app.example.com';

function locationOf(outcome: Outcome): URL {
  expect(outcome).toMatchObject({ status: 'handshake', location: expect.any(String) });
  return new URL((outcome as HandshakeOutcome).location ?? '');
}

function signedInCookies({ keys }: SessionKit) {
  return { __session: keys.session(), __client_uat: String(START - 60), __clerk_db_jwt: 'dvb_1' };
}

const asHeader = (cookies: Readonly<Record<string, string>>) =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

describe('authenticateCookies', () => {
  it('signs in by the cookies of a browser', async () => {
    const kit = createSessionKit({ type: 'production' });
    const outcome = await kit.authenticate(pageLoad(APP, { cookies: signedInCookies(kit) }));
    expect(outcome).toMatchObject({
      status: 'signed-in',
      tokenType: 'session_token',
      identity: { userId: 'user_alice', sessionId: 'sess_alice' },
    });
    expect(outcome).not.toHaveProperty('responseHeaders');
  });

  it('is synchronous with a key at hand, and remembers the verdict', () => {
    const kit = createSessionKit({ type: 'production' });
    const view = pageLoad(APP, { cookies: signedInCookies(kit) });
    expect(authenticateCookies(view, kit.instance, START * 1000)).toMatchObject({
      status: 'signed-in',
      remembered: false,
    });
    expect(authenticateCookies(view, kit.instance, START * 1000)).toMatchObject({
      status: 'signed-in',
      remembered: true,
    });
  });

  it('builds no URL for a signed-in visitor', () => {
    const kit = createSessionKit({ type: 'production' });
    const view = pageLoad(`${APP}/a?b=c`, { cookies: signedInCookies(kit), headers: { referer: `${APP}/other` } });
    const { URL: real } = globalThis;
    globalThis.URL = new Proxy(real, {
      construct() {
        throw new Error('a URL was built');
      },
    });
    try {
      expect(authenticateCookies(view, kit.instance, START * 1000)).toMatchObject({ status: 'signed-in' });
    } finally {
      globalThis.URL = real;
    }
  });

  it('SC-019 reads no clock but the one it is given', async () => {
    const kit = createSessionKit({ type: 'production' });
    const view = pageLoad(APP, { cookies: signedInCookies(kit) });
    kit.now = START + 10_000;
    expect(await authenticateCookies(view, kit.instance, START * 1000)).toMatchObject({ status: 'signed-in' });
    expect(await authenticateCookies(view, kit.instance, kit.now * 1000)).toMatchObject({ status: 'handshake' });
  });

  it('warns once of tokens without azp (F16)', async () => {
    const kit = createSessionKit({ type: 'production' });
    const view = pageLoad(APP, { cookies: signedInCookies(kit) });
    await kit.authenticate(view);
    await kit.authenticate(view);
    expect(kit.warnings.filter((text) => text.includes('azp'))).toHaveLength(1);
    const withParty = createSessionKit({ type: 'production' });
    const token = withParty.keys.session({ azp: APP });
    await withParty.authenticate(pageLoad(APP, { cookies: { ...signedInCookies(withParty), __session: token } }));
    expect(withParty.warnings).toEqual([]);
  });

  it('§17 V8 signs nobody in whose claims are malformed', async () => {
    const kit = createSessionKit({ type: 'production' });
    const token = kit.keys.session({ v: 2, fea: 'nonsense', o: { id: 'org_1' } });
    const outcome = await kit.authenticate(pageLoad(APP, { cookies: { ...signedInCookies(kit), __session: token } }));
    expect(outcome).toEqual({
      status: 'signed-out',
      tokenType: 'session_token',
      reason: 'unexpected-error',
      message: '',
    });
  });

  it('SC-086 refuses a token whose signature does not verify before it looks at its age', async () => {
    const kit = createSessionKit({ type: 'production' });
    const [head, , signature] = kit.keys.session({ exp: START - 100 }).split('.');
    const claims = Buffer.from(
      JSON.stringify({ iss: kit.keys.issuer, sub: 'user_eve', sid: '../users', iat: START, exp: START - 100 }),
    );
    const forged = `${head}.${claims.toString('base64url')}.${signature}`;
    const cookies = { ...signedInCookies(kit), __session: forged, [kit.names.refresh]: 'rt' };
    expect(await kit.authenticate(pageLoad(APP, { cookies }))).toMatchObject({
      status: 'signed-out',
      reason: 'token-invalid-signature',
    });
  });
});

describe('a visitor from another site (F17)', () => {
  it.each([
    ['a page load', {}, 'handshake'],
    ['a page load without a referrer', { referer: undefined }, 'signed-in'],
    ['a frame', { 'sec-fetch-dest': 'iframe' }, 'signed-in'],
    ['a fetch', { 'sec-fetch-dest': 'empty' }, 'signed-in'],
    ['an old browser', { 'sec-fetch-dest': undefined }, 'signed-in'],
  ] as const)('%s: %s', async (_, change, status) => {
    const kit = createSessionKit({ type: 'production' });
    const wanted = {
      referer: 'https://search.example/',
      'sec-fetch-dest': 'document',
      cookie: asHeader(signedInCookies(kit)),
      ...change,
    };
    const headers = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    expect(await kit.authenticate(viewIncomingMessage({ method: 'GET', url: '/', headers }))).toMatchObject({ status });
  });
});

describe('the handshake redirect (section 8.1)', () => {
  it('is the example of the protocol', async () => {
    const kit = createSessionKit();
    const outcome = await kit.authenticate(pageLoad(`${APP}/path?x=1`));
    expect(outcome).toEqual({
      status: 'handshake',
      tokenType: 'session_token',
      reason: 'dev-browser-missing',
      message: '',
      location:
        'https://clerk.example.com/v1/client/handshake?redirect_url=https%3A%2F%2Fapp.example.com%2Fpath%3Fx%3D1' +
        '&__clerk_api_version=2025-11-10&suffixed_cookies=false&__clerk_hs_reason=dev-browser-missing&format=nonce',
      responseHeaders: [
        ['cache-control', 'no-store'],
        ['set-cookie', '__clerk_redirect_count=1; SameSite=Lax; HttpOnly; Max-Age=2; Secure'],
      ],
    });
  });

  it('carries all parameters in their order', async () => {
    const kit = createSessionKit({ options: { organizationSyncOptions: { organizationPatterns: ['/orgs/:slug'] } } });
    const token = kit.keys.session({ iat: START - 100 });
    const { names } = kit;
    const cookies = { [names.session]: token, [names.clientUat]: String(START), [names.devBrowser]: 'dvb_1' };
    const location = locationOf(
      await kit.authenticate(pageLoad(`${APP}/orgs/acme?__dev_session=old&y=2`, { cookies })),
    );
    expect([...location.searchParams]).toEqual([
      ['redirect_url', `${APP}/orgs/acme?y=2`],
      ['__clerk_api_version', '2025-11-10'],
      ['suffixed_cookies', 'true'],
      ['__clerk_hs_reason', 'session-token-iat-before-client-uat'],
      ['format', 'nonce'],
      ['__session', token],
      ['__clerk_db_jwt', 'dvb_1'],
      ['organization_id', 'acme'],
    ]);
  });

  it.each([
    ['by id', '/orgs/org_1', { organizationPatterns: ['/orgs/:id'] }, 'org_1'],
    ['personal account', '/me/x', { personalAccountPatterns: ['/me', '/me/(.*)'] }, ''],
    ['none', '/other', { organizationPatterns: ['/orgs/:id'] }, null],
  ])('names the organisation of the URL: %s', async (_, path, organizationSyncOptions, want) => {
    const kit = createSessionKit({ options: { organizationSyncOptions } });
    const location = locationOf(await kit.authenticate(pageLoad(`${APP}${path}`)));
    expect(location.searchParams.get('organization_id')).toBe(want);
  });

  it('names no development browser in production', async () => {
    const kit = createSessionKit({ type: 'production' });
    const location = locationOf(
      await kit.authenticate(pageLoad(APP, { cookies: { __client_uat: '5', __clerk_db_jwt: 'dvb_1' } })),
    );
    expect(location.searchParams.has('__clerk_db_jwt')).toBe(false);
  });

  it('§17 H8 SC-079 leaves the session token out where asked to', async () => {
    const kit = createSessionKit({ type: 'production', options: { sessionTokenInHandshake: false } });
    const location = locationOf(await kit.authenticate(pageLoad(APP, { cookies: { __session: kit.keys.session() } })));
    expect(location.searchParams.has('__session')).toBe(false);
  });

  it('keeps the rest of the URL as it was spelled', async () => {
    const kit = createSessionKit();
    const location = locationOf(await kit.authenticate(pageLoad(`${APP}/a%20b/?q=a%20b&__clerk_synced=true&r=%2B`)));
    expect(location.searchParams.get('redirect_url')).toBe(`${APP}/a%20b/?q=a%20b&__clerk_synced=true&r=%2B`);
  });

  it.each([
    [
      'a proxy',
      { proxyUrl: 'https://app.example.com/__clerk/' },
      'https://app.example.com/__clerk/v1/client/handshake',
    ],
    ['a proxy of a path', { proxyUrl: '/__clerk' }, 'https://app.example.com/__clerk/v1/client/handshake'],
    ['a domain without a satellite', { domain: 'satellite.example' }, 'https://clerk.example.com/v1/client/handshake'],
    [
      'a satellite in production',
      { isSatellite: true, domain: 'satellite.example', signInUrl: 'https://example.com/sign-in' },
      'https://clerk.satellite.example/v1/client/handshake',
    ],
  ])('goes to the frontend API behind %s (section 1.2)', async (_, options, want) => {
    const kit = createSessionKit({ type: 'production', options });
    const location = locationOf(await kit.authenticate(pageLoad(APP, { cookies: { __client_uat: '5' } })));
    expect(location.origin + location.pathname).toBe(want);
  });

  it('ignores the domain of a satellite in development', async () => {
    const options = { isSatellite: true, domain: 'satellite.example', signInUrl: 'https://example.com/sign-in' };
    const kit = createSessionKit({ options });
    const location = locationOf(
      await kit.authenticate(pageLoad(APP, { cookies: { __clerk_db_jwt: 'dvb_1', __client_uat: '5' } })),
    );
    expect(location.host).toBe('clerk.example.com');
  });

  it('SC-063 never goes where a forwarded host says', async () => {
    const kit = createSessionKit({ type: 'production', options: { proxyUrl: '/__clerk' } });
    const headers = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' };
    const location = locationOf(await kit.authenticate(pageLoad(APP, { cookies: { __client_uat: '5' }, headers })));
    expect(location.host).toBe('app.example.com');
    expect(location.searchParams.get('redirect_url')).toBe(`${APP}/`);
    expect(kit.warnings).toEqual([expect.stringContaining('x-forwarded-host')]);
  });

  it.each([
    ['https', APP, '; Secure'],
    ['http', 'http://localhost:3000', ''],
  ])('SC-082 counts in a cookie that is secure over https: %s', async (_, url, attribute) => {
    const kit = createSessionKit();
    const outcome = (await kit.authenticate(
      pageLoad(url, { cookies: { __clerk_redirect_count: '1' } }),
    )) as HandshakeOutcome;
    expect(outcome.responseHeaders).toContainEqual([
      'set-cookie',
      `__clerk_redirect_count=2; SameSite=Lax; HttpOnly; Max-Age=2${attribute}`,
    ]);
  });

  it('also follows from a refused token of the header, with the cookie before it (section 8.1, row 6)', async () => {
    const kit = createSessionKit({ type: 'production' });
    const expired = kit.keys.session({ iat: START - 100, exp: START - 50 });
    const cookie = kit.keys.session();
    const headers = { authorization: `Bearer ${expired}` };
    const withCookie = locationOf(await kit.authenticate(pageLoad(APP, { headers, cookies: { __session: cookie } })));
    expect(withCookie.searchParams.get('__session')).toBe(cookie);
    const alone = locationOf(await kit.authenticate(pageLoad(APP, { headers })));
    expect(alone.searchParams.get('__session')).toBe(expired);
    expect(alone.searchParams.get('__clerk_hs_reason')).toBe(
      'session-token-expired-refresh-non-eligible-no-refresh-cookie',
    );
  });
});

describe('SC-073 the count of redirects', () => {
  it.each([
    ['absent', undefined, 'handshake'],
    ['0', '0', 'handshake'],
    ['2', '2', 'handshake'],
    ['3', '3', 'signed-out'],
    ['4', '4', 'signed-out'],
    ['99', '99', 'signed-out'],
    ['-5', '-5', 'signed-out'],
    ['abc', 'abc', 'signed-out'],
    ['empty', '', 'signed-out'],
    ['01', '01', 'signed-out'],
    ['1.0', '1.0', 'signed-out'],
    ['a name of the prototype', '__proto__', 'signed-out'],
  ])('%s', async (_, count, status) => {
    const kit = createSessionKit({ type: 'production' });
    const outcome = await kit.authenticate(
      pageLoad(APP, { cookies: { __client_uat: '5', __clerk_redirect_count: count } }),
    );
    expect(outcome).toMatchObject({ status, reason: 'client-uat-but-no-session-token' });
    if (status === 'signed-out') expect(kit.warnings).toEqual([expect.stringContaining('refuse our cookies')]);
  });

  it('SC-056 is the highest of several, so a tossed cookie cannot hold it down', async () => {
    const kit = createSessionKit({ type: 'production' });
    const headers = {
      cookie: '__clerk_redirect_count=0; __client_uat=5; __clerk_redirect_count=3; __clerk_redirect_count=1',
    };
    expect(await kit.authenticate(pageLoad(APP, { headers }))).toMatchObject({ status: 'signed-out' });
  });

  it('tells of a loop once a minute, whoever loops', async () => {
    const kit = createSessionKit({ type: 'production' });
    const loop = () => kit.authenticate(pageLoad(APP, { cookies: { __client_uat: '5', __clerk_redirect_count: '3' } }));
    await loop();
    await loop();
    expect(kit.warnings).toHaveLength(1);
    kit.now += 60;
    await loop();
    expect(kit.warnings).toHaveLength(2);
  });
});
