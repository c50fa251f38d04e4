import { describe, expect, test } from 'vitest';
import type { JwtClaims } from '../jwt/claims.ts';
import { readSessionIdentity } from './session-identity.ts';

const BASE = { sub: 'user_1', sid: 'sess_1', exp: 60 };
const NO_ORGANIZATION = { orgId: undefined, orgRole: undefined, orgSlug: undefined, orgPermissions: undefined };

function read(claims: JwtClaims) {
  const identity = readSessionIdentity({ ...BASE, ...claims });
  if (identity === undefined) throw new Error('malformed');
  return identity;
}

test('section 4.3: what both versions have', () => {
  const act = { sub: 'user_2', type: 'agent' };
  expect(read({ act, fva: [3, -1], sts: 'active' })).toMatchObject({
    userId: 'user_1',
    sessionId: 'sess_1',
    actor: act,
    factorVerificationAge: [3, -1],
    sessionStatus: 'active',
    claims: { ...BASE, act, fva: [3, -1], sts: 'active' },
    ...NO_ORGANIZATION,
  });
  expect(read({})).toMatchObject({ actor: undefined, factorVerificationAge: null, sessionStatus: null });
});

const V1 = { org_id: 'org_1', org_slug: 'acme', org_role: 'org:admin', org_permissions: ['org:docs:read'] };
const V2 = {
  v: 2,
  fea: 'o:docs,u:avatars,o:wiki',
  o: { id: 'org_2', slg: 'beta', rol: 'viewer', per: 'manage, read', fpm: '2, 1' },
};

test('section 4.3: the organisation of version 1', () => {
  expect(read(V1)).toMatchObject({
    orgId: 'org_1',
    orgSlug: 'acme',
    orgRole: 'org:admin',
    orgPermissions: ['org:docs:read'],
  });
});

test('section 4.3: the organisation of version 2', () => {
  expect(read(V2)).toMatchObject({
    orgId: 'org_2',
    orgSlug: 'beta',
    orgRole: 'org:viewer',
    orgPermissions: ['org:docs:read', 'org:wiki:manage'],
  });
});

test.each<[what: string, v: unknown, version: 1 | 2]>([
  ['absent', undefined, 1],
  ['the number 2', 2, 2],
  ['the text 2', '2', 1],
  ['3', 3, 1],
  ['1', 1, 1],
  ['null', null, 1],
  ['[2]', [2], 1],
])('section 4.2: v that is %s', (_what, v, version) => {
  expect(read({ ...V1, ...V2, v }).orgId).toBe(version === 1 ? 'org_1' : 'org_2');
});

test.each<[what: string, o: unknown, role: string | undefined, permissions: string[] | undefined]>([
  ['a role that has its prefix already is prefixed blindly', { id: 'x', rol: 'org:admin' }, 'org:org:admin', []],
  ['no role', { id: 'x' }, undefined, []],
  ['an empty role', { id: 'x', rol: '' }, undefined, []],
  ['a role of a wrong type', { id: 'x', rol: ['admin'] }, undefined, []],
  ['permissions without masks', { id: 'x', per: 'read' }, undefined, []],
  ['masks of a wrong type', { id: 'x', per: 'read', fpm: 1 }, undefined, []],
  ['no o', undefined, undefined, undefined],
])('version 2: %s', (_what, o, role, permissions) => {
  const identity = read({ v: 2, fea: 'o:docs', o });
  expect(identity.orgRole).toBe(role);
  expect(identity.orgPermissions).toEqual(permissions);
});

describe('V8 malformed features', () => {
  test('with an organisation nobody can say what the session may do', () => {
    expect(readSessionIdentity({ ...BASE, v: 2, fea: 'docs', o: { id: 'org_1' } })).toBeUndefined();
  });

  test('without one, or in version 1, they do no harm', () => {
    expect(read({ v: 2, fea: 'docs' })).toMatchObject(NO_ORGANIZATION);
    expect(read({ ...V1, fea: 'docs' }).orgId).toBe('org_1');
  });

  test('SC-012 of a wrong type they are none', () => {
    for (const fea of [7, null, [], {}, true, '']) {
      expect(read({ v: 2, fea, o: { id: 'org_1', per: 'read', fpm: '1' } }).orgPermissions).toEqual([]);
    }
  });
});

describe('SC-012 claims of a wrong type', () => {
  test.each<[claim: string, value: unknown, field: string, read: unknown]>([
    ['sid', {}, 'sessionId', null],
    ['sid', 5, 'sessionId', null],
    ['sid', undefined, 'sessionId', null],
    ['sts', [], 'sessionStatus', null],
    ['sts', 'PENDING', 'sessionStatus', null],
    ['sts', true, 'sessionStatus', null],
    ['fva', '1,2', 'factorVerificationAge', null],
    ['fva', [1], 'factorVerificationAge', null],
    ['fva', [1, 2, 3], 'factorVerificationAge', null],
    ['fva', [1, '2'], 'factorVerificationAge', null],
    ['fva', [1, null], 'factorVerificationAge', null],
    ['fva', { 0: 1, 1: 2, length: 2 }, 'factorVerificationAge', null],
    ['act', 'user_2', 'actor', undefined],
    ['act', ['user_2'], 'actor', undefined],
    ['act', null, 'actor', undefined],
    ['org_id', 1, 'orgId', undefined],
    ['org_role', ['org:admin'], 'orgRole', undefined],
    ['org_permissions', 'org:docs:read', 'orgPermissions', undefined],
    ['org_permissions', ['org:docs:read', 1, null], 'orgPermissions', ['org:docs:read']],
  ])('%s of %j', (claim, value, field, expected) => {
    expect(read({ [claim]: value })[field as 'orgId']).toEqual(expected);
  });

  test.each(['x', 1, [], ['org_1'], null, true])('o of %j is no organisation', (o) => {
    expect(read({ v: 2, o })).toMatchObject(NO_ORGANIZATION);
  });

  test('no id is ever anything but a text', () => {
    for (const value of [1, {}, [], true, null, Number.NaN]) {
      const { userId, sessionId, orgId, orgSlug, orgRole } = read({
        sid: value,
        org_id: value,
        org_slug: value,
        org_role: value,
      });
      for (const id of [userId, sessionId, orgId, orgSlug, orgRole]) expect(id ?? '').toBeTypeOf('string');
    }
  });
});

test('SC-050 whatever of it is handed out is frozen to its depths', () => {
  const identity = read({ act: { sub: 'user_2', deep: [{}] }, ...V2 });
  expect(() => Object.assign(identity.claims.o as object, { rol: 'admin' })).toThrow(TypeError);
  expect(() => Object.assign((identity.actor as { deep?: object[] }).deep?.[0] as object, { x: 1 })).toThrow(TypeError);
  expect(() => (identity.orgPermissions as string[]).push('org:all')).toThrow(TypeError);
});

test('claims that nest deeper than the call stack are frozen, too', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  expect(Object.isFrozen(read({ deep }).claims.deep)).toBe(true);
});
