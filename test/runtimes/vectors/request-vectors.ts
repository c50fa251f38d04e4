import type { LocalBackend } from '@keystile/local';
import { createSigningKey } from '../../support/signing-key.ts';
import { createTestInstance } from '../../support/test-instance.ts';
import type { Probe, Vector } from './vector.ts';

type Authenticate = Extract<Probe, { readonly ask: 'authenticate' }>;
type Details = Partial<Omit<Authenticate, 'ask' | 'request'>> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
};

const APP = 'https://app.example.com';
const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };

const key = createSigningKey('ins_1');
const now = Date.now();
const seconds = Math.floor(now / 1000);
const development = createTestInstance({ key });
const production = createTestInstance({ key, type: 'production', frontendApi: 'clerk.example.com' });
const { publishableKey, secretKey, jwtKey } = production;
const devKeys = { publishableKey: development.publishableKey, secretKey: development.secretKey, jwtKey };

function ask(name: string, want: string, { headers = {}, url = `${APP}/page?x=1`, ...more }: Details = {}): Vector {
  const options = { publishableKey, secretKey, jwtKey };
  return { name, probe: { ask: 'authenticate', options, now, ...more, request: { url, headers } }, want };
}

const bearer = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}` });
const cookies = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

const session = production.session();
const expired = production.session({ iat: seconds - 120, nbf: seconds - 130, exp: seconds - 60 });
const uat = seconds - 100;
const to = (frontendApi: string): string => `to https://${frontendApi}/v1/client/handshake sets __clerk_redirect_count`;
const EMPTY = 'session-token-and-uat-missing';
const handshake = production.jwt({
  handshake: [`__session=${session}; Path=/; HttpOnly`, `__client_uat=${uat}; Path=/`],
});

/** Where the token is, and what the cookies beside it say. */
const readingVectors: readonly Vector[] = [
  ask('nobody', `signed-out ${EMPTY}`),
  ask('nobody in a browser', `signed-out ${EMPTY}`, { headers: PAGE }),
  ask('a session in the header', 'signed-in session_token user_alice', { headers: bearer(session) }),
  ask('a session in the cookie', 'signed-in session_token user_alice', {
    headers: { cookie: cookies({ __session: session, __client_uat: uat }) },
  }),
  ask('SC-055 of two cookies the first counts', 'signed-in session_token user_alice', {
    headers: { cookie: `__client_uat=${uat}; __session=${session}; __session=x` },
  }),
  ask('a token without a cookie of its state', 'signed-out session-token-but-no-client-uat', {
    headers: { cookie: cookies({ __session: session }) },
  }),
  ask('the same in a browser', `handshake session-token-but-no-client-uat ${to('clerk.example.com')}`, {
    headers: { ...PAGE, cookie: cookies({ __session: session }) },
  }),
  ask(
    'a session that the browser has renewed since',
    `handshake session-token-iat-before-client-uat ${to('clerk.example.com')}`,
    {
      headers: { ...PAGE, cookie: cookies({ __session: session, __client_uat: seconds + 50 }) },
    },
  ),
  ask('an expired token in the header', 'signed-out session-token-expired-refresh-non-eligible-no-refresh-cookie', {
    headers: bearer(expired),
  }),
  ask('SC-008 a token whose claims are null', 'signed-out token-invalid', { headers: bearer(key.sign(null)) }),
  ask('SC-001 a forged token', 'signed-out token-invalid-algorithm', {
    headers: bearer(production.session({}, { alg: 'none' })),
  }),
  ask('a first visit in development', `handshake dev-browser-missing ${to('clerk.test.example')}`, {
    options: devKeys,
    headers: PAGE,
  }),
  ask('a completed handshake in production', 'signed-in session_token user_alice', {
    headers: { ...PAGE, cookie: cookies({ __clerk_handshake: handshake }) },
  }),
  ask('SC-029 a handshake that is no list of texts', `signed-out ${EMPTY}`, {
    headers: { ...PAGE, cookie: cookies({ __clerk_handshake: production.jwt({ handshake: [1, {}] }) }) },
  }),
  ask('a machine token where sessions go', 'signed-out token-invalid', { headers: bearer('ak_0123456789') }),
];

