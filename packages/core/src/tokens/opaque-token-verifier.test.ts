import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Clock } from '../../../../test/support/clock.ts';
import {
  type Handler,
  json,
  type LoopbackServer,
  startLoopbackServer,
} from '../../../../test/support/loopback-server.ts';
import { createBackendClient } from '../backend/index.ts';
import { toClaimsPolicy } from '../jwt/claims-policy.ts';
import { type OpaqueTokenOptions, OpaqueTokenVerifier } from './opaque-token-verifier.ts';
import { readPresentedToken } from './presented-token.ts';
import { VerifiedTokenCache } from './verified-token-cache.ts';
import { MachineRefusal, MachineTokenVerifier } from './verify-machine-token.ts';

const SECRET = 'sk_test_canary';
const API_KEY = 'ak_0123456789abcdef';
const M2M = 'mt_0123456789abcdef';
const ACCESS = 'oat_0123456789abcdef';

const ANSWERS: Record<string, Record<string, unknown>> = {
  api_key: {
    object: 'api_key',
    id: 'ak_id',
    type: 'api_key',
    subject: 'user_1',
    name: 'CI',
    scopes: ['read'],
    claims: { tier: 1 },
    revoked: false,
    revocation_reason: null,
    expired: false,
    expiration: null,
    created_by: null,
    description: null,
    last_used_at: null,
    created_at: 1,
    updated_at: 1,
  },
  m2m_token: {
    object: 'machine_to_machine_token',
    id: 'mt_id',
    subject: 'mch_1',
    scopes: ['mch_2'],
    claims: null,
    revoked: false,
    revocation_reason: null,
    expired: false,
    expiration: null,
    created_at: 1,
    updated_at: 1,
  },
  oauth_token: {
    object: 'clerk_idp_oauth_access_token',
    id: 'oat_id',
    client_id: 'cl_1',
    type: 'oauth_token',
    subject: 'user_1',
    scopes: ['profile'],
    revoked: false,
    revocation_reason: null,
    expired: false,
    expiration: null,
    created_at: 1,
    updated_at: 1,
  },
};

let clock = new Clock();
beforeEach(() => {
  clock = new Clock();
});

const OFF: OpaqueTokenOptions = {
  opaqueTokenTtlMs: 0,
  opaqueTokenNegativeTtlMs: 0,
  opaqueTokens: 100,
  concurrency: 100,
};

function answerFor(line: string): Record<string, unknown> {
  if (line.includes('api_keys')) return ANSWERS.api_key as never;
  return (line.includes('m2m') ? ANSWERS.m2m_token : ANSWERS.oauth_token) as never;
}

const good: Handler = (request, response, call) => json(answerFor(String(request.url)))(request, response, call);
const goodWith =
  (more: object): Handler =>
  (request, response, call) =>
    json({ ...answerFor(String(request.url)), ...more })(request, response, call);
const failed = (status: number, code = 'x'): Handler =>
  json({ errors: [{ code, message: SECRET, long_message: SECRET }] }, status);

async function setup(handler: Handler, options: Partial<OpaqueTokenOptions> = {}, client: object = {}) {
  const server = await startLoopbackServer(handler);
  const backend = createBackendClient({ secretKey: SECRET, apiUrl: server.url, ...client });
  const verifier = new OpaqueTokenVerifier(() => backend, { ...OFF, ...options });
  const verify = async (token: string) => verifier.verify(readPresentedToken(token), clock.now());
  return { server, verifier, verify };
}

const callsOf = (server: LoopbackServer) => server.requests.length;
const codeOf = (verdict: unknown) => (verdict instanceof MachineRefusal ? verdict.code : undefined);

