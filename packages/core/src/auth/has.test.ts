import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JwtClaims } from '../jwt/claims.ts';
import { meetsRequirement } from './has.ts';
import type { Requirement } from './requirement.ts';
import { readSessionIdentity } from './session-identity.ts';

function has(requirement: unknown, claims: JwtClaims = {}): boolean {
  const identity = readSessionIdentity({ sub: 'user_1', sid: 'sess_1', ...claims });
  if (identity === undefined) throw new Error('malformed');
  return meetsRequirement(identity, requirement as Requirement);
}

const ORG = { org_id: 'org_1', org_role: 'org:admin', org_permissions: ['org:docs:read', 'org:docs:write'] };

describe('role and permission', () => {
  test.each<[what: string, requirement: object, claims: JwtClaims, expected: boolean]>([
    ['the role', { role: 'org:admin' }, ORG, true],
    ['the role without its prefix', { role: 'admin' }, ORG, true],
    ['the role with its prefix many times', { role: 'org:org:org:admin' }, ORG, true],
    ['a session role with its prefix twice', { role: 'admin' }, { ...ORG, org_role: 'org:org:admin' }, true],
    ['a session role without its prefix', { role: 'org:admin' }, { ...ORG, org_role: 'admin' }, true],
    ['another role', { role: 'org:member' }, ORG, false],
    ['a role in capitals', { role: 'org:Admin' }, ORG, false],
    ['the beginning of the role', { role: 'org:adm' }, ORG, false],
    ['a role without an organisation', { role: 'org:admin' }, { org_role: 'org:admin' }, false],
    ['a role in an organisation whose id is empty', { role: 'org:admin' }, { ...ORG, org_id: '' }, false],
    ['a role where the session has none', { role: 'org:admin' }, { org_id: 'org_1' }, false],
    ['an empty role', { role: '' }, ORG, false],
    ['the prefix alone', { role: 'org:' }, ORG, false],
    ['the permission', { permission: 'org:docs:read' }, ORG, true],
    ['the permission without its prefix', { permission: 'docs:read' }, ORG, true],
    ['another permission', { permission: 'org:docs:delete' }, ORG, false],
    ['the beginning of a permission', { permission: 'org:docs' }, ORG, false],
    ['a permission where the session has none', { permission: 'org:docs:read' }, { org_id: 'org_1' }, false],
    [
      'a permission where they are malformed',
      { permission: 'org:docs:read' },
      { ...ORG, org_permissions: 'org:docs:read' },
      false,
    ],
    ['both, and both held', { role: 'admin', permission: 'docs:read' }, ORG, true],
    ['both, and the role not held', { role: 'member', permission: 'docs:read' }, ORG, false],
    ['both, and the permission not held', { role: 'admin', permission: 'docs:delete' }, ORG, false],
    ['a role and an undefined permission', { role: 'admin', permission: undefined }, ORG, true],
    ['a role and a null permission', { role: 'admin', permission: null }, ORG, false],
    ['a null role and a permission', { role: null, permission: 'docs:read' }, ORG, false],
    ['a role of a wrong type', { role: ['admin'] }, ORG, false],
    ['a role that is a pattern', { role: /admin/ }, ORG, false],
    ['SC-010 a permission of the prototype', { permission: 'constructor' }, ORG, false],
  ])('section 10: %s', (_what, requirement, claims, expected) => {
    expect(has(requirement, claims)).toBe(expected);
  });
});

