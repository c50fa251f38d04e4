import { inspect } from 'node:util';
import { createAuthenticator, type RequestState, verifyToken } from '@keystile/core';
import { createAdapterAuthenticator, guard, viewRequest } from '@keystile/core/adapter';
import { expect, test } from 'vitest';
import { Clock } from '../support/clock.ts';
import { type Handler, json, startLoopbackServer } from '../support/loopback-server.ts';
import { createSigningKey } from '../support/signing-key.ts';
import { CANARY, publishableKeyOf } from './generators.ts';

/**
 * SC-119: recognisable secrets in every key, token and cookie, and everything that we hand out, log or throw printed in every
 * way that an application might. The canary may turn up where it belongs (the token that getToken() gives back) and nowhere else.
 */

const clock = new Clock();
const key = createSigningKey('ins_1');
const other = createSigningKey('ins_1');
const ISSUER = 'https://clerk.example.com';
const times = { iat: clock.seconds, exp: clock.seconds + 60 };
/** The claims are the application's to see; the token is not. */
const session = (more: object = {}) =>
  key.sign({ iss: ISSUER, azp: 'https://app.example.com', sub: 'user_1', sid: 'sess_1', ...times, ...more });
const SECRETS = {
  secretKey: `sk_live_${CANARY}`,
  machineSecretKey: `ak_machine_${CANARY}`,
};
const OPAQUE = { api_key: `ak_${CANARY}`, m2m_token: `mt_${CANARY}`, oauth_token: `oat_${CANARY}` };

/** Every way in which a value ends up in a log. */
function printed(value: unknown): string {
  return [
    inspect(value, { depth: 12, showHidden: true }),
    JSON.stringify(value) ?? '',
    String(value),
    value instanceof Error ? `${value.stack}${value.message}${inspect(value.cause)}` : '',
    typeof value === 'object' && value !== null ? inspect({ ...value }, { depth: 12 }) : '',
  ].join('\n');
}

const good: Handler = (request, response, call) => {
  const body = request.url?.endsWith('/jwks')
    ? { keys: [key.jwk] }
    : {
        id: 'id_1',
        subject: 'user_1',
        name: 'n',
        client_id: 'c',
        scopes: [],
        claims: null,
        revoked: false,
        expired: false,
      };
  json(body)(request, response, call);
};
/** A backend that throws our own secret back at us. */
const gossip =
  (status: number): Handler =>
  (request, response, call) =>
    json(
      {
        errors: [{ code: 'x', message: request.headers.authorization, long_message: CANARY, meta: { token: CANARY } }],
      },
      status,
    )(request, response, call);

const BACKENDS: Record<string, Handler> = {
  'that answers': good,
  'that is rude': gossip(400),
  'that refuses the key': gossip(401),
  'that knows nothing': gossip(404),
  'that fails': gossip(500),
  'that breaks off': (request) => {
    request.socket.destroy();
  },
  'that answers something else': (_request, response) => {
    response.end(`<html>${CANARY}</html>`);
  },
};

const REQUESTS: Record<string, Record<string, string>> = {
  'an API key': { authorization: `Bearer ${OPAQUE.api_key}` },
  'an M2M token': { authorization: `Bearer ${OPAQUE.m2m_token}` },
  'an access token': { authorization: `Bearer ${OPAQUE.oauth_token}` },
  'a token of no kind': { authorization: `Bearer ${CANARY}` },
  'another scheme': { authorization: `Basic ${CANARY}` },
  'no scheme': { authorization: CANARY },
  'a session': { authorization: `Bearer ${session()}` },
  'a forged session': { authorization: `Bearer ${other.sign({ sub: CANARY, ...times })}` },
  'a kid of ours': { authorization: `Bearer ${key.sign({ sub: 'user_1', ...times }, { kid: CANARY })}` },
  'an alg of ours': { authorization: `Bearer ${key.sign({ sub: 'user_1', ...times }, { alg: CANARY })}` },
  'a typ of ours': { authorization: `Bearer ${key.sign({ sub: 'user_1', ...times }, { typ: CANARY })}` },
  'wrong claims': {
    authorization: `Bearer ${key.sign({ sub: 'user_1', ...times, aud: CANARY, azp: CANARY, iss: CANARY })}`,
  },
  'an expired session with a refresh token': {
    cookie: `__session=${session({ exp: 1 })}; __client_uat=1; __refresh_naoXFJnI=${CANARY}; __session_naoXFJnI=${session({ exp: 1 })}; __client_uat_naoXFJnI=1`,
    'sec-fetch-dest': 'empty',
  },
  cookies: {
    cookie: `__session=${CANARY}; __client_uat=1; __clerk_db_jwt=${CANARY}; __client=${CANARY}; other=${CANARY}`,
  },
  'a handshake': { cookie: `__clerk_handshake=${CANARY}` },
  'a handshake nonce': { cookie: `__clerk_handshake_nonce=${CANARY}` },
};

