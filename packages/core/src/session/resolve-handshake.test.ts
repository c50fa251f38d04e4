import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BackendServer, startBackendServer } from '../../../../test/session/support/backend-server.ts';
import {
  apiCall,
  createSessionKit,
  pageLoad,
  type SessionKit,
  type SessionKitOptions,
  START,
} from '../../../../test/session/support/session-kit.ts';

const APP = 'https://app.example.com';
const CORS = [
  ['access-control-allow-origin', 'null'],
  ['access-control-allow-credentials', 'true'],
];
const setCookies = (...lines: string[]) => lines.map((line) => ['set-cookie', line]);

/** A handshake token as the frontend API issues it. */
function handshakeToken({ keys }: SessionKit, handshake: unknown, header: Record<string, unknown> = {}): string {
  return keys.jwt({ handshake, iat: START }, header);
}

const development = (options?: SessionKitOptions['options']) =>
  createSessionKit(options === undefined ? {} : { options });
const production = (options?: SessionKitOptions['options']) =>
  createSessionKit({ type: 'production', ...(options !== undefined && { options }) });

/** Brings a handshake as the instance's type does: in the URL in development, in a cookie in production. */
function bring(kit: SessionKit, token: string, cookies: Record<string, string> = {}) {
  const isProduction = kit.instance.config.publishableKey?.instanceType === 'production';
  return isProduction
    ? kit.authenticate(pageLoad(`${APP}/page?x=1`, { cookies: { __clerk_handshake: token, ...cookies } }))
    : kit.authenticate(
        pageLoad(`${APP}/page?x=1&__clerk_handshake=${token}&__clerk_help=h&__clerk_db_jwt=d`, { cookies }),
      );
}