describe('feature and plan', () => {
  const claims = { fea: 'o:invoices,u:avatars,ou:reports', pla: 'o:gold,u:free' };
  test.each<[demanded: unknown, expected: boolean]>([
    ['invoices', true],
    ['avatars', true],
    ['reports', true],
    ['missing', false],
    ['Invoices', false],
    ['o:invoices', true],
    ['org:invoices', true],
    ['organization:invoices', true],
    ['u:invoices', false],
    ['user:invoices', false],
    ['u:avatars', true],
    ['user:avatars', true],
    ['org:avatars', false],
    ['org:reports', true],
    ['user:reports', true],
    ['x:invoices', false],
    [':invoices', false],
    ['org:invoices:more', true],
    ['org:', false],
    ['', false],
    [null, false],
    [7, false],
    [['invoices'], false],
    ['constructor', false],
  ])('section 10: feature %j', (feature, expected) => {
    expect(has({ feature }, claims)).toBe(expected);
  });

  test('section 10: an empty second piece stands for the first', () => {
    expect(has({ feature: 'o:' }, { fea: 'o:o' })).toBe(true);
    expect(has({ feature: 'avatars:' }, claims)).toBe(false);
  });

  test.each<[what: string, requirement: object, claims: JwtClaims, expected: boolean]>([
    ['a plan', { plan: 'gold' }, claims, true],
    ['a plan of the other scope', { plan: 'user:gold' }, claims, false],
    ['a plan is no feature', { feature: 'gold' }, claims, false],
    ['both held', { feature: 'invoices', plan: 'gold' }, claims, true],
    ['the plan not held', { feature: 'invoices', plan: 'silver' }, claims, false],
    ['the feature not held', { feature: 'x', plan: 'gold' }, claims, false],
    ['no claim', { feature: 'invoices' }, {}, false],
    ['an empty claim', { feature: 'invoices' }, { fea: '' }, false],
    ['a claim of a wrong type', { feature: 'invoices' }, { fea: ['o:invoices'] }, false],
    ['a malformed claim', { feature: 'invoices' }, { fea: 'o:invoices,broken' }, false],
    ['a malformed plan claim', { plan: 'gold' }, { pla: 'gold' }, false],
    ['no organisation is needed', { feature: 'org:invoices' }, claims, true],
  ])('section 10: %s', (_what, requirement, held, expected) => {
    expect(has(requirement, held)).toBe(expected);
  });
});

describe('reverification', () => {
  const levels = ['first_factor', 'second_factor', 'multi_factor'] as const;
  const at = (level: unknown, fva: unknown, afterMinutes: unknown = 10) =>
    has({ reverification: { level, afterMinutes } }, { fva });

  // [a, b] against 10 minutes; expected for first, second, multi factor.
  test.each<[fva: [number, number], first: boolean, second: boolean, multi: boolean]>([
    [[0, 0], true, true, true],
    [[9, 9], true, true, true],
    [[9.9, 9.9], true, true, true],
    [[10, 9], false, true, false],
    [[9, 10], true, false, false],
    [[10, 10], false, false, false],
    [[9, -1], true, true, true],
    [[10, -1], false, false, false],
    [[-1, 9], false, true, false],
    [[-1, 10], false, false, false],
    [[-1, -1], false, false, false],
  ])('section 10: ages %j', (fva, ...expected) => {
    expect(levels.map((level) => at(level, fva))).toEqual(expected);
  });

  test.each<[what: string, fva: unknown]>([
    ['absent', undefined],
    ['null', null],
    ['a text', '0,0'],
    ['one age', [0]],
    ['three ages', [0, 0, 0]],
    ['texts', ['0', '0']],
    ['below -1', [-2, 0]],
    ['between -1 and 0', [-0.5, 0]],
    ['not finite', [Number.POSITIVE_INFINITY, 0]],
    ['an object', { 0: 0, 1: 0 }],
  ])('section 10: ages that are %s fail at every level', (_what, fva) => {
    for (const level of levels) expect(at(level, fva)).toBe(false);
  });

  test.each<[preset: string, fva: [number, number], expected: boolean]>([
    ['strict_mfa', [9, 9], true],
    ['strict_mfa', [9, 10], false],
    ['strict_mfa', [10, 9], false],
    ['strict', [99, 9], true],
    ['strict', [99, 10], false],
    ['moderate', [9_999, 59], true],
    ['moderate', [9_999, 60], false],
    ['lax', [9_999, 1_439], true],
    ['lax', [9_999, 1_440], false],
    ['lax', [1_439, -1], true],
  ])('section 10: the preset %s with %j', (reverification, fva, expected) => {
    expect(has({ reverification }, { fva })).toBe(expected);
  });

  test.each<[what: string, reverification: unknown]>([
    ['an unknown preset', 'stricter'],
    ['SC-010 a name of the prototype', 'constructor'],
    ['SC-010 the prototype', '__proto__'],
    ['null', null],
    ['true', true],
    ['a number', 10],
    ['an unknown level', { level: 'third_factor', afterMinutes: 10 }],
    ['no level', { afterMinutes: 10 }],
    ['no age', { level: 'first_factor' }],
    ['an age of 0', { level: 'first_factor', afterMinutes: 0 }],
    ['a negative age', { level: 'first_factor', afterMinutes: -1 }],
    ['an age that is a text', { level: 'first_factor', afterMinutes: '10' }],
    ['NaN', { level: 'first_factor', afterMinutes: Number.NaN }],
    ['a list', ['strict']],
  ])('section 10: a demand that is %s fails', (_what, reverification) => {
    expect(has({ reverification }, { fva: [0, 0] })).toBe(false);
  });
});

