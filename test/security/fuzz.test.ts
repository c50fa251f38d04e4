import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { meetsRequirement } from '../../packages/core/src/auth/has.ts';
import { readSessionIdentity } from '../../packages/core/src/auth/session-identity.ts';
import { createBackendClient } from '../../packages/core/src/backend/index.ts';
import { ImportedKeys, parseJwks } from '../../packages/core/src/jwks/parse-jwks.ts';
import { createPemKeySource } from '../../packages/core/src/jwks/pem-key.ts';
import { toClaimsPolicy } from '../../packages/core/src/jwt/claims-policy.ts';
import { decodeJwt } from '../../packages/core/src/jwt/decode-jwt.ts';
import { Refusal } from '../../packages/core/src/jwt/refusal.ts';
import { verifyClaims } from '../../packages/core/src/jwt/verify-claims.ts';
import { JWT_TYPE } from '../../packages/core/src/jwt/verify-signature.ts';
import { readBearerToken } from '../../packages/core/src/request/bearer-token.ts';
import { readCookies } from '../../packages/core/src/request/cookies.ts';
import { readPublicOrigin, toPublicUrl } from '../../packages/core/src/request/public-url.ts';
import { viewIncomingMessage } from '../../packages/core/src/request/request-view.ts';
import { OpaqueTokenVerifier } from '../../packages/core/src/tokens/opaque-token-verifier.ts';
import { readPresentedToken } from '../../packages/core/src/tokens/presented-token.ts';
import { proveSignature } from '../../packages/core/src/tokens/prove-signature.ts';
import { readAccessTokenClaims, readM2MClaims } from '../../packages/core/src/tokens/read-machine-claims.ts';
import { MachineRefusal } from '../../packages/core/src/tokens/verify-machine-token.ts';
import { Clock } from '../support/clock.ts';
import { createSigningKey } from '../support/signing-key.ts';
import { RUNS, TIMEOUT, tokensOf } from './generators.ts';

/**
 * SC-138: valid inputs, damaged in every way that the generators think of. No throw, no false acceptance. Whatever is found
 * becomes a row in the table of the code at fault.
 */

vi.setConfig({ testTimeout: TIMEOUT });

const clock = new Clock();
const key = createSigningKey('ins_1');
const tokens = tokensOf(key, clock).map(({ token }) => token);
const genuine = new Set(tokens);
const keys = createPemKeySource(key.publicPem);

const noise = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('.', '..', '=', '-', '_', '\0', ' '),
);

/** A text of the list with up to three damages: something cut out, put in, doubled, or exchanged with another. */
function damaged(texts: readonly string[]): fc.Arbitrary<string> {
  const damage = fc.record({
    at: fc.nat(4_000),
    length: fc.nat(12),
    noise,
    kind: fc.nat(3),
    other: fc.constantFrom(...texts),
  });
  return fc.tuple(fc.constantFrom(...texts), fc.array(damage, { maxLength: 3 })).map(([text, damages]) =>
    damages.reduce((result, { at, length, noise, kind, other }) => {
      const start = at % (result.length + 1);
      const rest = result.slice(start + length);
      if (kind === 0) return result.slice(0, start) + rest;
      if (kind === 1) return result.slice(0, start) + noise + rest;
      if (kind === 2) return result.slice(0, start) + other.slice(start, start + length) + rest;
      return result.slice(0, start) + result.slice(start, start + length) + result.slice(start);
    }, text),
  );
}

test('SC-138 tokens', async () => {
  let verified = 0;
  await fc.assert(
    fc.asyncProperty(damaged(tokens), async (text) => {
      const token = readPresentedToken(text);
      if (token.jwt instanceof Refusal) return;
      const refusal = await proveSignature(token, token.jwt, keys, { ...JWT_TYPE, accepted: ['JWT', 'at+jwt'] });
      if (refusal !== undefined) return;
      verified++;
      // The signed text is that of a genuine token; at most the spelling of the signature differs.
      const { signedText } = token.jwt;
      expect([...genuine].some((one) => one.startsWith(`${signedText}.`))).toBe(true);
    }),
    { numRuns: RUNS },
  );
  expect(verified).toBeGreaterThan(0);
});

