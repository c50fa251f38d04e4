import { describe, expect, test } from 'vitest';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import { createInvalidTokenAuth, createMachineAuth, createUnauthenticatedMachineAuth } from './create-machine-auth.ts';

const TOKEN = 'ak_the_token';
const create = (identity: object) =>
  createMachineAuth(
    { id: 'id_1', subject: 'user_1', scopes: ['a'], expiration: null, ...identity } as unknown as MachineIdentity,
    TOKEN,
    () => ({ d: 1 }),
  );

describe('section 6.4: authenticated', () => {
  test.each<[subject: string, userId: string | null, orgId: string | null]>([
    ['user_1', 'user_1', null],
    ['org_1', null, 'org_1'],
    ['mch_1', null, null],
    ['User_1', null, null],
    ['userx', null, null],
    ['', null, null],
  ])('an API key of %j', (subject, userId, orgId) => {
    const auth = create({ tokenType: 'api_key', subject, name: 'CI', claims: { tier: 1 } });
    expect(auth).toMatchObject({
      tokenType: 'api_key',
      isAuthenticated: true,
      id: 'id_1',
      subject,
      scopes: ['a'],
      name: 'CI',
      claims: { tier: 1 },
      userId,
      orgId,
    });
  });

  test('SC-030 a machine has no userId, not even one that is null', () => {
    const auth = create({ tokenType: 'm2m_token', subject: 'mch_1', claims: null });
    expect(auth).toMatchObject({ tokenType: 'm2m_token', machineId: 'mch_1', claims: null });
    expect(auth).not.toHaveProperty('userId');
    expect(auth).not.toHaveProperty('sessionId');
  });

  test('an OAuth client acts for its subject', () => {
    const auth = create({ tokenType: 'oauth_token', clientId: 'cl_1', audience: undefined });
    expect(auth).toMatchObject({ tokenType: 'oauth_token', userId: 'user_1', clientId: 'cl_1' });
  });

  test.each(['api_key', 'm2m_token', 'oauth_token'])('what %s can do', async (tokenType) => {
    const auth = create({ tokenType, name: '', claims: null, clientId: '' });
    expect(await auth.getToken()).toBe(TOKEN);
    expect(auth.has({ role: 'org:admin' })).toBe(false);
    expect(auth.has({})).toBe(false);
    expect(auth.hasScope('a')).toBe(true);
    expect(auth.debug()).toEqual({ d: 1 });
  });

  test.each(['A', 'a ', '', 'aa', 'a b', 'length', '0'])('SC-032 it has not the scope %j', (scope) => {
    expect(create({ tokenType: 'm2m_token', claims: null }).hasScope(scope)).toBe(false);
  });
});

describe('section 6.4: unauthenticated', () => {
  test.each<[type: 'api_key' | 'm2m_token' | 'oauth_token', fields: object]>([
    ['api_key', { name: null, claims: null, userId: null, orgId: null }],
    ['m2m_token', { claims: null, machineId: null }],
    ['oauth_token', { userId: null, clientId: null }],
  ])('%s', async (tokenType, fields) => {
    const auth = createUnauthenticatedMachineAuth(tokenType, () => ({}));
    expect(auth).toMatchObject({ tokenType, isAuthenticated: false, id: null, subject: null, scopes: null, ...fields });
    expect(await auth.getToken()).toBeNull();
    expect(auth.has({ role: 'x' })).toBe(false);
    expect(auth.hasScope('a')).toBe(false);
  });

  test('of no kind', async () => {
    const auth = createInvalidTokenAuth();
    expect(auth).toMatchObject({ tokenType: null, isAuthenticated: false });
    expect(await auth.getToken()).toBeNull();
    expect(auth.has({ role: 'x' })).toBe(false);
    expect(auth.debug()).toEqual({});
  });
});
