import { describe, expect, test } from 'vitest';
import { createTotp } from '../passwords/totp.ts';
import { firstError, startForTest } from './start-for-test.ts';

describe('email addresses', () => {
  test('the first is primary by itself; a further one when told so and verified', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'mailer' });
    const { body: first } = await call('POST', '/email_addresses', {
      user_id: user.id,
      email_address: 'One@Example.com',
    });
    expect(first).toMatchObject({ object: 'email_address', email_address: 'one@example.com', verification: null });
    expect((await call('GET', `/users/${user.id}`)).body.primary_email_address_id).toBe(first.id);
    const { body: second } = await call('POST', '/email_addresses', {
      user_id: user.id,
      email_address: 'two@example.com',
      verified: true,
    });
    expect((await call('GET', `/users/${user.id}`)).body.primary_email_address_id).toBe(first.id);
    expect(
      firstError(await call('PATCH', `/email_addresses/${second.id}`, { verified: false, primary: true })),
    ).toMatchObject({ status: 422 });
    expect((await call('PATCH', `/email_addresses/${second.id}`, { primary: true })).body.verification.status).toBe(
      'verified',
    );
    expect((await call('GET', `/users/${user.id}`)).body.primary_email_address_id).toBe(second.id);
  });

  test('when the primary one goes the oldest verified one moves up', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { email_address: ['a@example.com'], username: 'three' });
    const { body: loose } = await call('POST', '/email_addresses', {
      user_id: user.id,
      email_address: 'b@example.com',
    });
    const { body: firm } = await call('POST', '/email_addresses', {
      user_id: user.id,
      email_address: 'c@example.com',
      verified: true,
    });
    await call('DELETE', `/email_addresses/${user.primary_email_address_id}`);
    expect((await call('GET', `/users/${user.id}`)).body.primary_email_address_id).toBe(firm.id);
    await call('DELETE', `/email_addresses/${firm.id}`);
    expect((await call('GET', `/users/${user.id}`)).body.primary_email_address_id).toBe(loose.id);
    await call('DELETE', `/email_addresses/${loose.id}`);
    expect((await call('GET', `/users/${user.id}`)).body).toMatchObject({
      primary_email_address_id: null,
      email_addresses: [],
    });
  });

  test('the last identification of a user stays', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { email_address: ['only@example.com'] });
    const path = `/email_addresses/${user.primary_email_address_id}`;
    expect(firstError(await call('DELETE', path))).toMatchObject({
      status: 409,
      code: 'last_identification_deletion_failed',
    });
    await call('POST', '/phone_numbers', { user_id: user.id, phone_number: '+15555550100' });
    expect((await call('DELETE', path)).body).toMatchObject({ object: 'email_address', deleted: true });
  });

  test.each([
    ['an unknown user', { user_id: 'user_nobody', email_address: 'a@example.com' }, 404, 'resource_not_found'],
    ['an address that is none', { email_address: 'a@b' }, 422, 'form_param_format_invalid'],
    ['a taken one', { email_address: 'taken@example.com' }, 422, 'form_identifier_exists'],
    ['no address', {}, 422, 'form_param_missing'],
  ])('SC-129 refuse %s', async (_, body, status, code) => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { email_address: ['taken@example.com'] });
    expect(firstError(await call('POST', '/email_addresses', { user_id: user.id, ...body }))).toMatchObject({
      status,
      code,
    });
  });

  test('SC-130 sixty-four writers want one address: one gets it', async () => {
    const { call } = await startForTest();
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => call('POST', '/users', { email_address: ['race@example.com'] })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(63).fill(422)]);
    expect(
      new Set(answers.slice().flatMap((answer) => (answer.status === 422 ? [firstError(answer).code] : []))),
    ).toEqual(new Set(['form_identifier_exists']));
    expect((await call('GET', '/users/count')).body.total_count).toBe(1);
  });
});

