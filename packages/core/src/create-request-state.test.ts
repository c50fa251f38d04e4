import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { Clock } from '../../../test/support/clock.ts';
import { json, startLoopbackServer } from '../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../test/support/signing-key.ts';
import type { AuthObject, SessionAuth } from './auth/auth-object.ts';
import { type Authenticator, createAuthenticator } from './authenticator.ts';
import type { AuthenticatorOptions } from './config.ts';
import { toPublishableKey } from './keys/publishable-key.ts';
import { NO_PATCH } from './response-patch.ts';

const clock = new Clock();
const key = createSigningKey();
const times = { iat: clock.seconds, exp: clock.seconds + 60 };
const session = (claims: object = {}) => key.sign({ sub: 'user_1', sid: 'sess_1', ...times, ...claims });
const m2m = () => key.sign({ sub: 'mch_1', ...times });

const create = (options: AuthenticatorOptions = {}): Authenticator =>
  createAuthenticator(
    {
      publishableKey: toPublishableKey('clerk.example.com', 'production'),
      jwtKey: key.publicPem,
      now: clock.now,
      ...options,
    },
    {},
  );
const authenticator = create();
const stateOf = (token: string | undefined, using = authenticator, acceptsToken: 'any' | 'session_token' = 'any') =>
  using.authenticateRequest(
    new Request('https://example.com/', token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    { acceptsToken },
  );

describe('signed in', () => {
  test('says who, with what, and wants nothing of the response', async () => {
    const token = session();
    const state = await stateOf(token);
    expect(state).toMatchObject({
      status: 'signed-in',
      isAuthenticated: true,
      reason: null,
      message: null,
      tokenType: 'session_token',
      token,
    });
    expect(state.patch).toBe(NO_PATCH);
    expect([...state.headers]).toEqual([]);
    expect(state.toAuth()).toMatchObject({ userId: 'user_1', sessionId: 'sess_1', isAuthenticated: true });
  });

  test('§17 T3 the auth object is made once', async () => {
    const state = await stateOf(session());
    expect(state.toAuth()).toBe(state.toAuth());
    expect(state.toAuth({ acceptsToken: 'any' })).toBe(state.toAuth());
  });

  test('SC-030 a getter without a wish gives no machine', async () => {
    const state = await stateOf(m2m());
    expect(state.toAuth()).toMatchObject({ tokenType: 'm2m_token', machineId: 'mch_1' });
    expect(state.toAuth({})).toMatchObject({ tokenType: 'session_token', userId: null });
    expect(state.toAuth({ acceptsToken: 'api_key' })).toMatchObject({ tokenType: 'api_key', isAuthenticated: false });
    expect(state.toAuth({ acceptsToken: ['api_key'] })).toMatchObject({ tokenType: null });
  });

  test.each([undefined, null, 0, '', 'false'])(
    'SC-024 nothing but false shows a pending session: %j',
    async (value) => {
      const state = await stateOf(session({ sts: 'pending' }));
      const selection = { treatPendingAsSignedOut: value as never };
      expect(state.toAuth(selection)).toMatchObject({ userId: null, sessionStatus: 'pending' });
    },
  );

  test('a kind of token that there is not is a mistake of the caller, and named', async () => {
    const state = await stateOf(session());
    expect(() => state.toAuth({ acceptsToken: 'session' as never })).toThrow(/^acceptsToken: /);
  });

  test('SC-024 a pending session: the state is signed in, the auth object is not unless asked for', async () => {
    const state = await stateOf(session({ sts: 'pending' }));
    expect(state).toMatchObject({ status: 'signed-in', isAuthenticated: true, token: expect.any(String) });
    const hidden = {
      isAuthenticated: false,
      userId: null,
      sessionId: null,
      sessionClaims: null,
      sessionStatus: 'pending',
    };
    expect(state.toAuth()).toMatchObject(hidden);
    expect(state.toAuth({ acceptsToken: 'any' })).toMatchObject(hidden);
    expect(state.toAuth({ treatPendingAsSignedOut: true })).toMatchObject(hidden);
    expect(state.toAuth({ treatPendingAsSignedOut: false })).toMatchObject({
      isAuthenticated: true,
      userId: 'user_1',
      sessionStatus: 'pending',
    });
  });
});

describe('signed out', () => {
  test('says why, in headers as well', async () => {
    const state = await stateOf('garbage');
    expect(state).toMatchObject({
      status: 'signed-out',
      isAuthenticated: false,
      reason: 'token-invalid',
      token: null,
      tokenType: 'session_token',
    });
    expect(Object.fromEntries(state.headers)).toEqual({
      'x-clerk-auth-status': 'signed-out',
      'x-clerk-auth-reason': 'token-invalid',
    });
    expect(state.patch.answer).toBeUndefined();
  });

  test('the message goes to a browser in development alone', async () => {
    const development = create({ publishableKey: toPublishableKey('clerk.example.com', 'development') });
    expect((await stateOf('garbage', development)).headers.get('x-clerk-auth-message')).toContain('not a JWT');
  });

  test('the auth object is empty in every field', async () => {
    const auth = (await stateOf('garbage')).toAuth();
    expect(auth).toMatchObject({
      tokenType: 'session_token',
      isAuthenticated: false,
      userId: null,
      sessionId: null,
      sessionClaims: null,
      sessionStatus: null,
      actor: null,
      orgId: null,
      orgRole: null,
      orgSlug: null,
      orgPermissions: null,
      factorVerificationAge: null,
    });
    expect(await auth?.getToken()).toBeNull();
    expect(auth?.has({ role: 'org:admin' })).toBe(false);
  });
});

describe('getToken()', () => {
  test("gives the request's own token without asking anybody", async () => {
    const token = session();
    expect(await (await stateOf(token)).toAuth()?.getToken()).toBe(token);
  });

  test('section 9.2: asks the backend for a template or a lifetime, for this session', async () => {
    const server = await startLoopbackServer(json({ object: 'token', jwt: 'issued' }));
    const using = create({ secretKey: 'sk_live_x', apiUrl: server.url });
    const auth = (await stateOf(session(), using)).toAuth({ acceptsToken: 'session_token' });
    expect(await auth?.getToken({ template: 'supabase' })).toBe('issued');
    expect(await auth?.getToken({ expiresInSeconds: 30 })).toBe('issued');
    expect(server.requests.map(({ line }) => line)).toEqual([
      'POST /v1/sessions/sess_1/tokens/supabase',
      'POST /v1/sessions/sess_1/tokens',
    ]);
    expect(JSON.parse(server.requests[1]?.body ?? '')).toEqual({ expires_in_seconds: 30 });
  });

  test('gives null where the token belongs to no session', async () => {
    const auth = (await stateOf(session({ sid: undefined }))).toAuth();
    expect(await auth?.getToken()).toBeNull();
  });

  test('SC-106 a session id that would lead elsewhere is refused before anything is sent', async () => {
    const server = await startLoopbackServer(json({ jwt: 'issued' }));
    const using = create({ secretKey: 'sk_live_x', apiUrl: server.url });
    const auth = (await stateOf(session({ sid: '..' }), using)).toAuth({ acceptsToken: 'session_token' });
    await expect(auth?.getToken({ template: 'x' })).rejects.toMatchObject({ code: 'backend-invalid-request' });
    expect(server.requests).toHaveLength(0);
  });
});

test('§17 T6 SC-119 what is printed or serialised of a state shows no token', async () => {
  for (const token of [session(), m2m(), `${session().slice(0, -9)}AAAAAAAAA`, 'short']) {
    const state = await stateOf(token);
    const auth = state.toAuth({ treatPendingAsSignedOut: false, acceptsToken: 'any' });
    const shown = [state, state.debug(), auth, auth?.debug(), state.patch, [...state.headers]].flatMap((value) => [
      inspect(value, { depth: 10, showHidden: true }),
      JSON.stringify(value),
    ]);
    for (const text of shown) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(token.slice(-20));
    }
  }
});

test('debug() says enough to see why', async () => {
  expect((await stateOf('garbage')).debug()).toEqual({
    status: 'signed-out',
    tokenType: 'session_token',
    reason: 'token-invalid',
    message: expect.stringContaining('not a JWT') as string,
    token: null,
    instanceType: 'production',
    frontendApi: 'clerk.example.com',
    isSatellite: false,
    domain: null,
    proxyUrl: null,
  });
  expect((await stateOf(session())).debug()).toMatchObject({ token: 'eyJhbGc…' });
});

test('the auth object has the type of what was asked for', async () => {
  const state = await stateOf(session());
  if (state.status === 'handshake') {
    expectTypeOf(state.toAuth()).toEqualTypeOf<null>();
    return;
  }
  expectTypeOf(state.toAuth()).toEqualTypeOf<AuthObject>();
  expectTypeOf(state.toAuth({})).toEqualTypeOf<SessionAuth>();
  const auth = state.toAuth({ acceptsToken: 'm2m_token' });
  if (auth.isAuthenticated) {
    expectTypeOf(auth.machineId).toEqualTypeOf<string>();
    // @ts-expect-error SC-030 a machine has no userId
    void auth.userId;
  }
});
