import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

const ids = ({ body }: { body: { data: { id: string }[] } }) => body.data.map(({ id }) => id);

describe('organizations', () => {
  test('take a slug from their name, and the creator becomes the admin', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'founder' });
    const { body } = await call('POST', '/organizations', { name: 'Ärzte & Söhne GmbH', created_by: user.id });
    expect(body).toMatchObject({
      object: 'organization',
      slug: 'a-rzte-so-hne-gmbh',
      created_by: user.id,
      max_allowed_memberships: 5,
    });
    const { body: members } = await call('GET', `/organizations/${body.id}/memberships`);
    expect(members).toMatchObject({
      total_count: 1,
      data: [{ role: 'org:admin', role_name: 'Admin', public_user_data: { user_id: user.id } }],
    });
    expect(members.data[0].permissions).toContain('org:sys_memberships:manage');
    expect((await call('GET', `/organizations/${body.slug}`)).body.id).toBe(body.id);
    const { body: second } = await call('POST', '/organizations', { name: 'Ärzte & Söhne GmbH' });
    expect(second.slug).toMatch(/^a-rzte-so-hne-gmbh-[0-9a-z]{8}$/);
  });

  test.each([
    ['a blank name', { name: '  ' }, 422, 'name'],
    ['a URL in the name', { name: 'See https://evil.example' }, 422, 'name'],
    ['HTML in the name', { name: '<b>Acme</b>' }, 422, 'name'],
    ['a name that is too long', { name: 'x'.repeat(257) }, 422, 'name'],
    ['a slug in capitals', { name: 'x', slug: 'Acme' }, 422, 'slug'],
    ['a slug with dashes at the end', { name: 'x', slug: 'acme-' }, 422, 'slug'],
    ['a limit below zero', { name: 'x', max_allowed_memberships: -1 }, 422, 'max_allowed_memberships'],
    ['an unknown creator', { name: 'x', created_by: 'user_nobody' }, 404, undefined],
    ['an unknown role set', { name: 'x', role_set_key: 'role_set:none' }, 404, undefined],
  ])('SC-129 refuses %s', async (_, body, status, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/organizations', body))).toMatchObject({
      status,
      ...(param !== undefined && { param }),
    });
    expect((await call('GET', '/organizations')).body.total_count).toBe(0);
  });

  test('a slug belongs to one', async () => {
    const { call } = await startForTest();
    const { body: first } = await call('POST', '/organizations', { name: 'One', slug: 'one' });
    const { body: second } = await call('POST', '/organizations', { name: 'Two', slug: 'two' });
    expect(firstError(await call('POST', '/organizations', { name: 'x', slug: 'one' }))).toEqual({
      status: 422,
      code: 'form_identifier_exists',
      param: 'slug',
    });
    expect((await call('PATCH', `/organizations/${second.id}`, { slug: 'one' })).status).toBe(422);
    expect((await call('PATCH', `/organizations/${first.id}`, { slug: 'one', name: 'Uno' })).body).toMatchObject({
      slug: 'one',
      name: 'Uno',
    });
  });

  test.each([
    ['newest first', '', ['c', 'b', 'a']],
    ['by name', 'order_by=name', ['a', 'b', 'c']],
    ['by members, most first', 'order_by=-members_count', ['b', 'c', 'a']],
    ['part of a name', 'query=rav', ['b']],
    ['of a user', 'user_id=USER', ['b']],
    ['not of a user', 'user_id=-USER', ['c', 'a']],
    ['but for one', 'organization_id=-A', ['c', 'b']],
  ])('are listed %s', async (_, query, expected) => {
    const { call, clock } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'lister' });
    const known: Record<string, string> = {};
    for (const [letter, name, created_by] of [
      ['a', 'Alpha'],
      ['b', 'Bravo', user.id],
      ['c', 'Carbon'],
    ]) {
      clock.advance(10);
      known[String(letter)] = (
        await call('POST', '/organizations', { name, ...(created_by && { created_by }) })
      ).body.id;
    }
    const answer = await call('GET', `/organizations?${query.replace('USER', user.id).replace('-A', `-${known.a}`)}`);
    expect(ids(answer)).toEqual(expected.map((letter) => known[letter]));
    expect(answer.body.total_count).toBe(expected.length);
  });

  test('counts are told when asked for', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'counts' });
    const { body: organization } = await call('POST', '/organizations', { name: 'Counted', created_by: user.id });
    await call('POST', `/organizations/${organization.id}/invitations`, {
      email_address: 'a@example.com',
      role: 'org:member',
    });
    expect((await call('GET', `/organizations/${organization.id}`)).body).not.toHaveProperty('members_count');
    const query = 'include_members_count=true&include_missing_member_with_elevated_permissions=true';
    expect((await call('GET', `/organizations/${organization.id}?${query}`)).body).toMatchObject({
      members_count: 1,
      pending_invitations_count: 1,
      missing_member_with_elevated_permissions: false,
    });
  });

  test('deleting one takes members, invitations, domains and keys along, and frees who was active in it', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'leaver' });
    const { body: organization } = await call('POST', '/organizations', {
      name: 'Gone',
      slug: 'gone',
      created_by: user.id,
    });
    const { body: key } = await call('POST', '/api_keys', { name: 'key', subject: organization.id });
    const { body: session } = await call('POST', '/sessions', {
      user_id: user.id,
      active_organization_id: organization.id,
    });
    expect(session.last_active_organization_id).toBe(organization.id);
    expect((await call('DELETE', `/organizations/${organization.id}`)).body).toEqual({
      object: 'organization',
      id: organization.id,
      slug: 'gone',
      deleted: true,
    });
    expect((await call('GET', `/organizations/${organization.id}`)).status).toBe(404);
    expect((await call('GET', `/organizations/${organization.id}/memberships`)).status).toBe(404);
    expect((await call('GET', `/users/${user.id}/organization_memberships`)).body.total_count).toBe(0);
    expect((await call('POST', '/api_keys/verify', { secret: key.secret })).status).toBe(404);
    expect((await call('GET', `/sessions/${session.id}`)).body.last_active_organization_id).toBeNull();
  });
});

