import { createHmac, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compact, createSigningKey, encode } from '../../../../test/support/signing-key.ts';
import { importRsaJwk } from '../crypto/index.ts';
import type { JoseHeader } from './claims.ts';
import { type DecodedJwt, decodeJwt } from './decode-jwt.ts';
import { Refusal } from './refusal.ts';
import { ACCESS_TOKEN_TYPE, JWT_TYPE, verifyHeader, verifyJwtSignature } from './verify-signature.ts';

const key = createSigningKey();
const other = createSigningKey();
const verificationKey = await importRsaJwk(key.jwk as never, 'RS256');
const untaggedKey = await importRsaJwk(key.jwk as never, undefined);
/** Not so where WebCrypto verifies. */
const isSynchronous = !(importRsaJwk(key.jwk as never, 'RS256') instanceof Promise);
const CLAIMS = { sub: 'user_1', exp: 4_000_000_000 };

function decoded(token: string): DecodedJwt {
  const jwt = decodeJwt(token);
  if (jwt instanceof Refusal) throw jwt.toError();
  return jwt;
}

function headerReason(header: JoseHeader, rule = JWT_TYPE): string | undefined {
  return verifyHeader(decoded(compact(header, CLAIMS)), rule)?.reason;
}

describe('header', () => {
  test.each(['RS256', 'RS384', 'RS512'])('%s passes', (alg) => {
    expect(headerReason({ alg })).toBeUndefined();
  });

  test.each<[string, JoseHeader]>([
    ...['none', 'None', 'nOnE', '', null, ['RS256'], {}, 256].map((alg): [string, JoseHeader] => [
      `SC-001 alg ${JSON.stringify(alg)}`,
      { alg },
    ]),
    ['SC-001 no alg', {}],
    ...['HS256', 'HS384', 'HS512'].map((alg): [string, JoseHeader] => [`SC-002 alg ${alg}`, { alg }]),
    ...['PS256', 'ES256', 'EdDSA', 'RS1', 'RS256\0', 'rs256', ' RS256', 'RS256 ', 'RS256,none', 'toString'].map(
      (alg): [string, JoseHeader] => [`SC-003 alg ${JSON.stringify(alg)}`, { alg }],
    ),
  ])('%s is token-invalid-algorithm', (_what, header) => {
    expect(headerReason(header)).toBe('token-invalid-algorithm');
  });

  test.each<[crit: unknown]>([[['exp2']], [[]], ['b64'], [['b64']], [null], [false], [0]])(
    '§17 V4 SC-005 crit of %j is token-invalid, whatever else is right',
    (crit) => {
      expect(headerReason({ alg: 'RS256', crit, ...{ b64: false } })).toBe('token-invalid');
    },
  );

  test.each<[typ: unknown, session: string | undefined, access: string | undefined]>([
    [undefined, undefined, 'token-invalid'],
    ['JWT', undefined, 'token-invalid'],
    ['jwt', 'token-invalid', 'token-invalid'],
    ['', 'token-invalid', 'token-invalid'],
    [null, 'token-invalid', 'token-invalid'],
    [['JWT'], 'token-invalid', 'token-invalid'],
    ['at+jwt', 'token-invalid', undefined],
    ['application/at+jwt', 'token-invalid', undefined],
    ['AT+JWT', 'token-invalid', 'token-invalid'],
    ['application/jwt', 'token-invalid', 'token-invalid'],
  ])('typ %j', (typ, session, access) => {
    expect(headerReason({ alg: 'RS256', typ })).toBe(session);
    expect(headerReason({ alg: 'RS256', typ }, ACCESS_TOKEN_TYPE)).toBe(access);
  });

  test('typ is looked at before alg', () => {
    expect(headerReason({ alg: 'none', typ: 'x' })).toBe('token-invalid');
  });
});

