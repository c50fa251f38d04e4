import { type AuthenticatorOptions, createAuthenticator, type RequestState } from '@keystile/core';
import { type LocalBackend, startLocalBackend } from '@keystile/local';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FaultCache } from './support/fault-cache.ts';

/** Several processes of one application, each with its own authenticator, over one shared cache and a real backend. */
let backend: LocalBackend;
let userId: string;
let cache: FaultCache;
/** What reached the backend over HTTP, in order. */
let calls: string[] = [];

beforeAll(async () => {
  backend = await startLocalBackend({ seed: { users: [{ email: 'ann@example.com', password: 'correct horse' }] } });
  const client = startProcess({}, undefined).backend;
  userId = (await client.users.getUserList()).data[0]?.id ?? '';
  expect(userId).toMatch(/^user_/);
});
afterAll(() => backend.close());
beforeEach(() => {
  cache = new FaultCache(Date.now);
  calls = [];
});

function startProcess(options: AuthenticatorOptions = {}, shared: FaultCache | undefined = cache) {
  const counted: typeof fetch = (input, init) => {
    calls.push(new URL(String(input)).pathname);
    return fetch(input, init);
  };
  return createAuthenticator(
    {
      secretKey: backend.secretKey,
      publishableKey: backend.publishableKey,
      apiUrl: backend.url,
      fetch: counted,
      logger: { warn() {} },
      ...options,
      cache: { ...(options.cache || {}), shared },
    },
    {},
  );
}

const bearer = (token: string) => new Request('http://app.example/', { headers: { authorization: `Bearer ${token}` } });

/** What stands for a caller when it is revoked: the session, or the machine token. */
function idOf(state: RequestState): string {
  if (state.status !== 'signed-in') throw new Error(`signed out: ${state.reason}`);
  const auth = state.toAuth({ acceptsToken: 'any' });
  if ('sessionId' in auth) return auth.sessionId ?? '';
  return 'id' in auth ? (auth.id ?? '') : '';
}

describe('the key set', () => {
  it('is fetched once for the whole fleet', async () => {
    const token = await backend.mint.session({ userId });
    for (let process = 0; process < 5; process++) {
      const state = await startProcess().authenticateRequest(bearer(token));
      expect(state.status).toBe('signed-in');
    }
    expect(calls).toEqual(['/v1/jwks']);
  });

  it('SC-049 is fetched by each while the cache is down, and by none twice', async () => {
    const token = await backend.mint.session({ userId });
    cache.fault = 'reject';
    for (let process = 0; process < 3; process++) {
      const authenticator = startProcess();
      for (let i = 0; i < 3; i++)
        expect((await authenticator.authenticateRequest(bearer(token))).status).toBe('signed-in');
    }
    expect(calls).toEqual(['/v1/jwks', '/v1/jwks', '/v1/jwks']);
  });

  it('SC-049 never takes in what another wrote into the cache', async () => {
    const token = await backend.mint.session({ userId });
    await startProcess().authenticateRequest(bearer(token));
    cache.fault = 'garbage';
    cache.garbage = JSON.stringify({ keys: [{ kty: 'RSA', kid: 'evil', n: 'AQAB', e: 'AQAB' }] });
    expect((await startProcess().authenticateRequest(bearer(token))).status).toBe('signed-in');
    expect(calls).toEqual(['/v1/jwks', '/v1/jwks']);
  });
});

