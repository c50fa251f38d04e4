import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import type { RsaPublicJwk, SignatureAlgorithm } from './interface.ts';
import * as node from './node.ts';
import * as web from './web.ts';

const key = createSigningKey();
const jwk = key.jwk as unknown as RsaPublicJwk;
const der = new Uint8Array(Buffer.from(key.publicPem.replace(/-----.*-----|\s/g, ''), 'base64'));
const TEXT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ';
const bytes = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'));
/** Refusing may be a throw or a rejection. */
const outcome = async (attempt: () => unknown): Promise<unknown> => {
  try {
    return await attempt();
  } catch {
    return 'refused';
  }
};

/** SC-134 in little: the same vectors through both implementations. */
describe.each([
  ['node', node],
  ['web', web],
])('%s', (_name, crypto) => {
  test.each<[SignatureAlgorithm, SignatureAlgorithm | undefined]>([
    ['RS256', 'RS256'],
    ['RS256', undefined],
    ['RS384', 'RS384'],
    ['RS384', undefined],
    ['RS512', 'RS512'],
    ['RS512', undefined],
  ])('verifies %s under a JWK tagged %s', async (algorithm, tag) => {
    const imported = await crypto.importRsaJwk(jwk, tag);
    expect(imported.algorithm).toBe(tag);
    const signature = bytes(key.signText(TEXT, algorithm));
    expect(await crypto.verifySignature(algorithm, imported, TEXT, signature)).toBe(true);
    expect(await crypto.verifySignature(algorithm, imported, `${TEXT}x`, signature)).toBe(false);
  });

  test.each<[what: string, signature: Uint8Array<ArrayBuffer>]>([
    ['an empty signature', new Uint8Array(0)],
    ['a short one', bytes(key.signText(TEXT)).subarray(1)],
    ['a long one', new Uint8Array([...bytes(key.signText(TEXT)), 0])],
    ['zeros', new Uint8Array(256)],
    ['another hash', bytes(key.signText(TEXT, 'RS512'))],
  ])('SC-015 does not verify %s, and does not throw', async (_what, signature) => {
    const imported = await crypto.importRsaJwk(jwk, 'RS256');
    expect(await crypto.verifySignature('RS256', imported, TEXT, signature)).toBe(false);
  });

  test('imports SPKI as an RS256 key', async () => {
    const imported = await crypto.importRsaSpki(der);
    expect(imported.algorithm).toBe('RS256');
    expect(await crypto.verifySignature('RS256', imported, TEXT, bytes(key.signText(TEXT)))).toBe(true);
  });

  test.each([2048, 3072])('takes %d bits', async (bits) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
    expect(await outcome(() => crypto.importRsaJwk(publicKey.export({ format: 'jwk' }) as never, 'RS256'))).not.toBe(
      'refused',
    );
  });

  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const ed = generateKeyPairSync('ed25519').publicKey;
  test.each<[what: string, jwk: unknown]>([
    ['1024 bits', weak.export({ format: 'jwk' })],
    ['512 bits', { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(64, 0xc5).toString('base64url') }],
    ['the exponent 1', { ...jwk, e: 'AQ' }],
    ['the exponent 2', { ...jwk, e: 'Ag' }],
    ['the exponent 1 with zeros before it', { ...jwk, e: 'AAAB' }],
    ['the exponent 0', { ...jwk, e: 'AA' }],
    ['no exponent', { ...jwk, e: '' }],
    ['no modulus', { ...jwk, n: '' }],
    ['a modulus that is no base64url', { ...jwk, n: '!' }],
    ['an EC key', ec.export({ format: 'jwk' })],
    ['an Ed25519 key', ed.export({ format: 'jwk' })],
    ['a secret', { kty: 'oct', k: 'c2VjcmV0' }],
  ])('SC-016 refuses a JWK with %s', async (_what, unusable) => {
    expect(await outcome(() => crypto.importRsaJwk(unusable as RsaPublicJwk, 'RS256'))).toBe('refused');
  });

  test.each<[what: string, der: Uint8Array]>([
    ['1024 bits', weak.export({ type: 'spki', format: 'der' })],
    ['an EC key', ec.export({ type: 'spki', format: 'der' })],
    ['an Ed25519 key', ed.export({ type: 'spki', format: 'der' })],
    ['a private key', key.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['nothing', new Uint8Array(0)],
    ['garbage', new Uint8Array(300).fill(7)],
    ['half a key', der.subarray(0, 150)],
  ])('SC-017 refuses SPKI with %s', async (_what, unusable) => {
    expect(await outcome(() => crypto.importRsaSpki(new Uint8Array(unusable)))).toBe('refused');
  });

  test('SC-013 decodes hostile texts in linear time', () => {
    const texts = ['=', 'A', 'A=', '-', '!', 'A'].map((unit) => unit.repeat(32_768 / unit.length));
    const startedAt = performance.now();
    for (let i = 0; i < 20; i++) {
      for (const text of texts) for (const end of ['', 'x', '!', '=x']) crypto.decodeBase64url(text + end);
    }
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  test('hashes UTF-8', async () => {
    for (const text of ['', 'abc', 'zürich 🜁']) {
      expect([...(await crypto.digest('SHA-1', text))]).toEqual([...createHash('sha1').update(text).digest()]);
      expect([...(await crypto.digest('SHA-256', text))]).toEqual([...createHash('sha256').update(text).digest()]);
    }
  });
});

test('both decode every text of the alphabet alike, and read it as the same UTF-8', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const text = fc
    .array(fc.constantFrom(...alphabet), { maxLength: 64 })
    .map((characters) => characters.join(''))
    .filter((characters) => characters.length % 4 !== 1);
  fc.assert(
    fc.property(text, fc.nat(3), (characters, padding) => {
      const padded = characters + '='.repeat(padding);
      expect([...(web.decodeBase64url(padded) ?? 'none')]).toEqual([...(node.decodeBase64url(padded) ?? 'none')]);
      expect(web.decodeBase64urlText(padded)).toBe(node.decodeBase64urlText(padded));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['a lone surrogate', [0xed, 0xa0, 0x80]],
  ['a cut sequence', [0x41, 0xf0, 0x9f, 0x98]],
])('both read %s alike', (_what, raw) => {
  const text = Buffer.from(raw).toString('base64url');
  expect(web.decodeBase64urlText(text)).toBe(node.decodeBase64urlText(text));
});

test('SC-007 both refuse every text that is not of the alphabet, and agree on each', () => {
  const character = fc.constantFrom(...'ABCabc019-_', '+', '/', '=', ' ', '\n', '\0', '.', 'é', 'Ａ', '😀');
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 24 }), (text) => {
      const isBase64url = /^[\w-]*=*$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1;
      expect(node.decodeBase64url(text) !== undefined).toBe(isBase64url);
      expect(web.decodeBase64url(text) !== undefined).toBe(isBase64url);
    }),
    { numRuns: 5_000 },
  );
});
