import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { ConfigurationError } from '../errors.ts';
import { type DecodedJwt, decodeJwt } from '../jwt/decode-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import { verifyJwtSignature } from '../jwt/verify-signature.ts';
import { createPemKeySource } from './pem-key.ts';

const key = createSigningKey();
const { publicPem } = key;
const isSynchronous = !(createPemKeySource(publicPem).resolve('a') instanceof Promise);
const armour = /-----.*-----|\s/g;
const rsa3072 = generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey;

test.each<[what: string, pem: string]>([
  ['as it is exported', publicPem],
  ['with blanks around it', ` \n\t${publicPem}\n `],
  ['with CRLF', publicPem.replaceAll('\n', '\r\n')],
  ['with the line breaks spelled out', publicPem.replaceAll('\n', '\\n')],
  ['without line breaks', publicPem.replaceAll('\n', '')],
  ['without armour', publicPem.replace(armour, '')],
])('§17 K3 SC-017 a public key %s verifies a token', async (_what, pem) => {
  const found = await createPemKeySource(pem).resolve('whatever');
  if (found instanceof Refusal) throw found.toError();
  expect(await verifyJwtSignature(decodeJwt(key.sign({ sub: 'user_1' })) as DecodedJwt, found)).toBeUndefined();
});

test('K3 a key of any size from 2048 bits on is taken', () => {
  expect(() => createPemKeySource(rsa3072.export({ type: 'spki', format: 'pem' }).toString())).not.toThrow();
});

test('the key is for RS256 alone, whatever the kid of the token', async () => {
  const source = createPemKeySource(publicPem);
  const found = await source.resolve('a');
  expect(found).toMatchObject({ algorithm: 'RS256' });
  expect(source.current('a')).toBe(found);
  expect(source.current('b')).toBe(found);
  expect(source.current(undefined)).toBe(found);
  source.forget();
  expect(source.current('a')).toBe(found);
});

const spki = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

test.each<[what: string, pem: string]>([
  ['nothing', ''],
  ['blanks', ' \n '],
  ['a word', 'jwtKey'],
  ['armour around nothing', '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----'],
  ['a private key', key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ['an RSA private key', key.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  [
    'an encrypted private key',
    key.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
  ],
  [
    'a private key without armour',
    key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replace(armour, ''),
  ],
  [
    'a private key in the armour of a public one',
    `-----BEGIN PUBLIC KEY-----\n${key.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')}\n-----END PUBLIC KEY-----`,
  ],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ['an EC key', spki(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)],
  ['an RSA key of 1024 bits', spki(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
  ['a JWK', JSON.stringify(key.jwk)],
  ['a key set', JSON.stringify({ keys: [key.jwk] })],
  ['two keys', `${publicPem}${createSigningKey().publicPem}`],
  ['half a key', publicPem.slice(0, publicPem.length / 2)],
  ['a secret key', 'sk_test_abcdefghijklmnop'],
])('SC-017 %s is refused when built, naming jwtKey and not its text', async (what, pem) => {
  const refusal = await refusalOf(what, pem);
  expect(refusal).toMatchObject({ message: expect.stringContaining('jwtKey') as string });
  const material = pem.replace(armour, '').slice(4, 20);
  if (material.length === 16) expect(inspect(refusal)).not.toContain(material);
});

/** Where WebCrypto imports the key, that its inside is broken shows a moment after it was built, and at every token. */
async function refusalOf(what: string, pem: string): Promise<unknown> {
  try {
    const late = await createPemKeySource(pem).resolve('a');
    expect(isSynchronous).toBe(false);
    expect(what).toBe('half a key');
    expect(late).toBeInstanceOf(Refusal);
    expect(late).toMatchObject({ reason: 'token-verification-failed' });
    return late;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ option: 'jwtKey', code: 'configuration-invalid' });
    return error;
  }
}
