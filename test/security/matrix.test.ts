import { type AuthenticatorOptions, createAuthenticator } from '@keystile/core';
import { type LocalBackend, startLocalBackend } from '@keystile/local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSigningKey } from '../support/signing-key.ts';
import { type Accepts, type Carrier, expectedOutcome, type Kind, TOKEN_TYPES } from './model.ts';

/**
 * SC-026: every kind of secret that a backend hands out, at every place of a request, for every thing that a route accepts. The
 * tokens are real ones of a running backend; what is expected comes from a model of the protocol's tables (model.ts), which
 * shares no code with the implementation.
 */

let backend: LocalBackend;
let foreign: LocalBackend;
let kinds: readonly Kind[];

beforeAll(async () => {
  const seed = { users: [{ email: 'matrix@example.com' }] };
  [backend, foreign] = await Promise.all([
    startLocalBackend({ seed, listen: false }),
    startLocalBackend({ seed, listen: false }),
  ]);
  kinds = await issueKinds();
});
afterAll(async () => {
  await Promise.all([backend?.close(), foreign?.close()]);
});

/** One of each. What the protocol says about it stands beside it, written down by hand. */
async function issueKinds(): Promise<Kind[]> {
  const userId = userOf(backend);
  const foreignUserId = userOf(foreign);
  const call = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const response = await backend.fetch(path, {
      method,
      headers: { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  await call('POST', '/v1/jwt_templates', { name: 'integration', claims: { role: 'admin' } });
  const { mint } = backend;
  const session = (header: object = {}, more: object = {}) =>
    mint.session({ userId, header: header as never, ...more });
  const ended = async (token: string, revoke: string, body: object = {}) => {
    await call('POST', revoke, body);
    return token;
  };
  const revokedKey = await call('POST', '/v1/api_keys', { name: 'revoked', subject: userId });
  const machine = await call('POST', '/v1/machines', { name: 'matrix' });
  const stranger = createSigningKey(backend.instanceId);
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: backend.url, sub: userId, iat: seconds, exp: seconds + 60 };

  const jwt = { decodes: true, isSession: true, issuer: 'ours' } as const;
  const text = { decodes: false, isSession: true, issuer: 'none' } as const;
  return [
    { name: 'session v2', token: await session(), type: 'session_token', ...jwt, refusal: null },
    { name: 'session v1', token: await session({}, { v: 1 }), type: 'session_token', ...jwt, refusal: null },
    {
      name: 'session without category',
      token: await session({ cat: undefined }),
      type: 'session_token',
      ...jwt,
      refusal: null,
    },
    {
      name: 'session of the "ignore" category',
      token: await session({ cat: 'cl_I7d4PD111III' }),
      type: 'session_token',
      ...jwt,
      refusal: null,
    },
    {
      name: 'session of an unknown category',
      token: await session({ cat: 'cl_unknown' }),
      type: 'session_token',
      ...jwt,
      isSession: false,
      refusal: null,
    },
    {
      name: 'template',
      token: await mint.template({ userId, template: 'integration' }),
      type: 'session_token',
      ...jwt,
      isSession: false,
      refusal: null,
    },
    {
      name: 'session that claims another issuer',
      token: await session({}, { claims: { iss: 'https://clerk.evil.test' } }),
      type: 'session_token',
      ...jwt,
      issuer: 'other',
      refusal: null,
    },
    {
      name: 'session that is expired',
      token: await session({}, { expiresInSeconds: -60 }),
      type: 'session_token',
      ...jwt,
      refusal: 'session-token-expired-refresh-non-eligible-no-refresh-cookie',
    },
    {
      name: 'session that is forged',
      token: stranger.sign(claims),
      type: 'session_token',
      ...jwt,
      refusal: 'token-invalid-signature',
    },
    {
      name: 'session with alg none',
      token: `${mint.jwt(claims, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
      type: 'session_token',
      ...jwt,
      refusal: 'token-invalid-algorithm',
    },
    {
      name: 'session of another instance',
      token: await foreign.mint.session({ userId: foreignUserId }),
      type: 'session_token',
      ...jwt,
      issuer: 'other',
      refusal: 'jwk-kid-mismatch',
    },
    {
      name: 'handshake',
      token: await mint.handshake({ directives: ['__session=x'] }),
      type: 'session_token',
      ...jwt,
      issuer: 'none',
      refusal: 'token-verification-failed',
    },
    {
      name: 'M2M JWT',
      token: await mint.m2m({ format: 'jwt' }),
      type: 'm2m_token',
      ...jwt,
      isSession: false,
      refusal: null,
    },
    {
      name: 'M2M JWT without category',
      token: await mint.m2m({ format: 'jwt', header: { cat: undefined } }),
      type: 'm2m_token',
      ...jwt,
      refusal: null,
    },
    {
      name: 'M2M JWT of the session category',
      token: await mint.m2m({ format: 'jwt', header: { cat: 'cl_B7d4PD111AAA' } }),
      type: 'm2m_token',
      ...jwt,
      refusal: 'token-invalid',
    },
    {
      name: 'M2M JWT of another instance',
      token: await foreign.mint.m2m({ format: 'jwt' }),
      type: 'm2m_token',
      ...jwt,
      isSession: false,
      issuer: 'other',
      refusal: 'token-verification-failed',
    },
    { name: 'M2M opaque', token: await mint.m2m(), type: 'm2m_token', ...text, refusal: null },
    {
      name: 'M2M opaque of another instance',
      token: await foreign.mint.m2m(),
      type: 'm2m_token',
      ...text,
      refusal: 'token-invalid',
    },
    {
      name: 'OAuth JWT',
      token: await mint.oauth({ userId, format: 'jwt' }),
      type: 'oauth_token',
      ...jwt,
      refusal: null,
    },
    {
      name: 'OAuth JWT of the session category',
      token: await mint.oauth({ userId, format: 'jwt', header: { cat: 'cl_B7d4PD111AAA' } }),
      type: 'oauth_token',
      ...jwt,
      refusal: null,
    },
    {
      name: 'OAuth JWT that is expired',
      token: await mint.oauth({ userId, format: 'jwt', expiresInSeconds: -60 }),
      type: 'oauth_token',
      ...jwt,
      refusal: 'token-verification-failed',
    },
    {
      name: 'OAuth JWT of another instance',
      token: await foreign.mint.oauth({ userId: foreignUserId, format: 'jwt' }),
      type: 'oauth_token',
      ...jwt,
      issuer: 'other',
      refusal: 'token-verification-failed',
    },
    { name: 'OAuth opaque', token: await mint.oauth({ userId }), type: 'oauth_token', ...text, refusal: null },
    { name: 'API key', token: await mint.apiKey({ subject: userId }), type: 'api_key', ...text, refusal: null },
    {
      name: 'API key that is revoked',
      token: await ended(String(revokedKey.secret), `/v1/api_keys/${revokedKey.id}/revoke`),
      type: 'api_key',
      ...text,
      refusal: 'token-invalid',
    },
    {
      name: 'API key of another instance',
      token: await foreign.mint.apiKey({ subject: foreignUserId }),
      type: 'api_key',
      ...text,
      refusal: 'token-invalid',
    },
    {
      name: 'API key prefix before a session',
      token: `ak_${await session()}`,
      type: 'api_key',
      ...text,
      refusal: 'token-invalid',
    },
    // A machine's own secret looks like an API key, and is none.
    {
      name: 'machine secret',
      token: String(machine.secret_key),
      type: 'api_key',
      ...text,
      refusal: 'token-invalid',
    },
    {
      name: 'sign-in ticket',
      token: String((await call('POST', '/v1/sign_in_tokens', { user_id: userId })).token),
      type: 'session_token',
      ...text,
      refusal: 'token-invalid',
    },
    {
      name: 'testing token',
      token: String((await call('POST', '/v1/testing_tokens', {})).token),
      type: 'session_token',
      ...text,
      refusal: 'token-invalid',
    },
    {
      name: 'webhook secret',
      token: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      type: 'session_token',
      ...text,
      refusal: 'token-invalid',
    },
    { name: 'secret key', token: backend.secretKey, type: 'session_token', ...text, refusal: 'token-invalid' },
    {
      name: 'publishable key',
      token: backend.publishableKey,
      type: 'session_token',
      ...text,
      refusal: 'token-invalid',
    },
  ];
}

function userOf({ seeded }: LocalBackend): string {
  return seeded?.users[0]?.id ?? '';
}

const CARRIERS: readonly Carrier[] = [
  'header',
  'cookie',
  'suffixed cookie',
  'refresh cookie',
  'query',
  'another scheme',
];
const pairs = TOKEN_TYPES.flatMap((a, i) => TOKEN_TYPES.slice(i + 1).map((b): Accepts => [a, b]));
const ACCEPTS: readonly Accepts[] = [
  undefined,
  ...TOKEN_TYPES,
  ...TOKEN_TYPES.map((type): Accepts => [type]),
  ...pairs,
  [...TOKEN_TYPES],
  'any',
  [],
];

function requestWith(token: string, carrier: Carrier, suffix: string): Request {
  const own = { uat: '1', db: 'dvb_1' };
  const url =
    carrier === 'query'
      ? `https://app.example.com/?__session=${token}&token=${token}&access_token=${token}`
      : 'https://app.example.com/';
  const plain = `__client_uat=${own.uat}; __clerk_db_jwt=${own.db}`;
  const headers: Record<Carrier, Record<string, string>> = {
    header: { authorization: `Bearer ${token}` },
    cookie: { cookie: `${plain}; __session=${token}` },
    'suffixed cookie': {
      cookie: `__client_uat_${suffix}=1; __clerk_db_jwt_${suffix}=dvb_1; __session_${suffix}=${token}`,
    },
    'refresh cookie': { cookie: `__clerk_db_jwt=dvb_1; __refresh=${token}; __refresh_${suffix}=${token}` },
    query: { cookie: '__clerk_db_jwt=dvb_1' },
    'another scheme': { authorization: `Token ${token}`, cookie: '__clerk_db_jwt=dvb_1' },
  };
  return new Request(url, { headers: { 'sec-fetch-dest': 'empty', ...headers[carrier] } });
}

async function suffixOf(publishableKey: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(publishableKey));
  return Buffer.from(hash).toString('base64url').slice(0, 8);
}

describe.each<[name: string, options: () => AuthenticatorOptions]>([
  ['key set, cold and warm', () => ({ secretKey: backend.secretKey })],
  ['key set, nothing remembered', () => ({ secretKey: backend.secretKey, cache: false })],
  [
    'opaque tokens remembered',
    () => ({ secretKey: backend.secretKey, cache: { opaqueTokenTtlMs: 60_000, opaqueTokenNegativeTtlMs: 60_000 } }),
  ],
])('SC-026 SC-027 %s', (_name, options) => {
  test.each(CARRIERS)('every kind in the %s, for everything that a route accepts', async (carrier) => {
    const authenticator = createAuthenticator(
      {
        publishableKey: backend.publishableKey,
        apiUrl: backend.url,
        fetch: (input, init) => backend.fetch(input as string, init),
        logger: { warn: () => {} },
        ...options(),
      },
      {},
    );
    const suffix = await suffixOf(backend.publishableKey);
    let cells = 0;
    for (const kind of kinds) {
      for (const accepts of ACCEPTS) {
        const expected = expectedOutcome(kind, carrier, accepts);
        for (let round = 0; round < 2; round++) {
          const state = await authenticator.authenticateRequest(
            requestWith(kind.token, carrier, suffix),
            accepts === undefined ? {} : { acceptsToken: accepts },
          );
          const cell = `${kind.name} × ${carrier} × ${JSON.stringify(accepts)} (round ${round})`;
          expect({ status: state.status, tokenType: state.tokenType, reason: state.reason }, cell).toEqual(expected);
          // SC-030: whoever asks for nothing gets no machine, and a machine's claims never become a user.
          const auth = state.status === 'handshake' ? null : state.toAuth({});
          const isUser = expected.status === 'signed-in' && expected.tokenType === 'session_token';
          expect(auth?.isAuthenticated, cell).toBe(isUser);
          expect(typeof auth?.userId === 'string', cell).toBe(isUser);
        }
        cells++;
      }
    }
    expect(cells).toBe(kinds.length * ACCEPTS.length);
  });
});

test('SC-026 the matrix has both answers for every kind that can be one', () => {
  // A model that only ever says no would prove nothing.
  for (const kind of kinds) {
    const outcomes = CARRIERS.flatMap((carrier) =>
      ACCEPTS.map((accepts) => expectedOutcome(kind, carrier, accepts).status),
    );
    expect(outcomes, kind.name).toContain('signed-out');
    const canPass = kind.refusal === null && (kind.isSession || kind.type !== 'session_token');
    expect(outcomes.includes('signed-in'), kind.name).toBe(canPass);
  }
});