// All requests at once: a backend that fails is asked again after a while.
test.each(Object.entries(BACKENDS))('SC-119 a backend %s', async (_what, backend) => {
  await Promise.all(Object.entries(REQUESTS).map(([what, headers]) => expectSilence(what, headers, backend)));
});

async function expectSilence(what: string, headers: Record<string, string>, backend: Handler): Promise<void> {
  const server = await startLoopbackServer(backend);
  const heard: string[] = [];
  const options = {
    ...SECRETS,
    publishableKey: publishableKeyOf('production'),
    apiUrl: server.url,
    audience: 'api',
    authorizedParties: ['https://app.example.com'],
    issuer: 'https://clerk.example.com',
    timeoutMs: 500,
    now: clock.now,
    logger: {
      warn: (message: string) => heard.push(message),
      debug: (message: string, data: unknown) => heard.push(printed([message, data])),
    },
    onAuthenticate: (event: unknown) => heard.push(printed(event)),
  };
  const authenticator = createAdapterAuthenticator(options, {});
  const request = new Request('https://app.example.com/', { headers: { accept: 'application/json', ...headers } });
  const view = viewRequest(request);
  for (const acceptsToken of ['any', 'session_token', 'api_key', ['m2m_token', 'oauth_token']] as const) {
    const state = await authenticator.authenticateView(view, acceptsToken);
    const { instance, config } = authenticator;
    heard.push(printed(authenticator), printed(config), printed(authenticator.backend), printed(instance));
    listen(state, heard);
    const demands = { acceptsToken: 'any', scopes: 'x', resourceMetadata: '/m' } as const;
    heard.push(printed(guard(state, view, demands, instance).patch));
  }
  expect(heard.join('\n'), what).not.toContain(CANARY);
  const bearer = request.headers.get('authorization')?.split(' ')[1];
  if (bearer?.includes('.')) expect(heard.join('\n'), what).not.toContain(bearer.slice(-40));
  // The secret key travels in a header, a nonce in the query: that is the wire's own way. Nothing else is in a URL.
  const lines = server.requests.map(({ line }) => line).filter((line) => !line.includes('/handshake_payload?nonce='));
  expect(lines.join(), what).not.toContain(CANARY);
}

function listen(state: RequestState, heard: string[]): void {
  const selections = [undefined, {}, { acceptsToken: 'any' }, { treatPendingAsSignedOut: false }] as const;
  const objects = selections.map((selection) => (selection === undefined ? state.toAuth() : state.toAuth(selection)));
  const lines = [...state.patch.set, ...state.patch.append].filter(([name]) => name !== 'location');
  heard.push(printed(state.debug()), printed(lines), state.message ?? '');
  for (const auth of objects) heard.push(printed(auth), printed(auth?.debug()));
  heard.push(printed(state));
}

test('SC-119 errors of the function form', async () => {
  const server = await startLoopbackServer(gossip(500));
  for (const token of [CANARY, other.sign({ sub: CANARY, ...times }), key.sign({ sub: CANARY }, { kid: CANARY })]) {
    for (const options of [{ jwtKey: key.publicPem }, { secretKey: SECRETS.secretKey, apiUrl: server.url }]) {
      const error = await verifyToken(token, options).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(printed(error)).not.toContain(CANARY);
      expect(printed(error)).not.toContain(token.slice(-30));
    }
  }
});

test('SC-119 errors of the configuration', () => {
  for (const options of [
    { publishableKey: CANARY },
    { publishableKey: `pk_live_${CANARY}` },
    { secretKey: `sk_live_${CANARY} ` },
    { machineSecretKey: `${CANARY}\n` },
    { jwtKey: CANARY },
    { jwtKey: `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----` },
    { publishableKey: publishableKeyOf('development'), secretKey: `sk_live_${CANARY}` },
    { apiUrl: `https://user:${CANARY}@api.example.com` },
  ]) {
    let thrown: unknown;
    try {
      createAuthenticator(options, {});
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'ConfigurationError' });
    expect(printed(thrown)).not.toContain(CANARY);
  }
});

test('SC-120 what a stranger is told of a refused token is the same for every token of a kind', async () => {
  const answers = new Set<string>();
  for (const handler of [
    gossip(404),
    json({ id: 'x', subject: 'user_1', revoked: true }),
    json({ id: 'x', subject: 'user_1', expired: true }),
  ]) {
    const server = await startLoopbackServer(handler);
    const authenticator = createAdapterAuthenticator(
      { publishableKey: publishableKeyOf('production'), ...SECRETS, apiUrl: server.url },
      {},
    );
    const view = viewRequest(new Request('https://a.test', { headers: { authorization: 'Bearer ak_0123456789' } }));
    const state = await authenticator.authenticateView(view, 'any');
    const { patch } = guard(state, view, { acceptsToken: 'any' }, authenticator.instance);
    answers.add(JSON.stringify([patch, [...state.headers]]));
  }
  expect(answers.size).toBe(1);
});
