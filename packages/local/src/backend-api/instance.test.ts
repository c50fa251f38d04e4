import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

describe('settings of the instance', () => {
  test('a change leaves alone what it does not name', async () => {
    const { call, instanceId } = await startForTest();
    expect((await call('GET', '/instance')).body).toEqual({
      object: 'instance',
      id: instanceId,
      environment_type: 'development',
      allowed_origins: [],
    });
    const origins = ['https://app.example', 'chrome-extension://abcdef', 'capacitor://localhost'];
    expect(
      (await call('PATCH', '/instance', { allowed_origins: origins, support_email: 'help@example.com' })).status,
    ).toBe(204);
    await call('PATCH', '/instance', { test_mode: false });
    expect((await call('GET', '/instance')).body.allowed_origins).toEqual(origins);
    await call('PATCH', '/instance/restrictions', { allowlist: true });
    expect((await call('PATCH', '/instance/restrictions', { blocklist: true })).body).toMatchObject({
      allowlist: true,
      blocklist: true,
      block_email_subaddresses: false,
    });
    expect(
      (await call('PATCH', '/beta_features/instance_settings', { from_email_address: 'hello' })).body,
    ).toMatchObject({
      restricted_to_allowlist: true,
      from_email_address: 'hello',
    });
  });

  test.each([
    ['/instance', { allowed_origins: ['https://app.example/path'] }, 'allowed_origins'],
    ['/instance', { allowed_origins: 'https://app.example' }, 'allowed_origins'],
    ['/instance', { test_mode: 'yes' }, 'test_mode'],
    ['/instance/restrictions', { allowlist: 1 }, 'allowlist'],
    ['/instance/organization_settings', { max_allowed_memberships: -1 }, 'max_allowed_memberships'],
    ['/instance/organization_settings', { domains_enrollment_modes: ['open'] }, 'domains_enrollment_modes'],
    ['/beta_features/instance_settings', { from_email_address: 'a@b.example' }, 'from_email_address'],
  ])('SC-129 %s refuses %o', async (path, body, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('PATCH', path, body))).toMatchObject({ status: 422, param });
  });

  test('of protection and of OAuth are read back', async () => {
    const { call } = await startForTest();
    await call('PATCH', '/instance/protect', { rules_enabled: true });
    expect((await call('GET', '/instance/protect')).body).toMatchObject({
      rules_enabled: true,
      specter_enabled: false,
    });
    await call('PATCH', '/instance/oauth_application_settings', { oauth_jwt_access_tokens: true });
    expect((await call('GET', '/instance/oauth_application_settings')).body).toMatchObject({
      dynamic_oauth_client_registration: false,
      oauth_jwt_access_tokens: true,
    });
  });

  test('of organizations count for new ones', async () => {
    const { call } = await startForTest();
    const { body: roles } = await call('GET', '/organization_roles?query=org:member');
    const settings = await call('PATCH', '/instance/organization_settings', {
      max_allowed_memberships: 2,
      domains_default_role_id: roles.data[0].id,
    });
    expect(settings.body).toMatchObject({
      max_allowed_memberships: 2,
      domains_default_role: 'org:member',
      creator_role: 'org:admin',
    });
    expect((await call('POST', '/organizations', { name: 'Small' })).body.max_allowed_memberships).toBe(2);
    expect(
      firstError(await call('PATCH', '/instance/organization_settings', { creator_role_id: roles.data[0].id })),
    ).toMatchObject({ status: 422, param: 'creator_role_id' });
    expect((await call('PATCH', '/instance/organization_settings', { creator_role_id: 'role_x' })).status).toBe(404);
  });

  test('the home URL names the primary domain', async () => {
    const { call } = await startForTest();
    expect((await call('POST', '/instance/change_domain', { home_url: 'https://www.example.com/home' })).status).toBe(
      202,
    );
    expect((await call('GET', '/domains')).body.data).toMatchObject([{ name: 'www.example.com', is_satellite: false }]);
    expect((await call('PUT', '/beta_features/domain', { home_url: 'https://example.org' })).status).toBe(202);
    expect(firstError(await call('POST', '/instance/change_domain', { home_url: 'ftp://example.com' }))).toMatchObject({
      status: 422,
    });
    expect((await call('POST', '/instance/change_domain', {})).status).toBe(400);
  });
});

