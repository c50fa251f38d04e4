import { generateKeyPairSync } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

const prepare = async (claims: object, more: object = {}) => {
  const backend = await startForTest();
  const { body: user } = await backend.call('POST', '/users', {
    username: 'templated',
    first_name: 'Ada',
    email_address: ['ada@example.com'],
    public_metadata: { team: { name: 'core' }, seats: 3 },
    private_metadata: { salary: 1 },
  });
  const { body: organization } = await backend.call('POST', '/organizations', {
    name: 'Acme',
    slug: 'acme',
    created_by: user.id,
    public_metadata: { tier: 2 },
  });
  const created = await backend.call('POST', '/jwt_templates', { name: 'custom', claims, ...more });
  const { body: session } = await backend.call('POST', '/sessions', {
    user_id: user.id,
    active_organization_id: organization.id,
  });
  const token = async () => (await backend.call('POST', `/sessions/${session.id}/tokens/custom`)).body.jwt as string;
  return { ...backend, user, organization, session, created, token };
};

test.each([
  ['{{user.first_name}}', 'Ada'],
  ['{{ user.public_metadata.seats }}', 3],
  ['{{user.public_metadata.team}}', { name: 'core' }],
  ['{{user.public_metadata.team.name}}', 'core'],
  ['{{user.primary_email_address}}', 'ada@example.com'],
  ['{{user.email_verified}}', true],
  ['{{user.last_name}}', null],
  ["{{user.last_name || 'unknown'}}", 'unknown'],
  ['{{user.last_name || user.username || "x"}}', 'templated'],
  ['Hello {{user.first_name}} {{user.last_name}}!', 'Hello Ada !'],
  ['{{user.public_metadata.seats}} of {{org.public_metadata.tier}}', '3 of 2'],
  ['{{org.slug}}/{{org.role}}', 'acme/org:admin'],
  ['{{session.actor}}', null],
  ['no shortcode', 'no shortcode'],
  ['{{user.private_metadata.salary}}', null],
  ['{{user.constructor.name}}', null],
  ['{{user.__proto__}}', null],
  ['{{nothing.at.all}}', null],
])('the shortcode %s becomes %j', async (shortcode, value) => {
  const { token } = await prepare({ value: shortcode, nested: { list: [shortcode] } });
  expect(decodeJwt(await token())).toMatchObject({ value, nested: { list: [value] } });
});

test('a token says whose it is and lives as long as the template, or the request, says', async () => {
  const { call, token, user, session, url } = await prepare(
    { aud: 'hasura' },
    { lifetime: 120, allowed_clock_skew: 30 },
  );
  const jwt = await token();
  expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256', cat: 'cl_B7d4PD222AAA' });
  const claims = decodeJwt(jwt);
  expect(claims).toMatchObject({ iss: url, sub: user.id, aud: 'hasura', jti: expect.any(String) });
  expect([Number(claims.exp) - Number(claims.iat), Number(claims.iat) - Number(claims.nbf)]).toEqual([120, 30]);
  const { body } = await call('POST', `/sessions/${session.id}/tokens/custom`, { expires_in_seconds: 300 });
  expect(Number(decodeJwt(body.jwt).exp) - Number(decodeJwt(body.jwt).iat)).toBe(300);
  expect((await call('POST', `/sessions/${session.id}/tokens/none`)).status).toBe(404);
});

describe('own signing keys', () => {
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const ec = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

  test.each([
    ['HS256', 'a shared secret of good length', new TextEncoder().encode('a shared secret of good length')],
    ['RS512', rsa.privateKey, rsa.publicKey],
    ['ES256', ec.privateKey, ec.publicKey],
  ])('%s signs what its key verifies, and the key is not shown', async (signing_algorithm, signing_key, verifier) => {
    const { created, token, context } = await prepare(
      { a: 1 },
      { custom_signing_key: true, signing_algorithm, signing_key },
    );
    expect(created.body).toMatchObject({ custom_signing_key: true, signing_algorithm });
    expect(JSON.stringify(created.body)).not.toContain(signing_key.slice(0, 40));
    const stored = await context.db.selectFrom('jwt_templates').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain(signing_key.slice(5, 25));
    const key = typeof verifier === 'string' ? (await import('node:crypto')).createPublicKey(verifier) : verifier;
    expect((await compactVerify(await token(), key)).protectedHeader.alg).toBe(signing_algorithm);
  });

  test.each([
    ['no algorithm', { signing_key: rsa.privateKey }, 'signing_algorithm'],
    ['no key', { signing_algorithm: 'RS256' }, 'signing_key'],
    ['an unknown algorithm', { signing_algorithm: 'none', signing_key: 'x' }, 'signing_algorithm'],
    ['a key of another kind', { signing_algorithm: 'ES256', signing_key: rsa.privateKey }, 'signing_key'],
    ['a key of another curve', { signing_algorithm: 'ES384', signing_key: ec.privateKey }, 'signing_key'],
    ['a key that is none', { signing_algorithm: 'RS256', signing_key: 'secret-looking text' }, 'signing_key'],
  ])('SC-129 refuse %s, without repeating the key', async (_, more, param) => {
    const { call } = await startForTest();
    const answer = await call('POST', '/jwt_templates', { name: 'own', claims: {}, custom_signing_key: true, ...more });
    expect(firstError(answer)).toMatchObject({ status: 422, param });
    expect(JSON.stringify(answer.body)).not.toMatch(/PRIVATE KEY|secret-looking/);
  });
});

test.each([
  ['a reserved claim', { claims: { sub: 'user_admin' } }, 'claims'],
  ['a lifetime too short', { lifetime: 5 }, 'lifetime'],
  ['a skew too long', { allowed_clock_skew: 301 }, 'allowed_clock_skew'],
  ['a name that is none', { name: 'a b' }, 'name'],
  ['claims that are text', { claims: '{}' }, 'claims'],
])('SC-129 a template with %s is refused', async (_, change, param) => {
  const { call } = await startForTest();
  expect(firstError(await call('POST', '/jwt_templates', { name: 'x', claims: {}, ...change }))).toMatchObject({
    status: 422,
    param,
  });
});

test('names are unique, changes count at once, and a deleted one gives no tokens', async () => {
  const { call, created, token, session } = await prepare({ a: 1 });
  expect(firstError(await call('POST', '/jwt_templates', { name: 'custom', claims: {} }))).toMatchObject({
    status: 422,
    param: 'name',
  });
  const path = `/jwt_templates/${created.body.id}`;
  expect((await call('PATCH', path, { name: 'custom', claims: { b: 2 }, lifetime: 90 })).body).toMatchObject({
    claims: { b: 2 },
    lifetime: 90,
  });
  expect(decodeJwt(await token())).toMatchObject({ b: 2 });
  expect((await call('GET', '/jwt_templates')).body).toMatchObject([{ name: 'custom' }]);
  expect((await call('DELETE', path)).body).toMatchObject({ object: 'jwt_template', deleted: true });
  expect((await call('POST', `/sessions/${session.id}/tokens/custom`)).status).toBe(404);
  expect((await call('GET', path)).status).toBe(404);
});