describe('phone numbers', () => {
  test('only a verified one serves as second factor; the first is the default and passes it on', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'phones' });
    const add = async (phone_number: string, more = {}) =>
      call('POST', '/phone_numbers', { user_id: user.id, phone_number, ...more });
    expect(firstError(await add('+15555550101', { reserved_for_second_factor: true }))).toMatchObject({ status: 422 });
    expect((await call('GET', `/users/${user.id}`)).body.phone_numbers).toEqual([]);
    const { body: first } = await add('+15555550101', { verified: true, reserved_for_second_factor: true });
    expect(first).toMatchObject({ reserved_for_second_factor: true, default_second_factor: true });
    const { body: second } = await add('+1 555 555 0102', { verified: true, reserved_for_second_factor: true });
    expect(second).toMatchObject({ phone_number: '+15555550102', default_second_factor: false });
    expect((await call('GET', `/users/${user.id}`)).body).toMatchObject({
      two_factor_enabled: true,
      mfa_enabled_at: expect.any(Number),
    });
    await call('DELETE', `/phone_numbers/${first.id}`);
    expect((await call('GET', `/phone_numbers/${second.id}`)).body.default_second_factor).toBe(true);
  });

  test.each([['5555550100'], ['+0123456789'], ['+1555'], ['call me']])('SC-129 refuse %s', async (phone_number) => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'phones' });
    expect(firstError(await call('POST', '/phone_numbers', { user_id: user.id, phone_number }))).toMatchObject({
      status: 422,
      code: 'form_param_format_invalid',
    });
  });
});

describe('second factors', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const prepare = async () => {
    const backend = await startForTest();
    const { body: user } = await backend.call('POST', '/users', {
      username: 'factors',
      totp_secret: secret,
      backup_codes: ['one-one', 'two-two'],
    });
    const verify = (code: string) => backend.call('POST', `/users/${user.id}/verify_totp`, { code });
    return { ...backend, user, verify };
  };

  test('a code counts around its half minute (RFC 6238 appendix B)', async () => {
    const { clock, verify } = await prepare();
    // The last six digits of the RFC's value for this moment.
    clock.freeze(1_111_111_109_000);
    expect((await verify('081804')).body).toEqual({ verified: true, code_type: 'totp' });
    clock.advance(30_000);
    expect((await verify('081804')).status).toBe(200);
    clock.advance(30_000);
    expect(firstError(await verify('081804'))).toMatchObject({ status: 422, code: 'form_code_incorrect' });
  });

  test('a backup code counts once', async () => {
    const { call, user, verify } = await prepare();
    expect((await verify('one-one')).body).toEqual({ verified: true, code_type: 'backup_code' });
    expect((await verify('one-one')).status).toBe(422);
    expect((await verify('two-two')).status).toBe(200);
    expect((await call('GET', `/users/${user.id}`)).body.backup_code_enabled).toBe(false);
  });

  test('SC-128 secrets and codes are not kept in the clear', async () => {
    const { context } = await prepare();
    const users = await context.db.selectFrom('users').selectAll().execute();
    const codes = await context.db.selectFrom('backup_codes').selectAll().execute();
    expect(JSON.stringify([users, codes])).not.toMatch(/GEZDGNBV|one-one|two-two/);
  });

  test('are taken away one by one, or all at once', async () => {
    const { call, clock, user, verify } = await prepare();
    expect((await call('GET', `/users/${user.id}`)).body).toMatchObject({
      totp_enabled: true,
      two_factor_enabled: true,
      backup_code_enabled: true,
    });
    expect((await call('DELETE', `/users/${user.id}/backup_code`)).body).toEqual({ user_id: user.id });
    expect((await call('DELETE', `/users/${user.id}/backup_code`)).status).toBe(404);
    expect((await verify('one-one')).status).toBe(422);
    expect((await call('DELETE', `/users/${user.id}/totp`)).body).toEqual({ user_id: user.id });
    expect((await call('DELETE', `/users/${user.id}/totp`)).status).toBe(404);
    expect(firstError(await verify(createTotp(secret, clock.now()) ?? ''))).toMatchObject({ status: 400 });
    await call('PATCH', `/users/${user.id}`, { totp_secret: secret, backup_codes: ['three'] });
    expect((await call('DELETE', `/users/${user.id}/mfa`)).status).toBe(200);
    expect((await call('GET', `/users/${user.id}`)).body).toMatchObject({
      totp_enabled: false,
      two_factor_enabled: false,
      backup_code_enabled: false,
      mfa_enabled_at: null,
      mfa_disabled_at: expect.any(Number),
    });
  });
});