describe('domains', () => {
  test('satellites come and go; the primary one stays', async () => {
    const { call } = await startForTest();
    const { body: satellite } = await call('POST', '/domains', { name: 'Satellite.test:3000', is_satellite: true });
    expect(satellite).toMatchObject({ object: 'domain', name: 'satellite.test:3000', is_satellite: true });
    expect(
      firstError(await call('POST', '/domains', { name: 'satellite.test:3000', is_satellite: true })),
    ).toMatchObject({ status: 422, code: 'duplicate_record' });
    expect((await call('PATCH', `/domains/${satellite.id}`, { name: 'other.test' })).body.name).toBe('other.test');
    const { body: list } = await call('GET', '/domains');
    expect(list.total_count).toBe(2);
    const primary = list.data.find((one: { is_satellite: boolean }) => !one.is_satellite);
    expect((await call('DELETE', `/domains/${primary.id}`)).status).toBe(403);
    expect((await call('DELETE', `/domains/${satellite.id}`)).body.deleted).toBe(true);
    expect((await call('DELETE', `/domains/${satellite.id}`)).status).toBe(404);
  });

  test.each([
    ['a primary one', { name: 'a.test', is_satellite: false }, 422, 'is_satellite'],
    ['a scheme', { name: 'https://a.test', is_satellite: true }, 422, 'name'],
    [
      'a proxy in development',
      { name: 'a.test', is_satellite: true, proxy_url: 'https://a.test/__clerk' },
      400,
      'proxy_url',
    ],
  ])('SC-129 refuses %s', async (_, body, status, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/domains', body))).toMatchObject({ status, param });
  });

  test('a proxy check says whether requests arrive here, and asks nobody in the world', async () => {
    const { call } = await startForTest();
    const { body: list } = await call('GET', '/domains');
    const check = (proxy_url: string) => call('POST', '/proxy_checks', { domain_id: list.data[0].id, proxy_url });
    expect((await check('https://proxy.example/__clerk')).body).toMatchObject({
      object: 'proxy_check',
      successful: false,
    });
    expect((await check('http://127.0.0.1:1/__clerk')).body.successful).toBe(false);
    expect(firstError(await check('javascript:alert(1)'))).toMatchObject({ status: 422, param: 'proxy_url' });
    expect((await call('POST', '/proxy_checks', { proxy_url: 'https://a.example' })).status).toBe(400);
  });
});

describe('redirect URLs', () => {
  test.each(['https://app.example/cb', 'my-app://oauth-callback', 'http://localhost:3000/cb'])(
    'take %s, once',
    async (url) => {
      const { call } = await startForTest();
      const { body } = await call('POST', '/redirect_urls', { url });
      expect(body).toMatchObject({ object: 'redirect_url', url });
      expect(firstError(await call('POST', '/redirect_urls', { url }))).toMatchObject({
        status: 422,
        code: 'duplicate_record',
      });
      expect((await call('GET', '/redirect_urls')).body).toEqual([body]);
      expect((await call('GET', '/redirect_urls?paginated=true')).body).toEqual({ data: [body], total_count: 1 });
      expect((await call('DELETE', `/redirect_urls/${body.id}`)).body).toMatchObject({ deleted: true });
      expect((await call('GET', `/redirect_urls/${body.id}`)).status).toBe(404);
    },
  );

  test.each([
    'http://app.example/cb',
    'javascript:alert(1)',
    'javascript://x/%0aalert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/cb',
    '',
  ])('SC-131 refuse %j', async (url) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/redirect_urls', { url }))).toMatchObject({ status: 422, param: 'url' });
  });
});

describe('allow and block lists', () => {
  test.each([
    ['Someone@Example.com', 'someone@example.com', 'email_address'],
    ['*@example.com', '*@example.com', 'email_address'],
    ['+1 555 555 0100', '+15555550100', 'phone_number'],
    ['0xAbCdEf0000000000000000000000000000000000', '0xabcdef0000000000000000000000000000000000', 'web3_wallet'],
  ])('keep %s as %s', async (given, identifier, identifier_type) => {
    const { call, instanceId } = await startForTest();
    for (const list of ['allowlist_identifiers', 'blocklist_identifiers']) {
      const { body } = await call('POST', `/${list}`, { identifier: given });
      expect(body).toMatchObject({ identifier, identifier_type, instance_id: instanceId });
      expect(firstError(await call('POST', `/${list}`, { identifier: given }))).toMatchObject({
        status: 422,
        code: 'duplicate_record',
      });
      expect((await call('DELETE', `/${list}/${body.id}`)).body.deleted).toBe(true);
      expect((await call('DELETE', `/${list}/${body.id}`)).status).toBe(404);
    }
  });

  test('the forms of the two lists differ', async () => {
    const { call } = await startForTest();
    await call('POST', '/allowlist_identifiers', { identifier: 'a@example.com' });
    await call('POST', '/blocklist_identifiers', { identifier: 'b@example.com' });
    expect((await call('GET', '/allowlist_identifiers')).body).toHaveLength(1);
    expect((await call('GET', '/blocklist_identifiers')).body).toMatchObject({
      total_count: 1,
      data: [{ identifier: 'b@example.com' }],
    });
  });

  test('somebody allowed can be invited', async () => {
    const { call, context } = await startForTest();
    const { body } = await call('POST', '/allowlist_identifiers', { identifier: 'vip@example.com', notify: true });
    expect((await call('GET', '/invitations')).body).toMatchObject([
      { id: body.invitation_id, email_address: 'vip@example.com' },
    ]);
    expect(await context.db.selectFrom('messages').select('recipient').execute()).toEqual([
      { recipient: 'vip@example.com' },
    ]);
    expect((await call('POST', '/allowlist_identifiers', { identifier: '*@example.com', notify: true })).status).toBe(
      422,
    );
    expect((await call('POST', '/allowlist_identifiers', { identifier: 'nobody' })).status).toBe(422);
  });
});
