import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { createTestInstance } from '../../../../test/support/test-instance.ts';
import * as errors from './errors.ts';
import * as root from './index.ts';
import * as internal from './internal.ts';
import * as jwt from './jwt.ts';
import * as proxy from './proxy.ts';

// Holds this entry against the package whose names it has, as users install it: the same calls, the same results. The peers
// are installed by those who run the benchmarks.
const PEERS = new URL('../../../../bench/package.json', import.meta.url);
const peer = createRequire(PEERS);
const isInstalled = existsSync(new URL('node_modules/@clerk/backend', PEERS));
if (!isInstalled) console.warn('skipped: the peers of the benchmarks are not installed');

type Peer = typeof root & typeof internal & typeof jwt & typeof errors & typeof proxy;

async function loadPeer(): Promise<Peer> {
  const subpaths = ['', '/internal', '/jwt', '/errors', '/proxy'];
  const modules = subpaths.map((path) => import(pathToFileURL(peer.resolve(`@clerk/backend${path}`)).href));
  return Object.assign({}, ...(await Promise.all(modules)));
}

const OURS = { ...root, ...internal, ...jwt, ...errors, ...proxy };
const key = createSigningKey('ins_1');
const DEVELOPMENT = createTestInstance({ key, frontendApi: 'clerk.example.com' });
const PRODUCTION = createTestInstance({ key, frontendApi: 'clerk.example.com', type: 'production' });

const now = Math.floor(Date.now() / 1000);
const claims = { iss: DEVELOPMENT.issuer, sub: 'user_1', sid: 'sess_1', iat: now, nbf: now - 10, exp: now + 600 };
const organization = { v: 2, o: { id: 'org_1', slg: 's', rol: 'admin', per: 'read,write', fpm: '3' }, fea: 'o:docs' };
const TOKENS: Readonly<Record<string, string>> = {
  good: key.sign(claims),
  expired: key.sign({ ...claims, exp: now - 100 }),
  'not active yet': key.sign({ ...claims, nbf: now + 100 }),
  'issued in the future': key.sign({ ...claims, iat: now + 100 }),
  'of another audience': key.sign({ ...claims, aud: 'other' }),
  'of a party': key.sign({ ...claims, azp: 'https://app.example.org' }),
  'of a pending session': key.sign({ ...claims, sts: 'pending' }),
  'of an organisation': key.sign({ ...claims, ...organization }),
  'without a subject': key.sign({ ...claims, sub: 1 }),
  'of another instance': key.sign({ ...claims, iss: 'https://clerk.other.example' }),
  'by another algorithm': key.sign(claims, { alg: 'HS256' }),
  'without an algorithm': key.sign(claims, { alg: 'none' }),
  'of another type': key.sign(claims, { typ: 'at+jwt' }),
  'of a template': key.sign(claims, { cat: 'cl_B7d4PD222AAA' }),
  'of the machine category': key.sign(claims, { cat: 'cl_B7d4PD333AAA' }),
  'of no known category': key.sign(claims, { cat: 'cl_unknown' }),
  'of a machine': key.sign({ ...claims, sub: 'mch_1', scopes: 'a b' }),
  'of an OAuth client': key.sign({ ...claims, client_id: 'c', scope: 'a b', jti: 'j' }, { typ: 'at+jwt' }),
  tampered: `${key.sign(claims).slice(0, -8)}AAAAAAAA`,
  'of three letters': 'a.b.c',
  'of one word': 'x',
};

/** What a call gives, in one form: functions by name, errors by their code, and without what differs by design. */
async function resultOf(call: () => unknown): Promise<unknown> {
  try {
    return comparable(await call());
  } catch (error) {
    const { reason, code } = error as { reason?: string; code?: string };
    // Where the peer throws a bare error, ours may say more.
    return { error: reason ?? (code === 'api_response_error' ? code : 'error') };
  }
}

