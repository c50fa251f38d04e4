import { describe, expect, test } from 'vitest';
import { Clock } from '../../../test/support/clock.ts';
import { json, startLoopbackServer } from '../../../test/support/loopback-server.ts';
import { compact, createSigningKey } from '../../../test/support/signing-key.ts';
import { createAuthenticator } from './authenticator.ts';
import type { AuthenticatorOptions } from './config.ts';
import { toPublishableKey } from './keys/publishable-key.ts';
import { viewIncomingMessage } from './request/request-view.ts';
import type { AcceptsToken } from './tokens/token-type.ts';

const clock = new Clock();
const key = createSigningKey();
const publishableKey = toPublishableKey('clerk.example.com', 'production');
const claims = (more: object = {}) => ({
  sub: 'user_1',
  sid: 'sess_1',
  iat: clock.seconds,
  exp: clock.seconds + 60,
  ...more,
});
const session = (more: object = {}, header: object = {}) =>
  key.sign(claims({ iss: 'https://clerk.example.com', ...more }), header as never);
const create = (options: AuthenticatorOptions = {}) =>
  createAuthenticator(
    { publishableKey, jwtKey: key.publicPem, now: clock.now, logger: { warn: () => {} }, ...options },
    {},
  );
const authenticator = create();

async function stateOf(headers: Record<string, string>, acceptsToken?: AcceptsToken, url = 'https://example.com/') {
  const request = new Request(url, { headers });
  return authenticator.authenticateRequest(request, acceptsToken === undefined ? {} : { acceptsToken });
}

const cookieOf = (token: string) => `__session=${token}; __client_uat=${clock.seconds - 60}`;

describe('SC-053 a token in the header decides alone', () => {
  test('a bad one beside good cookies signs nobody in', async () => {
    for (const bad of ['garbage', session({ exp: 1 }), `${session().slice(0, -6)}AAAAAA`]) {
      const state = await stateOf({ authorization: `Bearer ${bad}`, cookie: cookieOf(session()) });
      expect(state.status).toBe('signed-out');
    }
  });

  test("a good one beside another user's cookies is the one that counts", async () => {
    const state = await stateOf({
      authorization: `Bearer ${session({ sub: 'user_a' })}`,
      cookie: cookieOf(session({ sub: 'user_b' })),
    });
    expect(state.toAuth()).toMatchObject({ userId: 'user_a' });
  });

  test('of another scheme it is none: the cookies count', async () => {
    const state = await stateOf({
      authorization: `Basic ${session({ sub: 'user_a' })}`,
      cookie: cookieOf(session({ sub: 'user_b' })),
    });
    expect(state.toAuth()).toMatchObject({ userId: 'user_b' });
  });

  test('SC-052 a bad first and a good second in one line are not two chances', async () => {
    for (const authorization of [
      `Bearer x, Bearer ${session()}`,
      `Bearer x Bearer ${session()}`,
      `Basic x, Bearer ${session()}`,
    ]) {
      expect((await stateOf({ authorization })).status).toBe('signed-out');
    }
  });
});

test('SC-054 a token in the URL is no credential', async () => {
  const token = session();
  for (const name of ['access_token', 'token', '__session', 'authorization', 'jwt']) {
    for (const acceptsToken of [undefined, 'any', 'm2m_token'] as const) {
      expect((await stateOf({}, acceptsToken, `https://example.com/?${name}=${token}`)).status).toBe('signed-out');
    }
  }
});

describe('section 7 B, without a header', () => {
  test.each(['api_key', 'm2m_token', 'oauth_token'] as const)(
    'B5 a route for %s alone says so literally',
    async (type) => {
      expect(await stateOf({ cookie: cookieOf(session()) }, type)).toMatchObject({
        status: 'signed-out',
        tokenType: type,
        reason: 'No token in header',
      });
    },
  );

  test('B1 a list without sessions', async () => {
    expect(await stateOf({ cookie: cookieOf(session()) }, ['api_key', 'm2m_token'])).toMatchObject({
      status: 'signed-out',
      tokenType: null,
      reason: 'token-type-mismatch',
    });
  });

  test.each<[AcceptsToken]>([['any'], ['session_token'], [['session_token', 'api_key']]])(
    'B6 %j reads the cookies',
    async (accepts) => {
      expect(await stateOf({ cookie: cookieOf(session()) }, accepts)).toMatchObject({ status: 'signed-in' });
    },
  );
});

