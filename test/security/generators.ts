import { type AcceptsToken, toPublishableKey } from '@keystile/core';
import fc from 'fast-check';
import type { Clock } from '../support/clock.ts';
import { compact, type SigningKey } from '../support/signing-key.ts';

/**
 * How often each property is tried, and each fuzzer of SC-138: a few hundred times with every run of the tests, a million times
 * in the long run of CI (KEYSTILE_FUZZ_RUNS=1000000). A failure prints its seed.
 */
export const RUNS = Number(process.env.KEYSTILE_FUZZ_RUNS ?? 400);

/** For the longest of them, in milliseconds. */
export const TIMEOUT = 20_000 + RUNS * 10;

/** Stands for a secret wherever one is configured; found anywhere in an output, it has leaked. */
export const CANARY = 'CANARYCANARYCANARY0123456789';

export function publishableKeyOf(type: 'development' | 'production'): string {
  return toPublishableKey('clerk.example.com', type);
}

export interface NamedToken {
  readonly name: string;
  readonly token: string;
  /** For whom it speaks; null if it is good for nothing. */
  readonly identity: string | null;
}

/** What the backend says of opaque tokens. */
export const answers: Readonly<Record<string, { subject: string; revoked?: boolean }>> = {
  ak_0123456789abcdef: { subject: 'user_key' },
  mt_0123456789abcdef: { subject: 'mch_opaque' },
  oat_0123456789abcdef: { subject: 'user_opaque' },
  ak_revoked0123456789: { subject: 'user_key', revoked: true },
};

export function tokensOf(key: SigningKey, clock: Clock): NamedToken[] {
  const claims = (more: object = {}) => ({
    iss: 'https://clerk.example.com',
    sub: 'user_1',
    sid: 'sess_1',
    iat: clock.seconds,
    nbf: clock.seconds - 10,
    exp: clock.seconds + 60,
    ...more,
  });
  const token = (name: string, identity: string | null, more: object = {}, header: Record<string, unknown> = {}) => ({
    name,
    identity,
    token: key.sign(claims(more), header),
  });
  return [
    token('session', 'user_1'),
    token('session of somebody else', 'user_2', { sub: 'user_2' }),
    token('session with an organisation', 'user_1', {
      v: 2,
      fea: 'o:docs',
      o: { id: 'org_1', rol: 'admin', per: 'read', fpm: '1' },
    }),
    token('pending session', 'user_1', { sts: 'pending' }),
    token('M2M', 'mch_1', { sub: 'mch_1' }, { cat: 'cl_B7d4PD333AAA' }),
    token('access', 'user_1', { scope: 'a' }, { typ: 'at+jwt' }),
    token('expired session', null, { exp: clock.seconds - 60 }),
    token('session of tomorrow', null, { nbf: clock.seconds + 86_400 }),
    token('session issued tomorrow', null, { iat: clock.seconds + 86_400 }),
    token('template', null, {}, { cat: 'cl_B7d4PD222AAA' }),
    token('no subject', null, { sub: null }),
    token('odd features', null, { v: 2, fea: 'x', o: {} }),
    token('crit', null, {}, { crit: ['x'] }),
    token('another kid', null, {}, { kid: '__proto__' }),
    token('alg none', null, {}, { alg: 'none' }),
    ...Object.entries(answers).map(([text, { subject, revoked }]) => ({
      name: text,
      token: text,
      identity: revoked === true ? null : subject,
    })),
  ];
}

/** A backend that knows one key and a few opaque tokens, without a socket. */
export function fakeBackend(key: SigningKey): typeof fetch {
  return async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname.endsWith('/jwks')) return Response.json({ keys: [key.jwk] });
    if (!pathname.endsWith('/verify')) return Response.json({ errors: [] }, { status: 404 });
    const body = JSON.parse(String(init?.body)) as { secret?: string; token?: string; access_token?: string };
    const text = body.secret ?? body.token ?? body.access_token ?? '';
    const known = Object.hasOwn(answers, text) ? answers[text] : undefined;
    if (known === undefined) return Response.json({ errors: [{ code: 'resource_not_found' }] }, { status: 404 });
    return Response.json({
      id: 'id_1',
      name: 'n',
      client_id: 'c',
      scopes: [],
      claims: null,
      expired: false,
      revoked: false,
      ...known,
    });
  };
}

/** One request and what is asked of the answer. */
export interface Ask {
  readonly request: { readonly method: string; readonly url: string; readonly headers: Record<string, string> };
  readonly accepts: AcceptsToken | undefined;
  readonly selection: { readonly acceptsToken?: AcceptsToken; readonly treatPendingAsSignedOut?: boolean };
  readonly requirement: unknown;
  /** Whatever in the request is nobody else's business. */
  readonly secrets: readonly string[];
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '%', '%00', '\0', '\r\nx: y', '//evil.test', 'null', '__proto__', '-1', '0', 'a b', '[::1'),
);

