import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JwtClaims } from './claims.ts';
import { type ClaimsOptions, toClaimsPolicy } from './claims-policy.ts';
import { verifyClaims, verifyTimes } from './verify-claims.ts';

const NOW = 1_767_225_600_000;
const SECONDS = NOW / 1000;
const VALID = { sub: 'user_1', exp: SECONDS + 60, nbf: SECONDS - 10, iat: SECONDS };

function reasonFor(claims: JwtClaims, options: ClaimsOptions = {}, now = NOW): string | undefined {
  return verifyClaims({ ...VALID, ...claims }, toClaimsPolicy(options), now)?.reason;
}

const FAILED = 'token-verification-failed';

test('claims that hold are no refusal', () => {
  expect(reasonFor({})).toBeUndefined();
  expect(verifyClaims({ sub: 'user_1', exp: SECONDS + 60 }, toClaimsPolicy({}), NOW)).toBeUndefined();
});

describe('SC-012 types', () => {
  test.each<[claim: string, value: unknown]>([
    ...[1, null, [], {}, true, undefined, ['user_1']].map((value): [string, unknown] => ['sub', value]),
    ...['99', true, null, [], {}, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(
      (value): [string, unknown] => ['exp', value],
    ),
    ...[null, '1', true, [], {}, Number.POSITIVE_INFINITY].map((value): [string, unknown] => ['nbf', value]),
    ...['x', null, false, [], {}, Number.NaN].map((value): [string, unknown] => ['iat', value]),
  ])('%s of %j', (claim, value) => {
    expect(reasonFor({ [claim]: value })).toBe(FAILED);
  });

  test('1e400 in JSON is no number of seconds', () => {
    expect(reasonFor(JSON.parse('{"exp":1e400}'))).toBe(FAILED);
  });

  test('a negative exp is a time, long past', () => {
    expect(reasonFor({ exp: -1 })).toBe('token-expired');
  });

  test('neither sid nor iss nor azp is required', () => {
    expect(reasonFor({ sid: {}, iss: 1, azp: [] })).toBeUndefined();
  });
});

test('SC-098 by a clock that tells no number, nothing is fresh', () => {
  for (const now of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(reasonFor({}, {}, now)).toBe('token-expired');
  }
});

describe('SC-018 edges of time (rows 13 to 17)', () => {
  // The instant of the claim is 0 here; each row says at which instants (in ms from it) it still holds.
  const AT = 1_767_225_600;
  test.each<[claim: 'exp' | 'nbf' | 'iat', skew: number | undefined, edge: number, reason: string]>([
    ['exp', 0, 0, 'token-expired'],
    ['exp', 5_000, 5_000, 'token-expired'],
    ['exp', undefined, 5_000, 'token-expired'],
    ['exp', Number.NaN, 5_000, 'token-expired'],
    ['nbf', 0, 0, 'token-not-active-yet'],
    ['nbf', 5_000, -5_000, 'token-not-active-yet'],
    ['nbf', Number.NaN, -5_000, 'token-not-active-yet'],
    ['iat', 0, 0, 'token-iat-in-the-future'],
    ['iat', 5_000, -5_000, 'token-iat-in-the-future'],
    ['iat', undefined, -5_000, 'token-iat-in-the-future'],
  ])('%s with skew %s', (claim, skew, edge, reason) => {
    const { clockSkewInMs } = toClaimsPolicy({ clockSkewInMs: skew });
    const claims = { exp: AT + 3_600, [claim]: AT };
    const at = (offset: number) => verifyTimes(claims, clockSkewInMs, AT * 1000 + edge + offset)?.reason;
    // exp holds before its edge and not at it; nbf and iat hold from their edge on.
    const expected = claim === 'exp' ? [undefined, reason, reason] : [reason, undefined, undefined];
    expect([at(-1), at(0), at(1)]).toEqual(expected);
  });

  test('fractions of a second count', () => {
    expect(reasonFor({ exp: SECONDS + 0.001 }, { clockSkewInMs: 0 })).toBeUndefined();
    expect(reasonFor({ exp: SECONDS - 0.001 }, { clockSkewInMs: 0 })).toBe('token-expired');
  });
});

describe('SC-020 audience (section 5.3)', () => {
  const audience = ['api', 'https://api.example.com'];
  test.each<[what: string, aud: unknown, options: ClaimsOptions, reason: string | undefined]>([
    ['not configured, not there', undefined, {}, undefined],
    ['not configured, anything', 5, {}, undefined],
    ['configured as an empty text', 'other', { audience: '' }, undefined],
    ['configured as an empty list', 'other', { audience: [] }, undefined],
    ['absent', undefined, { audience }, undefined],
    ['an empty text', '', { audience }, undefined],
    ['an empty list', [], { audience }, undefined],
    ['one of ours', 'api', { audience }, undefined],
    ['ours as a single option', 'api', { audience: 'api' }, undefined],
    ['another', 'other', { audience }, FAILED],
    ['a list with ours', ['other', 'api'], { audience }, undefined],
    ['a list without ours', ['other'], { audience }, FAILED],
    ['ours with more behind', 'api2', { audience }, FAILED],
    ['the beginning of ours', 'ap', { audience }, FAILED],
    ['ours in capitals', 'API', { audience }, FAILED],
    ['ours with a slash', 'https://api.example.com/', { audience }, FAILED],
    ['§17 V5 a number', 1, { audience }, FAILED],
    ['V5 true', true, { audience }, FAILED],
    ['V5 an object', { 0: 'api' }, { audience }, FAILED],
    ['V5 a mixed list with ours', ['api', 1], { audience }, FAILED],
    ['V5 a list of a list', [['api']], { audience }, FAILED],
    ['required and absent', undefined, { audience, requireAudience: true }, FAILED],
    ['required and empty', '', { audience, requireAudience: true }, FAILED],
    ['required and an empty list', [], { audience, requireAudience: true }, FAILED],
    ['required and null', null, { audience, requireAudience: true }, FAILED],
    ['required and ours', ['api'], { audience, requireAudience: true }, undefined],
    ['required, ours and an empty one', ['api', ''], { audience, requireAudience: true }, FAILED],
    ['required and another', 'other', { audience, requireAudience: true }, FAILED],
    ['required, but none configured', undefined, { requireAudience: true }, undefined],
  ])('%s', (_what, aud, options, reason) => {
    expect(reasonFor({ aud }, options)).toBe(reason);
  });
});

describe('SC-022 authorized party', () => {
  const authorizedParties = ['https://a.test', 'https://b.test'];
  test.each<[what: string, azp: unknown, options: ClaimsOptions, reason: string | undefined]>([
    ['not configured', undefined, {}, undefined],
    ['configured as an empty list', 'https://evil.test', { authorizedParties: [] }, undefined],
    ['listed', 'https://b.test', { authorizedParties }, undefined],
    ...[undefined, '', null, 1, ['https://a.test'], {}, true].map((azp): [string, unknown, ClaimsOptions, string] => [
      `${JSON.stringify(azp)}`,
      azp,
      { authorizedParties },
      'token-invalid-authorized-parties',
    ]),
    ...[
      'https://a.test:443',
      'https://a.test/',
      'HTTPS://A.TEST',
      'http://a.test',
      'https://a.test.evil.test',
      'https://а.test',
      ' https://a.test',
      'https://a.test,https://b.test',
    ].map((azp): [string, unknown, ClaimsOptions, string] => [
      azp,
      azp,
      { authorizedParties },
      'token-invalid-authorized-parties',
    ]),
  ])('%s', (_what, azp, options, reason) => {
    expect(reasonFor({ azp }, options)).toBe(reason);
  });
});

describe('SC-021 issuer', () => {
  const issuer = 'https://clerk.example.com';
  test.each<[what: string, iss: unknown, options: ClaimsOptions, reason: string | undefined]>([
    ['not configured', 5, {}, undefined],
    ['not configured, as an empty text', 'x', { issuer: '' }, undefined],
    ['exactly', issuer, { issuer }, undefined],
    ['one of a list', issuer, { issuer: ['https://x.test', issuer] }, undefined],
    ...[
      undefined,
      null,
      '',
      1,
      [issuer],
      { 0: issuer },
      `${issuer}/`,
      'http://clerk.example.com',
      'https://CLERK.example.com',
      'clerk.example.com',
      `${issuer}.evil.test`,
      `${issuer}\0`,
    ].map((iss): [string, unknown, ClaimsOptions, string] => [
      `${JSON.stringify(iss)}`,
      iss,
      { issuer },
      'token-invalid-issuer',
    ]),
  ])('%s', (_what, iss, options, reason) => {
    expect(reasonFor({ iss }, options)).toBe(reason);
  });
});

test('section 5.2: of several faults the first in the order of the rows is named', () => {
  const policy = { audience: 'api', authorizedParties: ['https://a.test'], issuer: 'https://i.test' };
  const faults: [JwtClaims, string][] = [
    [{ sub: 1 }, FAILED],
    [{ aud: 'other' }, FAILED],
    [{ azp: 'https://x.test' }, 'token-invalid-authorized-parties'],
    [{ iss: 'https://x.test' }, 'token-invalid-issuer'],
    [{ exp: 'x' }, FAILED],
    [{ exp: SECONDS - 60 }, 'token-expired'],
    [{ nbf: SECONDS + 60 }, 'token-not-active-yet'],
    [{ iat: SECONDS + 60 }, 'token-iat-in-the-future'],
  ];
  const good = { aud: 'api', azp: 'https://a.test', iss: 'https://i.test' };
  expect(reasonFor(good, policy)).toBeUndefined();
  faults.forEach(([, reason], first) => {
    const claims = Object.assign(
      {},
      good,
      ...faults
        .slice(first)
        .reverse()
        .map(([fault]) => fault),
    );
    expect(reasonFor(claims, policy)).toBe(reason);
  });
});

test('never throws, and whatever passes has a text as its subject and ends in the future', () => {
  const mostly = (...good: unknown[]) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...good) },
      { weight: 1, arbitrary: fc.oneof(fc.jsonValue(), fc.double()) },
    );
  const claims = fc.record(
    {
      sub: mostly('user_1', ''),
      aud: mostly('api', ['api', 'x'], undefined),
      azp: mostly('https://a.test'),
      iss: mostly('https://i.test', undefined),
      exp: mostly(SECONDS + 1, SECONDS + 9, SECONDS - 9),
      nbf: mostly(SECONDS, undefined),
      iat: mostly(SECONDS, undefined),
    },
    { requiredKeys: [] },
  );
  const policy = toClaimsPolicy({ audience: 'api', authorizedParties: ['https://a.test'] });
  let passed = 0;
  fc.assert(
    fc.property(claims, (any) => {
      if (verifyClaims(any, policy, NOW) !== undefined) return;
      passed++;
      expect(typeof any.sub).toBe('string');
      expect(any.azp).toBe('https://a.test');
      expect((any.exp as number) * 1000).toBeGreaterThan(NOW - 5_000);
    }),
    { numRuns: 1_000 },
  );
  expect(passed).toBeGreaterThan(10);
});