describe('memberships', () => {
  const prepare = async (limit = 5) => {
    const backend = await startForTest();
    const { body: admin } = await backend.call('POST', '/users', { username: 'admin', first_name: 'Zoe' });
    const { body: member } = await backend.call('POST', '/users', {
      username: 'member',
      first_name: 'Abe',
      email_address: ['abe@example.com'],
    });
    const { body: organization } = await backend.call('POST', '/organizations', {
      name: 'Club',
      created_by: admin.id,
      max_allowed_memberships: limit,
    });
    const path = `/organizations/${organization.id}/memberships`;
    return { ...backend, admin, member, organization, path };
  };

  test('a user joins once, with a role that exists', async () => {
    const { call, member, path } = await prepare();
    expect(firstError(await call('POST', path, { user_id: member.id, role: 'org:ghost' }))).toMatchObject({
      status: 404,
    });
    expect(firstError(await call('POST', path, { user_id: 'user_nobody', role: 'org:member' }))).toMatchObject({
      status: 404,
    });
    expect((await call('POST', path, { user_id: member.id, role: 'org:member' })).body).toMatchObject({
      role: 'org:member',
    });
    expect(firstError(await call('POST', path, { user_id: member.id, role: 'org:member' }))).toMatchObject({
      status: 422,
      code: 'already_a_member_in_organization',
    });
  });

  test('SC-128 the limit of the organization counts; 0 is none', async () => {
    const { call, member, organization, path } = await prepare(1);
    expect(firstError(await call('POST', path, { user_id: member.id, role: 'org:member' }))).toMatchObject({
      status: 422,
      code: 'organization_membership_quota_exceeded',
    });
    await call('PATCH', `/organizations/${organization.id}`, { max_allowed_memberships: 0 });
    expect((await call('POST', path, { user_id: member.id, role: 'org:member' })).status).toBe(200);
  });

  test('somebody must be left who can manage the organization', async () => {
    const { call, admin, member, path } = await prepare();
    await call('POST', path, { user_id: member.id, role: 'org:member' });
    expect(firstError(await call('PATCH', `${path}/${admin.id}`, { role: 'org:member' }))).toMatchObject({
      status: 400,
    });
    expect((await call('PATCH', `${path}/${member.id}`, { role: 'org:admin' })).body.role).toBe('org:admin');
    expect((await call('PATCH', `${path}/${admin.id}`, { role: 'org:member' })).status).toBe(200);
  });

  test('metadata is merged, private and public apart', async () => {
    const { call, admin, path } = await prepare();
    await call('PATCH', `${path}/${admin.id}/metadata`, { public_metadata: { a: 1 }, private_metadata: { s: 1 } });
    const { body } = await call('PATCH', `${path}/${admin.id}/metadata`, { public_metadata: { a: null, b: 2 } });
    expect(body).toMatchObject({ public_metadata: { b: 2 }, private_metadata: { s: 1 } });
    expect(body.public_metadata).not.toHaveProperty('a');
  });

  test.each([
    ['by first name', 'order_by=first_name', ['member', 'admin']],
    ['of a role', 'role=org:admin', ['admin']],
    ['by address', 'email_address=ABE@example.com', ['member']],
    ['by part of a name', 'name_query=zo', ['admin']],
    ['but for one', 'query=nobody', []],
  ])('are listed %s', async (_, query, usernames) => {
    const { call, member, path } = await prepare();
    await call('POST', path, { user_id: member.id, role: 'org:member' });
    const { body } = await call('GET', `${path}?${query}`);
    expect(body.data.map((one: { public_user_data: { username: string } }) => one.public_user_data.username)).toEqual(
      usernames,
    );
    expect(body.total_count).toBe(usernames.length);
  });

  test('a removed member is told once', async () => {
    const { call, admin, path } = await prepare();
    expect((await call('DELETE', `${path}/${admin.id}`)).body).toMatchObject({
      object: 'organization_membership',
      role: 'org:admin',
    });
    expect((await call('DELETE', `${path}/${admin.id}`)).status).toBe(404);
    expect((await call('GET', '/organization_memberships')).body).toEqual({ data: [], total_count: 0 });
  });
});