describe('verdicts on opaque tokens', () => {
  const remembering = { cache: { opaqueTokenTtlMs: 60_000 } };

  it('are asked for once for the whole fleet, where they may be remembered', async () => {
    const key = await backend.mint.apiKey({ subject: userId });
    for (let process = 0; process < 4; process++) {
      const state = await startProcess(remembering).authenticateRequest(bearer(key), { acceptsToken: 'api_key' });
      expect(state.toAuth({ acceptsToken: 'api_key' })).toMatchObject({ isAuthenticated: true, userId });
    }
    expect(calls).toEqual(['/v1/api_keys/verify']);
  });

  it('T1 are asked for each time where they may not', async () => {
    const key = await backend.mint.apiKey({ subject: userId });
    for (let process = 0; process < 3; process++) {
      await startProcess().authenticateRequest(bearer(key), { acceptsToken: 'api_key' });
    }
    expect(calls).toHaveLength(3);
  });

  it('SC-083 are refused at once by every process when one of them revokes the key', async () => {
    const key = await backend.mint.apiKey({ subject: userId });
    const processes = [1, 2, 3].map(() => startProcess({ ...remembering, checkRevocations: true }));
    const ask = (process: (typeof processes)[number]) =>
      process.authenticateRequest(bearer(key), { acceptsToken: 'api_key' });
    const [first] = processes;
    if (first === undefined) throw new Error('there are three');
    const [id = ''] = (await Promise.all(processes.map(ask))).map(idOf);
    await first.revoke(id);
    for (const process of processes) {
      expect(await ask(process)).toMatchObject({ status: 'signed-out', reason: 'token-invalid', tokenType: 'api_key' });
    }
  });
});

describe('SC-083 sessions', () => {
  async function start() {
    const processes = [1, 2].map(() => startProcess({ checkRevocations: true }));
    const token = await backend.mint.session({ userId });
    const [first] = processes;
    if (first === undefined) throw new Error('there are two');
    const state = await first.authenticateRequest(bearer(token));
    return { first, processes, token, sessionId: idOf(state) };
  }

  it('that are revoked are refused at once by every process, warm or not', async () => {
    const { first, processes, token, sessionId } = await start();
    for (const process of processes)
      expect((await process.authenticateRequest(bearer(token))).status).toBe('signed-in');
    await first.revoke(sessionId);
    for (const process of [...processes, startProcess({ checkRevocations: true })]) {
      expect(await process.authenticateRequest(bearer(token))).toMatchObject({
        status: 'signed-out',
        reason: 'token-invalid',
      });
    }
  });

  it('of a user who is revoked are all refused, those of others are not', async () => {
    const { first, token } = await start();
    const other = await backend.mint.session({ userId });
    await first.revoke('user_somebody_else');
    expect((await first.authenticateRequest(bearer(token))).status).toBe('signed-in');
    await first.revoke(userId);
    for (const one of [token, other]) expect((await first.authenticateRequest(bearer(one))).status).toBe('signed-out');
  });

  it('are looked up in the backend while the cache is down: an active one passes, a revoked one does not', async () => {
    const { first, token, sessionId } = await start();
    cache.fault = 'reject';
    expect((await first.authenticateRequest(bearer(token))).status).toBe('signed-in');
    await first.backend.sessions.revokeSession(sessionId);
    expect(await first.authenticateRequest(bearer(token))).toMatchObject({
      status: 'signed-out',
      reason: 'unexpected-error',
    });
  });

  it('are looked up once for all requests of one moment while the cache is down', async () => {
    const { first, token } = await start();
    cache.fault = 'reject';
    calls = [];
    const states = await Promise.all(Array.from({ length: 50 }, () => first.authenticateRequest(bearer(token))));
    expect(states.every(({ status }) => status === 'signed-in')).toBe(true);
    expect(calls).toHaveLength(1);
  });

  it('go on until their token ends where revocations are not checked', async () => {
    const { token, sessionId, first } = await start();
    await first.revoke(sessionId);
    expect((await startProcess().authenticateRequest(bearer(token))).status).toBe('signed-in');
  });

  it('cannot be revoked where nobody would look', async () => {
    await expect(startProcess().revoke('sess_1')).rejects.toMatchObject({
      code: 'configuration-invalid',
      option: 'checkRevocations',
    });
  });

  it('are revoked in one process without a shared cache', async () => {
    const alone = startProcess({ checkRevocations: true }, undefined);
    const token = await backend.mint.session({ userId });
    const state = await alone.authenticateRequest(bearer(token));
    await alone.revoke(idOf(state));
    expect((await alone.authenticateRequest(bearer(token))).status).toBe('signed-out');
  });
});