describe('a handshake that came along, section 8.3', () => {
  it('signs in and cleans the URL in development', async () => {
    const kit = development();
    const session = kit.keys.session();
    const lines = [`__session=${session}; Path=/`, `${kit.names.session}=${session}; Path=/`, '__client_uat=5; Path=/'];
    expect(await bring(kit, handshakeToken(kit, lines))).toMatchObject({
      status: 'signed-in',
      token: session,
      identity: { userId: 'user_alice' },
      responseHeaders: [...CORS, ...setCookies(...lines), ['cache-control', 'no-store']],
      location: `${APP}/page?x=1`,
    });
  });

  it('signs in without a redirect in production', async () => {
    const kit = production();
    const session = kit.keys.session();
    const lines = [`__session=${session}; Path=/`, '__clerk_handshake=; Max-Age=0'];
    const outcome = await bring(kit, handshakeToken(kit, lines));
    expect(outcome).toMatchObject({ status: 'signed-in', responseHeaders: [...CORS, ...setCookies(...lines)] });
    expect(outcome).not.toHaveProperty('location');
  });

  it.each([
    ['development', development, `${APP}/page?x=1`],
    ['production', production, undefined],
  ])('step 6 signs out where it brings no session, %s', async (_, create, location) => {
    const kit = create();
    const outcome = await bring(kit, handshakeToken(kit, ['__session=; Max-Age=0', '__client_uat=0']));
    expect(outcome).toMatchObject({
      status: 'signed-out',
      reason: 'session-token-missing',
      responseHeaders: expect.arrayContaining(setCookies('__session=; Max-Age=0', '__client_uat=0')),
    });
    expect('location' in outcome ? outcome.location : undefined).toBe(location);
  });

  it.each([
    ['no list', { handshake: 'x' }],
    ['nothing', {}],
  ])('step 3 takes %s for no directives', async (_, claims) => {
    const kit = production();
    expect(await bring(kit, kit.keys.jwt(claims))).toMatchObject({
      status: 'signed-out',
      reason: 'session-token-missing',
    });
  });

  it('is looked for whatever the method and the destination (F1)', async () => {
    const kit = production();
    const cookies = { __clerk_handshake: handshakeToken(kit, [`__session=${kit.keys.session()}`]) };
    for (const method of ['GET', 'POST', 'HEAD']) {
      expect(await kit.authenticate(apiCall(APP, { method, cookies }))).toMatchObject({ status: 'signed-in' });
    }
  });

  it('step 8 tolerates a wrong clock in development, and says so', async () => {
    const kit = development();
    const session = kit.keys.session();
    const token = handshakeToken(kit, [`__session=${session}`]);
    kit.now += 3_600;
    expect(await bring(kit, token)).toMatchObject({ status: 'signed-in' });
    expect(kit.warnings).toEqual(expect.arrayContaining([expect.stringContaining('3600 s ahead')]));
    kit.now = START - 3_600;
    expect(await bring(kit, token)).toMatchObject({ status: 'signed-in' });
  });

  it('SC-072 tolerates it for a day, and never in production', async () => {
    const local = development();
    const old = handshakeToken(local, [`__session=${local.keys.session()}`]);
    local.now += 86_400 + 61;
    expect(await bring(local, old, { __clerk_db_jwt: 'd' })).toMatchObject({ status: 'handshake' });

    const live = production();
    const token = handshakeToken(live, [`__session=${live.keys.session()}`]);
    live.now += 3_600;
    expect(await bring(live, token)).toEqual({
      status: 'signed-out',
      tokenType: 'session_token',
      reason: 'session-token-and-uat-missing',
      message: '',
    });
    expect(live.warnings).toEqual([expect.stringContaining('3600 s ahead')]);
  });

  it('step 9 goes on with the cookies where what it brought does not verify', async () => {
    for (const kit of [development(), production()]) {
      const foreign = createSessionKit({ ownKey: true }).keys.session();
      const cookies = { __session: kit.keys.session(), __client_uat: '5', __clerk_db_jwt: 'd' };
      const token = handshakeToken(kit, [`__session=${foreign}`]);
      const isProduction = kit.instance.config.publishableKey?.instanceType === 'production';
      const url = isProduction ? APP : `${APP}?__clerk_handshake=${token}`;
      const all = { ...cookies, ...(isProduction && { __clerk_handshake: token }) };
      const outcome = await kit.authenticate(pageLoad(url, { cookies: all }));
      expect(outcome).toMatchObject({ status: 'signed-in', token: cookies.__session });
      expect(outcome).not.toHaveProperty('responseHeaders');
    }
  });

  it.each([
    ['a template', { cat: 'cl_B7d4PD222AAA' }, {}],
    ['a machine', { cat: 'cl_B7d4PD333AAA' }, {}],
    ['an OAuth token', { typ: 'at+jwt' }, {}],
    ['a machine by its subject', {}, { sub: 'mch_1' }],
  ])('H4 signs nobody in by a session token that is %s', async (_, header, claims) => {
    const kit = production();
    const brought = kit.keys.session(claims, header);
    expect(await bring(kit, handshakeToken(kit, [`__session=${brought}`]))).toMatchObject({ status: 'signed-out' });
  });
});

const MIXED_KEYS = createSessionKit({ ownKey: true }).keys;
const tampered = (token: string) => {
  const [header, , signature] = token.split('.');
  return `${header}.${Buffer.from(JSON.stringify({ handshake: ['__session=x'] })).toString('base64url')}.${signature}`;
};

/** Tokens that must set no cookie. */
const FORGED: [string, (kit: SessionKit) => string, string][] = [
  ['undecodable', () => 'garbage', 'token-invalid'],
  [
    'unsigned',
    () => `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa('{"handshake":["__session=x"]}').replaceAll('=', '')}.`,
    'token-invalid-algorithm',
  ],
  ['of another key', () => MIXED_KEYS.jwt({ handshake: ['__session=x'] }), 'token-invalid-signature'],
  ['tampered', (kit) => tampered(handshakeToken(kit, [])), 'token-invalid-signature'],
  ['SC-029 of a template', (kit) => handshakeToken(kit, ['__session=x'], { cat: 'cl_B7d4PD222AAA' }), 'token-invalid'],
  ['of a machine', (kit) => handshakeToken(kit, ['__session=x'], { cat: 'cl_B7d4PD333AAA' }), 'token-invalid'],
  ['of unknown category', (kit) => handshakeToken(kit, ['__session=x'], { cat: 'cl_x' }), 'token-invalid'],
  ['of another typ', (kit) => handshakeToken(kit, ['__session=x'], { typ: 'at+jwt' }), 'token-invalid'],
  ['H2 with a line break', (kit) => handshakeToken(kit, ['__session=x\r\nset-cookie: a=b']), 'token-invalid'],
  ['H2 with a number', (kit) => handshakeToken(kit, [1]), 'token-invalid'],
];