test('SC-138 compact serializations of any JSON', () => {
  const part = fc.oneof(fc.json(), noise).map((text) => Buffer.from(text).toString('base64url'));
  fc.assert(
    fc.property(part, part, part, (header, payload, signature) => {
      const jwt = decodeJwt(`${header}.${payload}.${signature}`);
      if (jwt instanceof Refusal) {
        expect(jwt.reason).toBe('token-invalid');
        return;
      }
      expect(Object.getPrototypeOf(jwt.header)).toBe(Object.prototype);
      verifyClaims(jwt.payload, toClaimsPolicy({ audience: 'a', issuer: 'b', authorizedParties: ['c'] }), clock.now());
    }),
    { numRuns: RUNS },
  );
});

const claim = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('o:a,u:b', 'a:', '1,2', 2, [1, 2], 'user_1', 'mch_1', 'read,write', '3'),
);
const claims = fc.record(
  {
    sub: fc.string(),
    sid: claim,
    v: claim,
    o: fc.oneof(claim, fc.record({ id: claim, rol: claim, slg: claim, per: claim, fpm: claim })),
    fea: claim,
    pla: claim,
    fva: claim,
    sts: claim,
    act: claim,
    org_id: claim,
    org_role: claim,
    org_permissions: claim,
    scopes: claim,
    scp: claim,
    scope: claim,
    aud: claim,
    jti: claim,
    client_id: claim,
    exp: claim,
  },
  { requiredKeys: ['sub'] },
);

test('SC-138 claims of signed tokens', () => {
  fc.assert(
    fc.property(claims, fc.jsonValue({ maxDepth: 2 }), (payload, asked) => {
      for (const machine of [readM2MClaims(payload), readAccessTokenClaims(payload)]) {
        expect([machine.id, machine.subject, ...machine.scopes].every((text) => typeof text === 'string')).toBe(true);
      }
      const identity = readSessionIdentity(payload);
      if (identity === undefined) return;
      for (const id of [identity.userId, identity.sessionId, identity.orgId, identity.orgRole, identity.orgSlug]) {
        expect(id ?? '').toBeTypeOf('string');
      }
      expect(meetsRequirement(identity, asked as object)).toBeTypeOf('boolean');
    }),
    { numRuns: RUNS },
  );
});

test('SC-138 Authorization headers', () => {
  fc.assert(
    fc.property(damaged(tokens.flatMap((token) => [`Bearer ${token}`, `Basic ${token}`, token])), (header) => {
      const token = readBearerToken(header);
      if (token !== undefined) expect(header).toContain(token);
    }),
    { numRuns: RUNS },
  );
});

test('SC-138 cookies', () => {
  const wanted = new Set(['__session', '__client_uat', '__session_naoXFJnI', '__proto__']);
  const jars = tokens.map(
    (token) => `a=b; __session=${token}; __client_uat=1; __session_naoXFJnI="${token}"; =x; __proto__=y`,
  );
  fc.assert(
    fc.property(damaged(jars), (header) => {
      for (const [name, value] of readCookies(header, wanted)) {
        expect(wanted.has(name)).toBe(true);
        expect(header.includes(value) || header.includes('%')).toBe(true);
        expect(value.includes(';') && !header.includes('%3')).toBe(false);
      }
    }),
    { numRuns: RUNS },
  );
});

