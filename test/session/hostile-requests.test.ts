import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRequestState } from '../../packages/core/src/create-request-state.ts';
import { nameCookies } from '../../packages/core/src/keys/cookie-names.ts';
import { viewIncomingMessage } from '../../packages/core/src/request/request-view.ts';
import { createSessionKit, START } from './support/session-kit.ts';

const kits = [
  createSessionKit({ type: 'production' }),
  createSessionKit({ type: 'development' }),
  createSessionKit({ type: 'production', options: { proxyUrl: '/__clerk', trustForwarded: true } }),
  createSessionKit({
    type: 'development',
    options: { unresolved: 'interstitial', organizationSyncOptions: { organizationPatterns: ['/:slug/(.*)'] } },
  }),
  createSessionKit({
    type: 'development',
    options: { isSatellite: true, domain: 's.example', signInUrl: 'https://p.example/in', satelliteAutoSync: true },
  }),
];
const [{ keys, names }] = kits as [(typeof kits)[number]];
const foreign = createSessionKit({ ownKey: true }).keys;

const tokens = [
  keys.session(),
  keys.session({ exp: START - 50 }),
  keys.session({ nbf: START + 500 }),
  keys.session({ iat: 'x', sub: null }),
  keys.session({ v: 2, fea: 'x', o: { id: 1 } }),
  keys.session({}, { cat: 'cl_B7d4PD222AAA' }),
  keys.session({ sub: 'mch_1' }),
  keys.session({}, { kid: '__proto__', crit: [] }),
  keys.jwt({ handshake: [null] }),
  keys.jwt({ handshake: ['__session=x', 'a=b'] }),
  foreign.session(),
  `${btoa('null')}.${btoa('[]')}.`,
  'ak_x',
  '..',
];

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '%', '//evil.test', 'https://x:y@z', '\\', 'null', '__proto__', '0', '-1'),
);
const value = fc.oneof(text, fc.constantFrom(...tokens));
const cookie = fc
  .tuple(fc.oneof(fc.constantFrom(...nameCookiesOf(keys.publishableKey)), text), value)
  .map(([name, content]) => `${name}=${content}`);
const parameter = fc
  .tuple(
    fc.constantFrom(
      '__clerk_handshake',
      '__clerk_handshake_nonce',
      '__clerk_db_jwt',
      '__dev_session',
      '__clerk_synced',
      '__clerk_redirect_url',
      'x',
    ),
    value,
    fc.boolean(),
  )
  .map(
    ([name, content, encoded]) =>
      `${name}=${encoded ? encodeURIComponent(content.replace(/\p{Surrogate}/gu, '')) : content}`,
  );

const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'HEAD', 'TRACE', 'get', ''),
  url: fc
    .tuple(
      fc.oneof(fc.constantFrom('/', '//evil.test/x', '*', 'http://evil.test/', '/acme/x'), text),
      fc.array(parameter, { maxLength: 4 }),
    )
    .map(([path, parameters]) => (parameters.length === 0 ? path : `${path}?${parameters.join('&')}`)),
  headers: fc.record(
    {
      host: fc.oneof(fc.constant('app.example.com'), text),
      cookie: fc.array(cookie, { maxLength: 8 }).map((pairs) => pairs.join('; ')),
      authorization: fc.oneof(
        value,
        value.map((token) => `Bearer ${token}`),
      ),
      origin: text,
      referer: fc.oneof(fc.constant('https://search.example/'), text),
      accept: fc.constantFrom('text/html', '*/*'),
      'sec-fetch-dest': fc.constantFrom('document', 'iframe', 'empty'),
      'x-forwarded-host': text,
      'x-forwarded-proto': text,
      'user-agent': text,
    },
    { requiredKeys: [] },
  ),
});

describe('any request', () => {
  it('makes nothing throw but the typed error of development, and gets one outcome (property 1)', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.constantFrom(...kits), async (request, kit) => {
        try {
          const outcome = await kit.authenticate(viewIncomingMessage(request));
          const state = createRequestState(outcome, kit.instance);
          expect(['signed-in', 'signed-out', 'handshake']).toContain(state.status);
          expect(() => state.headers).not.toThrow();
          if (outcome.status === 'handshake')
            expect(outcome.page ?? new URL(outcome.location ?? '').protocol).toBeTruthy();
          if (state.status === 'signed-in') expect(tokens.slice(0, 1)).toContain(state.token);
        } catch (error) {
          if ((error as { code?: string }).code !== 'handshake-refused') throw error;
          expect(kit.keys.publishableKey).toMatch(/^pk_test_/);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('gets the same answer twice, with a warm cache and without (property 3)', async () => {
    const cold = createSessionKit({ type: 'production', options: { cache: false } });
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const [kit] = kits as [(typeof kits)[number]];
        const view = viewIncomingMessage(request);
        const gists = [];
        for (const each of [kit, kit, cold]) {
          const { status, ...rest } = await each.authenticate(view);
          gists.push([status, 'reason' in rest ? rest.reason : rest.token]);
        }
        expect(gists[1]).toEqual(gists[0]);
        expect(gists[2]).toEqual(gists[0]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('puts no cookie, token or key into a message or a warning (SC-119, property 5)', async () => {
    const canary = 'CANARY0123456789';
    await fc.assert(
      fc.asyncProperty(requests, fc.constantFrom(...kits), async (request, kit) => {
        const cookies = `${request.headers.cookie ?? ''}; __session=${canary}; ${names.refresh}=${canary}; __clerk_handshake_nonce=${canary}`;
        const view = viewIncomingMessage({ ...request, headers: { ...request.headers, cookie: cookies } });
        const message = await kit.authenticate(view).then(
          (outcome) => ('message' in outcome ? outcome.message : ''),
          (error: Error) => error.message,
        );
        expect(message).not.toContain(canary);
        for (const token of tokens) if (token.length > 100) expect(message).not.toContain(token.slice(0, 60));
        expect(kit.warnings.join()).not.toContain(canary);
      }),
      { numRuns: 500 },
    );
  });
});

function nameCookiesOf(publishableKey: string): string[] {
  const named = nameCookies(publishableKey);
  return named instanceof Promise ? [] : [...named.wanted];
}
