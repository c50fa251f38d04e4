import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

describe('machines', () => {
  test('are made with a secret key that only its own operation shows again', async () => {
    const { call, context } = await startForTest();
    const { body: machine } = await call('POST', '/machines', { name: 'worker' });
    expect(machine).toMatchObject({ object: 'machine', name: 'worker', default_token_ttl: 3600, scoped_machines: [] });
    expect(machine.secret_key).toMatch(/^ak_/);
    expect((await call('GET', `/machines/${machine.id}`)).body).not.toHaveProperty('secret_key');
    expect((await call('GET', `/machines/${machine.id}/secret_key`)).body).toEqual({
      object: 'machine_secret_key',
      secret: machine.secret_key,
    });
    const stored = await context.db.selectFrom('machine_secrets').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain(machine.secret_key.slice(3));
  });

  test('scopes are one-way, once, and go with either machine', async () => {
    const { call } = await startForTest();
    const { body: api } = await call('POST', '/machines', { name: 'api' });
    const { body: worker } = await call('POST', '/machines', { name: 'worker', scoped_machines: [api.id, api.id] });
    expect(worker.scoped_machines.map((one: { id: string }) => one.id)).toEqual([api.id]);
    expect((await call('GET', `/machines/${api.id}`)).body.scoped_machines).toEqual([]);
    expect(firstError(await call('POST', `/machines/${worker.id}/scopes`, { to_machine_id: api.id }))).toMatchObject({
      status: 409,
    });
    expect(firstError(await call('POST', `/machines/${worker.id}/scopes`, { to_machine_id: 'mch_x' }))).toMatchObject({
      status: 404,
    });
    expect((await call('DELETE', `/machines/${worker.id}/scopes/${api.id}`)).body).toMatchObject({ deleted: true });
    expect((await call('DELETE', `/machines/${worker.id}/scopes/${api.id}`)).status).toBe(404);
    await call('POST', `/machines/${worker.id}/scopes`, { to_machine_id: api.id });
    await call('DELETE', `/machines/${api.id}`);
    expect((await call('GET', `/machines/${worker.id}`)).body.scoped_machines).toEqual([]);
  });

  test('the old key goes on working for as long as told after a rotation', async () => {
    const { call, clock } = await startForTest();
    const { body: machine } = await call('POST', '/machines', { name: 'worker' });
    const create = (key: string) => call('POST', '/m2m_tokens', {}, { key });
    const { body: rotated } = await call('POST', `/machines/${machine.id}/secret_key/rotate`, {
      previous_token_ttl: 60,
    });
    expect(rotated.secret).not.toBe(machine.secret_key);
    expect((await call('GET', `/machines/${machine.id}/secret_key`)).body.secret).toBe(rotated.secret);
    expect((await create(machine.secret_key)).status).toBe(201);
    clock.advance(60_000);
    expect((await create(machine.secret_key)).status).toBe(401);
    expect((await create(rotated.secret)).status).toBe(201);
    const { body: now } = await call('POST', `/machines/${machine.id}/secret_key/rotate`, { previous_token_ttl: 0 });
    expect((await create(rotated.secret)).status).toBe(401);
    expect((await create(now.secret)).status).toBe(201);
  });

  test.each([
    ['a blank name', { name: '' }, 'name'],
    ['a lifetime of nothing', { name: 'x', default_token_ttl: 0 }, 'default_token_ttl'],
    ['too many scopes', { name: 'x', scoped_machines: Array(151).fill('mch_x') }, 'scoped_machines'],
  ])('SC-129 refuses %s', async (_, body, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/machines', body))).toMatchObject({ status: 422, param });
  });

  test('a key of a machine opens nothing but its own tokens', async () => {
    const { call } = await startForTest();
    const { body: machine } = await call('POST', '/machines', { name: 'worker' });
    for (const path of ['/users', '/machines', '/api_keys?subject=user_x', '/jwks']) {
      expect(firstError(await call('GET', path, undefined, { key: machine.secret_key }))).toMatchObject({
        status: 401,
        code: 'clerk_key_invalid',
      });
    }
  });
});