describe('other identifications', () => {
  test('wallets, passkeys and external accounts belong to one user', async () => {
    const { call, context } = await startForTest();
    const wallet = '0x1111111111111111111111111111111111111111';
    const { body: user } = await call('POST', '/users', {
      username: 'wallets',
      web3_wallet: [wallet.toUpperCase().replace('0X', '0x')],
    });
    const { body: other } = await call('POST', '/users', { username: 'others' });
    expect(user.web3_wallets).toMatchObject([{ web3_wallet: wallet, verification: { status: 'verified' } }]);
    const times = { created_at: 1, updated_at: 1 };
    await context.db
      .insertInto('passkeys')
      .values({ id: 'idn_pass', user_id: user.id, name: 'Laptop', ...times })
      .execute();
    const account = {
      id: 'eac_1',
      user_id: user.id,
      provider: 'oauth_google',
      provider_user_id: 'g-1',
      identification_id: 'idn_g',
      approved_scopes: 'email profile',
    };
    await context.db
      .insertInto('external_accounts')
      .values({ ...account, access_token_sealed: context.sealer.seal('ya29.x'), ...times })
      .execute();
    const path = `/users/${user.id}`;
    expect((await call('GET', path)).body).toMatchObject({
      passkeys: [{ name: 'Laptop' }],
      external_accounts: [{ provider_user_id: 'g-1' }],
    });
    expect((await call('GET', '/users?provider=oauth_google&provider_user_id=g-1')).body).toMatchObject([
      { id: user.id },
    ]);
    expect(firstError(await call('GET', '/users?provider=oauth_google'))).toMatchObject({
      status: 400,
      param: 'provider_user_id',
    });
    for (const provider of ['oauth_google', 'google']) {
      expect((await call('GET', `${path}/oauth_access_tokens/${provider}`)).body).toMatchObject([
        { token: 'ya29.x', scopes: ['email', 'profile'] },
      ]);
    }
    for (const thing of [
      `web3_wallets/${user.primary_web3_wallet_id}`,
      'passkeys/idn_pass',
      'external_accounts/eac_1',
    ]) {
      expect((await call('DELETE', `/users/${other.id}/${thing}`)).status).toBe(404);
      expect((await call('DELETE', `${path}/${thing}`)).body.deleted).toBe(true);
      expect((await call('DELETE', `${path}/${thing}`)).status).toBe(404);
    }
    expect((await call('GET', path)).body.primary_web3_wallet_id).toBeNull();
  });
});

describe('images', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  const form = (bytes: Uint8Array<ArrayBuffer>, name = 'me.png') => {
    const data = new FormData();
    data.set('file', new File([bytes], name, { type: 'image/png' }));
    return data;
  };

  test('are served as what they are, and replaced', async () => {
    const { call, fetch, context } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'pictured' });
    expect(user.has_image).toBe(false);
    const drawn = await fetch(user.image_url);
    expect([drawn.status, drawn.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    const { body: with1 } = await call('POST', `/users/${user.id}/profile_image`, form(png));
    expect(with1.has_image).toBe(true);
    const served = await fetch(with1.image_url);
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(png);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(served.headers.get('content-security-policy')).toContain('sandbox');
    await call('POST', `/users/${user.id}/profile_image`, form(png));
    expect((await fetch(with1.image_url)).status).toBe(404);
    expect((await call('DELETE', `/users/${user.id}/profile_image`)).body.has_image).toBe(false);
    expect(await context.db.selectFrom('images').selectAll().execute()).toEqual([]);
  });

  test('an organization has a logo', async () => {
    const { call } = await startForTest();
    const { body: organization } = await call('POST', '/organizations', { name: 'Logo' });
    expect((await call('PUT', `/organizations/${organization.id}/logo`, form(png))).body.has_image).toBe(true);
    expect((await call('DELETE', `/organizations/${organization.id}/logo`)).body.has_image).toBe(false);
    expect((await call('PUT', '/organizations/org_x/logo', form(png))).status).toBe(404);
  });

  test('SC-129 what only calls itself an image is refused, as is nothing, and too much', async () => {
    const { call } = await startForTest();
    const { body: user } = await call('POST', '/users', { username: 'pictured' });
    const path = `/users/${user.id}/profile_image`;
    const html = new TextEncoder().encode('<script>alert(1)</script>');
    expect(firstError(await call('POST', path, form(html)))).toMatchObject({ status: 422, param: 'file' });
    expect(firstError(await call('POST', path, form(new Uint8Array())))).toMatchObject({ status: 400, param: 'file' });
    expect(firstError(await call('POST', path, new FormData()))).toMatchObject({ status: 422, param: 'file' });
    const huge = new Uint8Array(10 * 1024 * 1024 + 1);
    huge.set(png);
    expect((await call('POST', path, form(huge))).status).toBe(413);
    expect((await call('POST', path, { file: 'x' })).status).toBe(400);
  });
});
