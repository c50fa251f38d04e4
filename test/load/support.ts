import { type Authenticator, type AuthenticatorOptions, createAuthenticator, toPublishableKey } from '@keystile/core';
import { Clock } from '../support/clock.ts';
import { type Handler, json, type LoopbackServer, startLoopbackServer } from '../support/loopback-server.ts';
import { createSigningKey, type SigningKey } from '../support/signing-key.ts';

export const publishableKey = toPublishableKey('clerk.example.com', 'production');

export interface Rig {
  readonly server: LoopbackServer;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  /** A session token of the rig's instance. */
  session(claims?: object, header?: Readonly<Record<string, unknown>>): string;
  /** How a request with this bearer token ends: `signed-in`, or the reason. */
  ask(token: string): Promise<string>;
  /** The calls of this path so far. */
  calls(path: string): number;
}

/** A backend on loopback that lists one key and knows every API key, and an authenticator that has never asked it. */
export async function createRig({
  key = createSigningKey('ins_1'),
  handler = backendOf(key),
  options = {},
}: {
  readonly key?: SigningKey;
  readonly handler?: Handler;
  readonly options?: AuthenticatorOptions;
} = {}): Promise<Rig> {
  const server = await startLoopbackServer(handler);
  const clock = new Clock();
  const authenticator = createAuthenticator(
    {
      publishableKey,
      secretKey: 'sk_live_x',
      apiUrl: server.url,
      now: clock.now,
      logger: { warn: () => {} },
      ...options,
    },
    {},
  );
  return {
    server,
    authenticator,
    clock,
    session: (claims = {}, header = {}) =>
      key.sign({ sub: 'user_1', sid: 'sess_1', iat: clock.seconds, exp: clock.seconds + 86_400, ...claims }, header),
    ask: async (token) => {
      const request = new Request('https://app.example.com/', { headers: { authorization: `Bearer ${token}` } });
      const state = await authenticator.authenticateRequest(request, { acceptsToken: 'any' });
      return state.reason ?? state.status;
    },
    calls: (path) => server.requests.filter(({ line }) => line.includes(path)).length,
  };
}

export function backendOf(key: SigningKey): Handler {
  return (request, response, call) =>
    request.url?.endsWith('/jwks')
      ? json({ keys: [key.jwk] })(request, response, call)
      : json({ id: 'ak_1', subject: 'user_1', name: 'n', scopes: [], claims: null })(request, response, call);
}

/** Calls `work` for 0 to `count` - 1, all at once. */
export function atOnce<T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => work(i)));
}
