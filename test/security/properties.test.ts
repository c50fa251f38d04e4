import { createPublicKey, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { type Authenticator, type AuthenticatorOptions, createAuthenticator, type RequestState } from '@keystile/core';
import { type AdapterAuthenticator, type GuardOptions, guard, viewIncomingMessage } from '@keystile/core/adapter';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Clock } from '../support/clock.ts';
import { compact, createSigningKey, type SigningKey } from '../support/signing-key.ts';
import {
  type Ask,
  answers,
  CANARY,
  createRequests,
  fakeBackend,
  publishableKeyOf,
  RUNS,
  TIMEOUT,
  tokensOf,
} from './generators.ts';

vi.setConfig({ testTimeout: TIMEOUT });

/** The properties that hold over all inputs, whatever the cases say. How long each is tried: see RUNS. */

const clock = new Clock();
const ours = createSigningKey('ins_ours');
const theirs = createSigningKey('ins_ours');
const TOKENS = tokensOf(ours, clock);
const STRANGE = tokensOf(theirs, clock);
const requests = createRequests({ good: TOKENS, forged: STRANGE });

function create(options: AuthenticatorOptions = {}, signer: SigningKey = ours): Authenticator {
  return createAuthenticator(
    {
      publishableKey: publishableKeyOf('production'),
      secretKey: `sk_live_${CANARY}`,
      fetch: fakeBackend(signer),
      now: clock.now,
      logger: { warn: () => {} },
      ...options,
    },
    {},
  );
}

const CONFIGURATIONS: readonly AuthenticatorOptions[] = [
  {},
  { cache: false },
  { jwtKey: ours.publicPem },
  { cache: { opaqueTokenTtlMs: 60_000, opaqueTokenNegativeTtlMs: 60_000 } },
  { audience: 'api', authorizedParties: ['https://app.example.com'], issuer: 'https://clerk.example.com' },
  { machineTokens: 'lazy' },
  { machineTokens: 'off' },
  { publishableKey: publishableKeyOf('development'), secretKey: undefined, jwtKey: ours.publicPem },
  { trustForwarded: true, proxyUrl: '/__clerk' },
  { unresolved: 'interstitial', headerType: ['JWT', 'at+jwt'] },
];

const configuration = fc.nat(CONFIGURATIONS.length - 1);

async function ask(
  authenticator: Authenticator,
  { request, accepts }: Pick<Ask, 'request' | 'accepts'>,
): Promise<RequestState> {
  const state = await authenticator.authenticateRequest(
    viewIncomingMessage(request),
    accepts === undefined ? {} : { acceptsToken: accepts },
  );
  return state.status === 'signed-out' && state.verify !== undefined ? state.verify() : state;
}

/** What an answer comes down to. */
function gist(state: RequestState) {
  const { status, tokenType, reason } = state;
  return { status, tokenType, reason, identity: identityOf(state) };
}

function identityOf(state: RequestState): string | null {
  const auth = state.toAuth({ acceptsToken: 'any', treatPendingAsSignedOut: false });
  if (auth?.isAuthenticated !== true) return null;
  return auth.tokenType === 'session_token' ? auth.userId : auth.subject;
}

/** Property 2 by other means: OpenSSL over these very bytes, under the one key that the configuration names. */
function isSignedByUs(token: string): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const alg = JSON.parse(Buffer.from(header, 'base64url').toString()).alg as string;
  const hash = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' }[alg];
  if (hash === undefined) return false;
  const key = createPublicKey(ours.publicPem);
  return verify(hash, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
}

test('property 1: nothing that a client sends makes anything throw', async () => {
  const authenticators = CONFIGURATIONS.map((options) => create(options));
  await fc.assert(
    fc.asyncProperty(requests, configuration, async (asked, chosen) => {
      const authenticator = authenticators[chosen] as Authenticator;
      const state = await ask(authenticator, asked).catch((error: { code?: string }) => {
        // Section 8.4: a development instance says loudly that its keys were exchanged. Nothing else.
        if (error.code !== 'handshake-refused' || authenticator.config.publishableKey?.instanceType === 'production')
          throw error;
        return undefined;
      });
      if (state === undefined) return;
      for (const selection of [
        undefined,
        {},
        { acceptsToken: 'any' },
        { acceptsToken: [] },
        asked.selection,
      ] as const) {
        const auth = selection === undefined ? state.toAuth() : state.toAuth(selection);
        auth?.has({ role: 'org:admin' });
        auth?.has(asked.requirement as object);
        expect(auth?.debug()).toBeTypeOf(auth === null ? 'undefined' : 'object');
      }
      new Headers([...state.patch.set, ...state.patch.append].map(([name, value]) => [name, value]));
      expect([...state.headers].every(([, value]) => !/[\r\n\0]/.test(value))).toBe(true);
      JSON.stringify(state);
    }),
    { numRuns: RUNS },
  );
});

