import { describe, expect, expectTypeOf, it } from 'vitest';
import { Clock } from '../../../../test/support/clock.ts';
import { json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { createTestInstance, type TestInstance } from '../../../../test/support/test-instance.ts';
import type { SignedInAuth } from '../auth/auth-object.ts';
import { ConfigurationError } from '../errors.ts';
import { ClerkAPIResponseError, isClerkAPIResponseError } from './errors.ts';
import { type ClerkOptions, createClerkClient, type User } from './index.ts';
import type { RequestState, TokenType } from './internal.ts';

const clock = new Clock();
const instance = createTestInstance({ key: createSigningKey('ins_a'), now: clock.now });
const other = createTestInstance({
  key: createSigningKey('ins_b'),
  now: clock.now,
  frontendApi: 'clerk.other.example',
});

function keysOf({ publishableKey, secretKey, jwtKey }: TestInstance): ClerkOptions {
  return { publishableKey, secretKey, jwtKey, now: clock.now, logger: { warn: () => {} } };
}

function bearer(token: string, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost:3000/p', { headers: { authorization: `Bearer ${token}`, ...headers } });
}

describe('authenticateRequest', () => {
  it('gives a state of plain members', async () => {
    const options = { signInUrl: '/in', signUpUrl: '/up', afterSignInUrl: '/a', afterSignUpUrl: '/b' };
    const state = await createClerkClient(keysOf(instance)).authenticateRequest(bearer(instance.session()), options);
    expect({ ...state }).toMatchObject({
      status: 'signed-in',
      reason: null,
      message: null,
      isAuthenticated: true,
      isSignedIn: true,
      tokenType: 'session_token',
      publishableKey: instance.publishableKey,
      proxyUrl: '',
      domain: '',
      isSatellite: false,
      ...options,
    });
    expect(state.toAuth()).toMatchObject({ userId: 'user_alice', sessionId: 'sess_alice' });
    expect(state.headers).toBeInstanceOf(Headers);
  });

  it.each<[string, ClerkOptions, Parameters<ReturnType<typeof createClerkClient>['authenticateRequest']>[1]]>([
    ['no publishable key', { secretKey: 'sk_test_x' }, {}],
    ['a malformed publishable key', { secretKey: 'sk_test_x', publishableKey: 'pk_test_!' }, {}],
    [
      'no secret key, although a jwtKey would do',
      { publishableKey: instance.publishableKey, jwtKey: instance.jwtKey },
      {},
    ],
    ['no secret key for API keys', {}, { acceptsToken: 'api_key' }],
    ['neither a machine secret nor a secret key for M2M tokens', {}, { acceptsToken: 'm2m_token' }],
    ['a satellite without a domain', keysOf(instance), { isSatellite: true }],
    [
      'a satellite without the sign-in page of its primary',
      keysOf(instance),
      { isSatellite: true, domain: 's.example' },
    ],
    [
      'a pattern that does not compile',
      keysOf(instance),
      { organizationSyncOptions: { organizationPatterns: ['/(:id'] } },
    ],
  ])('rejects, whoever asks, with %s', async (_label, client, call) => {
    const { authenticateRequest } = createClerkClient(client);
    await expect(authenticateRequest(new Request('http://localhost/'), call)).rejects.toBeInstanceOf(
      ConfigurationError,
    );
  });

  it('needs no publishable key for machines', async () => {
    const { authenticateRequest } = createClerkClient({ machineSecretKey: 'ak_machine' });
    const state = await authenticateRequest(new Request('http://localhost/'), { acceptsToken: 'm2m_token' });
    expect(state).toMatchObject({ status: 'signed-out', tokenType: 'm2m_token', reason: 'No token in header' });
  });

  it('lets a call have keys of its own, and mixes nobody up', async () => {
    const { authenticateRequest } = createClerkClient(keysOf(instance));
    const { publishableKey, secretKey, jwtKey } = other;
    for (let round = 0; round < 2; round++) {
      for (const [tenant, options] of [
        [instance, {}],
        [other, { publishableKey, secretKey, jwtKey }],
      ] as const) {
        for (const issuer of [instance, other]) {
          const state = await authenticateRequest(bearer(issuer.session()), options);
          expect(state.isAuthenticated).toBe(issuer === tenant);
          expect(state.publishableKey).toBe(tenant.publishableKey);
        }
      }
    }
  });

  it.each([
    [{ audience: 'mine' }, {}, false],
    [{ audience: 'mine' }, { audience: 'theirs' }, true],
    [{ audience: 'mine' }, { audience: '' }, false],
    [{}, { audience: 'theirs' }, true],
    [{}, {}, true],
  ])('of client %j and call %j the one that is not empty counts', async (client, call, isAuthenticated) => {
    const { authenticateRequest } = createClerkClient({ ...keysOf(instance), ...client });
    const state = await authenticateRequest(bearer(instance.session({ aud: 'theirs' })), call);
    expect(state.isAuthenticated).toBe(isAuthenticated);
  });

  it('what only calls may name, the client may not', async () => {
    const client = { ...keysOf(instance), authorizedParties: ['https://other.example'] } as ClerkOptions;
    const token = instance.session({ azp: 'https://app.example' });
    expect((await createClerkClient(client).authenticateRequest(bearer(token))).isAuthenticated).toBe(true);
    const { authenticateRequest } = createClerkClient(keysOf(instance));
    const state = await authenticateRequest(bearer(token), { authorizedParties: ['https://other.example'] });
    expect(state.reason).toBe('token-invalid-authorized-parties');
  });

  it('SC-108 the call’s apiUrl does not count', async () => {
    const backend = await startLoopbackServer(json({ keys: [] }));
    const evil = await startLoopbackServer(json({ keys: [] }));
    const { publishableKey, secretKey } = instance;
    const { authenticateRequest } = createClerkClient({
      publishableKey,
      secretKey,
      apiUrl: backend.url,
      logger: { warn: () => {} },
    });
    await authenticateRequest(bearer(instance.session()), { apiUrl: evil.url });
    expect(backend.requests.length).toBeGreaterThan(0);
    expect(evil.requests).toEqual([]);
  });

  it('fetches the key set once, or for each call that wants it so', async () => {
    const key = createSigningKey('ins_c');
    const backend = await startLoopbackServer(json({ keys: [key.jwk] }));
    const { publishableKey, secretKey, session } = createTestInstance({ key, now: clock.now });
    const { authenticateRequest } = createClerkClient({
      publishableKey,
      secretKey,
      apiUrl: backend.url,
      now: clock.now,
    });
    for (let i = 0; i < 3; i++) expect((await authenticateRequest(bearer(session()), {})).isAuthenticated).toBe(true);
    expect(backend.requests).toHaveLength(1);
    for (let i = 0; i < 2; i++) await authenticateRequest(bearer(session()), { skipJwksCache: true });
    expect(backend.requests).toHaveLength(3);
  });

  it('SC-137 forwarded headers count', async () => {
    const headers = {
      'x-forwarded-host': 'public.example',
      'x-forwarded-proto': 'https',
      'sec-fetch-dest': 'document',
    };
    const request = new Request('http://localhost:3000/p', { headers });
    const state = await createClerkClient(keysOf(instance)).authenticateRequest(request);
    expect(state.status).toBe('handshake');
    expect(state.toAuth()).toBeNull();
    expect(new URL(state.headers.get('location') ?? '').searchParams.get('redirect_url')).toBe(
      'https://public.example/p',
    );
  });

  it('hides a pending session unless it is asked for', async () => {
    const state = await createClerkClient(keysOf(instance)).authenticateRequest(
      bearer(instance.session({ sts: 'pending' })),
    );
    expect(state).toMatchObject({ isAuthenticated: true });
    expect(state.toAuth()).toMatchObject({ isAuthenticated: false, sessionStatus: 'pending' });
    expect(state.toAuth({ treatPendingAsSignedOut: false })).toMatchObject({
      isAuthenticated: true,
      sessionStatus: 'pending',
    });
  });

  it('types the state by what is accepted', () => {
    const { authenticateRequest } = createClerkClient({});
    const any = () => authenticateRequest(bearer(''), { acceptsToken: 'any' });
    const session = () => authenticateRequest(bearer(''));
    const keys = () => authenticateRequest(bearer(''), { acceptsToken: ['api_key'] });
    expectTypeOf(any).returns.resolves.toEqualTypeOf<RequestState<TokenType>>();
    expectTypeOf(session).returns.resolves.toEqualTypeOf<RequestState<'session_token'>>();
    expectTypeOf(keys).returns.resolves.toEqualTypeOf<RequestState<'api_key' | null>>();
  });
});

describe('debugRequestState', () => {
  it('picks what says why, and no token', async () => {
    const { authenticateRequest, debugRequestState } = createClerkClient(keysOf(instance));
    const state = await authenticateRequest(bearer(instance.session({ exp: clock.seconds - 60 })));
    expect(debugRequestState(state)).toEqual({
      isSignedIn: false,
      isAuthenticated: false,
      reason: 'session-token-expired-refresh-non-eligible-no-refresh-cookie',
      message: expect.stringContaining('expired'),
      proxyUrl: '',
      publishableKey: instance.publishableKey,
      isSatellite: false,
      domain: '',
    });
  });
});

describe('the Backend API', () => {
  it('is there under its names; nothing is sent before it is asked', async () => {
    const client = createClerkClient({ secretKey: 'sk_test_x' });
    expect(Object.keys(client)).toEqual(
      expect.arrayContaining(['users', 'organizations', 'sessions', 'apiKeys', 'm2m']),
    );
    expect(client.users).toBe(client.users);
    expectTypeOf(client.users.getUser('user_1')).resolves.toEqualTypeOf<User>();
    client.telemetry.record({ event: 'anything' });
    expect(client.telemetry.isEnabled).toBe(false);
  });

  it('answers errors as ClerkAPIResponseError', async () => {
    const errors = [
      {
        code: 'form_param_invalid',
        message: 'is invalid',
        long_message: 'Email is invalid',
        meta: { param_name: 'email' },
      },
    ];
    const backend = await startLoopbackServer((_request, response) => {
      response
        .writeHead(422, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errors, clerk_trace_id: 'trace_1' }));
    });
    const { users } = createClerkClient({ secretKey: 'sk_test_x', apiUrl: backend.url });
    const error = await users.getUser('user_1').catch((thrown: unknown) => thrown);
    expect(isClerkAPIResponseError(error)).toBe(true);
    expect(error).toBeInstanceOf(ClerkAPIResponseError);
    expect(error).toMatchObject({
      name: 'ClerkAPIResponseError',
      code: 'api_response_error',
      status: 422,
      clerkTraceId: 'trace_1',
      errors: [
        {
          code: 'form_param_invalid',
          message: 'is invalid',
          longMessage: 'Email is invalid',
          meta: { paramName: 'email' },
        },
      ],
    });
  });

  it('answers that nobody answered as unexpected_error', async () => {
    const { users } = createClerkClient({
      secretKey: 'sk_test_x',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    await expect(users.createUser({})).rejects.toMatchObject({
      code: 'api_response_error',
      status: undefined,
      clerkTraceId: '',
      errors: [{ code: 'unexpected_error' }],
    });
  });

  it('leaves mistakes of the caller what they are', async () => {
    const { users } = createClerkClient({ secretKey: 'sk_test_x' });
    await expect(users.getUser('')).rejects.toMatchObject({ name: 'BackendError', code: 'backend-invalid-request' });
  });

  it('answers so through getToken as well', async () => {
    const backend = await startLoopbackServer(
      json({ errors: [{ code: 'resource_not_found', message: 'not found' }] }, 404),
    );
    const client = createClerkClient({ ...keysOf(instance), apiUrl: backend.url });
    const auth = (await client.authenticateRequest(bearer(instance.session()))).toAuth() as SignedInAuth;
    expect(await auth.getToken()).toBe(instance.session());
    await expect(auth.getToken({ template: 'unknown' })).rejects.toMatchObject({
      name: 'ClerkAPIResponseError',
      errors: [{ code: 'resource_not_found' }],
    });
    expect(backend.requests).toMatchObject([{ line: 'POST /v1/sessions/sess_alice/tokens/unknown' }]);
  });
});
