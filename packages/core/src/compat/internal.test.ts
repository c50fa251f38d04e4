import { describe, expect, it } from 'vitest';
import { json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import {
  authenticatedMachineObject,
  createBootstrapSignedOutState,
  createClerkRequest,
  createRedirect,
  decorateObjectWithResources,
  isTokenTypeAccepted,
  makeAuthObjectSerializable,
  signedInAuthObject,
  signedOutAuthObject,
  stripPrivateDataFromObject,
  verifyMachineAuthToken,
} from './internal.ts';

const CANARY = 'canary_0123456789';

describe('createClerkRequest', () => {
  it('copies a request without its body', async () => {
    const source = new Request('http://localhost:3000/p?q=1#f', {
      method: 'POST',
      body: 'text',
      headers: { 'x-a': '1', cookie: 'a=1' },
    });
    const request = createClerkRequest(source);
    expect(request).toBeInstanceOf(Request);
    expect(request).toMatchObject({ method: 'POST', body: null });
    expect(request.headers.get('x-a')).toBe('1');
    expect(await source.text()).toBe('text');
    expect(createClerkRequest(request)).toBe(request);
    expect(request.clerkUrl.href).toBe('http://localhost:3000/p?q=1#f');
  });

  it('SC-119 prints names, not values', () => {
    const headers = { cookie: `__session=${CANARY}`, authorization: `Bearer ${CANARY}` };
    const request = createClerkRequest('http://localhost/p', { headers });
    expect(request.cookies.get('__session')).toBe(CANARY);
    expect(JSON.parse(JSON.stringify(request))).toEqual({
      url: 'http://localhost/p',
      method: 'GET',
      headers: ['authorization', 'cookie'],
      clerkUrl: 'http://localhost/p',
      cookies: ['__session'],
    });
  });

  it('reads a header of many cookies in no time', () => {
    const cookie = Array.from({ length: 20_000 }, (_, i) => `c${i}=1`).join('; ');
    const startedAt = performance.now();
    expect(createClerkRequest('http://localhost/', { headers: { cookie } }).cookies.size).toBe(20_000);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('auth objects', () => {
  it('of claims that contradict the format are not made', () => {
    const claims = { sub: 'user_1', v: 2, fea: 'docs', o: { id: 'org_1' } };
    expect(() => signedInAuthObject({}, 'token', claims)).toThrow(
      expect.objectContaining({ reason: 'unexpected-error' }),
    );
  });

  it('SC-050 do not freeze what the caller passed in', () => {
    const claims = { sub: 'user_1', sid: 'sess_1' };
    signedInAuthObject({}, 'token', claims);
    expect(Object.isFrozen(claims)).toBe(false);
  });

  it('make tokens of the session with the keys of their context', async () => {
    const backend = await startLoopbackServer(json({ object: 'token', jwt: 'made' }));
    const auth = signedInAuthObject({ secretKey: 'sk_test_x', apiUrl: backend.url }, 'token', {
      sub: 'user_1',
      sid: 'sess_1',
    });
    expect(await auth.getToken()).toBe('token');
    expect(await auth.getToken({ template: 't', expiresInSeconds: 5 })).toBe('made');
    expect(backend.requests).toMatchObject([
      {
        line: 'POST /v1/sessions/sess_1/tokens/t',
        headers: { authorization: 'Bearer sk_test_x' },
        body: '{"expires_in_seconds":5}',
      },
    ]);
  });

  it('SC-119 tell of what they were made with by name only', () => {
    const debug = { secretKey: CANARY, sessionToken: CANARY };
    const auths = [
      signedOutAuthObject(debug),
      authenticatedMachineObject('api_key', CANARY, { id: 'i', subject: 's' }, debug),
    ];
    for (const auth of auths) expect(JSON.stringify(auth.debug())).not.toContain(CANARY);
  });

  it('are copied without their functions', () => {
    const auth = authenticatedMachineObject('m2m_token', 't', { id: 'i', subject: 'mch_1', scopes: ['a'] });
    expect(makeAuthObjectSerializable(auth)).toStrictEqual({
      tokenType: 'm2m_token',
      isAuthenticated: true,
      id: 'i',
      subject: 'mch_1',
      machineId: 'mch_1',
      scopes: ['a'],
      claims: null,
    });
  });
});

it('a signed-out state without keys says what it was told to say', () => {
  const headers = new Headers({ 'set-cookie': 'a=1' });
  const state = createBootstrapSignedOutState({ reason: 'dev-browser-missing', message: 'why', domain: 'd', headers });
  expect(state).toMatchObject({ reason: 'dev-browser-missing', message: 'why', domain: 'd', publishableKey: '' });
  expect(Object.fromEntries(state.headers)).toEqual({
    'set-cookie': 'a=1',
    'x-clerk-auth-status': 'signed-out',
    'x-clerk-auth-reason': 'dev-browser-missing',
    'x-clerk-auth-message': 'why',
  });
  expect(headers.has('x-clerk-auth-status')).toBe(false);
});

it.each([
  ['api_key', 'any', true],
  ['api_key', ['api_key'], true],
  ['api_key', [], false],
  ['api_key', 'session_token', false],
  [null, 'any', false],
] as const)('a %s is accepted by %j: %j', (type, acceptsToken, isAccepted) => {
  expect(isTokenTypeAccepted(type, acceptsToken)).toBe(isAccepted);
});

describe('private metadata', () => {
  it('is left out of user and organisation, by either spelling, at any depth, and nothing else is', () => {
    const raw = {
      id: 'u',
      private_metadata: { a: 1 },
      organization_memberships: [{ organization: { private_metadata: {}, slug: 's' } }],
    };
    const user = Object.defineProperty({ id: 'u', privateMetadata: { a: 1 }, publicMetadata: { b: 1 } }, 'raw', {
      value: raw,
    });
    const holder = { user, organization: null, session: { id: 's' }, other: { privateMetadata: 1 } };
    const stripped = stripPrivateDataFromObject(holder);
    expect(stripped).toEqual({
      user: { id: 'u', publicMetadata: { b: 1 } },
      organization: null,
      session: { id: 's' },
      other: { privateMetadata: 1 },
    });
    expect((stripped.user as unknown as { raw: unknown }).raw).toEqual({
      id: 'u',
      organization_memberships: [{ organization: { slug: 's' } }],
    });
    expect(holder.user.privateMetadata).toEqual({ a: 1 });
  });

  it('is left out of what is loaded', async () => {
    const backend = await startLoopbackServer((request, response, call) =>
      json({ object: request.url?.split('/')[2]?.slice(0, -1), id: `id_${call}`, private_metadata: { secret: 1 } })(
        request,
        response,
        call,
      ),
    );
    const options = { secretKey: 'sk_test_x', apiUrl: backend.url, loadUser: true, loadOrganization: true };
    const loaded = await decorateObjectWithResources({ kept: 1 }, { sessionId: 's', userId: 'u', orgId: 'o' }, options);
    expect(backend.requests.map(({ line }) => line).sort()).toEqual(['GET /v1/organizations/o', 'GET /v1/users/u']);
    expect(loaded).toMatchObject({
      kept: 1,
      session: undefined,
      user: { object: 'user' },
      organization: { object: 'organization' },
    });
    expect(loaded.user).not.toHaveProperty('privateMetadata');
    expect(loaded.organization).not.toHaveProperty('privateMetadata');
  });

  it('nothing is loaded for nobody', async () => {
    const loaded = await decorateObjectWithResources({}, signedOutAuthObject(), { loadUser: true, loadSession: true });
    expect(loaded).toEqual({ session: undefined, user: undefined, organization: undefined });
  });
});

describe('verifyMachineAuthToken', () => {
  it('asks the backend about an opaque token', async () => {
    const backend = await startLoopbackServer(
      json({
        object: 'api_key',
        id: 'ak_1',
        type: 'api_key',
        subject: 'user_1',
        name: 'n',
        scopes: ['a'],
        claims: null,
        revoked: false,
        expired: false,
        expiration: null,
      }),
    );
    const result = await verifyMachineAuthToken('ak_abcdefgh', { secretKey: 'sk_test_x', apiUrl: backend.url });
    expect(result).toMatchObject({
      tokenType: 'api_key',
      data: { id: 'ak_1', subject: 'user_1', name: 'n', scopes: ['a'], revoked: false },
    });
    expect(backend.requests).toMatchObject([
      { headers: { authorization: 'Bearer sk_test_x' }, body: '{"secret":"ak_abcdefgh"}' },
    ]);
  });

  it.each([
    [401, 'secret-key-invalid'],
    [404, 'token-invalid'],
    [403, 'unexpected-error'],
  ])('answers %d as %s', async (status, code) => {
    const backend = await startLoopbackServer(json({ errors: [{ code: 'c', message: 'm' }] }, status));
    const result = await verifyMachineAuthToken('oat_abcdefgh', { secretKey: 'sk_test_x', apiUrl: backend.url });
    expect(result).toMatchObject({ tokenType: 'oauth_token', errors: [{ code, status }] });
    expect(result.data).toBeUndefined();
    expect(result.errors?.[0]?.getFullMessage()).toContain(`(code=${code}, status=${status})`);
  });

  it('verifies JWTs by their signature', async () => {
    const key = createSigningKey();
    const { jwtKey } = createTestInstance({ key });
    const iat = Math.floor(Date.now() / 1000);
    const token = key.sign({ sub: 'mch_1', jti: 'j', iat, exp: iat + 60, scopes: 'a b' });
    expect(await verifyMachineAuthToken(token, { jwtKey })).toMatchObject({
      tokenType: 'm2m_token',
      data: { id: 'j', subject: 'mch_1', scopes: ['a', 'b'], expiration: (iat + 60) * 1000, createdAt: iat * 1000 },
    });
    const forged = createSigningKey().sign({ sub: 'mch_1', exp: iat + 60 });
    expect(await verifyMachineAuthToken(forged, { jwtKey })).toMatchObject({
      errors: [{ code: 'token-verification-failed' }],
    });
  });

  it('throws for what looks like no machine token at all', async () => {
    await expect(verifyMachineAuthToken('word', {})).rejects.toMatchObject({ code: 'token-invalid' });
  });
});

it('createRedirect hands the URL to the adapter', () => {
  const { redirectToSignIn, redirectToSignUp } = createRedirect({
    redirectAdapter: (url) => new Response(null, { status: 307, headers: { location: url } }),
    baseUrl: 'https://app.example.com/x',
    signInUrl: '/in',
    signUpUrl: '/up',
  });
  expect(redirectToSignIn().headers.get('location')).toBe('https://app.example.com/in');
  expect(redirectToSignUp({ returnBackUrl: '/d' }).headers.get('location')).toBe(
    'https://app.example.com/up?redirect_url=https%3A%2F%2Fapp.example.com%2Fd',
  );
});
