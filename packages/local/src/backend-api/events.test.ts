import { expect, test } from 'vitest';
import { startForTest } from './start-for-test.ts';

/** What has been told since the last time, as types, with what each was about. */
async function listening() {
  const backend = await startForTest();
  const heard: { type: string; data: Record<string, unknown> }[] = [];
  backend.context.onEvent(({ type, data }) => heard.push({ type, data: data as Record<string, unknown> }));
  const types = () => heard.splice(0).map(({ type }) => type);
  return { ...backend, heard, types };
}

test('each change of a user is told with the user as it is afterwards', async () => {
  const { call, heard, types } = await listening();
  const { body: user } = await call('POST', '/users', {
    email_address: ['told@example.com'],
    password: 'correct horse',
  });
  expect(heard).toMatchObject([{ type: 'user.created', data: { id: user.id } }]);
  expect(JSON.stringify(heard)).not.toMatch(/horse|argon2/);
  types();
  await call('PATCH', `/users/${user.id}`, { first_name: 'Ada' });
  expect(heard).toMatchObject([{ type: 'user.updated', data: { first_name: 'Ada' } }]);
  types();
  const { body: address } = await call('POST', '/email_addresses', {
    user_id: user.id,
    email_address: 'more@example.com',
    verified: true,
  });
  expect(types()).toEqual(['user.updated']);
  await call('PATCH', `/users/${user.id}`, {
    primary_email_address_id: address.id,
    notify_primary_email_address_changed: true,
  });
  expect(types()).toEqual(['email.created', 'user.updated']);
  await call('POST', '/sessions', { user_id: user.id });
  expect(types()).toEqual(['session.created']);
  await call('POST', `/users/${user.id}/ban`);
  expect(types().sort()).toEqual(['session.revoked', 'user.updated']);
  await call('DELETE', `/users/${user.id}`);
  expect(types()).toEqual(['user.deleted']);
});

test('organizations tell of themselves and of their members', async () => {
  const { call, types } = await listening();
  const { body: user } = await call('POST', '/users', { username: 'founder' });
  const { body: other } = await call('POST', '/users', { email_address: ['other@example.com'] });
  types();
  const { body: organization } = await call('POST', '/organizations', { name: 'Told', created_by: user.id });
  expect(types()).toEqual(['organization.created', 'organizationMembership.created']);
  const path = `/organizations/${organization.id}`;
  await call('POST', `${path}/memberships`, { user_id: other.id, role: 'org:member' });
  await call('PATCH', `${path}/memberships/${other.id}`, { role: 'org:admin' });
  expect(types()).toEqual(['organizationMembership.created', 'organizationMembership.updated']);
  const { body: invitation } = await call('POST', `${path}/invitations`, {
    email_address: 'new@example.com',
    role: 'org:member',
  });
  await call('POST', `${path}/invitations/${invitation.id}/revoke`);
  expect(types()).toEqual(['email.created', 'organizationInvitation.created', 'organizationInvitation.revoked']);
  await call('PATCH', path, { name: 'Retold' });
  await call('DELETE', path);
  expect(types()).toEqual([
    'organization.updated',
    'organizationMembership.deleted',
    'organizationMembership.deleted',
    'organization.deleted',
  ]);
});

test('what fails is not told, and what is told is recorded', async () => {
  const { call, context, heard } = await listening();
  await call('POST', '/users', { username: 'taken' });
  await call('POST', '/users', { username: 'taken' });
  await call('POST', '/users/ban', { user_ids: ['user_nobody'] });
  expect(heard).toHaveLength(1);
  const recorded = await context.db.selectFrom('events').select('type').execute();
  expect(recorded).toEqual([{ type: 'user.created' }]);
});
