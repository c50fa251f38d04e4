import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesProxyPath, stripTrailingSlashes, toProxyPath } from './proxy-path.ts';

describe('SC-111 which paths are the proxy’s', () => {
  it.each([
    ['/__clerk', undefined, true],
    ['/__clerk/', undefined, true],
    ['/__clerk/v1/client?a=1', undefined, true],
    ['/__clerk?a=/', undefined, true],
    ['/__clerk//evil.test', undefined, true],
    ['/__clerkx', undefined, false],
    ['/__clerk%2F..', undefined, false],
    ['/__clerk.js', undefined, false],
    ['/a/__clerk', undefined, false],
    ['//__clerk', undefined, false],
    ['/__CLERK/v1', undefined, false],
    ['', undefined, false],
    ['/', undefined, false],
    ['/', '/', false],
    ['/dashboard', '/', false],
    ['/__clerk/v1', '/', true],
    ['/dashboard', '', false],
    ['/dashboard', '///', false],
    ['/api/auth/v1', '/api/auth/', true],
    ['/api/auth/v1', 'api/auth', true],
    ['/api/authentic', '/api/auth', false],
  ])('%j under %j: %j', (target, proxyPath, matches) => {
    expect(matchesProxyPath(target, proxyPath)).toBe(matches);
  });

  it('a path that matches begins with the configured one, whatever that is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (target, proxyPath) => {
        const prefix = toProxyPath(proxyPath);
        expect(prefix).toMatch(/^\/./s);
        expect(prefix.endsWith('/')).toBe(false);
        if (matchesProxyPath(target, proxyPath)) expect(target.startsWith(prefix)).toBe(true);
        expect(matchesProxyPath(`${prefix}/${target}`, proxyPath)).toBe(true);
      }),
    );
  });
});

it('strips slashes at the end alone, in linear time', () => {
  expect(['a//', '/a', '//', '', 'a'].map(stripTrailingSlashes)).toEqual(['a', '/a', '', '', 'a']);
  expect(stripTrailingSlashes(`${'/'.repeat(1_000_000)}a`)).toHaveLength(1_000_001);
});