describe('invitations to an organization', () => {
  const prepare = async () => {
    const backend = await startForTest();
    const { body: admin } = await backend.call('POST', '/users', {
      username: 'inviter',
      email_address: ['boss@example.com'],
    });
    const { body: organization } = await backend.call('POST', '/organizations', { name: 'Team', created_by: admin.id });
    const path = `/organizations/${organization.id}/invitations`;
    const invite = (body: object = {}) =>
      backend.call('POST', path, { email_address: 'new@example.com', role: 'org:member', ...body });
    return { ...backend, admin, organization, path, invite };
  };

  test('are sent with a link, and become a membership with their metadata when accepted', async () => {
    const { call, context, admin, invite, organization } = await prepare();
    const { body } = await invite({
      inviter_user_id: admin.id,
      public_metadata: { desk: 1 },
      redirect_url: 'https://app.example/welcome',
    });
    expect(body).toMatchObject({
      status: 'pending',
      role_name: 'Member',
      inviter_id: admin.id,
      public_inviter_data: { identifier: 'boss@example.com' },
    });
    const message = await context.db.selectFrom('messages').selectAll().executeTakeFirstOrThrow();
    expect(message).toMatchObject({
      channel: 'email',
      recipient: 'new@example.com',
      template_slug: 'organization_invitation',
    });
    expect(message.body).toContain(body.url);
    const { acceptOrganizationInvitation } = await import('../resources/organization-invitation.ts');
    const { body: user } = await call('POST', '/users', { email_address: ['new@example.com'] });
    expect((await call('GET', `/users/${user.id}/organization_invitations`)).body).toMatchObject({
      total_count: 1,
      data: [{ id: body.id }],
    });
    const row = await context.db.selectFrom('organization_invitations').selectAll().executeTakeFirstOrThrow();
    const membership = await context.transaction((tx) => acceptOrganizationInvitation(tx, row, user.id));
    expect(membership).toMatchObject({ role: 'org:member', public_metadata: { desk: 1 } });
    expect((await call('GET', `/organizations/${organization.id}/invitations/${body.id}`)).body.status).toBe(
      'accepted',
    );
    const accepted = await context.db.selectFrom('organization_invitations').selectAll().executeTakeFirstOrThrow();
    await expect(
      context.transaction((tx) => acceptOrganizationInvitation(tx, accepted, user.id)),
    ).rejects.toMatchObject({ status: 400 });
  });

  test.each([
    ['a malformed address', { email_address: 'nope' }, 422, 'form_param_format_invalid'],
    ['a member', { email_address: 'boss@example.com' }, 422, 'already_a_member_in_organization'],
    ['an unknown role', { role: 'org:ghost' }, 404, 'resource_not_found'],
    ['an unknown inviter', { inviter_user_id: 'user_nobody' }, 404, 'resource_not_found'],
    ['a redirect that is no URL', { redirect_url: '/welcome' }, 422, 'form_param_invalid'],
    ['no time to accept', { expires_in_days: 0 }, 422, 'form_param_invalid'],
  ])('SC-129 refuses %s', async (_, body, status, code) => {
    const { invite } = await prepare();
    expect(firstError(await invite(body))).toMatchObject({ status, code });
  });

  test('an inviter must be able to manage members', async () => {
    const { call, organization, invite } = await prepare();
    const { body: plain } = await call('POST', '/users', { username: 'plain' });
    expect(firstError(await invite({ inviter_user_id: plain.id }))).toMatchObject({
      status: 403,
      code: 'not_a_member_in_organization',
    });
    await call('POST', `/organizations/${organization.id}/memberships`, { user_id: plain.id, role: 'org:member' });
    expect(firstError(await invite({ inviter_user_id: plain.id }))).toMatchObject({
      status: 403,
      code: 'not_an_admin_in_organization',
    });
  });

  test('one address is invited once at a time', async () => {
    const { call, clock, path, invite } = await prepare();
    const { body: first } = await invite();
    expect(firstError(await invite({ email_address: 'NEW@example.com' }))).toMatchObject({
      status: 422,
      code: 'duplicate_record',
    });
    await call('POST', `${path}/${first.id}/revoke`);
    const { body: second } = await invite({ expires_in_days: 1 });
    clock.advance(24 * 3600 * 1000);
    expect((await call('GET', `${path}/${second.id}`)).body.status).toBe('expired');
    expect((await invite()).status).toBe(200);
  });

  test('lists know the status, the pending ones and those of the instance', async () => {
    const { call, clock, path, invite } = await prepare();
    const { body: old } = await invite({ expires_in_days: 1 });
    clock.advance(48 * 3600 * 1000);
    const { body: revoked } = await invite({ email_address: 'revoked@example.com' });
    expect((await call('POST', `${path}/${revoked.id}/revoke`)).body.status).toBe('revoked');
    expect((await call('POST', `${path}/${revoked.id}/revoke`)).status).toBe(400);
    const { body: open } = await invite({ email_address: 'open@example.com', notify: false });
    expect(ids(await call('GET', `${path}/pending`))).toEqual([open.id]);
    expect(ids(await call('GET', `${path}?status=expired`))).toEqual([old.id]);
    expect(ids(await call('GET', `${path}?status=revoked`))).toEqual([revoked.id]);
    expect(ids(await call('GET', `${path}?email_address=OPEN@example.com`))).toEqual([open.id]);
    expect(ids(await call('GET', '/organization_invitations?order_by=email_address'))).toEqual([
      old.id,
      open.id,
      revoked.id,
    ]);
    expect(ids(await call('GET', '/organization_invitations?query=revo'))).toEqual([revoked.id]);
  });

  test('in bulk: all or none', async () => {
    const { call, path } = await prepare();
    const bulk = (addresses: string[]) =>
      call(
        'POST',
        `${path}/bulk`,
        addresses.map((email_address) => ({ email_address, role: 'org:member' })),
      );
    expect((await bulk(['a@example.com', 'b@example.com'])).body).toMatchObject({
      total_count: 2,
      data: [{ email_address: 'a@example.com' }, {}],
    });
    expect((await bulk(['c@example.com', 'a@example.com'])).status).toBe(422);
    expect((await call('GET', path)).body.total_count).toBe(2);
    expect(firstError(await call('POST', `${path}/bulk`, [{ role: 'org:member' }]))).toMatchObject({
      status: 422,
      param: '[0].email_address',
    });
    expect((await call('POST', `${path}/bulk`, {})).status).toBe(400);
    expect((await bulk([])).status).toBe(400);
  });
});