test('SC-138 request targets and hosts', () => {
  const targets = [
    '/',
    '//evil.test/x',
    '/a?b=c#d',
    '*',
    'http://evil.test/',
    '/%00',
    '/..;/',
    '\\\\evil',
    'http://u:p@h/',
    ':99999',
  ];
  const hosts = [
    'app.example.com',
    'app.example.com:3000',
    '[::1]:80',
    'a b',
    'evil.test#',
    'xn--a',
    '1.2.3',
    'a,b',
    '',
  ];
  const header = fc.oneof(damaged(hosts), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(
      damaged(targets),
      header,
      fc.option(header, { nil: undefined }),
      fc.boolean(),
      (url, host, forwarded, trusted) => {
        const headers = {
          host,
          ...(forwarded !== undefined && { 'x-forwarded-host': forwarded, 'x-forwarded-proto': host }),
        };
        const view = viewIncomingMessage({ method: 'GET', url, headers });
        const origin = readPublicOrigin(view, { publicOrigin: undefined, trustForwarded: trusted });
        const publicUrl = toPublicUrl(origin, view);
        expect(['http:', 'https:']).toContain(publicUrl.protocol);
        expect(publicUrl.username + publicUrl.password).toBe('');
      },
    ),
    { numRuns: RUNS },
  );
});

test('SC-138 key sets', async () => {
  const { jwk } = key;
  const member = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('sig', 'enc', 'RSA', 'RS256', 'AQAB', 'AQ', ['verify'], String(jwk.n)),
  );
  const entry = fc
    .dictionary(fc.constantFrom('kid', 'kty', 'n', 'e', 'alg', 'use', 'key_ops', 'd', '__proto__'), member, {
      maxKeys: 3,
    })
    .map((changes) => ({ ...jwk, ...changes }));
  const set = fc.oneof(
    fc.jsonValue(),
    fc.record({ keys: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(entry, fc.jsonValue()), { maxLength: 3 })) }),
  );
  await fc.assert(
    fc.asyncProperty(set, async (value) => {
      const parsed = await parseJwks(value, new ImportedKeys());
      if (parsed === undefined) return;
      const listed = (value as { keys: { kid?: unknown; d?: unknown; kty?: unknown }[] }).keys;
      for (const kid of parsed.keys()) {
        expect(listed.some((one) => one?.kid === kid && one.d === undefined && one.kty === 'RSA')).toBe(true);
      }
    }),
    { numRuns: Math.ceil(RUNS / 4) },
  );
});

test('SC-138 answers of the backend about a token', async () => {
  const mostly = (good: unknown) =>
    fc.oneof({ weight: 6, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: claim });
  const token = fc.record(
    {
      id: mostly('id_1'),
      subject: mostly('user_1'),
      scopes: mostly(['a']),
      claims: mostly(null),
      name: mostly('n'),
      aud: claim,
      client_id: mostly('c'),
      expiration: mostly(null),
      revoked: mostly(false),
      expired: mostly(false),
    },
    { requiredKeys: ['id', 'subject'] },
  );
  const body = fc.oneof(
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string() },
    { weight: 4, arbitrary: token.map((said) => JSON.stringify(said)) },
  );
  const answer = fc.record({
    body,
    status: fc.constantFrom(200, 200, 200, 201, 302, 400, 401, 404, 500),
    type: fc.constantFrom('application/json', 'text/html', 'application/json; charset=utf-8'),
  });
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(
      answer,
      fc.constantFrom('ak_0123456', 'mt_0123456', 'oat_0123456'),
      async ({ body, status, type }, text) => {
        const backend = createBackendClient({
          secretKey: 'sk_test_x',
          fetch: async () => new Response(body, { status, headers: { 'content-type': type } }),
        });
        const options = { opaqueTokenTtlMs: 0, opaqueTokenNegativeTtlMs: 0, opaqueTokens: 0, concurrency: 9 };
        const verdict = await new OpaqueTokenVerifier(() => backend, options).verify(
          readPresentedToken(text),
          clock.now(),
        );
        if (verdict instanceof MachineRefusal) return;
        accepted++;
        const said = JSON.parse(body) as Record<string, unknown>;
        expect(status).toBeLessThan(300);
        expect([said.id, said.subject]).toEqual([verdict.id, verdict.subject]);
        expect(Boolean(said.revoked) || Boolean(said.expired)).toBe(false);
        expect(verdict.scopes.every((scope) => typeof scope === 'string')).toBe(true);
      },
    ),
    { numRuns: RUNS },
  );
  expect(accepted).toBeGreaterThan(0);
});
