import { beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '../../../../test/support/clock.ts';
import { compact, createSigningKey, encode, type SigningKey } from '../../../../test/support/signing-key.ts';
import { createPemKeySource } from '../jwks/pem-key.ts';
import { KEY_SET_TIMES, RemoteKeySet } from '../jwks/remote-key-set.ts';
import { type ClaimsOptions, toClaimsPolicy, toTypeRule } from '../jwt/claims-policy.ts';
import { Refusal } from '../jwt/refusal.ts';
import { readPresentedToken } from './presented-token.ts';
import { VerifiedTokenCache } from './verified-token-cache.ts';
import type { SessionTokenVerifier } from './verify-session-claims.ts';
import { verifySessionToken } from './verify-session-token.ts';

const a = createSigningKey('a');
const b = createSigningKey('b');
const stranger = createSigningKey('a');

let clock = new Clock();
let listed: readonly unknown[] = [];
let calls = 0;
beforeEach(() => {
  clock = new Clock();
  listed = [a.jwk];
  calls = 0;
});

const remote = () =>
  new RemoteKeySet(
    async () => {
      calls++;
      return { jwks: { keys: listed } };
    },
    clock.now,
    KEY_SET_TIMES,
  );

function verifier(
  options: ClaimsOptions & { headerType?: string } = {},
  cache?: VerifiedTokenCache,
): SessionTokenVerifier {
  return {
    keys: remote(),
    typeRule: toTypeRule(options.headerType),
    claimsPolicy: toClaimsPolicy(options),
    ...(cache !== undefined && { proven: cache }),
  };
}

const claims = (more: Record<string, unknown> = {}) => ({
  sub: 'user_1',
  sid: 'sess_1',
  iat: clock.seconds,
  nbf: clock.seconds - 10,
  exp: clock.seconds + 60,
  ...more,
});

async function reasonOf(token: string, using: SessionTokenVerifier, cache?: VerifiedTokenCache) {
  const presented = cache?.read(token) ?? readPresentedToken(token);
  const verdict = await verifySessionToken(presented, using, clock.now());
  return verdict instanceof Refusal ? verdict.reason : undefined;
}

test('gives whom the token speaks for', async () => {
  const verdict = await verifySessionToken(readPresentedToken(a.sign(claims())), verifier(), clock.now());
  expect(verdict).toMatchObject({ userId: 'user_1', sessionId: 'sess_1', claims: claims() });
});

describe('the order of section 5.2', () => {
  test('row 1 before row 2 before row 3', async () => {
    const none = { ...verifier(), keys: undefined };
    expect(await reasonOf('x', none)).toBe('token-invalid');
    expect(await reasonOf(a.sign(claims(), { cat: 'cl_B7d4PD333AAA' }), none)).toBe('token-invalid');
    expect(await reasonOf(a.sign(claims()), none)).toBe('jwk-failed-to-resolve');
  });

  test('row 2: an M2M category is refused without a call, every other is not our affair', async () => {
    const using = verifier();
    expect(await reasonOf(a.sign(claims(), { cat: 'cl_B7d4PD333AAA' }), using)).toBe('token-invalid');
    expect(calls).toBe(0);
    for (const cat of [undefined, 'cl_B7d4PD111AAA', 'cl_B7d4PD222AAA', 'cl_I7d4PD111III', 'anything']) {
      expect(await reasonOf(a.sign(claims(), { cat }), using)).toBeUndefined();
    }
  });

  test('row 3b before rows 4 and 5: without a key nothing is said of the header', async () => {
    expect(await reasonOf(a.sign(claims(), { kid: 'x', typ: 'x', alg: 'none' }), verifier())).toBe('jwk-kid-mismatch');
  });

  test('rows 4, 5, 6, 7', async () => {
    const using = verifier();
    expect(await reasonOf(a.sign(claims(), { typ: 'x', alg: 'none' }), using)).toBe('token-invalid');
    expect(await reasonOf(a.sign(claims(), { alg: 'none' }), using)).toBe('token-invalid-algorithm');
    expect(await reasonOf(a.sign(claims(), { alg: 'RS512' }), using)).toBe('token-verification-failed');
    expect(await reasonOf(stranger.sign(claims()), using)).toBe('token-invalid-signature');
  });

  test.each<[what: string, more: Record<string, unknown>]>([
    ['an azp that is not ours', { azp: 'https://evil.test' }],
    ['an exp long past', { exp: 1 }],
    ['an aud that is not ours', { aud: 'other' }],
    ['an issuer that is not ours', { iss: 'https://evil.test' }],
    ['no subject', { sub: undefined }],
    ['malformed features', { v: 2, o: { id: 'org_1' }, fea: 'x' }],
  ])('SC-014 a forged token with %s tells nothing of what we expect', async (_what, more) => {
    const using = verifier({ audience: 'api', authorizedParties: ['https://a.test'], issuer: 'https://i.test' });
    expect(await reasonOf(stranger.sign(claims(more)), using)).toBe('token-invalid-signature');
    expect(await reasonOf(compact({ alg: 'RS256', kid: 'a' }, claims(more), ''), using)).toBe(
      'token-invalid-signature',
    );
  });

  test('V8 malformed features are told only of a token that is signed and in time', async () => {
    const malformed = { v: 2, o: { id: 'org_1' }, fea: 'x' };
    expect(await reasonOf(a.sign(claims(malformed)), verifier())).toBe('unexpected-error');
    expect(await reasonOf(a.sign(claims({ ...malformed, exp: 1 })), verifier())).toBe('token-expired');
  });
});

describe('SC-004 a key that the token brings along', () => {
  const attacker = createSigningKey('attacker');
  test.each<[what: string, header: Record<string, unknown>, reason: string]>([
    ['jwk', { kid: 'a', jwk: attacker.jwk }, 'token-invalid-signature'],
    ['x5c', { kid: 'a', x5c: ['MIIB'] }, 'token-invalid-signature'],
    ['jku', { kid: 'a', jku: 'http://127.0.0.1:1/jwks' }, 'token-invalid-signature'],
    ['x5u', { kid: 'a', x5u: 'http://127.0.0.1:1/cert' }, 'token-invalid-signature'],
    ['jwk and its own kid', { kid: 'attacker', jwk: attacker.jwk }, 'jwk-kid-mismatch'],
  ])('in %s is ignored', async (_what, header, reason) => {
    expect(await reasonOf(attacker.sign(claims(), header), verifier())).toBe(reason);
  });
});

test('SC-006 a payload that was signed as raw bytes (b64) does not verify', async () => {
  const header = encode({ alg: 'RS256', kid: 'a' });
  const raw = JSON.stringify(claims());
  const token = `${header}.${encode(claims())}.${a.signText(`${header}.${raw}`)}`;
  expect(await reasonOf(token, verifier())).toBe('token-invalid-signature');
});

test('SC-002 the public key in every spelling is no secret', async () => {
  const { createHmac } = await import('node:crypto');
  const pem = a.publicPem;
  const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');
  const secrets = [
    pem,
    ` ${pem}`,
    `\t${pem}`,
    `\ufeff${pem}`,
    pem.replaceAll('\n', '\r\n'),
    pem.replace(/-----.*-----/g, ''),
    der,
    JSON.stringify(a.jwk),
    String(a.jwk.n),
    Buffer.from(String(a.jwk.n), 'base64url'),
  ];
  for (const source of [remote(), createPemKeySource(pem)]) {
    const using = { ...verifier(), keys: source };
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
    ] as const) {
      for (const secret of secrets) {
        const text = `${encode({ alg, kid: 'a' })}.${encode(claims())}`;
        const token = `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
        expect(await reasonOf(token, using)).toBe('token-invalid-algorithm');
      }
    }
  }
});

describe('§17 V7 with a cache of verified tokens', () => {
  const setup = (options: ClaimsOptions = {}, max = 100) => {
    const cache = new VerifiedTokenCache(max);
    return { cache, using: verifier(options, cache) };
  };

  test('a token is verified once, and known again by its exact text', async () => {
    const { cache, using } = setup();
    const token = a.sign(claims());
    const first = cache.read(token);
    await verifySessionToken(first, using, clock.now());
    expect(first.remembered).toBe(false);
    const second = cache.read(token);
    await verifySessionToken(second, using, clock.now());
    expect(second).toBe(first);
    expect(second.remembered).toBe(true);
  });

  test('SC-045 a token that differs in one character only is another token', async () => {
    const { cache, using } = setup();
    const token = a.sign(claims());
    expect(await reasonOf(token, using, cache)).toBeUndefined();
    for (let at = 0; at < token.length - 1; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(cache.read(changed).proof).toBeUndefined();
      expect(await reasonOf(changed, using, cache)).toBeDefined();
    }
  });

  test.each<[what: string, options: ClaimsOptions, reason: string]>([
    ['audience', { audience: 'other' }, 'token-verification-failed'],
    ['authorized parties', { authorizedParties: ['https://b.test'] }, 'token-invalid-authorized-parties'],
    ['issuer', { issuer: 'https://other.test' }, 'token-invalid-issuer'],
  ])('SC-045 SC-046 a hit is judged by the %s of this call', async (_what, options, reason) => {
    const { cache, using } = setup();
    const token = a.sign(claims({ aud: 'api', azp: 'https://a.test', iss: 'https://i.test' }));
    expect(await reasonOf(token, using, cache)).toBeUndefined();
    const stricter = { ...using, claimsPolicy: toClaimsPolicy(options) };
    expect(await reasonOf(token, stricter, cache)).toBe(reason);
    expect(await reasonOf(token, using, cache)).toBeUndefined();
  });

  test('SC-045 a hit is judged by the header type of this call', async () => {
    const { cache, using } = setup();
    const token = a.sign(claims());
    expect(await reasonOf(token, using, cache)).toBeUndefined();
    expect(await reasonOf(token, { ...using, typeRule: toTypeRule('at+jwt') }, cache)).toBe('token-invalid');
  });

  test('SC-046 an entry does not outlive exp, nor come before nbf when the clock goes back', async () => {
    const { cache, using } = setup({ clockSkewInMs: 0 });
    const token = a.sign(claims());
    expect(await reasonOf(token, using, cache)).toBeUndefined();
    clock.advance(60_000 - 1);
    expect(await reasonOf(token, using, cache)).toBeUndefined();
    clock.advance(1);
    expect(await reasonOf(token, using, cache)).toBe('token-expired');
    clock.advance(-60_000 - 11_000);
    expect(await reasonOf(token, using, cache)).toBe('token-not-active-yet');
  });

  test('SC-038 SC-046 an entry dies with its key', async () => {
    listed = [a.jwk, b.jwk];
    const { cache, using } = setup();
    const token = a.sign(claims({ exp: clock.seconds + 86_400 }));
    expect(await reasonOf(token, using, cache)).toBeUndefined();
    listed = [b.jwk];
    expect(await reasonOf(b.sign(claims(), { kid: 'unknown' }), using, cache)).toBe('jwk-kid-mismatch');
    expect(await reasonOf(token, using, cache)).toBe('jwk-kid-mismatch');
  });

  test('SC-046 an entry dies when its kid gets another key', async () => {
    const { cache, using } = setup();
    const token = a.sign(claims({ exp: clock.seconds + 86_400 }));
    expect(await reasonOf(token, using, cache)).toBeUndefined();
    listed = [{ ...b.jwk, kid: 'a' }];
    await reasonOf(b.sign(claims(), { kid: 'unknown' }), using, cache);
    expect(await reasonOf(token, using, cache)).toBe('token-invalid-signature');
    expect(cache.read(token).proof).toBeUndefined();
  });

  test('SC-043 a proof under the key of another instance counts for nothing', async () => {
    const cache = new VerifiedTokenCache(100);
    const ours = verifier({}, cache);
    const theirs = { ...verifier({}, cache), keys: createPemKeySource(stranger.publicPem) };
    for (const [token, right, wrong] of [
      [a.sign(claims()), ours, theirs],
      [stranger.sign(claims()), theirs, ours],
    ] as [string, SessionTokenVerifier, SessionTokenVerifier][]) {
      expect(await reasonOf(token, right, cache)).toBeUndefined();
      expect(await reasonOf(token, wrong, cache)).toBe('token-invalid-signature');
      expect(await reasonOf(token, right, cache)).toBeUndefined();
      expect(await reasonOf(token, wrong, cache)).toBe('token-invalid-signature');
    }
  });

  test('SC-050 what a caller does to the claims does not reach the next one', async () => {
    const { cache, using } = setup();
    const token = a.sign(claims({ act: { sub: 'user_2' }, roles: ['x'] }));
    const verdict = await verifySessionToken(cache.read(token), using, clock.now());
    if (verdict instanceof Refusal) throw verdict.toError();
    const mine = verdict.claims as unknown as { sub: string; act?: object; roles: string[] };
    expect(() => {
      mine.sub = 'admin';
    }).toThrow(TypeError);
    expect(() => mine.roles.push('admin')).toThrow(TypeError);
    expect(() => {
      delete mine.act;
    }).toThrow(TypeError);
    expect(await verifySessionToken(cache.read(token), using, clock.now())).toMatchObject({
      userId: 'user_1',
      actor: { sub: 'user_2' },
    });
  });
});

function spellingsOf(token: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = Buffer.from(token.split('.')[2] ?? '', 'base64url');
  const stem = token.slice(0, -1);
  const sameBytes = [...alphabet]
    .map((last) => stem + last)
    .filter((text) => Buffer.from(text.split('.')[2] ?? '', 'base64url').equals(bytes));
  return [...sameBytes, ...sameBytes.map((text) => `${text}=`), ...sameBytes.map((text) => `${text}==`)];
}

test('SC-047 of all spellings of one signature one is kept, and nobody else is evicted', async () => {
  const cache = new VerifiedTokenCache(3);
  const using = verifier({}, cache);
  const victim = a.sign(claims({ sub: 'user_victim' }));
  await reasonOf(victim, using, cache);
  const spellings = spellingsOf(a.sign(claims({ sub: 'user_mallory' })));
  expect(spellings.length).toBe(48);
  for (const spelling of spellings) expect(await reasonOf(spelling, using, cache)).toBeUndefined();
  expect(spellings.filter((spelling) => cache.read(spelling).proof !== undefined)).toHaveLength(1);
  expect(cache.read(victim).proof).toBeDefined();
});

test('SC-047 tokens that do not verify are not kept', async () => {
  const cache = new VerifiedTokenCache(3);
  const using = verifier({}, cache);
  const victim = a.sign(claims());
  await reasonOf(victim, using, cache);
  for (let i = 0; i < 50; i++) await reasonOf(compact({ alg: 'RS256', kid: 'a' }, claims({ i })), using, cache);
  for (let i = 0; i < 5; i++) await reasonOf(stranger.sign(claims({ i })), using, cache);
  expect(cache.read(victim).proof).toBeDefined();
});

test('no more are kept than asked for; 0 keeps none', async () => {
  const keep = async (max: number, signer: SigningKey = a) => {
    const cache = new VerifiedTokenCache(max);
    const using = verifier({}, cache);
    const tokens = Array.from({ length: 5 }, (_, i) => signer.sign(claims({ i })));
    for (const token of tokens) await reasonOf(token, using, cache);
    return tokens.filter((token) => cache.read(token).proof !== undefined).length;
  };
  expect(await keep(3)).toBe(3);
  expect(await keep(0)).toBe(0);
});