const guardOptions = fc.record(
  {
    acceptsToken: fc.constantFrom('any' as const, 'session_token' as const, 'api_key' as const),
    scopes: fc.array(fc.string(), { maxLength: 2 }),
    role: fc.string(),
    mode: fc.constantFrom('auto' as const, 'api' as const, 'redirect' as const),
    resourceMetadata: fc.constantFrom('/.well-known/x', 'https://a.test/x', '//b.test', 'x'),
    unavailable: fc.constantFrom('unauthorized' as const, 'service-unavailable' as const),
    allowImpersonation: fc.boolean(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<GuardOptions>;

test('property 1: nor a guard, which lets nobody pass who is not signed in', async () => {
  const authenticators = CONFIGURATIONS.filter(({ machineTokens }) => machineTokens !== 'lazy').map((options) =>
    create({ signInUrl: 'https://app.example.com/in', ...options }),
  );
  const anyOf = fc.nat(authenticators.length - 1);
  await fc.assert(
    fc.asyncProperty(requests, guardOptions, anyOf, async (asked, options, chosen) => {
      const authenticator = authenticators[chosen] as AdapterAuthenticator;
      const state = await ask(authenticator, { ...asked, accepts: 'any' }).catch(() => undefined);
      if (state === undefined || state.status === 'handshake') return;
      const { allowed, patch } = guard(state, viewIncomingMessage(asked.request), options, authenticator.instance);
      if (allowed) expect(state.status).toBe('signed-in');
      else expect([307, 401, 403, 503]).toContain(patch.answer?.status);
      for (const [name, value] of patch.set) new Headers([[name, value]]);
    }),
    { numRuns: RUNS },
  );
});

test('property 2: who is signed in presented bytes that verify under our key, or a token that the backend vouched for', async () => {
  let signedIn = 0;
  const authenticators = CONFIGURATIONS.map((options) => create(options));
  await fc.assert(
    fc.asyncProperty(requests, configuration, async (asked, chosen) => {
      const authenticator = authenticators[chosen] as Authenticator;
      const state = await ask(authenticator, asked).catch(() => undefined);
      if (state?.status !== 'signed-in') return;
      signedIn++;
      const { token } = state;
      expect(JSON.stringify(asked.request.headers)).toContain(token.slice(0, 60));
      if (Object.hasOwn(answers, token)) {
        expect(identityOf(state)).toBe(answers[token]?.subject);
        return;
      }
      expect(isSignedByUs(token)).toBe(true);
      expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub).toBe(identityOf(state));
    }),
    { numRuns: RUNS },
  );
  expect(signedIn).toBeGreaterThan(RUNS / 20);
});

test('property 3: asked twice, cold or warm, with any cache, the answer is the same', async () => {
  const caching: readonly AuthenticatorOptions[] = [
    { cache: false },
    {},
    { cache: { verifiedTokens: 1 } },
    { cache: { opaqueTokenTtlMs: 60_000, opaqueTokenNegativeTtlMs: 60_000 } },
  ];
  const warm = caching.map((cache) => create(cache));
  await fc.assert(
    fc.asyncProperty(requests, async (asked) => {
      const expected = gist(await ask(create({ cache: false }), asked));
      for (const authenticator of warm) {
        expect(gist(await ask(authenticator, asked))).toEqual(expected);
        expect(gist(await ask(authenticator, asked))).toEqual(expected);
      }
    }),
    { numRuns: Math.ceil(RUNS / 4) },
  );
});

describe('property 4: a byte changed is the same identity or none', () => {
  const good = TOKENS.filter(({ identity }) => identity !== null);

  test.each(good.map((token) => [token.name, token] as const))('%s', async (_name, { token, identity }) => {
    const authenticator = create({ jwtKey: ours.publicPem });
    const change = fc.record({
      at: fc.nat(token.length - 1),
      text: fc.oneof(
        fc.string({
          unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
          minLength: 0,
          maxLength: 2,
        }),
      ),
      removed: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(change, fc.constantFrom('header', 'cookie'), async ({ at, text, removed }, carrier) => {
        const changed = token.slice(0, at) + text + token.slice(at + removed);
        const headers: Record<string, string> =
          carrier === 'header'
            ? { authorization: `Bearer ${changed}` }
            : { cookie: `__session=${changed}; __client_uat=1` };
        const request = { method: 'GET', url: '/', headers: { host: 'app.example.com', ...headers } };
        const state = await ask(authenticator, { request, accepts: 'any' });
        expect([identity, null]).toContain(identityOf(state));
        // In a JWT at most the spelling of the signature can differ.
        if (identityOf(state) !== null && token.includes('.')) {
          expect(changed.slice(0, token.lastIndexOf('.'))).toBe(token.slice(0, token.lastIndexOf('.')));
        }
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });
});

test('property 5: nothing that comes out holds a token, a key or a cookie value', async () => {
  const output: string[] = [];
  const record = (value: unknown): void => {
    output.push(inspect(value, { depth: 8, showHidden: false }), JSON.stringify(value) ?? '');
  };
  const spying = CONFIGURATIONS.map((options) =>
    create({
      ...options,
      logger: { warn: (message) => output.push(message), debug: (message, data) => record([message, data]) },
      onAuthenticate: record,
    }),
  );
  await fc.assert(
    fc.asyncProperty(requests, configuration, async (asked, chosen) => {
      const authenticator = spying[chosen] as Authenticator;
      output.length = 0;
      let location = '';
      try {
        const state = await ask(authenticator, asked);
        record(state);
        record(state.debug());
        record(state.toAuth({ acceptsToken: 'any' })?.debug());
        const lines = [...state.patch.set, ...state.patch.append];
        // The redirect to the frontend API carries the session token and the development browser: the wire asks for it.
        location = lines.find(([name]) => name === 'location')?.[1] ?? '';
        record(lines.filter(([name, value]) => value !== location && name !== 'set-cookie'));
      } catch (error) {
        record(error);
      }
      record(authenticator);
      const text = output.join('\n');
      expect(text).not.toContain(CANARY);
      for (const secret of asked.secrets) {
        if (secret.length >= 12) expect(text).not.toContain(secret);
      }
      expect(location).not.toContain(`sk_live_${CANARY}`);
    }),
    { numRuns: RUNS },
  );
});

test('property 6: two authenticators in one process never influence each other', async () => {
  const both = createRequests({ good: [...TOKENS, ...STRANGE], forged: [] });
  const steps = fc.array(fc.tuple(both, fc.boolean()), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(steps, async (asked) => {
      const [a, b] = [create({}, ours), create({}, theirs)];
      const [aAlone, bAlone] = [create({}, ours), create({}, theirs)];
      for (const [one, isA] of asked) {
        expect(gist(await ask(isA ? a : b, one))).toEqual(gist(await ask(isA ? aAlone : bAlone, one)));
      }
      // Asked at the same time, too.
      const together = await Promise.all(asked.flatMap(([one]) => [ask(a, one), ask(b, one)]));
      const apart = await Promise.all(asked.flatMap(([one]) => [ask(aAlone, one), ask(bAlone, one)]));
      expect(together.map(gist)).toEqual(apart.map(gist));
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});

describe('property 7: every wait on the network is bounded', () => {
  const hanging = (_input: unknown, init?: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });

  test.each([
    ['a session', TOKENS.find(({ name }) => name === 'session')?.token ?? ''],
    ['an API key', 'ak_0123456789abcdef'],
    ['an M2M token', 'mt_0123456789abcdef'],
    ['an access token', 'oat_0123456789abcdef'],
  ])('%s against a backend that never answers', async (_what, token) => {
    const authenticator = create({ fetch: hanging as typeof fetch, timeoutMs: 300 });
    const start = performance.now();
    const request = { method: 'GET', url: '/', headers: { host: 'a.test', authorization: `Bearer ${token}` } };
    const state = await ask(authenticator, { request, accepts: 'any' });
    expect(state.status).toBe('signed-out');
    expect(performance.now() - start).toBeLessThan(6_000);
  });
});

test('SC-013 the work that a hostile header makes grows at most linearly', async () => {
  const authenticator = create({ jwtKey: ours.publicPem });
  const time = async (token: string) => {
    const request = {
      method: 'GET',
      url: '/',
      headers: { host: 'a.test', authorization: `Bearer ${token}`, cookie: `__session=${token}` },
    };
    const start = performance.now();
    for (let i = 0; i < 20; i++) await ask(authenticator, { request, accepts: 'any' });
    return performance.now() - start;
  };
  for (const shape of [
    (n: number) => 'a'.repeat(n),
    (n: number) => '.'.repeat(n),
    (n: number) => `mt_${'a'.repeat(n)}`,
    (n: number) => `${'a-'.repeat(n / 4)}.${'_='.repeat(n / 4)}`,
    (n: number) => compact({ alg: 'RS256' }, `{"a":${'['.repeat(n / 2)}`),
    (n: number) => ' '.repeat(n),
    (n: number) => `a ${'=;'.repeat(n / 2)}`,
  ]) {
    await time(shape(1_000_000));
    const [small, large] = [await time(shape(1_000_000)), await time(shape(8_000_000))];
    // Eight times the input: quadratic work would be 64 times, and hours. What takes no time at all is not compared.
    expect(large).toBeLessThan(Math.max(small * 32, 4_000));
  }
});
