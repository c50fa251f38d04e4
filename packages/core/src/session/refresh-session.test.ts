import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type BackendAnswer,
  type BackendServer,
  startBackendServer,
} from '../../../../test/session/support/backend-server.ts';
import {
  apiCall,
  createSessionKit,
  pageLoad,
  type SessionKit,
  START,
} from '../../../../test/session/support/session-kit.ts';
import type { AuthenticatorOptions } from '../config.ts';

const APP = 'https://app.example.com';

let backend: BackendServer;
beforeAll(async () => {
  backend = await startBackendServer();
});
afterAll(() => backend.close());
beforeEach(() => {
  backend.calls.length = 0;
});

function createKit(options: AuthenticatorOptions = {}): SessionKit {
  return createSessionKit({ type: 'production', options: { secretKey: 'sk_live_1', apiUrl: backend.url, ...options } });
}

/** The cookies of a browser whose session token has expired. */
function expiredCookies({ keys, names }: SessionKit, claims: Record<string, unknown> = {}) {
  const session = keys.session({ iat: START - 200, nbf: START - 210, exp: START - 100, ...claims });
  return { [names.session]: session, [names.clientUat]: String(START - 300), [names.refresh]: 'refresh-token-1' };
}

function answerWith(lines: readonly string[]): void {
  backend.answer = () => ({ json: { object: 'cookies', cookies: lines } });
}

describe('refresh, section 9.1', () => {
  it('signs in with the fresh token and hands on its cookies (H2)', async () => {
    const kit = createKit();
    const fresh = kit.keys.session();
    const lines = [`__session=${fresh}; Path=/`, `${kit.names.session}=${fresh}; Path=/`];
    answerWith(lines);
    const outcome = await kit.authenticate(pageLoad(APP, { cookies: expiredCookies(kit) }));
    expect(outcome).toMatchObject({
      status: 'signed-in',
      token: fresh,
      identity: { sessionId: 'sess_alice' },
      responseHeaders: lines.map((line) => ['set-cookie', line]),
    });
    expect(outcome).not.toHaveProperty('location');
  });

  it('SC-088, SC-089 asks with what is needed and no more', async () => {
    const kit = createKit();
    answerWith([`__session=${kit.keys.session()}`]);
    const cookies = expiredCookies(kit);
    const headers = { 'user-agent': 'A Browser', 'x-secret': 's', referer: `${APP}/x` };
    await kit.authenticate(pageLoad(`${APP}/page`, { cookies: { ...cookies, other: 'o' }, headers }));
    expect(backend.calls).toHaveLength(1);
    const [call] = backend.calls;
    expect(call).toMatchObject({
      method: 'POST',
      path: '/v1/sessions/sess_alice/refresh',
      authorization: 'Bearer sk_live_1',
      body: {
        format: 'cookie',
        expired_token: cookies[kit.names.session],
        refresh_token: 'refresh-token-1',
        request_origin: APP,
        request_headers: { host: ['app.example.com'], 'user-agent': ['A Browser'], referer: [`${APP}/x`] },
      },
    });
    expect(Object.keys(call?.body.request_headers ?? {}).sort()).toEqual(['host', 'referer', 'user-agent']);
    expect(call?.query.get('suffixed_cookies')).toBe('true');
  });

  it('SC-089 sends all headers where asked to, as older clients do', async () => {
    const kit = createKit({ forwardAllHeadersOnRefresh: true });
    answerWith([`__session=${kit.keys.session()}`]);
    const view = pageLoad(APP, { cookies: expiredCookies(kit), headers: { 'x-any': '1' } });
    await kit.authenticate(view);
    expect(backend.calls[0]?.body.request_headers).toMatchObject({ 'x-any': ['1'], cookie: [view.header('cookie')] });
  });

  it('happens for a GET of any kind', async () => {
    const kit = createKit();
    answerWith([`__session=${kit.keys.session()}`]);
    expect(await kit.authenticate(apiCall(APP, { cookies: expiredCookies(kit) }))).toMatchObject({
      status: 'signed-in',
    });
  });

  it('happens for an expired token of the header, and then for that one', async () => {
    const kit = createKit();
    const fresh = kit.keys.session();
    answerWith([`__session=${fresh}`]);
    const cookies = expiredCookies(kit);
    const headers = { authorization: `Bearer ${cookies[kit.names.session]}` };
    expect(await kit.authenticate(apiCall(APP, { cookies: { [kit.names.refresh]: 'r' }, headers }))).toMatchObject({
      status: 'signed-in',
      token: fresh,
    });
    expect(backend.calls[0]?.body.expired_token).toBe(cookies[kit.names.session]);
  });

  it('SC-053 signs nobody in but whom the header named', async () => {
    const kit = createKit();
    answerWith([`__session=${kit.keys.session({ sub: 'user_bob', sid: 'sess_bob' })}`]);
    const cookies = expiredCookies(kit, { sub: 'user_bob', sid: 'sess_bob' });
    const headers = { authorization: `Bearer ${kit.keys.session({ exp: START - 100 })}` };
    expect(await kit.authenticate(apiCall(APP, { cookies, headers }))).toMatchObject({
      status: 'signed-out',
      reason: 'session-token-expired-refresh-invalid-session-token',
    });
    expect(backend.calls[0]?.path).toBe('/v1/sessions/sess_alice/refresh');
  });
});

