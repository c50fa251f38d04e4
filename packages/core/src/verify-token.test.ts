import { describe, expect, expectTypeOf, test } from 'vitest';
import { Clock } from '../../../test/support/clock.ts';
import { json, startLoopbackServer } from '../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../test/support/signing-key.ts';
import { ConfigurationError, TokenVerificationError } from './errors.ts';
import type { SessionClaims } from './jwt/claims.ts';
import { type VerifyTokenOptions, verifyToken } from './verify-token.ts';

const clock = new Clock();
const key = createSigningKey('ins_1');
const other = createSigningKey('ins_1');
const claims = (more: object = {}) => ({
  sub: 'user_1',
  sid: 'sess_1',
  iat: clock.seconds,
  exp: clock.seconds + 60,
  ...more,
});
const pem: VerifyTokenOptions = { jwtKey: key.publicPem, now: clock.now };

async function codeOf(token: unknown, options: VerifyTokenOptions = pem): Promise<string | undefined> {
  try {
    await verifyToken(token as string, options);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(TokenVerificationError);
    expect(error).toMatchObject({ status: 401 });
    return (error as TokenVerificationError).code;
  }
}

test('gives the claims of a verified token', async () => {
  const verified = await verifyToken(key.sign(claims({ extra: 1 })), pem);
  expect(verified).toEqual(claims({ extra: 1 }));
  expectTypeOf(verified).toEqualTypeOf<SessionClaims>();
});

test.each<[what: string, token: () => unknown, options: Partial<VerifyTokenOptions>, code: string | undefined]>([
  ['not a token', () => 'x', {}, 'token-invalid'],
  ['undefined', () => undefined, {}, 'token-invalid'],
  ['an object', () => ({}), {}, 'token-invalid'],
  ['an M2M token', () => key.sign(claims(), { cat: 'cl_B7d4PD333AAA' }), {}, 'token-invalid'],
  ['a template token', () => key.sign(claims(), { cat: 'cl_B7d4PD222AAA' }), {}, undefined],
  ['no key at all', () => key.sign(claims()), { jwtKey: undefined }, 'jwk-failed-to-resolve'],
  ['empty secret key', () => key.sign(claims()), { jwtKey: undefined, secretKey: '' }, 'jwk-failed-to-resolve'],
  ['typ', () => key.sign(claims(), { typ: 'at+jwt' }), {}, 'token-invalid'],
  ['typ that is asked for', () => key.sign(claims(), { typ: 'at+jwt' }), { headerType: 'at+jwt' }, undefined],
  [
    'typ that is asked for and absent',
    () => key.sign(claims(), { typ: undefined }),
    { headerType: ['JWT'] },
    'token-invalid',
  ],
  ['alg none', () => key.sign(claims(), { alg: 'none' }), {}, 'token-invalid-algorithm'],
  ['RS512 under a PEM key', () => key.sign(claims(), { alg: 'RS512' }), {}, 'token-verification-failed'],
  ['another key', () => other.sign(claims()), {}, 'token-invalid-signature'],
  ['no subject', () => key.sign(claims({ sub: undefined })), {}, 'token-verification-failed'],
  ['aud', () => key.sign(claims({ aud: 'x' })), { audience: 'api' }, 'token-verification-failed'],
  ['aud absent', () => key.sign(claims()), { audience: 'api' }, undefined],
  [
    'aud absent and required',
    () => key.sign(claims()),
    { audience: 'api', requireAudience: true },
    'token-verification-failed',
  ],
  [
    'azp',
    () => key.sign(claims({ azp: 'x' })),
    { authorizedParties: ['https://a.test'] },
    'token-invalid-authorized-parties',
  ],
  ['iss', () => key.sign(claims({ iss: 'x' })), { issuer: 'https://i.test' }, 'token-invalid-issuer'],
  ['exp', () => key.sign(claims({ exp: clock.seconds - 5 })), {}, 'token-expired'],
  ['exp within a wider skew', () => key.sign(claims({ exp: clock.seconds - 5 })), { clockSkewInMs: 6_000 }, undefined],
  ['nbf', () => key.sign(claims({ nbf: clock.seconds + 6 })), {}, 'token-not-active-yet'],
  ['iat', () => key.sign(claims({ iat: clock.seconds + 6 })), {}, 'token-iat-in-the-future'],
  ['malformed features are not its affair', () => key.sign(claims({ v: 2, o: {}, fea: 'x' })), {}, undefined],
])('section 5.2: %s', async (_what, token, options, code) => {
  expect(await codeOf(token(), { ...pem, ...options })).toBe(code);
});