describe('domains of an organization', () => {
  const prepare = async () => {
    const backend = await startForTest();
    const make = async (name: string) => (await backend.call('POST', '/organizations', { name })).body;
    const one = await make('One');
    const two = await make('Two');
    return { ...backend, one, two };
  };

  test('are verified unless told otherwise, and proven they belong to one organization', async () => {
    const { call, one, two } = await prepare();
    const { body } = await call('POST', `/organizations/${one.id}/domains`, {
      name: 'Example.COM',
      enrollment_mode: 'automatic_invitation',
    });
    expect(body).toMatchObject({
      name: 'example.com',
      enrollment_mode: 'automatic_invitation',
      verification: { status: 'verified' },
    });
    expect(firstError(await call('POST', `/organizations/${two.id}/domains`, { name: 'example.com' }))).toMatchObject({
      status: 422,
      code: 'duplicate_record',
    });
    await call('POST', `/organizations/${one.id}/domains`, { name: 'open.example', verified: false });
    const { body: rival } = await call('POST', `/organizations/${two.id}/domains`, {
      name: 'open.example',
      verified: false,
    });
    expect(rival.verification).toBeNull();
    const path = `/organizations/${two.id}/domains/${rival.id}`;
    expect((await call('PATCH', path, { verified: true })).body.verification.status).toBe('verified');
    const { body: list } = await call('GET', `/organizations/${one.id}/domains?verified=false`);
    expect(
      firstError(await call('PATCH', `/organizations/${one.id}/domains/${list.data[0].id}`, { verified: true })),
    ).toMatchObject({ status: 422 });
    expect((await call('DELETE', path)).body).toMatchObject({ object: 'organization_domain', deleted: true });
    expect((await call('DELETE', path)).status).toBe(404);
  });

  test.each([
    ['no name', {}, 'name'],
    ['a name that is none', { name: 'https://example.com' }, 'name'],
    ['an unknown mode', { name: 'a.example', enrollment_mode: 'open' }, 'enrollment_mode'],
  ])('SC-129 refuses %s', async (_, body, param) => {
    const { call, one } = await prepare();
    expect(firstError(await call('POST', `/organizations/${one.id}/domains`, body))).toMatchObject({
      status: 422,
      param,
    });
  });

  test('the list of the instance filters by all it names', async () => {
    const { call, one, two } = await prepare();
    await call('POST', `/organizations/${one.id}/domains`, { name: 'a.example' });
    await call('POST', `/organizations/${two.id}/domains`, {
      name: 'b.example',
      enrollment_mode: 'automatic_suggestion',
      verified: false,
    });
    const names = async (query: string) =>
      (await call('GET', `/organization_domains?order_by=name&${query}`)).body.data.map(
        (one: { name: string }) => one.name,
      );
    expect(await names('')).toEqual(['a.example', 'b.example']);
    expect(await names(`organization_id=${two.id}`)).toEqual(['b.example']);
    expect(await names(`query=${one.id}`)).toEqual(['a.example']);
    expect(await names('query=B.EX')).toEqual(['b.example']);
    expect(await names('verified=true')).toEqual(['a.example']);
    expect(await names('enrollment_mode=automatic_suggestion')).toEqual(['b.example']);
    expect(await names('domains=a.example&domains=z.example')).toEqual(['a.example']);
    expect(firstError(await call('GET', '/organization_domains?query=%20'))).toMatchObject({
      status: 422,
      param: 'query',
    });
  });

  test('can be switched off for the instance', async () => {
    const { call, one } = await prepare();
    await call('PATCH', '/instance/organization_settings', { domains_enabled: false });
    expect(firstError(await call('POST', `/organizations/${one.id}/domains`, { name: 'a.example' }))).toMatchObject({
      status: 400,
    });
  });
});
