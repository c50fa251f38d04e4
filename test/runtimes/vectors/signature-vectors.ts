import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  sign,
} from 'node:crypto';
import type { Vector } from './vector.ts';

/** RFC 8017 section 9.2: what stands before a digest in an RSASSA-PKCS1-v1_5 signature. */
const DIGEST_INFO = {
  RS256: { hash: 'sha256', prefix: '3031300d060960864801650304020105000420' },
  RS384: { hash: 'sha384', prefix: '3041300d060960864801650304020205000430' },
  RS512: { hash: 'sha512', prefix: '3051300d060960864801650304020305000440' },
} as const;
type Algorithm = keyof typeof DIGEST_INFO;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const cubic = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
const big = generateKeyPairSync('rsa', { modulusLength: 4096 });
const SIZE = 256;

const textOf = (algorithm: string): string => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: algorithm })}.${part({ sub: 'user_1' })}`;
};
const jwkOf = (key: KeyObject, members: object = {}): JsonWebKey => ({
  ...(createPublicKey(key).export({ format: 'jwk' }) as JsonWebKey),
  ...members,
});
const vector = (name: string, token: string, want: string, key: JsonWebKey = jwkOf(privateKey)): Vector => ({
  name,
  probe: { ask: 'signature', token, key },
  want,
});

/** The block that is encrypted: `00 01 ff … 00` and what is given. */
function block(content: Buffer, { start = '0001', padding = 0xff, separator = '00' } = {}): Buffer {
  const [head, tail] = [Buffer.from(start, 'hex'), Buffer.concat([Buffer.from(separator, 'hex'), content])];
  return Buffer.concat([head, Buffer.alloc(SIZE - head.length - tail.length, padding), tail]);
}

function raw(encoded: Buffer): string {
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded).toString('base64url');
}

/** The content of a signature of RS256, with a digest info of one's own. */
function content(prefix: string = DIGEST_INFO.RS256.prefix, after = ''): Buffer {
  const digest = createHash('sha256').update(textOf('RS256')).digest();
  return Buffer.concat([Buffer.from(prefix, 'hex'), digest, Buffer.from(after, 'hex')]);
}

/** Signatures that a careless reader of the padding takes, and which Wycheproof's sets are about. */
const FORGED: readonly (readonly [what: string, encoded: Buffer])[] = [
  ['no NULL among the parameters', block(content('302f300b0609608648016503040201' + '0420'))],
  ['parameters other than NULL', block(content('3032300e0609608648016503040201' + '0501' + '00' + '0420'))],
  ['lengths in long form', block(content('308131300d060960864801650304020105000420'))],
  ['an indefinite length', block(content('3080300d060960864801650304020105000420', '0000'))],
  ['the name of another digest', block(content(DIGEST_INFO.RS384.prefix.replace('0430', '0420')))],
  ['no digest info', block(content(''))],
  ['bytes after the digest', block(content(undefined, 'abcd'))],
  [
    'bytes after the digest, as in a signature for a small exponent',
    Buffer.concat([
      Buffer.from('0001ffffffffffffffffff00', 'hex'),
      content(),
      Buffer.alloc(SIZE - 12 - content().length, 1),
    ]),
  ],
  ['padding with zeros', block(content(), { padding: 0 })],
  ['padding that is not ff', block(content(), { padding: 0xfe })],
  ['padding of encryption', block(content(), { start: '0002' })],
  ['no separator', block(content(), { separator: 'ff' })],
];

function signedAs(algorithm: Algorithm, key: KeyObject = privateKey): string {
  const text = textOf(algorithm);
  return `${text}.${sign(DIGEST_INFO[algorithm].hash, Buffer.from(text), key).toString('base64url')}`;
}

function pssSigned(): string {
  const text = textOf('RS256');
  const key = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

/** One more than the signature by the modulus: the same number to a reader that does not look at its size. */
function plusModulus(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  const n = BigInt(`0x${Buffer.from(jwkOf(privateKey).n ?? '', 'base64url').toString('hex')}`);
  const s = BigInt(`0x${Buffer.from(signature, 'base64url').toString('hex')}`);
  const hex = (s + n).toString(16);
  return `${header}.${payload}.${Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')}`;
}

/** RFC 7515 appendix A.2: header, claims and signature as printed there. */
const RFC_7515_A2 = {
  token:
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
  key: {
    kty: 'RSA',
    n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
    e: 'AQAB',
  },
} as const;

/** What a runtime's own RSA has to take and to refuse (SC-015, SC-016). */
export const signatureVectors: readonly Vector[] = [
  vector('SC-134 RFC 7515, A.2', RFC_7515_A2.token, 'valid', RFC_7515_A2.key),
  vector(
    'SC-134 RFC 7515, A.2, with a claim changed',
    RFC_7515_A2.token.replace('.eyJpc3', '.eyJpc2'),
    'invalid',
    RFC_7515_A2.key,
  ),
  ...(['RS256', 'RS384', 'RS512'] as const).flatMap((algorithm) => [
    vector(`SC-003 ${algorithm}`, signedAs(algorithm), 'valid'),
    vector(
      `SC-003 ${algorithm} under a key that is tagged so`,
      signedAs(algorithm),
      'valid',
      jwkOf(privateKey, { alg: algorithm }),
    ),
    vector(`SC-016 ${algorithm} under 4096 bits`, signedAs(algorithm, big.privateKey), 'valid', jwkOf(big.privateKey)),
    vector(`SC-015 ${algorithm} under another key`, signedAs(algorithm), 'invalid', jwkOf(big.privateKey)),
  ]),
  vector('the padding done by hand', `${textOf('RS256')}.${raw(block(content()))}`, 'valid'),
  ...FORGED.map(([what, encoded]) => vector(`SC-015 ${what}`, `${textOf('RS256')}.${raw(encoded)}`, 'invalid')),
  vector('SC-015 a PSS signature', pssSigned(), 'invalid'),
  vector('SC-015 a signature larger than the modulus', plusModulus(signedAs('RS256')), 'invalid'),
  ...['0', '1', '2'].map((number) =>
    vector(
      `SC-015 the number ${number}`,
      `${textOf('RS256')}.${Buffer.from(number.padStart(2 * SIZE, '0'), 'hex').toString('base64url')}`,
      'invalid',
    ),
  ),
  vector('SC-016 the exponent 3', signedAs('RS256', cubic.privateKey), 'valid', jwkOf(cubic.privateKey)),
  ...(
    [
      ['1024 bits', jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
      ['the exponent 1', jwkOf(privateKey, { e: 'AQ' })],
      ['an even exponent', jwkOf(privateKey, { e: 'Ag' })],
      ['no exponent', jwkOf(privateKey, { e: '' })],
      ['no modulus', jwkOf(privateKey, { n: '' })],
      ['a modulus that is no base64url', jwkOf(privateKey, { n: '!' })],
    ] as const
  ).map(([what, key]) => vector(`SC-016 a key with ${what}`, signedAs('RS256'), 'token-verification-failed', key)),
];
