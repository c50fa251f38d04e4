import { generateKeyPairSync } from 'node:crypto';
import { Clock } from '../../support/clock.ts';
import { compact, createSigningKey, encode } from '../../support/signing-key.ts';
import type { Vector, VerifyOptions } from './vector.ts';

const clock = new Clock();
const key = createSigningKey('ins_1');
const other = createSigningKey('ins_1');
const ISSUER = 'https://clerk.example.com';
const usual = { sub: 'user_1', sid: 'sess_1', iss: ISSUER, iat: clock.seconds, exp: clock.seconds + 60 };
const VERIFIED = 'verified user_1';

const verify = (name: string, token: string, want: string, options: VerifyOptions = {}): Vector => ({
  name,
  probe: { ask: 'verify', token, options: { jwtKey: key.publicPem, ...options }, now: clock.time },
  want,
});
const claims = (name: string, more: object, want: string, options?: VerifyOptions): Vector =>
  verify(name, key.sign({ ...usual, ...more }), want, options);

const [header = '', payload = '', signature = ''] = key.sign(usual).split('.');
const [, otherPayload = '', otherSignature = ''] = key.sign({ ...usual, sub: 'user_2' }).split('.');
const bytes = Buffer.from(signature, 'base64url');
const text = (buffer: Buffer): string => buffer.toString('base64url');

const signed = (jose: unknown, payload: unknown = usual): string => {
  const input = `${encode(jose)}.${encode(payload)}`;
  return `${input}.${key.signText(input)}`;
};
const hmacText = (secret: string, alg: string): string =>
  compact({ alg, typ: 'JWT', kid: 'ins_1' }, usual, text(Buffer.from(secret).subarray(0, 32)));

