import { describe, expect, it } from 'vitest';
import { createSigningKey, encode } from '../../../../test/support/signing-key.ts';
import { readPresentedToken } from './presented-token.ts';
import { VerifiedTokenCache } from './verified-token-cache.ts';

const key = createSigningKey();
const token = readPresentedToken(key.sign({ sub: 'user_alice' }));
const [header = '', payload = '', signature = ''] = token.text.split('.');

function warm(): VerifiedTokenCache {
  const cache = new VerifiedTokenCache(10);
  cache.keep(token);
  return cache;
}

describe('VerifiedTokenCache', () => {
  it('gives back the token that it keeps', () => {
    expect(warm().read(token.text)).toBe(token);
  });

  it.each([
    ['another payload', `${header}.${encode({ sub: 'user_mallory' })}.${signature}`],
    ['another header', `${encode({ alg: 'RS256', kid: key.kid, cat: 'x' })}.${payload}.${signature}`],
    ['more before it', `x${token.text}`],
    ['the end of the signature alone', signature.slice(-64)],
    ['less of the signature', token.text.slice(-200)],
  ])('SC-015 takes nothing for it that ends alike: %s', (_, text) => {
    const cache = warm();
    expect(cache.read(text)).not.toBe(token);
    expect(cache.read(text).proof).toBeUndefined();
    expect(cache.read(token.text)).toBe(token);
  });
});