/** Wording is nobody's contract; `hasScope` is ours. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['message', 'action', 'hasScope', 'name', 'clerkError']);

function comparable(value: unknown): unknown {
  if (typeof value === 'function') return 'function';
  if (typeof value === 'string') return value.replace(/(__clerk_api_version=)[\d-]+/, '$1any').replace(/; Secure$/, '');
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Headers) {
    const lines = [...value].filter(([name]) => name !== 'x-clerk-auth-message');
    return lines.map(([name, text]) => [name, comparable(text)]);
  }
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, member]) => member !== undefined && !NOT_COMPARED.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, comparable(member)]));
}

describe.skipIf(!isInstalled)('the same as the package whose names it has', () => {
  async function same(call: (entry: Peer) => unknown): Promise<void> {
    const theirs = await loadPeer();
    expect(await resultOf(() => call(OURS as Peer))).toEqual(await resultOf(() => call(theirs)));
  }

  it.each([
    'constants',
    'AuthStatus',
    'TokenType',
    'TokenVerificationErrorReason',
    'TokenVerificationErrorCode',
  ] as const)('%s', async (table) => same((entry) => entry[table]));

  describe.each(Object.entries(TOKENS))('a token %s', (_label, token) => {
    it('decoded and told apart', async () => {
      await same((entry) => entry.decodeJwt(token));
      await same((entry) => [entry.isMachineToken(token), entry.isMachineTokenByPrefix(token)]);
    });

    it.each([
      {},
      { audience: 'other' },
      { audience: 'mine' },
      { authorizedParties: ['https://app.example.org'] },
      { issuer: DEVELOPMENT.issuer },
      { headerType: 'at+jwt' },
      { clockSkewInMs: 200_000 },
    ])('verified with %j', async (options) => {
      await same((entry) => entry.verifyJwt(token, { key: key.jwk as JsonWebKey, ...options }));
      await same((entry) => entry.verifyToken(token, { jwtKey: key.publicPem, ...options }));
      await same((entry) => entry.verifyToken(token, options));
      await same((entry) => entry.verifyMachineAuthToken(token, { jwtKey: key.publicPem }));
    });

    it.each([
      ['development', DEVELOPMENT],
      ['production', PRODUCTION],
    ])('presented to %s, in every place and to every kind of route', async (_type, { publishableKey, secretKey }) => {
      const theirs = await loadPeer();
      const options = { publishableKey, secretKey, jwtKey: key.publicPem };
      const quiet = { logger: { warn: () => {} }, telemetry: { disabled: true } };
      const [ourClient, theirClient] = [
        root.createClerkClient({ ...options, ...quiet }),
        theirs.createClerkClient({ ...options, ...quiet }),
      ];
      for (const headers of [
        { authorization: `Bearer ${token}` },
        { authorization: token },
        { cookie: `__session=${token}; __client_uat=1; __clerk_db_jwt=db` },
        { cookie: `__session=${token}; __client_uat=0; __clerk_db_jwt=db` },
        { cookie: `__session=${token}; __clerk_db_jwt=db` },
        {},
      ]) {
        for (const acceptsToken of [
          undefined,
          'any',
          'api_key',
          'm2m_token',
          'oauth_token',
          ['session_token', 'm2m_token'],
          ['api_key'],
          [],
        ] as const) {
          for (const destination of [
            { 'sec-fetch-dest': 'document', accept: 'text/html' },
            { 'sec-fetch-dest': 'empty' },
          ]) {
            const forwarded = { 'x-forwarded-host': 'app.example.org', 'x-forwarded-proto': 'https' };
            const ask = async (client: root.ClerkClient) => {
              const request = new Request('http://localhost:3000/p?q=1', {
                headers: { ...headers, ...destination, ...forwarded } as Record<string, string>,
              });
              const state = await client.authenticateRequest(
                request,
                acceptsToken === undefined ? {} : { acceptsToken },
              );
              return { state, auth: state.toAuth(), strict: state.toAuth({ treatPendingAsSignedOut: false }) };
            };
            const [ours, expected] = [await resultOf(() => ask(ourClient)), await resultOf(() => ask(theirClient))];
            expect(ours, JSON.stringify({ headers, acceptsToken, destination })).toEqual(expected);
          }
        }
      }
    });
  });

  it.each([
    ['a.com,b.com', 'https, http'],
    ['a.com:3213', 'https'],
    [undefined, 'https'],
    ['<bad>', 'https'],
    ['a.com', undefined],
    [',a.com', 'https'],
  ])('the public URL with %j and %j', async (host, proto) => {
    const headers = {
      cookie: 'a=1; b=%20x; a=2; c',
      ...(host && { 'x-forwarded-host': host }),
      ...(proto && { 'x-forwarded-proto': proto }),
    };
    await same((entry) => {
      const { clerkUrl, cookies } = entry.createClerkRequest(new Request('http://localhost:3000/p?q=1', { headers }));
      return [clerkUrl.href, [...cookies], clerkUrl.isCrossOrigin('https://a.com')];
    });
  });

  it.each([undefined, '/d', 'https://x.org/p'])('redirects back to %j', async (returnBackUrl) => {
    for (const publishableKey of [DEVELOPMENT.publishableKey, PRODUCTION.publishableKey, '']) {
      for (const signInUrl of [undefined, '/sign-in', 'https://p.com/s']) {
        for (const signUpUrl of [undefined, '/up']) {
          for (const more of [{}, { sessionStatus: 'pending' as const }, { devBrowserToken: 't', isSatellite: true }]) {
            const options = {
              redirectAdapter: String,
              baseUrl: 'https://app.example.com/x',
              publishableKey,
              signInUrl,
              signUpUrl,
              ...more,
            };
            await same((entry) => entry.createRedirect(options).redirectToSignIn({ returnBackUrl }));
            await same((entry) => entry.createRedirect(options).redirectToSignUp({ returnBackUrl }));
          }
        }
      }
    }
  });

  it('the proxy’s path and host', async () => {
    for (const path of ['/__clerk', '/__clerk/x', '/x', '/__clerkx']) {
      for (const options of [undefined, { proxyPath: '/p' }, { proxyPath: '/__clerk/' }]) {
        await same((entry) => entry.matchProxyPath(new Request(`https://a.test${path}`), options));
      }
    }
    for (const host of [
      'clerk.example.com',
      'a.lcl.dev',
      'clerk.lcl.dev',
      'clerk.xlclstage.dev',
      'x.accountsstage.dev',
      'clerk.x.lclclerk.com',
    ]) {
      await same((entry) => entry.fapiUrlFromPublishableKey(`pk_test_${btoa(`${host}$`)}`));
    }
  });

  it('empty objects and denials', async () => {
    await same((entry) => entry.createBootstrapSignedOutState());
    await same((entry) => entry.signedOutAuthObject());
    await same((entry) => entry.invalidTokenAuthObject());
    await same((entry) => entry.makeAuthObjectSerializable(entry.signedOutAuthObject()));
    await same((entry) => entry.reverificationError('strict'));
    await same((entry) => entry.reverificationErrorResponse('strict').text());
    for (const type of ['api_key', 'm2m_token', 'oauth_token'] as const) {
      const data = { id: 'i', subject: 'user_1', scopes: ['a'], claims: null, name: 'n', clientId: 'c' };
      await same((entry) => entry.unauthenticatedMachineObject(type));
      await same((entry) => entry.authenticatedMachineObject(type, 't', data));
      for (const acceptsToken of ['any', type, 'session_token', ['api_key'], []] as const) {
        await same((entry) =>
          entry.getAuthObjectForAcceptedToken({
            authObject: entry.authenticatedMachineObject(type, 't', data),
            acceptsToken,
          }),
        );
      }
    }
  });
});
