import { describe, expect, test } from 'vitest';
import { readAccessTokenClaims, readM2MClaims } from './read-machine-claims.ts';

const REGISTERED = { iss: 'https://i.test', sub: 'mch_1', exp: 60, nbf: 1, iat: 2, jti: 'mt_1' };

test('section 6.6: the fields of an M2M token', () => {
  expect(readM2MClaims({ ...REGISTERED, scopes: 'a b', extra: { x: 1 } })).toEqual({
    tokenType: 'm2m_token',
    id: 'mt_1',
    subject: 'mch_1',
    scopes: ['a', 'b'],
    claims: { scopes: 'a b', extra: { x: 1 } },
    expiration: 60_000,
  });
});

test('claims are null where nothing but the registered ones is left; aud and scopes are left', () => {
  expect(readM2MClaims(REGISTERED)).toMatchObject({ claims: null, scopes: [] });
  expect(readM2MClaims({ ...REGISTERED, aud: ['a'] }).claims).toEqual({ aud: ['a'] });
});

test('id is empty without jti, or with one of a wrong type', () => {
  expect(readM2MClaims({ sub: 'mch_1' }).id).toBe('');
  expect(readM2MClaims({ sub: 'mch_1', jti: 5 }).id).toBe('');
  expect(readAccessTokenClaims({ sub: 'user_1', jti: {} }).id).toBe('');
});

test.each<[what: string, claims: Record<string, unknown>, scopes: string[]]>([
  ['a text', { scopes: 'read write' }, ['read', 'write']],
  ['a text with runs of blanks', { scopes: '  read   write ' }, ['read', 'write']],
  ['an empty text', { scopes: '', aud: 'x' }, []],
  ['V9 a list', { scopes: ['read users', 'write'] }, ['read users', 'write']],
  ['V9 a list with other things', { scopes: ['read', 1, null, {}] }, ['read']],
  ['V9 a number', { scopes: 5 }, []],
  ['V9 an object', { scopes: { split: 'x' } }, []],
  ['V9 null', { scopes: null }, []],
  ['none, and a list of audiences', { aud: ['a', 'b'] }, ['a', 'b']],
  ['none, and one audience', { aud: 'a' }, ['a']],
  ['none, and an odd audience', { aud: 7 }, []],
])('scopes of an M2M token: %s', (_what, claims, scopes) => {
  expect(readM2MClaims({ ...REGISTERED, ...claims }).scopes).toEqual(scopes);
});

describe('an access token', () => {
  test('section 6.6: its fields', () => {
    const claims = { sub: 'user_1', client_id: 'cl_1', jti: 'oat_1', exp: 60, scp: ['a'], scope: 'b', aud: 'x' };
    expect(readAccessTokenClaims(claims)).toEqual({
      tokenType: 'oauth_token',
      id: 'oat_1',
      subject: 'user_1',
      clientId: 'cl_1',
      scopes: ['a'],
      audience: ['x'],
      expiration: 60_000,
    });
  });

  test.each<[what: string, claims: Record<string, unknown>, scopes: string[]]>([
    ['scp', { scp: ['a', 'b'] }, ['a', 'b']],
    ['an empty scp before scope', { scp: [], scope: 'a' }, []],
    ['scope where scp is no list', { scp: 'x', scope: 'a b' }, ['a', 'b']],
    ['SC-032 one element with a blank is one scope', { scp: ['read:users delete'] }, ['read:users delete']],
    ['other things', { scp: [1, null, 'a'] }, ['a']],
    ['none', {}, []],
    ['an odd scope', { scope: ['a'] }, []],
  ])('scopes: %s', (_what, claims, scopes) => {
    expect(readAccessTokenClaims({ sub: 'user_1', ...claims }).scopes).toEqual(scopes);
  });

  test.each<[aud: unknown, audience: readonly string[] | undefined]>([
    [undefined, undefined],
    ['', undefined],
    [[], undefined],
    ['a', ['a']],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [['a', 1], undefined],
    [['a', ''], undefined],
    [5, undefined],
    [{}, undefined],
    [null, undefined],
  ])('audience %j', (aud, audience) => {
    expect(readAccessTokenClaims({ sub: 'user_1', aud }).audience).toEqual(audience);
  });
});

test('SC-050 what is read is frozen to its depths', () => {
  const identity = readM2MClaims({ ...REGISTERED, scopes: ['a'], extra: { deep: [1] } });
  expect(() => (identity.scopes as string[]).push('admin')).toThrow(TypeError);
  expect(() => Object.assign(identity.claims?.extra as object, { x: 1 })).toThrow(TypeError);
});

test('SC-010 a claim called __proto__ is a claim', () => {
  const identity = readM2MClaims(JSON.parse('{"sub":"mch_1","__proto__":{"admin":true}}'));
  expect(Object.keys(identity.claims ?? {})).toEqual(['__proto__']);
  expect((identity.claims as { admin?: unknown }).admin).toBeUndefined();
});