describe('what keeps a session from being refreshed', () => {
  const reasonOf = async (kit: SessionKit, cookies: Record<string, string | undefined>, method = 'GET') => {
    const outcome = await kit.authenticate(apiCall(APP, { cookies, method }));
    expect(outcome.status).toBe('signed-out');
    expect(outcome).not.toHaveProperty('responseHeaders');
    return 'reason' in outcome ? outcome.reason.replace('session-token-expired-refresh-', '') : '';
  };

  it('row 1 no secret key to ask with', async () => {
    const kit = createSessionKit({ type: 'production' });
    expect(await reasonOf(kit, expiredCookies(kit))).toBe('missing-api-client');
  });

  it('H3 not a GET', async () => {
    const kit = createKit();
    expect(await reasonOf(kit, expiredCookies(kit), 'POST')).toBe('non-eligible-non-get');
    expect(backend.calls).toEqual([]);
  });

  it.each([
    ['no refresh cookie', (kit: SessionKit) => ({ [kit.names.refresh]: undefined })],
    ['an empty one', (kit: SessionKit) => ({ [kit.names.refresh]: '' })],
    ['the plain one, which is never read', (kit: SessionKit) => ({ [kit.names.refresh]: undefined, __refresh: 'r' })],
  ])('H3 %s', async (_, change) => {
    const kit = createKit();
    expect(await reasonOf(kit, { ...expiredCookies(kit), ...change(kit) })).toBe('non-eligible-no-refresh-cookie');
    expect(backend.calls).toEqual([]);
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['no text', 7],
  ])('row 5 sid %s', async (_, sid) => {
    const kit = createKit();
    expect(await reasonOf(kit, expiredCookies(kit, { sid }))).toBe('expired-session-token-missing-sid-claim');
    expect(backend.calls).toEqual([]);
  });

  const error = (code: string, status = 422): BackendAnswer => ({
    status,
    json: { errors: [{ code, message: 'no' }] },
  });

  it.each([
    ['row 6 unexpected error', error('unexpected_error', 500), 'fetch-error'],
    ['row 7 its own code', error('refresh_token_invalid'), 'refresh_token_invalid'],
    [
      'row 7 the first of several',
      {
        status: 422,
        json: {
          errors: [
            { code: 'one', message: '' },
            { code: 'two', message: '' },
          ],
        },
      },
      'one',
    ],
    ['SC-087 row 7 too many requests', error('too_many_requests', 429), 'too_many_requests'],
    ['SC-068 a code that fits in no header', error('a\r\nb'), 'unexpected-bapi-error'],
    ['row 8 an error without a list', { status: 400, json: {} }, 'unexpected-bapi-error'],
    ['row 8 an error that is not JSON', { status: 400, html: '<html>' }, 'unexpected-bapi-error'],
    ['SC-087 row 8 an outage without a list', { status: 503, json: {} }, 'unexpected-bapi-error'],
    ['row 9 no cookies', { json: { object: 'cookies', cookies: [] } }, 'unexpected-sdk-error'],
    ['row 9 a token in place of cookies', { json: { object: 'token', jwt: 'x' } }, 'unexpected-sdk-error'],
  ] satisfies [string, BackendAnswer, string][])('%s', async (_, answer, want) => {
    const kit = createKit();
    backend.answer = () => answer;
    expect(await reasonOf(kit, expiredCookies(kit))).toBe(want);
  });

  it('row 6 a backend that hangs or is not there', async () => {
    const hanging = createKit({ timeoutMs: 50 });
    backend.answer = () => undefined;
    expect(await reasonOf(hanging, expiredCookies(hanging))).toBe('fetch-error');
    const gone = createKit({ apiUrl: 'http://127.0.0.1:1' });
    expect(await reasonOf(gone, expiredCookies(gone))).toBe('fetch-error');
  });

  it.each([
    ['another session', (kit: SessionKit) => kit.keys.session({ sid: 'sess_other' })],
    ['another user', (kit: SessionKit) => kit.keys.session({ sub: 'user_other' })],
    ['no session', (kit: SessionKit) => kit.keys.session({ sid: undefined })],
    ['another instance', () => createSessionKit({ ownKey: true }).keys.session()],
    ['a template', (kit: SessionKit) => kit.keys.session({}, { cat: 'cl_B7d4PD222AAA' })],
    ['a machine', (kit: SessionKit) => kit.keys.session({}, { cat: 'cl_B7d4PD333AAA' })],
    ['an expired one', (kit: SessionKit) => kit.keys.session({ exp: START - 10 })],
    ['no JWT', () => 'x'],
    ['nothing', () => ''],
  ])('§17 H4 SC-085 row 10 a fresh token of %s', async (_, fresh) => {
    const kit = createKit();
    answerWith([`__session=${fresh(kit)}; Path=/`]);
    expect(await reasonOf(kit, expiredCookies(kit))).toBe('invalid-session-token');
    const page = await kit.authenticate(pageLoad(APP, { cookies: expiredCookies(kit) }));
    expect(page).toMatchObject({ status: 'handshake', reason: 'session-token-expired-refresh-invalid-session-token' });
    expect(JSON.stringify('responseHeaders' in page && page.responseHeaders)).not.toContain('__session=');
  });

  it('row 10 a line that could end its header', async () => {
    const kit = createKit();
    answerWith([`__session=${kit.keys.session()}\r\nx: y`]);
    expect(await reasonOf(kit, expiredCookies(kit))).toBe('invalid-session-token');
  });

  it('SC-086 a session id that is a path reaches no other operation', async () => {
    const kit = createKit();
    answerWith([`__session=${kit.keys.session({ sid: '../users' })}`]);
    await kit.authenticate(apiCall(APP, { cookies: expiredCookies(kit, { sid: '../users' }) }));
    await kit.authenticate(apiCall(APP, { cookies: expiredCookies(kit, { sid: 'a/b?c' }) }));
    for (const { path } of backend.calls) expect(path).toMatch(/^\/v1\/sessions\/[^/]+\/refresh$/);
  });
});

