import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { ImportedKeys, parseJwks } from './parse-jwks.ts';

const good = createSigningKey('good').jwk;
const second = createSigningKey('second').jwk;
const jwkOf = (key: { export(options: { format: 'jwk' }): object }) => key.export({ format: 'jwk' });

async function kidsOf(keys: unknown): Promise<string[] | undefined> {
  const parsed = await parseJwks({ keys }, new ImportedKeys());
  return parsed && [...parsed.keys()];
}

test('takes the RSA signature keys, by their kid', async () => {
  expect(await kidsOf([good, second])).toEqual(['good', 'second']);
});

test.each<[what: string, entry: Record<string, unknown>]>([
  ['no alg', { ...good, alg: undefined }],
  ['no use', { ...good, use: undefined }],
  ['key_ops verify', { ...good, key_ops: ['verify'] }],
  ['members that we do not know', { ...good, x5t: 'x', __proto__: { kty: 'oct' } }],
])('takes a key with %s', async (_what, entry) => {
  expect(await kidsOf([entry])).toEqual(['good']);
});

describe('SC-016 skips, and goes on with the others,', () => {
  test.each<[what: string, entry: unknown]>([
    ['null', null],
    ['a text', 'key'],
    ['a list', [good]],
    ['an empty object', {}],
    ['RSA with 1024 bits', { ...jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), kid: 'x' }],
    ['RSA with the exponent 1', { ...good, kid: 'x', e: 'AQ' }],
    ['EC', { ...jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey), kid: 'x' }],
    ['OKP', { ...jwkOf(generateKeyPairSync('ed25519').publicKey), kid: 'x' }],
    ['oct', { kty: 'oct', k: 'c2VjcmV0', kid: 'x', alg: 'HS256' }],
    ['oct that says RS256', { ...good, kty: 'oct', k: 'c2VjcmV0', kid: 'x' }],
    ['use enc', { ...good, kid: 'x', use: 'enc' }],
    ['use of a wrong type', { ...good, kid: 'x', use: ['sig'] }],
    ['key_ops sign', { ...good, kid: 'x', key_ops: ['sign'] }],
    ['key_ops of a wrong type', { ...good, kid: 'x', key_ops: 'verify' }],
    ['alg PS256', { ...good, kid: 'x', alg: 'PS256' }],
    ['alg none', { ...good, kid: 'x', alg: 'none' }],
    ['alg of a wrong type', { ...good, kid: 'x', alg: ['RS256'] }],
    ['a private key', { ...jwkOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey), kid: 'x' }],
    ['no kid', { ...good, kid: undefined }],
    ['a kid that is a number', { ...good, kid: 1 }],
    ['no modulus', { ...good, kid: 'x', n: undefined }],
    ['a modulus of a wrong type', { ...good, kid: 'x', n: 65537 }],
    ['a modulus that is no base64url', { ...good, kid: 'x', n: '***' }],
  ])('%s', async (_what, entry) => {
    expect(await kidsOf([entry, second])).toEqual(['second']);
    expect(await kidsOf([entry])).toBeUndefined();
  });

  test('what repeats a kid: the first counts', async () => {
    const imported = new ImportedKeys();
    const alone = await parseJwks({ keys: [good] }, imported);
    const keys = await parseJwks({ keys: [good, { ...second, kid: 'good' }] }, imported);
    expect(keys?.size).toBe(1);
    expect(keys?.get('good')).toBe(alone?.get('good'));
  });
});

test.each<[what: string, value: unknown]>([
  ['null', null],
  ['undefined', undefined],
  ['a text', 'keys'],
  ['a list', [good]],
  ['an object without keys', {}],
  ['no keys', { keys: [] }],
  ['keys that are an object', { keys: { good } }],
  ['keys that are a text', { keys: 'good' }],
])('%s is no key set', async (_what, value) => {
  expect(await parseJwks(value, new ImportedKeys())).toBeUndefined();
});

test('SC-010 kids named like members of the prototype are found only if they are listed', async () => {
  const parsed = await parseJwks({ keys: [good, { ...second, kid: '__proto__' }] }, new ImportedKeys());
  expect(parsed?.get('__proto__')).toBeDefined();
  expect(parsed?.get('constructor')).toBeUndefined();
  expect(parsed?.get('toString')).toBeUndefined();
});

describe('§17 V3 imported keys', () => {
  test('the same material is the same key, whatever its kid', async () => {
    const imported = new ImportedKeys();
    const first = await parseJwks({ keys: [good] }, imported);
    const again = await parseJwks({ keys: [{ ...good, kid: 'renamed' }] }, imported);
    expect(again?.get('renamed')).toBe(first?.get('good'));
  });

  test('other material, or another algorithm, is another key', async () => {
    const imported = new ImportedKeys();
    const first = await parseJwks({ keys: [good] }, imported);
    const replaced = await parseJwks({ keys: [{ ...second, kid: 'good' }] }, imported);
    const retagged = await parseJwks({ keys: [{ ...good, alg: 'RS512' }] }, imported);
    expect(replaced?.get('good')).not.toBe(first?.get('good'));
    expect(retagged?.get('good')).not.toBe(first?.get('good'));
  });

  test('a key that is not listed any more is imported anew when it comes back', async () => {
    const imported = new ImportedKeys();
    const first = await parseJwks({ keys: [good] }, imported);
    imported.keepOnly(new Map());
    const again = await parseJwks({ keys: [good] }, imported);
    expect(again?.get('good')).not.toBe(first?.get('good'));
  });
});