/** What needs a backend: key sets over the wire, opaque tokens, refused tokens. */
async function backendVectors(backend: LocalBackend, keySets: string): Promise<readonly Vector[]> {
  const { mint, url: apiUrl, seeded } = backend;
  const userId = seeded?.users[0]?.id ?? '';
  const machineId = seeded?.machines[0]?.id ?? '';
  const options = { publishableKey: backend.publishableKey, secretKey: backend.secretKey, apiUrl };
  // The tokens are younger than this module.
  const ofBackend = { options, now: Date.now() };
  const machine = { ...ofBackend, acceptsToken: 'any' } as const;
  const jwks = (name: string) => ({ publishableKey, secretKey: `sk_live_${name}`, apiUrl: keySets });
  return [
    ask('a key set over the wire', `signed-in session_token ${userId}`, {
      ...ofBackend,
      headers: bearer(await mint.session({ userId })),
    }),
    ask('SC-016 a key set with unusable keys beside', 'signed-in session_token user_alice', {
      options: jwks('mixed'),
      headers: bearer(session),
    }),
    ask('SC-011 a kid that no key has', 'signed-out jwk-kid-mismatch', {
      options: jwks('mixed'),
      headers: bearer(production.session({}, { kid: 'ins_2' })),
    }),
    ask('SC-010 a kid of the prototype', 'signed-out jwk-kid-mismatch', {
      options: jwks('mixed'),
      headers: bearer(production.session({}, { kid: '__proto__' })),
    }),
    ask('SC-011 no kid', 'signed-out jwk-kid-mismatch', {
      options: jwks('mixed'),
      headers: bearer(production.session({}, { kid: undefined })),
    }),
    ask('SC-016 a key that is too weak', 'signed-out jwk-kid-mismatch', {
      options: jwks('mixed'),
      headers: bearer(production.session({}, { kid: 'weak' })),
    }),
    ask('a key set that is none', 'signed-out jwk-remote-failed-to-load', {
      options: jwks('garbage'),
      headers: bearer(session),
    }),
    ask('a backend that fails', 'signed-out jwk-remote-failed-to-load', {
      options: jwks('failing'),
      headers: bearer(session),
    }),
    ask('a backend that breaks off', 'signed-out jwk-remote-failed-to-load', {
      options: jwks('broken'),
      headers: bearer(session),
    }),
    ask('a backend that redirects', 'signed-out jwk-remote-failed-to-load', {
      options: jwks('elsewhere'),
      headers: bearer(session),
    }),
    ask('an API key', `signed-in api_key ${userId}`, {
      ...machine,
      headers: bearer(await mint.apiKey({ subject: userId })),
    }),
    ask('an opaque M2M token', `signed-in m2m_token ${machineId}`, {
      ...machine,
      headers: bearer(await mint.m2m({ machineId })),
    }),
    ask('an M2M JWT', `signed-in m2m_token ${machineId}`, {
      ...machine,
      headers: bearer(await mint.m2m({ machineId, format: 'jwt' })),
    }),
    ask('an opaque OAuth token', `signed-in oauth_token ${userId}`, {
      ...machine,
      headers: bearer(await mint.oauth({ userId })),
    }),
    ask('an OAuth JWT', `signed-in oauth_token ${userId}`, {
      ...machine,
      headers: bearer(await mint.oauth({ userId, format: 'jwt' })),
    }),
    ask('an API key that nobody has', 'signed-out token-invalid', {
      ...machine,
      headers: bearer('ak_0123456789abcdef'),
    }),
    ask('SC-028 an API key that is a session token', 'signed-out token-invalid', {
      ...machine,
      headers: bearer(`ak_${session}`),
    }),
  ];
}

export const keySetAnswers: Readonly<Record<string, unknown>> = {
  mixed: {
    keys: [
      null,
      { kty: 'oct', k: 'c2VjcmV0', kid: 'ins_1', alg: 'HS256' },
      { ...createSigningKey('weak', 1024).jwk },
      { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'ec' },
      key.jwk,
    ],
  },
};

export async function createRequestVectors(backend: LocalBackend, keySets: string): Promise<readonly Vector[]> {
  return [...readingVectors, ...(await backendVectors(backend, keySets))];
}