describe('§17 H5 SC-084 many requests with one expired token', () => {
  it('cause one call, and each gets the cookies', async () => {
    const kit = createKit();
    const line = `__session=${kit.keys.session()}`;
    answerWith([line]);
    const cookies = expiredCookies(kit);
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => kit.authenticate(pageLoad(APP, { cookies }))));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'signed-in', responseHeaders: [['set-cookie', line]] });
    }
    expect(backend.calls).toHaveLength(1);
    await kit.authenticate(pageLoad(APP, { cookies }));
    expect(backend.calls).toHaveLength(1);
    kit.now += 5;
    await kit.authenticate(pageLoad(APP, { cookies }));
    expect(backend.calls).toHaveLength(2);
  });

  it('share no failure with those who come later', async () => {
    const kit = createKit();
    backend.answer = () => ({ status: 503, json: {} });
    const cookies = expiredCookies(kit);
    await Promise.all([1, 2, 3].map(() => kit.authenticate(pageLoad(APP, { cookies }))));
    expect(backend.calls).toHaveLength(1);
    answerWith([`__session=${kit.keys.session()}`]);
    expect(await kit.authenticate(pageLoad(APP, { cookies }))).toMatchObject({ status: 'signed-in' });
  });

  it.each([
    [
      'another refresh token',
      (kit: SessionKit) => pageLoad(APP, { cookies: { ...expiredCookies(kit), [kit.names.refresh]: 'r2' } }),
    ],
    ['another session', (kit: SessionKit) => pageLoad(APP, { cookies: expiredCookies(kit, { sid: 'sess_2' }) })],
    ['another origin', (kit: SessionKit) => pageLoad('https://other.example.com', { cookies: expiredCookies(kit) })],
  ])('share nothing with %s', async (_, view) => {
    const kit = createKit();
    answerWith([`__session=${kit.keys.session()}`]);
    await Promise.all([kit.authenticate(pageLoad(APP, { cookies: expiredCookies(kit) })), kit.authenticate(view(kit))]);
    expect(backend.calls).toHaveLength(2);
  });
});
