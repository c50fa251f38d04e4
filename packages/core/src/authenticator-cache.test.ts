import { expect, test } from 'vitest';
import { createSigningKey } from '../../../test/support/signing-key.ts';
import { AuthenticatorCache } from './authenticator-cache.ts';
import type { AuthenticatorOptions } from './config.ts';
import { toPublishableKey } from './keys/publishable-key.ts';
import { viewRequest } from './request/request-view.ts';

const key = createSigningKey();
const other = createSigningKey();
const publishableKey = toPublishableKey('clerk.example.com', 'production');
const BASE: AuthenticatorOptions = { publishableKey, secretKey: 'sk_live_a' };

class ClassLogger {
  warn(): void {}
}
const logger = { warn: () => {} };
const now = () => 0;

test.each<[what: string, a: AuthenticatorOptions, b: AuthenticatorOptions]>([
  ['equal objects', { ...BASE }, { ...BASE }],
  ['another order', { publishableKey, secretKey: 'sk_live_a' }, { secretKey: 'sk_live_a', publishableKey }],
  ['undefined or left out', { ...BASE, domain: undefined }, BASE],
  ['lists of the same texts', { ...BASE, audience: ['a', 'b'] }, { ...BASE, audience: ['a', 'b'] }],
  ['the same functions', { ...BASE, now, logger }, { ...BASE, now, logger: { ...logger } }],
  ['nested values', { ...BASE, cache: { verifiedTokens: 5 } }, { ...BASE, cache: { verifiedTokens: 5 } }],
])('the same authenticator for %s', (_what, a, b) => {
  const cache = new AuthenticatorCache();
  expect(cache.get(a, {})).toBe(cache.get(b, {}));
});

test.each<[what: string, a: AuthenticatorOptions, b: AuthenticatorOptions]>([
  ['secret key', BASE, { ...BASE, secretKey: 'sk_live_b' }],
  ['publishable key', BASE, { ...BASE, publishableKey: toPublishableKey('clerk.b.test', 'production') }],
  ['API URL', BASE, { ...BASE, apiUrl: 'https://other.test' }],
  ['version', BASE, { ...BASE, apiVersion: 'v2' }],
  ['order of a list', { ...BASE, audience: ['a', 'b'] }, { ...BASE, audience: ['b', 'a'] }],
  ['texts that only look alike joined', { ...BASE, audience: ['a,b'] }, { ...BASE, audience: ['a', 'b'] }],
  ['a switch', BASE, { ...BASE, requireAudience: true }],
  ['functions', { ...BASE, now: () => 0 }, { ...BASE, now: () => 0 }],
  ['loggers of one class', { ...BASE, logger: new ClassLogger() }, { ...BASE, logger: new ClassLogger() }],
  ['a cache switched off', BASE, { ...BASE, cache: false }],
])('another authenticator for another %s', (_what, a, b) => {
  const cache = new AuthenticatorCache();
  expect(cache.get(a, {})).not.toBe(cache.get(b, {}));
});

test('SC-103 the same options in another environment are another authenticator', () => {
  const cache = new AuthenticatorCache();
  const a = cache.get({ publishableKey }, { CLERK_SECRET_KEY: 'sk_live_a' });
  const b = cache.get({ publishableKey }, { CLERK_SECRET_KEY: 'sk_live_b' });
  expect(a).not.toBe(b);
  expect(a.config.secretKey).toBe('sk_live_a');
  expect(b.config.secretKey).toBe('sk_live_b');
  expect(cache.get({ publishableKey }, { CLERK_SECRET_KEY: 'sk_live_a', OTHER: 'x' })).toBe(a);
});

test('SC-043 nothing that one tenant verified counts for another', async () => {
  const cache = new AuthenticatorCache();
  const exp = Math.floor(Date.now() / 1000) + 60;
  const tenants = [key, other].map((signer) => ({ signer, options: { publishableKey, jwtKey: signer.publicPem } }));
  const status = async (options: AuthenticatorOptions, token: string) => {
    const view = viewRequest(new Request('https://a.test', { headers: { authorization: `Bearer ${token}` } }));
    return (await cache.get(options, {}).authenticateView(view, 'any')).status;
  };
  for (let round = 0; round < 2; round++) {
    for (const mine of tenants) {
      for (const tenant of tenants) {
        expect(await status(tenant.options, mine.signer.sign({ sub: 'user_1', exp }))).toBe(
          tenant === mine ? 'signed-in' : 'signed-out',
        );
      }
    }
  }
});

test('SC-044 the set is bounded; the one that was dropped is built anew, with its own keys', () => {
  const cache = new AuthenticatorCache(10);
  const options = (i: number): AuthenticatorOptions => ({ ...BASE, secretKey: `sk_live_${i}` });
  const first = cache.get(options(0), {});
  for (let i = 1; i < 1_000; i++) expect(cache.get(options(i), {}).config.secretKey).toBe(`sk_live_${i}`);
  const again = cache.get(options(0), {});
  expect(again).not.toBe(first);
  expect(again.config.secretKey).toBe('sk_live_0');
  expect(cache.get(options(999), {})).toBe(cache.get(options(999), {}));
});

test('options that cannot be used are refused each time and not remembered', () => {
  const cache = new AuthenticatorCache();
  for (let i = 0; i < 2; i++) {
    expect(() => cache.get({ publishableKey: 'x', secretKey: 'sk_live_a' }, {})).toThrow(
      expect.objectContaining({ option: 'publishableKey' }) as Error,
    );
    expect(() => cache.get({ publishableKey }, {})).toThrow(expect.objectContaining({ option: 'secretKey' }) as Error);
  }
});
