import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandPermissions, organizationPermissions, parseScopedValues } from './permissions.ts';

test.each<[claim: string, organization: string[], user: string[]]>([
  ['o:invoices', ['invoices'], []],
  ['u:avatars', [], ['avatars']],
  ['ou:a,uo:b', ['a', 'b'], ['a', 'b']],
  [' o:a , u:b ', ['a'], ['b']],
  ['o:a:b', ['a:b'], []],
  ['x:a,o:b', ['b'], []],
  ['O:a', [], []],
  ['oo:a', [], []],
  [':a', [], []],
  ['o:', [''], []],
  ['o:a,o:a', ['a', 'a'], []],
])('section 4.4 step 1: %j', (claim, organization, user) => {
  expect(parseScopedValues(claim)).toEqual({ organization, user });
});

test.each(['', 'a', 'o', 'o:a,', ',o:a', 'o:a,,u:b', 'o:a,b', 'o：a'])('%j is malformed', (claim) => {
  expect(parseScopedValues(claim)).toBeUndefined();
});

/** The table of section 4.4, and its edges. */
test.each<[what: string, features: string[], permissions: string, masks: string, expected: string[]]>([
  [
    'row 1',
    ['invoices', 'reports', 'audit'],
    'read,write,export',
    '3,5,0',
    ['org:invoices:read', 'org:invoices:write', 'org:reports:read', 'org:reports:export'],
  ],
  ['row 2', ['docs', 'wiki'], 'manage, read', '2, 1', ['org:docs:read', 'org:wiki:manage']],
  ['row 3', ['docs', 'wiki', 'chat'], 'read,write', '1,abc,8', ['org:docs:read']],
  [
    'row 4',
    ['f'],
    Array.from({ length: 54 }, (_, i) => `p${i}`).join(','),
    '9007199254740993',
    ['org:f:p0', 'org:f:p53'],
  ],
  ['no permissions', ['a'], '', '1', []],
  ['no masks', ['a'], 'read', '', []],
  ['no features', [], 'read', '1', []],
  ['more masks than features', ['a'], 'read', '1,1', ['org:a:read']],
  ['more features than masks', ['a', 'b'], 'read', '1', ['org:a:read']],
  ['a negative mask', ['a'], 'read', '-1', []],
  ['a mask in hex', ['a'], 'read', '0x1', []],
  ['a mask with a point', ['a'], 'read', '1.0', []],
  ['a mask of foreign digits', ['a'], 'read', '١', []],
  ['an empty mask', ['a', 'b'], 'read', ',1', ['org:b:read']],
  ['a mask with leading zeros', ['a'], 'read', '01', ['org:a:read']],
  ['an endless mask', ['a'], 'read', '9'.repeat(5_000), []],
])('section 4.4: %s', (_what, features, permissions, masks, expected) => {
  expect(expandPermissions(features, permissions, masks)).toEqual(expected);
});

test('grants exactly what the issuer packed', () => {
  const name = fc.stringMatching(/^[a-z]{1,6}$/);
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 70 });
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
      names,
      fc.func(fc.boolean()),
      (features, all, grants) => {
        const granted = features.map((feature) => all.filter((permission) => grants(feature, permission)));
        const masks = granted.map((list) => list.reduce((mask, p) => mask | (1n << BigInt(all.indexOf(p))), 0n));
        expect(expandPermissions(features, all.join(','), masks.join(','))).toEqual(
          features.flatMap((feature, i) => granted[i]?.map((permission) => `org:${feature}:${permission}`) ?? []),
        );
      },
    ),
  );
});

test('what it remembers of other claims changes no answer', () => {
  const piece = fc.constantFrom('o:a', 'o:a,o:b', 'a', 'read', 'read,write', '1', '3,1', ' ', '', '1 1');
  fc.assert(
    fc.property(piece, piece, piece, (features, permissions, masks) => {
      const scoped = features === '' ? { organization: [] } : parseScopedValues(features);
      const expected = scoped && expandPermissions(scoped.organization, permissions, masks);
      expect(organizationPermissions(features, permissions, masks)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  [
    ['o:a', 'read', '1'],
    ['o:a', 'rea', 'd1'],
  ],
  [
    ['o:a', 'b,read', '2'],
    ['o:ab', ',read', '2'],
  ],
  [
    ['o:a', '1', '1'],
    ['o:a1', '', '1'],
  ],
])('claims that read alike when joined are told apart: %j, %j', (one, other) => {
  const answers = [one, other].map(([features = '', permissions = '', masks = '']) =>
    organizationPermissions(features, permissions, masks),
  );
  expect(answers[0]).not.toEqual(answers[1]);
});

test('the list is shared, so nobody can change it', () => {
  const [first, second] = [1, 2].map(() => organizationPermissions('o:a', 'read', '1'));
  expect(second).toBe(first);
  expect(first).toSatisfy(Object.isFrozen);
});