test.each<[option: string, options: Record<string, unknown>]>([
  ['jwtKey', { jwtKey: 'x' }],
  ['jwtKey', { jwtKey: '' }],
  ['jwtKey', { jwtKey: 5 }],
  ['apiUrl', { apiUrl: 'http://api.example.com', secretKey: 'sk_test_x', jwtKey: undefined }],
  ['apiVersion', { apiVersion: '../v1' }],
  ['audience', { audience: 5 }],
  ['authorizedParties', { authorizedParties: /x/ }],
  ['headerType', { headerType: [1] }],
])('%s that cannot be used is a configuration error: %j', async (option, options) => {
  const rejected = verifyToken(key.sign(claims()), { ...pem, ...options } as VerifyTokenOptions);
  await expect(rejected).rejects.toThrow(ConfigurationError);
  await expect(rejected).rejects.toMatchObject({ option });
});

describe('with a key set', () => {
  const setup = async () => {
    const server = await startLoopbackServer(json({ keys: [key.jwk] }));
    const options: VerifyTokenOptions = { secretKey: 'sk_test_x', apiUrl: server.url, now: clock.now };
    return { server, options };
  };

  test('SC-036 500 at once with one options object are one fetch', async () => {
    const { server, options } = await setup();
    // Signed before: five hundred signatures would keep the answer waiting for longer than the fetch does.
    const tokens = Array.from({ length: 500 }, () => key.sign(claims()));
    await Promise.all(tokens.map((token) => verifyToken(token, options)));
    expect(server.requests).toHaveLength(1);
  });

  test('another object fetches for itself, though it holds the same', async () => {
    const { server, options } = await setup();
    await verifyToken(key.sign(claims()), options);
    await verifyToken(key.sign(claims()), { ...options });
    expect(server.requests).toHaveLength(2);
  });

  test('SC-043 options of two instances share nothing', async () => {
    const a = await setup();
    const b = await setup();
    b.server.answer(json({ keys: [other.jwk] }));
    for (let round = 0; round < 2; round++) {
      expect(await codeOf(key.sign(claims()), a.options)).toBeUndefined();
      expect(await codeOf(other.sign(claims()), b.options)).toBeUndefined();
      expect(await codeOf(key.sign(claims()), b.options)).toBe('token-invalid-signature');
      expect(await codeOf(other.sign(claims()), a.options)).toBe('token-invalid-signature');
    }
  });

  test('the options are read once', async () => {
    const { options } = await setup();
    const mine = { ...options };
    await verifyToken(key.sign(claims()), mine);
    Object.assign(mine, { authorizedParties: ['https://a.test'], apiUrl: 'http://127.0.0.1:1' });
    expect(await codeOf(key.sign(claims()), mine)).toBeUndefined();
  });

  test('a backend that is down is a typed error', async () => {
    const { server, options } = await setup();
    server.answer((request) => {
      request.socket.destroy();
    });
    expect(await codeOf(key.sign(claims()), options)).toBe('jwk-remote-failed-to-load');
  });
});

test('SC-119 an error quotes neither the token nor a key', async () => {
  const token = other.sign(claims());
  await expect(verifyToken(token, pem)).rejects.toSatisfy((error: Error) => {
    const shown = `${error.stack}${JSON.stringify(error)}${String(error.cause)}`;
    return !shown.includes(token.slice(-20)) && !shown.includes(token.slice(40, 80));
  });
});