/** Sections A and B of the security cases, as far as they depend on what a runtime brings along. */
export const tokenVectors: readonly Vector[] = [
  verify('a token of the key', key.sign(usual), VERIFIED),

  ...['none', 'None', 'nOnE', '', null, ['RS256'], {}, 256, undefined].map((alg) =>
    verify(`SC-001 alg ${JSON.stringify(alg)}`, signed({ alg, typ: 'JWT' }), 'token-invalid-algorithm'),
  ),
  verify('SC-001 alg none without a signature', compact({ alg: 'none' }, usual, ''), 'token-invalid-algorithm'),
  ...['HS256', 'HS384', 'HS512'].flatMap((alg) =>
    [key.publicPem, ` ${key.publicPem}`, JSON.stringify(key.jwk)].map((secret) =>
      verify(`SC-002 ${alg} with a spelling of the public key`, hmacText(secret, alg), 'token-invalid-algorithm'),
    ),
  ),
  ...['PS256', 'ES256', 'EdDSA', 'RS1', 'RS256\0', 'rs256', ' RS256', 'toString', '__proto__'].map((alg) =>
    verify(`SC-003 alg ${JSON.stringify(alg)}`, signed({ alg, typ: 'JWT' }), 'token-invalid-algorithm'),
  ),
  ...['RS384', 'RS512'].map((alg) =>
    verify(`SC-003 ${alg} under a key for RS256`, key.sign(usual, { alg }), 'token-verification-failed'),
  ),
  ...['jwk', 'x5c', 'jku', 'x5u'].map((name) =>
    verify(
      `SC-004 a key brought along as ${name}`,
      other.sign(usual, { [name]: other.jwk }),
      'token-invalid-signature',
    ),
  ),
  ...[['exp2'], [], 'b64', ['b64'], null, false].map((crit) =>
    verify(`SC-005 crit ${JSON.stringify(crit)}`, key.sign(usual, { crit, b64: false }), 'token-invalid'),
  ),
  ...[
    '',
    '.',
    '..',
    '...',
    'a',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    `${header}.${payload}`,
    `${header}..${signature}`,
    `{"payload":"${payload}"}`,
  ].map((token) => verify(`SC-006 ${JSON.stringify(token.slice(0, 24))}`, token, 'token-invalid')),
  ...['+', '/', '*', ' ', '\n', '\0', 'é', 'Ａ', '=', '😀'].flatMap((character) => [
    verify(
      `SC-007 ${JSON.stringify(character)} in the payload`,
      `${header}.${payload.slice(0, 8)}${character}${payload.slice(9)}.${signature}`,
      'token-invalid',
    ),
    verify(
      `SC-007 ${JSON.stringify(character)} in the signature`,
      `${header}.${payload}.${signature.slice(0, 8)}${character}${signature.slice(9)}`,
      'token-invalid',
    ),
  ]),
  verify('SC-007 padding after the signature', `${header}.${payload}.${signature}==`, VERIFIED),
  verify('SC-007 other trailing bits in the signature', `${header}.${payload}.${nextSpelling(signature)}`, VERIFIED),
  verify('SC-007 padding in the signed text', `${header}=.${payload}.${signature}`, 'token-invalid-signature'),
  verify(
    'SC-007 text that is no UTF-8',
    signedBytes([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    'token-verification-failed',
  ),
  verify(
    'SC-007 a byte order mark',
    signedBytes([0xef, 0xbb, 0xbf, ...Buffer.from(JSON.stringify(usual))]),
    'token-invalid',
  ),
  ...[null, 1, 'x', [], true].flatMap((value) => [
    verify(`SC-008 header ${JSON.stringify(value)}`, signed(value), 'token-invalid'),
    verify(`SC-008 payload ${JSON.stringify(value)}`, signed({ alg: 'RS256', typ: 'JWT' }, value), 'token-invalid'),
  ]),
  verify(
    'SC-009 two subjects: the last is verified and used',
    signedJson(`{"sub":"user_0",${JSON.stringify(usual).slice(1)}`),
    VERIFIED,
  ),
  verify(
    'SC-010 a payload with __proto__',
    signedJson(`{"__proto__":{"sub":"admin"},"exp":${usual.exp},"iat":${usual.iat}}`),
    'token-verification-failed',
  ),
  ...[1, null, [], {}, undefined].map((sub) =>
    claims(`SC-012 sub ${JSON.stringify(sub)}`, { sub }, 'token-verification-failed'),
  ),
  ...['99', true, null, undefined].map((exp) =>
    claims(`SC-012 exp ${JSON.stringify(exp)}`, { exp }, 'token-verification-failed'),
  ),
  verify(
    'SC-012 exp 1e400',
    signedJson(JSON.stringify(usual).replace(/"exp":\d+/, '"exp":1e400')),
    'token-verification-failed',
  ),
  claims('SC-012 nbf of another type', { nbf: 'x' }, 'token-verification-failed'),
  claims('SC-012 iat of another type', { iat: 'x' }, 'token-verification-failed'),
  verify('SC-013 a token of 1 MB', `${header}.${'A'.repeat(1_000_000)}.${signature}`, 'token-invalid'),
  verify('SC-013 a million dots', '.'.repeat(1_000_000), 'token-invalid'),
  verify(
    'SC-013 deep nesting',
    `${header}.${Buffer.from('['.repeat(20_000)).toString('base64url')}.${signature}`,
    'token-invalid',
  ),
  verify(
    'SC-014 a forged token that is expired as well',
    other.sign({ ...usual, exp: 1, azp: 'x' }),
    'token-invalid-signature',
    { authorizedParties: ['https://a.test'] },
  ),

  ...(
    [
      ['empty', Buffer.alloc(0)],
      ['one byte short', bytes.subarray(1)],
      ['one byte short at the end', bytes.subarray(0, -1)],
      ['one byte long', Buffer.concat([bytes, Buffer.alloc(1)])],
      ['a zero in front', Buffer.concat([Buffer.alloc(1), bytes])],
      ['twice', Buffer.concat([bytes, bytes])],
      ['zeros', Buffer.alloc(256)],
      ['ones', Buffer.alloc(256, 0xff)],
      ['a bit turned', turnBit(bytes)],
    ] as const
  ).map(([what, forged]) =>
    verify(`SC-015 a signature that is ${what}`, `${header}.${payload}.${text(forged)}`, 'token-invalid-signature'),
  ),
  verify("SC-015 another token's signature", `${header}.${payload}.${otherSignature}`, 'token-invalid-signature'),
  verify("SC-015 another token's payload", `${header}.${otherPayload}.${signature}`, 'token-invalid-signature'),
  verify('SC-015 of another key', other.sign(usual), 'token-invalid-signature'),

  ...publicPems().map(([what, jwtKey]) => verify(`SC-017 a key ${what}`, key.sign(usual), VERIFIED, { jwtKey })),
  ...unusablePems().map(([what, jwtKey]) =>
    verify(`SC-017 ${what} as a key`, key.sign(usual), 'configuration jwtKey', { jwtKey }),
  ),
  {
    // Only an import can tell.
    ...verify('SC-017 half a key as a key', key.sign(usual), 'configuration jwtKey', {
      jwtKey: key.publicPem.slice(0, key.publicPem.length / 2),
    }),
    wantOfWebCrypto: 'token-verification-failed',
  },

  ...(
    [
      ['exp', -5_000, 'token-expired'],
      ['exp', -4_000, VERIFIED],
      ['nbf', 5_000, VERIFIED],
      ['nbf', 6_000, 'token-not-active-yet'],
      ['iat', 5_000, VERIFIED],
      ['iat', 6_000, 'token-iat-in-the-future'],
    ] as const
  ).map(([name, ms, want]) =>
    claims(`SC-018 ${name} at ${ms} ms with the usual skew`, { [name]: (clock.time + ms) / 1000 }, want),
  ),
  ...(
    [
      ['exp', 0, 'token-expired'],
      ['exp', 1_000, VERIFIED],
      ['nbf', 0, VERIFIED],
      ['nbf', 1_000, 'token-not-active-yet'],
      ['iat', 1_000, 'token-iat-in-the-future'],
    ] as const
  ).map(([name, ms, want]) =>
    claims(`SC-018 ${name} at ${ms} ms without a skew`, { [name]: (clock.time + ms) / 1000 }, want, {
      clockSkewInMs: 0,
    }),
  ),
  ...(
    [
      ['api', VERIFIED],
      [['api', 'x'], VERIFIED],
      [undefined, VERIFIED],
      ['api2', 'token-verification-failed'],
      ['API', 'token-verification-failed'],
      [['x'], 'token-verification-failed'],
      [[], VERIFIED],
      [1, 'token-verification-failed'],
    ] as const
  ).map(([aud, want]) => claims(`SC-020 aud ${JSON.stringify(aud)}`, { aud }, want, { audience: 'api' })),
  claims('SC-020 no aud where it is required', {}, 'token-verification-failed', {
    audience: 'api',
    requireAudience: true,
  }),
  claims('SC-021 the issuer', {}, VERIFIED, { issuer: ISSUER }),
  ...[
    `${ISSUER}/`,
    'http://clerk.example.com',
    'https://CLERK.example.com',
    `${ISSUER}.evil.test`,
    [ISSUER],
    1,
    null,
  ].map((iss) => claims(`SC-021 iss ${JSON.stringify(iss)}`, { iss }, 'token-invalid-issuer', { issuer: ISSUER })),
  claims('SC-022 the authorized party', { azp: 'https://a.test' }, VERIFIED, { authorizedParties: ['https://a.test'] }),
  ...[
    undefined,
    '',
    null,
    'https://a.test:443',
    'https://a.test/',
    'https://A.test',
    'https://а.test',
    ['https://a.test'],
  ].map((azp) =>
    claims(`SC-022 azp ${JSON.stringify(azp)}`, { azp }, 'token-invalid-authorized-parties', {
      authorizedParties: ['https://a.test'],
    }),
  ),
  verify('SC-026 an M2M token', key.sign(usual, { cat: 'cl_B7d4PD333AAA' }), 'token-invalid'),
];

function signedBytes(payload: readonly number[]): string {
  const input = `${header}.${Buffer.from(payload).toString('base64url')}`;
  return `${input}.${key.signText(input)}`;
}

function signedJson(json: string): string {
  return signedBytes([...Buffer.from(json)]);
}

/** The same bytes, written with other bits where the last character has some to spare. */
function nextSpelling(base64url: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(base64url.at(-1) ?? '');
  return base64url.slice(0, -1) + alphabet[last ^ 1];
}

function turnBit(buffer: Buffer): Buffer {
  const turned = Buffer.from(buffer);
  turned[100] = (turned[100] ?? 0) ^ 1;
  return turned;
}

function publicPems(): readonly (readonly [string, string])[] {
  const { publicPem } = key;
  return [
    ['with blanks around it', ` \n\t${publicPem}\n `],
    ['with CRLF', publicPem.replaceAll('\n', '\r\n')],
    ['with the line breaks spelled out', publicPem.replaceAll('\n', '\\n')],
    ['without armour', publicPem.replace(/-----.*-----|\s/g, '')],
  ];
}

/** Texts that show by themselves that they are no public key of the kind that is wanted. */
function unusablePems(): readonly (readonly [string, string])[] {
  const spki = { type: 'spki', format: 'pem' } as const;
  return [
    ['nothing', ''],
    ['a word', 'jwtKey'],
    ['a private key', key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['a key set', JSON.stringify({ keys: [key.jwk] })],
    ['an EC key', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export(spki).toString()],
    ['an Ed25519 key', generateKeyPairSync('ed25519').publicKey.export(spki).toString()],
    ['an RSA key of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export(spki).toString()],
  ];
}
