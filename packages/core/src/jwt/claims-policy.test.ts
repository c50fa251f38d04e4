import { expect, test } from 'vitest';
import { ConfigurationError } from '../errors.ts';
import { type ClaimsOptions, toClaimsPolicy, toTypeRule } from './claims-policy.ts';

test('without options nothing but the times is checked, with five seconds of tolerance', () => {
  expect(toClaimsPolicy({})).toEqual({
    audience: [],
    requireAudience: false,
    authorizedParties: [],
    issuer: [],
    clockSkewInMs: 5_000,
  });
});

test.each([
  [0, 0],
  [250, 250],
  [-100, -100],
  [Number.NaN, 5_000],
  [Number.POSITIVE_INFINITY, 5_000],
  ['9000', 5_000],
  [null, 5_000],
])('SC-018 a skew of %s counts as %s', (given, expected) => {
  expect(toClaimsPolicy({ clockSkewInMs: given as number }).clockSkewInMs).toBe(expected);
});

test.each<[option: string, options: Record<string, unknown>]>([
  ['audience', { audience: 5 }],
  ['audience', { audience: ['api', 5] }],
  ['audience', { audience: null }],
  ['issuer', { issuer: { 0: 'x' } }],
  ['authorizedParties', { authorizedParties: /^https:/g }],
  ['authorizedParties', { authorizedParties: [/^https:/] }],
  ['requireAudience', { requireAudience: 'yes' }],
])('SC-023 %s is refused when it is %j', (option, options) => {
  expect(() => toClaimsPolicy(options as ClaimsOptions)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option }) as Error,
  );
});

test("later changes of the caller's list do not count", () => {
  const authorizedParties = ['https://a.test'];
  const policy = toClaimsPolicy({ authorizedParties });
  authorizedParties.push('https://evil.test');
  expect(policy.authorizedParties).toEqual(['https://a.test']);
  expect(() => (policy.authorizedParties as string[]).push('https://evil.test')).toThrow(TypeError);
});

test('a header type that is given must be there', () => {
  expect(toTypeRule(undefined)).toEqual({ accepted: ['JWT'], mayBeAbsent: true });
  expect(toTypeRule([])).toEqual({ accepted: ['JWT'], mayBeAbsent: true });
  expect(toTypeRule('at+jwt')).toEqual({ accepted: ['at+jwt'], mayBeAbsent: false });
  expect(() => toTypeRule([1] as unknown as string[])).toThrow(ConfigurationError);
});