describe('SC-069 a forged handshake', () => {
  it.each(FORGED)('%s: is passed over in production', async (_, forge) => {
    const kit = production();
    const outcome = await bring(kit, forge(kit));
    expect(outcome).toEqual({
      status: 'signed-out',
      tokenType: 'session_token',
      reason: 'session-token-and-uat-missing',
      message: '',
    });
    expect(kit.warnings).toHaveLength(1);
  });

  it.each(FORGED)('%s: fails with a typed error in development (8.4, §17 H9)', async (_, forge, reason) => {
    const kit = development();
    await expect(bring(kit, forge(kit))).rejects.toMatchObject({
      name: 'HandshakeError',
      code: 'handshake-refused',
      status: 500,
      reason,
    });
  });

  it('advises where the keys of two instances are mixed', async () => {
    const kit = development();
    await expect(bring(kit, MIXED_KEYS.jwt({ handshake: [] }))).rejects.toThrow(/publishableKey, secretKey and jwtKey/);
  });

  it('a session token in its place brings nothing', async () => {
    const kit = production();
    expect(await bring(kit, kit.keys.session())).toMatchObject({
      status: 'signed-out',
      reason: 'session-token-missing',
    });
  });
});

describe("SC-074 another's handshake", () => {
  const opened = (kit: SessionKit, parts: Parameters<typeof pageLoad>[1]) =>
    kit.authenticate(
      pageLoad(`${APP}/?__clerk_handshake=${handshakeToken(kit, [`__session=${kit.keys.session()}`])}`, parts),
    );

  it('counts for nothing in the URL of a production instance', async () => {
    expect(await opened(production(), {})).toMatchObject({
      status: 'signed-out',
      reason: 'session-token-and-uat-missing',
    });
  });

  it.each([
    ['posted', { method: 'POST' }],
    ['fetched from another site', { headers: { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'cross-site' } }],
    ['as an image of another site', { headers: { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' } }],
  ])('counts for nothing when %s', async (_, parts) => {
    const outcome = await opened(development(), { ...parts, cookies: { __clerk_db_jwt: 'd' } });
    expect(outcome).toMatchObject({ status: 'signed-out', reason: 'session-token-and-uat-missing' });
  });

  it.each([
    ['a page load that a redirect led to', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a frame', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' } }],
    ['an old browser', { headers: { 'sec-fetch-dest': 'document' } }],
  ])('completes for %s', async (_, parts) => {
    expect(await opened(development(), parts)).toMatchObject({ status: 'signed-in' });
  });
});

describe('a nonce (step 2)', () => {
  let backend: BackendServer;
  beforeAll(async () => {
    backend = await startBackendServer();
  });
  afterAll(() => backend.close());
  beforeEach(() => {
    backend.calls.length = 0;
  });

  const withBackend = (timeoutMs = 10_000) => production({ secretKey: 'sk_live_1', apiUrl: backend.url, timeoutMs });
  const nonce = (kit: SessionKit, cookies: Record<string, string> = {}) =>
    kit.authenticate(pageLoad(APP, { cookies: { __clerk_handshake_nonce: 'n&1', ...cookies } }));

  it('is exchanged for the payload, before any token', async () => {
    const kit = withBackend();
    const line = `__session=${kit.keys.session()}`;
    backend.answer = () => ({ json: { directives: [line] } });
    const outcome = await nonce(kit, { __clerk_handshake: 'garbage' });
    expect(outcome).toMatchObject({ status: 'signed-in', responseHeaders: [...CORS, ...setCookies(line)] });
    expect(backend.calls).toMatchObject([
      { method: 'GET', path: '/v1/clients/handshake_payload', authorization: 'Bearer sk_live_1' },
    ]);
    expect(backend.calls[0]?.query.get('nonce')).toBe('n&1');
  });

  it.each([
    ['404', { status: 404, json: { errors: [{ code: 'resource_not_found', message: 'no' }] } }],
    ['500', { status: 500, json: {} }],
    ['no directives', { json: {} }],
    ['nothing readable', { html: '<html>' }],
  ])('SC-072 brings nothing where the backend answers %s', async (_, answer) => {
    const kit = withBackend(500);
    backend.answer = () => answer;
    expect(await nonce(kit)).toMatchObject({ status: 'signed-out' });
  });

  it('§17 H7 is given up where the backend hangs', async () => {
    const kit = withBackend(50);
    backend.answer = () => undefined;
    expect(await nonce(kit)).toMatchObject({ status: 'signed-out', reason: 'session-token-missing' });
    expect(kit.warnings.join()).not.toContain('n&1');
  });

  it('§17 H7 costs no more than the timeout, however often it is tried', async () => {
    const kit = withBackend(300);
    backend.answer = () => undefined;
    const startedAt = performance.now();
    await nonce(kit);
    expect(performance.now() - startedAt).toBeLessThan(550);
  });

  it('SC-122 of everybody who sends one, so many are exchanged at a time and no more', async () => {
    const kit = production({ secretKey: 'sk_live_1', apiUrl: backend.url, timeoutMs: 200, concurrentVerifications: 5 });
    backend.answer = () => undefined;
    const flood = Array.from({ length: 50 }, (_, i) =>
      kit.authenticate(apiCall(APP, { cookies: { __clerk_handshake_nonce: `made-up-${i}` } })),
    );
    for (const outcome of await Promise.all(flood)) expect(outcome).toMatchObject({ status: 'signed-out' });
    expect(backend.calls).toHaveLength(5);
    backend.answer = () => ({ json: { directives: [`__session=${kit.keys.session()}`] } });
    expect(await nonce(kit)).toMatchObject({ status: 'signed-in' });
  });

  it('is exchanged once for requests that bring it at one time', async () => {
    const kit = withBackend();
    backend.answer = () => ({ json: { directives: [`__session=${kit.keys.session()}`] } });
    for (const outcome of await Promise.all([nonce(kit), nonce(kit), nonce(kit)])) {
      expect(outcome).toMatchObject({ status: 'signed-in' });
    }
    expect(backend.calls).toHaveLength(1);
    await nonce(kit);
    expect(backend.calls).toHaveLength(2);
  });

  it.each(['x'.repeat(513), 'a b', 'ä'])(
    'SC-122 does not reach the backend where it cannot be one: %s',
    async (text) => {
      const kit = withBackend();
      const cookies = { __clerk_handshake_nonce: encodeURIComponent(text) };
      expect(await kit.authenticate(pageLoad(APP, { cookies }))).toMatchObject({ status: 'signed-out' });
      expect(backend.calls).toEqual([]);
    },
  );

  it('brings nothing without a secret key', async () => {
    expect(await nonce(production())).toMatchObject({ status: 'signed-out', reason: 'session-token-missing' });
    expect(backend.calls).toEqual([]);
  });
});

describe('a browser that refuses all cookies', () => {
  it('SC-073 is led round three times in development, and then told why', async () => {
    const kit = development();
    const token = handshakeToken(kit, [`__session=${kit.keys.session()}`, '__client_uat=5']);
    const headers = { 'user-agent': 'A Browser' };
    let redirects = 0;
    let url = `${APP}/page`;
    for (;;) {
      const outcome = await kit.authenticate(pageLoad(url, { headers }));
      if (outcome.status === 'handshake') {
        redirects++;
        url = `${APP}/page?__clerk_handshake=${token}`;
      } else if (outcome.status === 'signed-in' && 'location' in outcome) {
        url = outcome.location ?? '';
      } else {
        expect(outcome).toMatchObject({ status: 'signed-out', reason: 'dev-browser-missing' });
        break;
      }
      expect(redirects).toBeLessThanOrEqual(3);
    }
    expect(redirects).toBe(3);
    expect(kit.warnings.at(-1)).toContain('refuse our cookies');
    // Another browser, and the same one later, are not held to it.
    expect(await kit.authenticate(pageLoad(`${APP}/page`, { headers: { 'user-agent': 'Another' } }))).toMatchObject({
      status: 'handshake',
    });
    kit.now += 11;
    expect(await kit.authenticate(pageLoad(`${APP}/page`, { headers }))).toMatchObject({ status: 'handshake' });
  });
});