describe('SC-033 several demands', () => {
  // A session for which each dimension passes or fails as the demand is chosen.
  const claims = { ...ORG, fea: 'o:invoices', pla: 'o:gold', fva: [0, 0] };
  const DEMANDS: Record<string, { readonly pass: unknown; readonly fail: readonly unknown[] }> = {
    role: { pass: 'admin', fail: ['member', null, 7, '', {}] },
    permission: { pass: 'docs:read', fail: ['docs:delete', null, 7, '', []] },
    feature: { pass: 'invoices', fail: ['x', null, 7, ''] },
    plan: { pass: 'gold', fail: ['x', null, 7, ''] },
    reverification: { pass: 'strict', fail: [{ level: 'first_factor', afterMinutes: 0 }, null, 'x', 7] },
  };
  type Choice = 'absent' | 'undefined' | 'pass' | 'fail';

  /** The rule itself: something must be asked, and nothing asked may fail. */
  const model = (choices: readonly Choice[]) => choices.includes('pass') && !choices.includes('fail');

  test('the whole truth table', () => {
    const names = Object.keys(DEMANDS);
    const choices: Choice[] = ['absent', 'undefined', 'pass', 'fail'];
    let rows = 0;
    for (let row = 0; row < choices.length ** names.length; row++) {
      const chosen = names.map((_, i) => choices[Math.floor(row / choices.length ** i) % choices.length] as Choice);
      const failures = Math.max(...names.map((name) => DEMANDS[name]?.fail.length ?? 0));
      for (let variant = 0; variant < (chosen.includes('fail') ? failures : 1); variant++) {
        const requirement: Record<string, unknown> = {};
        names.forEach((name, i) => {
          const demand = DEMANDS[name];
          if (demand === undefined || chosen[i] === 'absent') return;
          requirement[name] =
            chosen[i] === 'pass'
              ? demand.pass
              : chosen[i] === 'fail'
                ? demand.fail[variant % demand.fail.length]
                : undefined;
        });
        expect(has(requirement, claims), JSON.stringify(requirement)).toBe(model(chosen));
        rows++;
      }
    }
    expect(rows).toBeGreaterThan(3_000);
  });

  test.each<[what: string, requirement: unknown, expected: boolean]>([
    ['nothing', {}, false],
    ['nothing at all', undefined, false],
    ['null', null, false],
    ['a text', 'admin', false],
    ['a function', () => true, false],
    ['an unknown name alone', { roles: 'admin' }, false],
    ['an unknown name beside one that passes', { role: 'admin', roles: 'x' }, true],
    ['an inherited demand that fails', Object.create({ role: 'member' }), false],
  ])('%s', (_what, requirement, expected) => {
    expect(has(requirement, claims)).toBe(expected);
  });
});

test('section 10: without a user nothing is met', () => {
  expect(has({ role: 'admin' }, { ...ORG, sub: '' })).toBe(false);
});

test('never throws, and adding a demand never turns a no into a yes that fails alone', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('admin', 'docs:read', 'invoices', 'gold', 'strict', undefined),
  );
  const requirement = fc.record(
    { role: value, permission: value, feature: value, plan: value, reverification: value },
    { requiredKeys: [] },
  );
  const claims = fc.record(
    { org_id: value, org_role: value, org_permissions: value, fea: value, pla: value, fva: value, v: value, o: value },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      requirement,
      fc.oneof(claims, fc.constant({ ...ORG, fea: 'o:invoices', pla: 'o:gold', fva: [0, 0] })),
      (asked, held) => {
        if (readSessionIdentity({ sub: 'user_1', ...held }) === undefined) return;
        const answer = has(asked, held);
        expect(answer).toBeTypeOf('boolean');
        if (!answer) return;
        for (const [name, demand] of Object.entries(asked)) {
          if (demand !== undefined) expect(has({ [name]: demand }, held)).toBe(true);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
