import { beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '../../../../test/support/clock.ts';
import { compact, createSigningKey } from '../../../../test/support/signing-key.ts';
import { createBackendClient } from '../backend/index.ts';
import { createPemKeySource } from '../jwks/pem-key.ts';
import { type ClaimsOptions, toClaimsPolicy } from '../jwt/claims-policy.ts';
import { OpaqueTokenVerifier } from './opaque-token-verifier.ts';
import { readPresentedToken } from './presented-token.ts';
import { VerifiedTokenCache } from './verified-token-cache.ts';
import { MachineRefusal, MachineTokenVerifier } from './verify-machine-token.ts';

const key = createSigningKey('ins_1');
const stranger = createSigningKey('ins_1');
const M2M = 'cl_B7d4PD333AAA';

let clock = new Clock();
beforeEach(() => {
  clock = new Clock();
});

/** No JWT may lead to a call. */
const noBackend = () => createBackendClient({ fetch: () => expect.unreachable('the backend was asked') });
const opaque = new OpaqueTokenVerifier(noBackend, {
  opaqueTokenTtlMs: 0,
  opaqueTokenNegativeTtlMs: 0,
  opaqueTokens: 0,
  concurrency: 10,
});

function verifier(options: ClaimsOptions = {}, cache = new VerifiedTokenCache(10)): MachineTokenVerifier {
  return new MachineTokenVerifier(createPemKeySource(key.publicPem), opaque, cache, toClaimsPolicy(options));
}

const times = () => ({ iat: clock.seconds, nbf: clock.seconds - 10, exp: clock.seconds + 60 });
const m2m = (claims: object = {}, header: object = {}, signer = key) =>
  signer.sign({ sub: 'mch_1', jti: 'mt_1', ...times(), ...claims }, { cat: M2M, ...header });
const access = (claims: object = {}, header: object = {}, signer = key) =>
  signer.sign({ sub: 'user_1', jti: 'oat_1', client_id: 'cl_1', ...times(), ...claims }, { typ: 'at+jwt', ...header });

async function codeOf(token: string, using = verifier()): Promise<string | undefined> {
  const verdict = await using.verify(readPresentedToken(token), clock.now());
  return verdict instanceof MachineRefusal ? verdict.code : undefined;
}

test('gives whom an M2M token speaks for', async () => {
  expect(await verifier().verify(readPresentedToken(m2m({ scopes: 'a b' })), clock.now())).toMatchObject({
    tokenType: 'm2m_token',
    id: 'mt_1',
    subject: 'mch_1',
    scopes: ['a', 'b'],
  });
});

test('gives whom an access token speaks for', async () => {
  expect(await verifier().verify(readPresentedToken(access({ scope: 'a' })), clock.now())).toMatchObject({
    tokenType: 'oauth_token',
    subject: 'user_1',
    clientId: 'cl_1',
    scopes: ['a'],
  });
});

const FAILED = 'token-verification-failed';

describe('section 6.5: an M2M JWT', () => {
  test.each<[what: string, token: () => string, code: string | undefined]>([
    ['with its category', () => m2m(), undefined],
    ['without a category', () => m2m({}, { cat: undefined }), undefined],
    ['without typ', () => m2m({}, { typ: undefined }), undefined],
    ['of the session category', () => m2m({}, { cat: 'cl_B7d4PD111AAA' }), 'token-invalid'],
    ['of the template category', () => m2m({}, { cat: 'cl_B7d4PD222AAA' }), 'token-invalid'],
    ['of the ignore category (O8)', () => m2m({}, { cat: 'cl_I7d4PD111III' }), 'token-invalid'],
    ['of an unknown category', () => m2m({}, { cat: 'x' }), 'token-invalid'],
    ['of a wrong category, forged: the category comes first', () => m2m({}, { cat: 'x' }, stranger), 'token-invalid'],
    ['SC-028 that is typed as an access token', () => m2m({}, { typ: 'at+jwt' }), FAILED],
    ['with crit', () => m2m({}, { crit: ['x'] }), FAILED],
    ['with alg none', () => m2m({}, { alg: 'none' }), FAILED],
    ['forged', () => m2m({}, {}, stranger), FAILED],
    ['expired', () => m2m({ exp: clock.seconds - 60 }), FAILED],
    ['without exp', () => m2m({ exp: undefined }), FAILED],
    ['not valid yet', () => m2m({ nbf: clock.seconds + 60 }), FAILED],
    ['issued in the future', () => m2m({ iat: clock.seconds + 60 }), FAILED],
    ['SC-028 behind its opaque prefix', () => `mt_${m2m()}`, 'token-invalid'],
    ['of parts that mean nothing', () => 'mt_a.b.c', 'token-invalid'],
    ['§17 V9 with odd scopes', () => m2m({ scopes: { split: 1 } }), undefined],
  ])('%s', async (_what, token, code) => {
    expect(await codeOf(token())).toBe(code);
  });
});

describe('section 6.5: an OAuth JWT', () => {
  test.each<[what: string, token: () => string, code: string | undefined]>([
    ['at+jwt', () => access(), undefined],
    ['application/at+jwt', () => access({}, { typ: 'application/at+jwt' }), undefined],
    ['its category is not checked', () => access({}, { cat: 'cl_B7d4PD222AAA' }), undefined],
    ['forged', () => access({}, {}, stranger), FAILED],
    ['with alg none', () => access({}, { alg: 'none' }), FAILED],
    ['unsigned', () => compact({ alg: 'RS256', typ: 'at+jwt', kid: 'ins_1' }, { sub: 'user_1', ...times() }), FAILED],
    ['expired', () => access({ exp: clock.seconds - 60 }), FAILED],
    ['without a subject', () => access({ sub: undefined }), FAILED],
    ['behind its opaque prefix', () => `oat_${access()}`, 'token-invalid'],
  ])('%s', async (_what, token, code) => {
    expect(await codeOf(token())).toBe(code);
  });
});

test.each<[what: string, aud: unknown, m2mCode: string | undefined, oauthCode: string | undefined]>([
  ['absent', undefined, undefined, FAILED],
  ['empty', '', undefined, FAILED],
  ['an empty list', [], undefined, FAILED],
  ['ours', 'api', undefined, undefined],
  ['ours in a list', ['x', 'api'], undefined, undefined],
  ['another', 'other', FAILED, FAILED],
  ['a number', 7, FAILED, FAILED],
  ['mixed', ['api', 7], FAILED, FAILED],
  ['ours and an empty one', ['api', ''], undefined, FAILED],
])(
  'SC-020 an audience that is %s: lenient for machines, strict for access tokens',
  async (_what, aud, m2mCode, oauthCode) => {
    const using = verifier({ audience: 'api' });
    expect(await codeOf(m2m({ aud }), using)).toBe(m2mCode);
    expect(await codeOf(access({ aud }), using)).toBe(oauthCode);
  },
);

test('requireAudience is strict for machines as well', async () => {
  expect(await codeOf(m2m(), verifier({ audience: 'api', requireAudience: true }))).toBe(FAILED);
});

test('authorized parties and issuers are not held against machines', async () => {
  const using = verifier({ authorizedParties: ['https://a.test'], issuer: 'https://i.test' });
  expect(await codeOf(m2m({ azp: 'https://x.test', iss: 'https://x.test' }), using)).toBeUndefined();
  expect(await codeOf(access({ azp: 'https://x.test', iss: 'https://x.test' }), using)).toBeUndefined();
});

test('the skew is the configured one', async () => {
  const token = m2m({ exp: clock.seconds });
  expect(await codeOf(token, verifier({ clockSkewInMs: 0 }))).toBe(FAILED);
  expect(await codeOf(token, verifier({ clockSkewInMs: 1 }))).toBeUndefined();
});

test('without any key source a JWT is token-verification-failed', async () => {
  const none = new MachineTokenVerifier(undefined, opaque, new VerifiedTokenCache(0), toClaimsPolicy({}));
  expect(await codeOf(m2m(), none)).toBe(FAILED);
  expect(await codeOf(access(), none)).toBe(FAILED);
});

describe('with a cache of verified tokens', () => {
  test('a token is verified once, and its claims at each use', async () => {
    const cache = new VerifiedTokenCache(10);
    const using = verifier({ clockSkewInMs: 0 }, cache);
    for (const token of [m2m(), access()]) {
      clock = new Clock();
      await using.verify(cache.read(token), clock.now());
      const again = cache.read(token);
      expect(await using.verify(again, clock.now())).not.toBeInstanceOf(MachineRefusal);
      expect(again.remembered).toBe(true);
      clock.advance(60_000);
      expect(await using.verify(cache.read(token), clock.now())).toMatchObject({ code: FAILED });
    }
  });

  test('SC-045 a token proven as one kind is not one of another: the rule of its kind is asked each time', async () => {
    const cache = new VerifiedTokenCache(10);
    const using = verifier({}, cache);
    const token = cache.read(m2m({}, { typ: 'at+jwt', cat: undefined }));
    token.proof = createPemKeySource(key.publicPem).current('ins_1');
    cache.keep(token);
    expect(await using.verify(token, clock.now())).toMatchObject({ code: FAILED });
  });
});

test('a refusal quotes nothing of the token', async () => {
  for (const token of [m2m({}, {}, stranger), access({}, {}, stranger), 'mt_a.b.c']) {
    const refusal = await verifier().verify(readPresentedToken(token), clock.now());
    expect(JSON.stringify(refusal)).not.toContain(token.slice(0, 12));
  }
});
