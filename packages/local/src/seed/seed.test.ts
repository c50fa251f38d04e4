import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from '../backend-api/start-for-test.ts';
import { DEMO_SEED } from './demo-seed.ts';
import type { SeedData } from './seed-data.ts';

test('the demo seed gives somebody who may, somebody who may not, and one of each kind of key', async () => {
  const { call, seeded, mint } = await startForTest({ seed: DEMO_SEED });
  expect(seeded?.users.map(({ email }) => email)).toEqual(['demo@keystile.dev', 'guest@keystile.dev']);
  const [demo, guest] = seeded?.users ?? [];
  const orgId = seeded?.organizations[0]?.id;
  const permissionsOf = async (userId = '') => {
    const token = await mint.session({ userId, orgId });
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).o.per;
  };
  expect(await permissionsOf(demo?.id)).toBe('manage,read');
  expect(await permissionsOf(guest?.id)).toBeUndefined();
  expect((await call('POST', `/users/${demo?.id}/verify_password`, { password: 'password' })).status).toBe(200);
  expect((await call('POST', '/api_keys/verify', { secret: seeded?.apiKeys[0]?.secret })).body.subject).toBe(demo?.id);
  const worker = seeded?.machines.find(({ name }) => name === 'worker');
  expect((await call('POST', '/m2m_tokens', {}, { key: worker?.secretKey ?? '' })).body.scopes).toEqual([
    seeded?.machines[0]?.id,
  ]);
  expect((await call('GET', `/oauth_applications/${seeded?.oauthApplications[0]?.id}`)).body.client_id).toBe(
    seeded?.oauthApplications[0]?.clientId,
  );
});

test('things can be named by what a person would write, and given fixed secrets', async () => {
  const seed: SeedData = {
    users: [
      {
        id: 'user_fixed',
        username: 'AdaL',
        email: ['ada@example.com', 'ada@work.example'],
        phone: '+15555550100',
        unsafeMetadata: { a: 1 },
      },
    ],
    roles: [{ key: 'org:editor', name: 'Editor', permissions: ['org:pages:write'] }],
    organizations: [{ id: 'org_fixed', name: 'Press', slug: 'press', members: [{ user: 'adal', role: 'org:editor' }] }],
    machines: [{ name: 'a', secretKey: 'ak_fixed_machine', scopes: ['b'] }, { name: 'b' }],
    apiKeys: [{ name: 'of the press', subject: 'press', secret: 'ak_fixed_key', expiresInSeconds: 60 }],
    jwtTemplates: [{ name: 'api', claims: { name: '{{user.username}}' }, lifetime: 300 }],
    plans: [{ name: 'Pro', slug: 'pro', payerType: 'org', amount: 1000, features: ['export'] }],
    subscriptions: [{ payer: 'press', plan: 'pro', period: 'annual' }],
  };
  const { call, mint, clock } = await startForTest({ seed });
  const token = await mint.session({ userId: 'user_fixed', orgId: 'org_fixed' });
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({
    pla: 'o:pro',
    fea: 'o:pages,o:export',
    o: { id: 'org_fixed', rol: 'editor', per: 'write', fpm: '1,0' },
  });
  expect((await call('POST', '/m2m_tokens', {}, { key: 'ak_fixed_machine' })).status).toBe(201);
  expect((await call('POST', '/api_keys/verify', { secret: 'ak_fixed_key' })).body.subject).toBe('org_fixed');
  clock.advance(60_000);
  expect((await call('POST', '/api_keys/verify', { secret: 'ak_fixed_key' })).status).toBe(404);
  const template = await mint.template({ userId: 'user_fixed', template: 'api' });
  expect(JSON.parse(Buffer.from(template.split('.')[1] ?? '', 'base64url').toString()).name).toBe('AdaL');
});

describe('a seed that is not right', () => {
  test.each<[string, unknown, RegExp]>([
    ['no object', [], /^seed must be an object/],
    ['an unknown part', { people: [] }, /seed\.people is not known here/],
    ['an unknown member', { users: [{ mail: 'a@example.com' }] }, /seed\.users\[0\]\.mail is not known here/],
    ['a missing member', { organizations: [{ slug: 'x' }] }, /seed\.organizations\[0\]\.name is missing/],
    ['a wrong type', { users: [{}, { username: 7 }] }, /seed\.users\[1\]\.username must be/],
    ['a list that is none', { users: {} }, /seed\.users must be a list/],
    ['an inherited name', { users: [JSON.parse('{"constructor":1}')] }, /constructor is not known here/],
    ['an unknown user', { organizations: [{ name: 'x', members: [{ user: 'nobody' }] }] }, /does not exist: nobody/],
    [
      'an unknown role',
      { users: [{ username: 'user' }], organizations: [{ name: 'x', members: [{ user: 'user', role: 'org:x' }] }] },
      /cannot be stored/,
    ],
    ['an address twice', { users: [{ email: 'a@example.com' }, { email: 'A@example.com' }] }, /taken/],
    [
      'an unknown plan',
      { users: [{ username: 'user' }], subscriptions: [{ payer: 'user', plan: 'gold' }] },
      /does not exist: gold/,
    ],
    ['an unknown machine', { machines: [{ name: 'a', scopes: ['ghost'] }] }, /cannot be stored/],
  ])('%s: says where, and stores nothing', async (_, seed, message) => {
    const backend = await startForTest();
    const error = await backend.seed(seed as SeedData).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'seed-invalid', message: expect.stringMatching(message) });
    expect((await backend.call('GET', '/users/count')).body.total_count).toBe(0);
    expect((await backend.call('GET', '/machines')).body.total_count).toBe(0);
    expect(firstError(await backend.call('GET', '/organizations/x'))).toMatchObject({ status: 404 });
  });
});