describe('M2M tokens', () => {
  const prepare = async () => {
    const backend = await startForTest();
    const { body: api } = await backend.call('POST', '/machines', { name: 'api' });
    const { body: worker } = await backend.call('POST', '/machines', { name: 'worker', scoped_machines: [api.id] });
    const { body: stranger } = await backend.call('POST', '/machines', { name: 'stranger' });
    return { ...backend, api, worker, stranger };
  };

  test.each(['opaque', 'jwt'])(
    '%s: verified by the instance and by the machines it is for, not by others',
    async (token_format) => {
      const { call, api, worker, stranger } = await prepare();
      const created = await call(
        'POST',
        '/m2m_tokens',
        { token_format, claims: { team: 'a' } },
        { key: worker.secret_key },
      );
      expect(created.status).toBe(201);
      expect(created.body).toMatchObject({
        subject: worker.id,
        scopes: [api.id],
        claims: { team: 'a' },
        revoked: false,
        expired: false,
      });
      const { token } = created.body;
      const verify = (key?: string) => call('POST', '/m2m_tokens/verify', { token }, key === undefined ? {} : { key });
      expect((await verify()).body).toMatchObject({ id: created.body.id, subject: worker.id });
      expect((await verify(api.secret_key)).status).toBe(200);
      expect((await verify(stranger.secret_key)).status).toBe(404);
      expect((await verify()).body).not.toHaveProperty('token');
    },
  );

  test('a JWT says what the opaque one keeps', async () => {
    const { call, api, worker, url } = await prepare();
    const { body } = await call(
      'POST',
      '/m2m_tokens',
      { token_format: 'jwt', seconds_until_expiration: 120, claims: { a: 1 } },
      { key: worker.secret_key },
    );
    const claims = claimsOf(body.token);
    expect(claims).toMatchObject({ iss: url, sub: worker.id, aud: [api.id], scopes: api.id, jti: body.id, a: 1 });
    expect(claims.exp - claims.iat).toBe(120);
  });

  test('answers without /v1, too', async () => {
    const { fetch, mint, secretKey } = await prepare();
    const token = await mint.m2m();
    const answer = await fetch('/m2m_tokens/verify', {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(answer.status).toBe(200);
  });

  test('SC-128 revoked, expired and unknown ones are all 404', async () => {
    const { call, clock, worker } = await prepare();
    const create = async () =>
      (await call('POST', '/m2m_tokens', { seconds_until_expiration: 60 }, { key: worker.secret_key })).body;
    const verify = ({ token }: { token: string }) => call('POST', '/m2m_tokens/verify', { token });
    const first = await create();
    expect((await call('POST', `/m2m_tokens/${first.id}/revoke`, { revocation_reason: 'leaked' })).body).toMatchObject({
      revoked: true,
      revocation_reason: 'leaked',
    });
    expect((await verify(first)).status).toBe(404);
    expect((await call('POST', `/m2m_tokens/${first.id}/revoke`)).status).toBe(400);
    const second = await create();
    expect((await verify(second)).status).toBe(200);
    clock.advance(60_000);
    expect((await verify(second)).status).toBe(404);
    expect((await verify({ token: `${second.token}x` })).status).toBe(404);
  });

  test('a machine lists and revokes its own only; lists leave out what is over unless asked', async () => {
    const { call, clock, worker, stranger } = await prepare();
    const { body: one } = await call(
      'POST',
      '/m2m_tokens',
      { seconds_until_expiration: 60 },
      { key: worker.secret_key },
    );
    const { body: two } = await call('POST', '/m2m_tokens', {}, { key: worker.secret_key });
    const list = async (query = '', key = worker.secret_key) =>
      call('GET', `/m2m_tokens?subject=${worker.id}${query}`, undefined, { key });
    expect((await list('', stranger.secret_key)).status).toBe(403);
    expect((await call('POST', `/m2m_tokens/${two.id}/revoke`, {}, { key: stranger.secret_key })).status).toBe(403);
    expect((await list()).body).toMatchObject({ m2m_tokens: [{ id: two.id }, { id: one.id }], total_count: 2 });
    clock.advance(61_000);
    await call('POST', `/m2m_tokens/${two.id}/revoke`, {}, { key: worker.secret_key });
    expect((await list()).body).toEqual({ m2m_tokens: [], total_count: 0 });
    expect((await list('&revoked=true&expired=true')).body.total_count).toBe(2);
    expect(firstError(await call('GET', '/m2m_tokens'))).toMatchObject({ status: 422, param: 'subject' });
  });

  test.each([
    ['the secret key of the instance', {}, undefined, 400, 'machine_secret_key_required'],
    ['reserved claims', { claims: { sub: 'mch_other' } }, 'worker', 400, 'form_param_invalid'],
    ['claims that are no object', { claims: 'x' }, 'worker', 400, 'form_param_invalid'],
    ['a lifetime of nothing', { seconds_until_expiration: 0 }, 'worker', 400, 'form_param_invalid'],
    ['an unknown format', { token_format: 'paseto' }, 'worker', 422, 'form_param_invalid'],
  ])('refuses %s', async (_, body, key, status, code) => {
    const { call, worker } = await prepare();
    const answer = await call('POST', '/m2m_tokens', body, key === undefined ? {} : { key: worker.secret_key });
    expect(firstError(answer)).toMatchObject({ status, code });
  });

  test('go with their machine', async () => {
    const { call, worker } = await prepare();
    const { body } = await call('POST', '/m2m_tokens', {}, { key: worker.secret_key });
    await call('DELETE', `/machines/${worker.id}`);
    expect((await call('POST', '/m2m_tokens/verify', { token: body.token })).status).toBe(404);
    expect((await call('POST', '/m2m_tokens', {}, { key: worker.secret_key })).status).toBe(401);
  });
});

describe('API keys', () => {
  const prepare = async (more: object = {}) => {
    const backend = await startForTest();
    const { body: user } = await backend.call('POST', '/users', { username: 'keys' });
    const { body: key } = await backend.call('POST', '/api_keys', {
      name: 'CI',
      subject: user.id,
      scopes: ['read'],
      ...more,
    });
    return { ...backend, user, key };
  };

  test('are verified by their secret, which is kept as a hash', async () => {
    const { call, context, user, key } = await prepare({
      claims: { env: 'ci' },
      description: 'For the pipeline',
      created_by: 'user_x',
    });
    expect(key).toMatchObject({
      object: 'api_key',
      type: 'api_key',
      subject: user.id,
      name: 'CI',
      scopes: ['read'],
      expiration: null,
    });
    const { body } = await call('POST', '/api_keys/verify', { secret: key.secret });
    expect(body).toMatchObject({ id: key.id, claims: { env: 'ci' }, last_used_at: expect.any(Number) });
    expect(body).not.toHaveProperty('secret');
    expect((await call('GET', `/api_keys/${key.id}/secret`)).body).toEqual({ secret: key.secret });
    const stored = await context.db.selectFrom('api_keys').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain(key.secret.slice(3));
  });

  test('SC-128 revoked, expired, deleted and altered ones are 404', async () => {
    const { call, clock, user, key } = await prepare();
    const verify = (secret: string) => call('POST', '/api_keys/verify', { secret });
    expect((await verify(`${key.secret}a`)).status).toBe(404);
    expect(
      (await call('POST', `/api_keys/${key.id}/revoke`, { revocation_reason: 'lost' })).body.revocation_reason,
    ).toBe('lost');
    expect((await verify(key.secret)).status).toBe(404);
    expect((await call('POST', `/api_keys/${key.id}/revoke`)).status).toBe(400);
    expect((await call('PATCH', `/api_keys/${key.id}`, { description: 'x' })).status).toBe(400);
    const { body: brief } = await call('POST', '/api_keys', {
      name: 'brief',
      subject: user.id,
      seconds_until_expiration: 60,
    });
    clock.advance(60_000);
    expect((await verify(brief.secret)).status).toBe(404);
    const { body: gone } = await call('POST', '/api_keys', { name: 'gone', subject: user.id });
    expect((await call('DELETE', `/api_keys/${gone.id}`)).body).toEqual({
      object: 'api_key',
      id: gone.id,
      deleted: true,
    });
    expect((await verify(gone.secret)).status).toBe(404);
    expect((await call('GET', `/api_keys/${gone.id}`)).status).toBe(404);
  });

  test('are listed by subject, without what is over unless asked', async () => {
    const { call, user, key } = await prepare();
    const { body: other } = await call('POST', '/api_keys', { name: 'other', subject: user.id });
    await call('POST', `/api_keys/${key.id}/revoke`);
    const ids = async (query: string) =>
      (await call('GET', `/api_keys?subject=${user.id}${query}`)).body.data.map((one: { id: string }) => one.id);
    expect(await ids('')).toEqual([other.id]);
    expect(await ids('&include_invalid=true')).toEqual([other.id, key.id]);
    expect(await ids('&include_invalid=true&query=ci')).toEqual([key.id]);
    expect(firstError(await call('GET', '/api_keys?subject=user_nobody'))).toMatchObject({
      status: 400,
      param: 'subject',
    });
  });

  test('an update can change and end what it names, and leaves the rest', async () => {
    const { call, clock, key } = await prepare({ claims: { a: 1 } });
    const { body } = await call('PATCH', `/api_keys/${key.id}`, { scopes: ['write'], seconds_until_expiration: 10 });
    expect(body).toMatchObject({ scopes: ['write'], claims: { a: 1 }, name: 'CI' });
    clock.advance(10_000);
    expect((await call('GET', `/api_keys/${key.id}`)).body.expired).toBe(true);
    expect((await call('PATCH', `/api_keys/${key.id}`, { seconds_until_expiration: null })).body).toMatchObject({
      expired: false,
      expiration: null,
    });
  });

  test.each([
    ['an unknown subject', { name: 'x', subject: 'user_nobody' }, 400, 'subject'],
    ['no name', { subject: 'user_x' }, 422, 'name'],
    ['scopes that are no list', { name: 'x', subject: 'user_x', scopes: 'read' }, 422, 'scopes'],
  ])('refuses %s', async (_, body, status, param) => {
    const { call } = await prepare();
    expect(firstError(await call('POST', '/api_keys', body))).toMatchObject({ status, param });
  });
});

describe('OAuth applications', () => {
  const app = { name: 'App', redirect_uris: ['https://app.example/cb'] };

  test('a confidential one has a secret that is shown at creation and rotation only', async () => {
    const { call, context } = await startForTest();
    const { body } = await call('POST', '/oauth_applications', app);
    expect(body).toMatchObject({
      scopes: 'profile email',
      public: false,
      pkce_required: false,
      consent_screen_enabled: true,
    });
    expect(body.client_secret).toHaveLength(43);
    expect((await call('GET', `/oauth_applications/${body.id}`)).body).not.toHaveProperty('client_secret');
    const { body: rotated } = await call('POST', `/oauth_applications/${body.id}/rotate_secret`);
    expect(rotated.client_secret).not.toBe(body.client_secret);
    const stored = await context.db.selectFrom('oauth_applications').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain(rotated.client_secret);
  });

  test('an update leaves alone what it does not name', async () => {
    const { call } = await startForTest();
    const { body } = await call('POST', '/oauth_applications', { ...app, scopes: 'email', pkce_required: true });
    const { body: changed } = await call('PATCH', `/oauth_applications/${body.id}`, { name: 'Renamed' });
    expect(changed).toMatchObject({
      name: 'Renamed',
      scopes: 'email',
      pkce_required: true,
      redirect_uris: app.redirect_uris,
    });
  });

  test('a public one has no secret to rotate and must use PKCE', async () => {
    const { call } = await startForTest();
    const { body } = await call('POST', '/oauth_applications', { ...app, public: true });
    expect(body).toMatchObject({ public: true, pkce_required: true, client_secret: '' });
    expect((await call('POST', `/oauth_applications/${body.id}/rotate_secret`)).status).toBe(400);
  });

  test.each([
    ['a relative redirect URI', { redirect_uris: ['/cb'] }, 'redirect_uris'],
    ['one with a fragment', { redirect_uris: ['https://app.example/cb#x'] }, 'redirect_uris'],
    ['an unknown scope', { scopes: 'profile root' }, 'scopes'],
    ['a name that is too long', { name: 'x'.repeat(257) }, 'name'],
  ])('SC-131 refuses %s', async (_, change, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('POST', '/oauth_applications', { ...app, ...change }))).toMatchObject({
      status: 422,
      param,
    });
  });

  test.each(['opaque', 'jwt'] as const)(
    'an access token (%s) is verified until it expires, is revoked, or its application goes',
    async (format) => {
      const { call, clock, mint, context } = await startForTest();
      const { body: user } = await call('POST', '/users', { username: 'oauth' });
      const { body: application } = await call('POST', '/oauth_applications', app);
      const token = await mint.oauth({
        userId: user.id,
        clientId: application.client_id,
        format,
        expiresInSeconds: 60,
      });
      const verify = (access_token: string) =>
        call('POST', '/oauth_applications/access_tokens/verify', { access_token });
      expect((await verify(token)).body).toMatchObject({
        client_id: application.client_id,
        subject: user.id,
        scopes: ['profile', 'email'],
      });
      expect((await call('POST', '/oauth_applications/access_tokens/verify', { secret: token })).status).toBe(200);
      clock.advance(60_000);
      expect((await verify(token)).status).toBe(404);
      const revoked = await mint.oauth({ userId: user.id, clientId: application.client_id, format });
      await context.db.updateTable('oauth_access_tokens').set({ revoked: 1 }).execute();
      expect((await verify(revoked)).status).toBe(404);
      const orphan = await mint.oauth({ userId: user.id, clientId: application.client_id, format });
      expect((await verify(orphan)).status).toBe(200);
      await call('DELETE', `/oauth_applications/${application.id}`);
      expect((await verify(orphan)).status).toBe(404);
      expect(firstError(await call('POST', '/oauth_applications/access_tokens/verify', {}))).toMatchObject({
        status: 400,
        param: 'access_token',
      });
    },
  );
});