const types = ['session_token', 'api_key', 'm2m_token', 'oauth_token'] as const;
const acceptsToken: fc.Arbitrary<AcceptsToken> = fc.oneof(
  fc.constant('any' as const),
  fc.constantFrom(...types),
  fc.subarray([...types]),
);

/** Requests that mix good tokens, forged ones, damaged ones and plain noise in every place that is read. */
export function createRequests({
  good,
  forged,
}: {
  good: readonly NamedToken[];
  forged: readonly NamedToken[];
}): fc.Arbitrary<Ask> {
  const speaking = good.filter(({ identity }) => identity !== null);
  const known = fc
    .oneof(
      { weight: 3, arbitrary: fc.constantFrom(...speaking) },
      { weight: 1, arbitrary: fc.constantFrom(...good, ...forged) },
    )
    .map(({ token }) => token);
  const value = fc.oneof(
    { weight: 10, arbitrary: known },
    { weight: 2, arbitrary: fc.tuple(known, known, fc.nat(2)).map(([a, b, part]) => exchangePart(a, b, part)) },
    { weight: 2, arbitrary: fc.tuple(known, fc.nat(), text).map(([token, at, noise]) => splice(token, at, noise)) },
    { weight: 1, arbitrary: fc.tuple(fc.json(), fc.json(), fc.base64String()).map((parts) => compact(...parts)) },
    { weight: 1, arbitrary: text },
  );
  const suffix = '_naoXFJnI';
  const cookieName = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('__session', `__session${suffix}`, '__client_uat', `__client_uat${suffix}`),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom('__clerk_db_jwt', `__refresh${suffix}`, '__clerk_handshake', '__clerk_redirect_count'),
    },
    { weight: 1, arbitrary: text },
  );
  const cookieValue = fc.oneof(
    { weight: 3, arbitrary: value },
    { weight: 2, arbitrary: fc.constantFrom('0', '1', '1e9', '-1', '2') },
  );
  const cookies = fc.array(fc.tuple(cookieName, cookieValue), { maxLength: 6 });
  const scheme = fc.constantFrom('Bearer ', 'Bearer ', 'Bearer ', 'bearer  ', 'BEARER\t', 'Basic ', '');
  const url = fc.tuple(
    fc.oneof(fc.constantFrom('/', '//evil.test/x', '*', 'http://evil.test/', '/a/b'), text),
    fc.array(
      fc.tuple(fc.constantFrom('__clerk_handshake', '__clerk_db_jwt', '__clerk_synced', '__session', 'x'), value),
      { maxLength: 2 },
    ),
  );
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  return fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'get', ''),
      url,
      authorization: optional(fc.tuple(scheme, value)),
      cookies: optional(cookies),
      host: fc.oneof({ weight: 3, arbitrary: fc.constant('app.example.com') }, { weight: 1, arbitrary: text }),
      destination: optional(fc.constantFrom('document', 'iframe', 'empty')),
      forwardedHost: optional(text),
      forwardedProto: optional(text),
      referer: optional(fc.oneof(fc.constant('https://search.example/'), text)),
      accepts: optional(acceptsToken),
      selection: fc.record({ acceptsToken, treatPendingAsSignedOut: fc.boolean() }, { requiredKeys: [] }),
      requirement: fc.oneof(
        fc.jsonValue(),
        fc.record({ role: fc.jsonValue(), reverification: fc.jsonValue() }, { requiredKeys: [] }),
      ),
    })
    .map(
      ({
        method,
        url: [path, query],
        authorization,
        cookies: pairs,
        accepts,
        selection,
        requirement,
        ...rest
      }): Ask => {
        const headers: Record<string, string> = { host: rest.host };
        const secrets: string[] = [];
        if (authorization !== undefined) {
          headers.authorization = authorization.join('');
          secrets.push(authorization[1]);
        }
        if (pairs !== undefined) {
          headers.cookie = pairs.map((pair) => pair.join('=')).join('; ');
          secrets.push(...pairs.map(([, content]) => content));
        }
        const named = {
          'sec-fetch-dest': rest.destination,
          'x-forwarded-host': rest.forwardedHost,
          'x-forwarded-proto': rest.forwardedProto,
          referer: rest.referer,
        };
        for (const [name, content] of Object.entries(named)) if (content !== undefined) headers[name] = content;
        const search = query.map(
          ([name, content]) => `${name}=${encodeURIComponent(content.replace(/\p{Surrogate}/gu, ''))}`,
        );
        return {
          request: { method, url: search.length === 0 ? path : `${path}?${search.join('&')}`, headers },
          accepts,
          selection,
          requirement,
          secrets: secrets.filter((secret) => secret.includes('.') || /^(?:ak|mt|oat)_/.test(secret)),
        };
      },
    );
}

/** Header of one, payload of another, signature of a third. */
function exchangePart(a: string, b: string, part: number): string {
  const [own, other] = [a.split('.'), b.split('.')];
  return own.map((text, i) => (i === part ? (other[i] ?? text) : text)).join('.');
}

function splice(token: string, at: number, noise: string): string {
  const position = at % (token.length + 1);
  return token.slice(0, position) + noise + token.slice(position + (at % 3));
}