describe('section 7 A, keys that are missing', () => {
  test('A2 machine routes need no publishable key', async () => {
    const server = await startLoopbackServer(json({ id: 'ak_1', subject: 'user_1', scopes: [] }));
    const machines = createAuthenticator({ secretKey: 'sk_test_x', apiUrl: server.url }, {});
    const request = new Request('https://example.com', { headers: { authorization: 'Bearer ak_0123456789' } });
    expect(await machines.authenticateRequest(request, { acceptsToken: 'api_key' })).toMatchObject({
      status: 'signed-in',
    });
  });

  test.each<[AcceptsToken | undefined]>([[undefined], ['session_token'], ['oauth_token'], ['any'], [['api_key']]])(
    'A3 without a publishable key %j is refused, naming it',
    async (acceptsToken) => {
      const keyless = createAuthenticator({ jwtKey: key.publicPem }, {});
      const options = acceptsToken === undefined ? {} : { acceptsToken };
      await expect(keyless.authenticateRequest(new Request('https://example.com'), options)).rejects.toMatchObject({
        name: 'ConfigurationError',
        option: 'publishableKey',
      });
    },
  );

  test('§17 T4 a secret key is not needed where a PEM verifies', async () => {
    expect(await stateOf({ authorization: `Bearer ${session()}` })).toMatchObject({ status: 'signed-in' });
  });

  test('no key at all is jwk-failed-to-resolve', async () => {
    const keyless = createAuthenticator({ publishableKey, now: clock.now }, {});
    const request = new Request('https://example.com', { headers: { authorization: `Bearer ${session()}` } });
    expect(await keyless.authenticateRequest(request)).toMatchObject({ reason: 'jwk-failed-to-resolve' });
  });
});

test('§17 V10, section 4.1: categories that stand for no session are refused before any key is looked for', async () => {
  for (const cat of ['cl_B7d4PD222AAA', 'cl_B7d4PD333AAA', 'unknown', '', null]) {
    const token = compact({ alg: 'RS256', kid: 'x', cat }, claims());
    for (const acceptsToken of ['any', 'session_token', ['session_token']] as const) {
      expect(await stateOf({ authorization: `Bearer ${token}` }, acceptsToken)).toMatchObject({
        status: 'signed-out',
        tokenType: 'session_token',
        reason: 'token-type-mismatch',
      });
    }
  }
});

test('§17 V6 the clock is read once a request', async () => {
  let readings = 0;
  const counting = create({
    now: () => {
      readings++;
      return clock.now();
    },
  });
  const request = new Request('https://example.com', { headers: { authorization: `Bearer ${session()}` } });
  await counting.authenticateRequest(request);
  expect(readings).toBe(1);
});

test('the same for a request of Node as for one of Fetch', async () => {
  const view = viewIncomingMessage({
    method: 'GET',
    url: '/',
    headers: { host: 'example.com', authorization: `Bearer ${session()}` },
  });
  expect((await authenticator.authenticateRequest(view)).toAuth()).toMatchObject({ userId: 'user_1' });
});

describe('verifyToken of an authenticator', () => {
  test('gives the claims of a session token', async () => {
    expect(await authenticator.verifyToken(session())).toMatchObject({ sub: 'user_1', sid: 'sess_1' });
  });

  test.each<[what: string, token: unknown, code: string]>([
    ['garbage', 'x', 'token-invalid'],
    ['undefined', undefined, 'token-invalid'],
    ['expired', session({ exp: 1 }), 'token-expired'],
    ['an M2M token', session({}, { cat: 'cl_B7d4PD333AAA' }), 'token-invalid'],
    ['tampered', `${session().slice(0, -6)}AAAAAA`, 'token-invalid-signature'],
  ])('throws for %s', async (_what, token, code) => {
    await expect(authenticator.verifyToken(token as string)).rejects.toMatchObject({
      name: 'TokenVerificationError',
      code,
      status: 401,
    });
  });

  test('SC-050 the claims cannot be changed for whoever comes next', async () => {
    const token = session();
    const first = await authenticator.verifyToken(token);
    expect(() => Object.assign(first, { sub: 'admin' })).toThrow(TypeError);
    expect(await authenticator.verifyToken(token)).toMatchObject({ sub: 'user_1' });
  });

  test('what it verified does not pass where the request path is stricter', async () => {
    const template = session({}, { cat: 'cl_B7d4PD222AAA' });
    const malformed = session({ v: 2, o: { id: 'org_1' }, fea: 'x' });
    for (const token of [template, malformed]) await authenticator.verifyToken(token);
    expect(await stateOf({ authorization: `Bearer ${template}` })).toMatchObject({ reason: 'token-type-mismatch' });
    expect(await stateOf({ authorization: `Bearer ${malformed}` })).toMatchObject({ reason: 'unexpected-error' });
  });
});

test('forgetKeys() drops the keys and what rested on them', async () => {
  const server = await startLoopbackServer(json({ keys: [key.jwk] }));
  const remote = create({ jwtKey: undefined, secretKey: 'sk_live_x', apiUrl: server.url });
  const token = session();
  const reasonOf = async () =>
    (
      await remote.authenticateRequest(
        new Request('https://example.com', { headers: { authorization: `Bearer ${token}` } }),
      )
    ).reason;
  expect(await reasonOf()).toBeNull();
  server.answer(json({ keys: [createSigningKey('ins_other').jwk] }));
  expect(await reasonOf()).toBeNull();
  remote.forgetKeys();
  expect(await reasonOf()).toBe('jwk-kid-mismatch');
});