describe('signature', () => {
  const token = key.sign(CLAIMS);
  const reasonFor = async (text: string, using = verificationKey): Promise<string | undefined> =>
    (await verifyJwtSignature(decoded(text), using))?.reason;

  test('of the key verifies', async () => {
    expect(await reasonFor(token)).toBeUndefined();
  });

  test('is synchronous where the runtime is', async () => {
    const outcome = verifyJwtSignature(decoded(token), verificationKey);
    expect(outcome instanceof Promise).toBe(!isSynchronous);
    expect(await outcome).toBeUndefined();
  });

  test.each(['RS384', 'RS512'])('SC-003 %s under a key tagged RS256 is not even tried', async (alg) => {
    expect(await reasonFor(key.sign(CLAIMS, { alg }))).toBe('token-verification-failed');
    expect(await reasonFor(key.sign(CLAIMS, { alg }), untaggedKey)).toBeUndefined();
  });

  test('SC-003 an algorithm that is only claimed does not verify', async () => {
    const text = `${encode({ alg: 'RS512' })}.${encode(CLAIMS)}`;
    expect(await reasonFor(`${text}.${key.signText(text, 'RS256')}`, untaggedKey)).toBe('token-invalid-signature');
  });

  const [header = '', payload = '', signature = ''] = token.split('.');
  const [otherHeader = '', otherPayload = '', otherSignature = ''] = key
    .sign({ ...CLAIMS, sub: 'user_2' }, { kid: 'ins_2' })
    .split('.');
  const bytes = Buffer.from(signature, 'base64url');
  test.each<[what: string, token: string]>([
    ['empty', `${header}.${payload}.`],
    ['one byte short', `${header}.${payload}.${bytes.subarray(1).toString('base64url')}`],
    ['one byte short at the end', `${header}.${payload}.${bytes.subarray(0, -1).toString('base64url')}`],
    ['one byte long', `${header}.${payload}.${Buffer.concat([bytes, Buffer.from([0])]).toString('base64url')}`],
    [
      'one byte long in front',
      `${header}.${payload}.${Buffer.concat([Buffer.from([0]), bytes]).toString('base64url')}`,
    ],
    ['all zero', `${header}.${payload}.${Buffer.alloc(256).toString('base64url')}`],
    ['all ones', `${header}.${payload}.${Buffer.alloc(256, 0xff).toString('base64url')}`],
    ["another token's", `${header}.${payload}.${otherSignature}`],
    ["another token's payload", `${header}.${otherPayload}.${signature}`],
    ["another token's header", `${otherHeader}.${payload}.${signature}`],
    ['of another key', other.sign(CLAIMS)],
    ['SC-007 over padded text that was not signed', `${header}=.${payload}.${signature}`],
    [
      'SC-002 an HMAC with the public key',
      `${header}.${payload}.${createHmac(
        'sha256',
        createPublicKey(key.publicPem).export({ type: 'spki', format: 'pem' }),
      )
        .update(`${header}.${payload}`)
        .digest('base64url')}`,
    ],
  ])('SC-015 %s is token-invalid-signature', async (_what, text) => {
    expect(await reasonFor(text)).toBe('token-invalid-signature');
  });

  test('SC-015 whatever bit of a token is turned, it says the same or it does not verify', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.nat(127), async (at, code) => {
        const changed = token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1);
        const jwt = decodeJwt(changed);
        if (jwt instanceof Refusal || changed === token) return;
        if ((await verifyJwtSignature(jwt, verificationKey)) !== undefined) return;
        // The unused bits of the last character are all that can differ.
        expect(at).toBe(token.length - 1);
        expect(jwt.payload).toEqual(CLAIMS);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a key that cannot be used at all is token-verification-failed and no exception', async () => {
    const broken = { algorithm: undefined, handle: 'not a key' };
    const verdict = await verifyJwtSignature(decoded(token), broken);
    expect(verdict).toMatchObject({ reason: 'token-verification-failed' });
    expect(verdict?.message).not.toContain(signature);
  });
});