describe('section 6.5: asks the backend', () => {
  test.each<[token: string, path: RegExp, body: object, identity: object]>([
    [
      API_KEY,
      /\/api_keys\/verify$/,
      { secret: API_KEY },
      {
        tokenType: 'api_key',
        id: 'ak_id',
        subject: 'user_1',
        name: 'CI',
        scopes: ['read'],
        claims: { tier: 1 },
        expiration: null,
      },
    ],
    [
      M2M,
      /\/m2m_tokens\/verify$/,
      { token: M2M },
      { tokenType: 'm2m_token', id: 'mt_id', subject: 'mch_1', scopes: ['mch_2'], claims: null },
    ],
    [
      ACCESS,
      /\/oauth_applications\/access_tokens\/verify$/,
      { access_token: ACCESS },
      { tokenType: 'oauth_token', id: 'oat_id', subject: 'user_1', clientId: 'cl_1', scopes: ['profile'] },
    ],
  ])('about %s', async (token, path, body, identity) => {
    const { server, verify } = await setup(good);
    expect(await verify(token)).toMatchObject(identity);
    const [request] = server.requests;
    expect(request?.line).toMatch(/^POST /);
    expect(request?.line).toMatch(path);
    expect(JSON.parse(request?.body ?? '')).toEqual(body);
    expect(request?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  test('about machines with the machine secret, where there is one', async () => {
    const { server, verify } = await setup(good, {}, { machineSecretKey: 'ak_machine_secret' });
    await verify(M2M);
    await verify(API_KEY);
    expect(server.requests.map((request) => request.headers.authorization)).toEqual([
      'Bearer ak_machine_secret',
      `Bearer ${SECRET}`,
    ]);
  });
});

describe('section 6.5: codes', () => {
  test.each<[what: string, handler: Handler, code: string, status: number | undefined]>([
    ['401', failed(401, 'clerk_key_invalid'), 'secret-key-invalid', 401],
    ['404', failed(404, 'resource_not_found'), 'token-invalid', 404],
    ['400', failed(400), 'unexpected-error', 400],
    ['403', failed(403), 'unexpected-error', 403],
    ['429', failed(429), 'unexpected-error', 429],
    ['500', failed(500), 'unexpected-error', 500],
    [
      '502 with HTML',
      (_request, response) => {
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html>');
      },
      'unexpected-error',
      502,
    ],
    [
      'a broken connection',
      (request) => {
        request.socket.destroy();
      },
      'unexpected-error',
      undefined,
    ],
    [
      'a redirect',
      (_request, response) => {
        response.writeHead(302, { location: '/x' }).end();
      },
      'unexpected-error',
      undefined,
    ],
    [
      '200 with nothing',
      (_request, response) => {
        response.writeHead(200).end();
      },
      'unexpected-error',
      undefined,
    ],
    ['200 with null', json(null), 'unexpected-error', undefined],
    ['200 with a list', json([]), 'unexpected-error', undefined],
    ['200 without an id', goodWith({ id: undefined }), 'unexpected-error', undefined],
    ['200 with a subject of a wrong type', goodWith({ subject: ['user_1'] }), 'unexpected-error', undefined],
    ['§17 T2 SC-031 revoked', goodWith({ revoked: true }), 'token-invalid', undefined],
    ['§17 T2 SC-031 expired', goodWith({ expired: true }), 'token-invalid', undefined],
    ['SC-031 an odd revoked', goodWith({ revoked: 'yes' }), 'token-invalid', undefined],
  ])('%s', async (_what, handler, code, status) => {
    const { verify } = await setup(handler);
    for (const token of [API_KEY, M2M, ACCESS]) {
      const verdict = await verify(token);
      expect(verdict).toBeInstanceOf(MachineRefusal);
      expect(verdict).toMatchObject({ code });
      if (status !== undefined) expect(verdict).toMatchObject({ status });
      expect(JSON.stringify(verdict)).not.toContain(SECRET);
      expect(JSON.stringify(verdict)).not.toContain(token);
    }
  });

  test('a missing secret key is found out at the first token, and is unexpected-error', async () => {
    const verifier = new OpaqueTokenVerifier(() => createBackendClient({ apiUrl: 'http://127.0.0.1:1' }), OFF);
    expect(codeOf(await verifier.verify(readPresentedToken(API_KEY), 0))).toBe('unexpected-error');
  });

  test('the same words for a key that is unknown and one that is revoked by its state', async () => {
    const { verify, server } = await setup(failed(404));
    const unknown = await verify(API_KEY);
    server.answer(failed(404, 'api_key_revoked'));
    expect(await verify(API_KEY)).toEqual(unknown);
  });
});

describe('SC-122', () => {
  test.each(['ak_', 'ak_abc', 'mt_a b', `oat_${'x'.repeat(600)}`, 'ak_<script>', 'ak_ümlaut', 'mt_../../users'])(
    'no call for %j, which no key can be',
    async (token) => {
      const { server, verify } = await setup(good);
      expect(codeOf(await verify(token))).toBe('token-invalid');
      expect(callsOf(server)).toBe(0);
    },
  );

  test('however many tokens are made up, only so many calls are open', async () => {
    const { server, verifier, verify } = await setup(() => {}, { concurrency: 5 }, { timeoutMs: 300 });
    const verdicts = Array.from({ length: 50 }, (_, i) => verify(`ak_madeup${i}`));
    const refused = await Promise.all(verdicts.slice(5));
    expect(refused.every((verdict) => codeOf(verdict) === 'unexpected-error')).toBe(true);
    await Promise.all(verdicts);
    expect(callsOf(server)).toBe(5);
    server.answer(good);
    expect(await verifier.verify(readPresentedToken(API_KEY), clock.now())).toMatchObject({ subject: 'user_1' });
  });
});

describe('T1 one call in flight', () => {
  test('500 requests with one token are one call', async () => {
    const { server, verify } = await setup(good);
    const verdicts = await Promise.all(Array.from({ length: 500 }, () => verify(API_KEY)));
    expect(verdicts.every((verdict) => codeOf(verdict) === undefined)).toBe(true);
    expect(callsOf(server)).toBe(1);
  });

  test('nobody waits for another’s call where calls end with the request that began them', async () => {
    const options = { concurrency: 1, worksInBackground: false };
    const { server, verify } = await setup(() => {}, options, { timeoutMs: 2_000 });
    const abandoned = verify(API_KEY);
    await expect.poll(() => callsOf(server)).toBe(1);
    server.answer(good);
    expect(await verify(API_KEY)).toMatchObject({ subject: 'user_1' });
    expect(codeOf(await abandoned)).toBe('unexpected-error');
  });

  test('without a cache the next request asks again', async () => {
    const { server, verify } = await setup(good);
    await verify(API_KEY);
    server.answer(goodWith({ revoked: true }));
    expect(codeOf(await verify(API_KEY))).toBe('token-invalid');
    expect(callsOf(server)).toBe(2);
  });

  test('a failure is told to those who waited and forgotten then', async () => {
    const { server, verify } = await setup(failed(500));
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => verify(API_KEY)));
    expect(verdicts.every((verdict) => codeOf(verdict) === 'unexpected-error')).toBe(true);
    server.answer(good);
    expect(codeOf(await verify(API_KEY))).toBeUndefined();
    expect(callsOf(server)).toBe(2);
  });

  test('different tokens do not wait for each other', async () => {
    const { server, verify } = await setup(
      (request, response, call) => {
        if (call === 1) return;
        good(request, response, call);
      },
      {},
      { timeoutMs: 2_000 },
    );
    void verify('ak_first_hangs');
    await expect.poll(() => callsOf(server)).toBe(1);
    expect(codeOf(await verify(API_KEY))).toBeUndefined();
  });
});

describe('§17 T1 SC-048 with a cache', () => {
  const CACHED = { opaqueTokenTtlMs: 60_000, opaqueTokenNegativeTtlMs: 5_000 };

  test('a good verdict is believed for the TTL and not an instant longer', async () => {
    const { server, verify } = await setup(good, CACHED);
    await verify(API_KEY);
    clock.advance(59_999);
    await verify(API_KEY);
    expect(callsOf(server)).toBe(1);
    clock.advance(1);
    await verify(API_KEY);
    expect(callsOf(server)).toBe(2);
  });

  test.each([
    ['milliseconds', (ms: number) => ms],
    ['O7 seconds', (ms: number) => ms / 1000],
  ])('never longer than the token itself, whose end is in %s', async (_unit, toWire) => {
    const { server, verify } = await setup(goodWith({ expiration: toWire(clock.time + 10_000) }), CACHED);
    await verify(ACCESS);
    clock.advance(9_999);
    await verify(ACCESS);
    expect(callsOf(server)).toBe(1);
    clock.advance(1);
    await verify(ACCESS);
    expect(callsOf(server)).toBe(2);
  });

  test('a token that has ended by our clock is not kept at all', async () => {
    const { server, verify } = await setup(goodWith({ expiration: clock.time - 1 }), CACHED);
    await verify(ACCESS);
    await verify(ACCESS);
    expect(callsOf(server)).toBe(2);
  });

  test('an invalid one is remembered shortly', async () => {
    const { server, verify } = await setup(failed(404), CACHED);
    await verify(API_KEY);
    clock.advance(4_999);
    expect(codeOf(await verify(API_KEY))).toBe('token-invalid');
    expect(callsOf(server)).toBe(1);
    server.answer(good);
    clock.advance(1);
    expect(codeOf(await verify(API_KEY))).toBeUndefined();
  });

  test('SC-031 a revoked one that came as 200 is not remembered as valid', async () => {
    const { verify } = await setup(goodWith({ revoked: true }), CACHED);
    expect(codeOf(await verify(API_KEY))).toBe('token-invalid');
    expect(codeOf(await verify(API_KEY))).toBe('token-invalid');
  });

  test.each<[what: string, fault: Handler]>([
    ['500', failed(500)],
    ['429', failed(429)],
    ['401', failed(401)],
    [
      'a broken connection',
      (request) => {
        request.socket.destroy();
      },
    ],
    ['an answer that is none', json({})],
  ])('%s is not remembered', async (_what, fault) => {
    const { server, verify } = await setup(fault, CACHED);
    expect(codeOf(await verify(API_KEY))).toBeDefined();
    server.answer(good);
    expect(codeOf(await verify(API_KEY))).toBeUndefined();
  });

  test('SC-019 a clock that is set back makes nothing immortal', async () => {
    const { server, verify } = await setup(good, CACHED);
    await verify(API_KEY);
    clock.advance(-3_600_000);
    await verify(API_KEY);
    expect(callsOf(server)).toBe(2);
  });

  test('two kinds of token do not share a verdict, nor two texts', async () => {
    const { server, verify } = await setup(good, CACHED);
    expect(await verify('ak_same0123')).toMatchObject({ tokenType: 'api_key' });
    expect(await verify('mt_same0123')).toMatchObject({ tokenType: 'm2m_token' });
    expect(await verify('ak_same01234')).toMatchObject({ tokenType: 'api_key' });
    expect(callsOf(server)).toBe(3);
  });

  test('two verifiers share nothing', async () => {
    const first = await setup(good, CACHED);
    const second = await setup(failed(404), CACHED);
    expect(codeOf(await first.verify(API_KEY))).toBeUndefined();
    expect(codeOf(await second.verify(API_KEY))).toBe('token-invalid');
    expect(codeOf(await first.verify(API_KEY))).toBeUndefined();
  });

  test('no more verdicts are kept than asked for', async () => {
    const { server, verify } = await setup(good, { ...CACHED, opaqueTokens: 2 });
    for (const token of ['ak_aaaa', 'ak_bbbb', 'ak_cccc']) await verify(token);
    await verify('ak_cccc');
    expect(callsOf(server)).toBe(3);
    await verify('ak_aaaa');
    expect(callsOf(server)).toBe(4);
  });

  test('says of a remembered verdict that it is one', async () => {
    const { verifier } = await setup(good, CACHED);
    const [first, second] = [readPresentedToken(API_KEY), readPresentedToken(API_KEY)];
    await verifier.verify(first, clock.now());
    await verifier.verify(second, clock.now());
    expect([first.remembered, second.remembered]).toEqual([false, true]);
  });

  test('forget() forgets', async () => {
    const { server, verifier, verify } = await setup(good, CACHED);
    await verify(API_KEY);
    verifier.forget();
    await verify(API_KEY);
    expect(callsOf(server)).toBe(2);
  });

  test('SC-046 forget() holds for a verdict that is under way', async () => {
    let answer = (): void => {};
    const { server, verifier, verify } = await setup(
      (request, response, call) => {
        answer = () => good(request, response, call);
      },
      { opaqueTokenTtlMs: 60_000 },
    );
    const before = verify(API_KEY);
    await vi.waitFor(() => expect(callsOf(server)).toBe(1));
    verifier.forget();
    answer();
    expect(await before).toMatchObject({ subject: 'user_1' });
    server.answer(goodWith({ revoked: true }));
    expect(codeOf(await verify(API_KEY))).toBe('token-invalid');
  });

  test('SC-050 what a caller does to a verdict does not reach the next one', async () => {
    const { verify } = await setup(good, CACHED);
    const verdict = await verify(API_KEY);
    expect(() => (verdict as unknown as { scopes: string[] }).scopes.push('admin')).toThrow(TypeError);
    expect(() => Object.assign(verdict, { subject: 'user_2' })).toThrow(TypeError);
    expect(() => Object.assign((verdict as unknown as { claims: object }).claims, { tier: 2 })).toThrow(TypeError);
  });
});

test('SC-025 who acts in the place of the user is told', async () => {
  const act = { iss: 'https://i.test', sub: 'user_2', act: { sub: 'user_3' } };
  const { verify } = await setup(goodWith({ act }));
  expect(await verify(ACCESS)).toMatchObject({ subject: 'user_1', actor: act });
});

describe('SC-020 the audience of an opaque access token', () => {
  test.each<[what: string, aud: unknown, code: string | undefined]>([
    ['ours', ['api'], undefined],
    ['ours as a text', 'api', undefined],
    ['another', ['other'], 'token-verification-failed'],
    ['absent', undefined, 'token-verification-failed'],
    ['null', null, 'token-verification-failed'],
    ['empty', [], 'token-verification-failed'],
    ['mixed', ['api', 7], 'token-verification-failed'],
  ])('%s', async (_what, aud, code) => {
    const { verifier } = await setup(goodWith({ aud }), { opaqueTokenTtlMs: 60_000 });
    const policy = toClaimsPolicy({ audience: 'api' });
    const strict = new MachineTokenVerifier(undefined, verifier, new VerifiedTokenCache(0), policy);
    const lenient = new MachineTokenVerifier(undefined, verifier, new VerifiedTokenCache(0), toClaimsPolicy({}));
    for (let i = 0; i < 2; i++) {
      expect(codeOf(await strict.verify(readPresentedToken(ACCESS), clock.now()))).toBe(code);
      expect(codeOf(await lenient.verify(readPresentedToken(ACCESS), clock.now()))).toBeUndefined();
      expect(codeOf(await strict.verify(readPresentedToken(API_KEY), clock.now()))).toBeUndefined();
    }
  });
});
