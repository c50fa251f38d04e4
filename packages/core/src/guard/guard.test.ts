import { describe, expect, test } from 'vitest';
import { Clock } from '../../../../test/support/clock.ts';
import { type Handler, json, startLoopbackServer } from '../../../../test/support/loopback-server.ts';
import { createSigningKey } from '../../../../test/support/signing-key.ts';
import { type AdapterAuthenticator, createAdapterAuthenticator } from '../authenticator.ts';
import type { AuthenticatorOptions } from '../config.ts';
import { nameCookies } from '../keys/cookie-names.ts';
import { toPublishableKey } from '../keys/publishable-key.ts';
import { type RequestView, viewIncomingMessage, viewRequest } from '../request/request-view.ts';
import type { AcceptsToken } from '../tokens/token-type.ts';
import { type GuardOptions, type GuardVerdict, guard } from './guard.ts';
import { settleState } from './settle-state.ts';

const clock = new Clock();
const key = createSigningKey('ins_1');
const times = { iat: clock.seconds, nbf: clock.seconds - 10, exp: clock.seconds + 60 };
const ORGANIZATION = { org_id: 'org_1', org_role: 'org:admin', org_permissions: ['org:docs:read'] };

const session = (claims: object = {}) => key.sign({ sub: 'user_1', sid: 'sess_1', ...times, ...claims });
const access = (claims: object = {}) => key.sign({ sub: 'user_1', ...times, ...claims }, { typ: 'at+jwt' });
const m2m = (claims: object = {}) => key.sign({ sub: 'mch_1', ...times, ...claims }, { cat: 'cl_B7d4PD333AAA' });

const create = (options: AuthenticatorOptions = {}): AdapterAuthenticator =>
  createAdapterAuthenticator(
    {
      publishableKey: toPublishableKey('clerk.example.com', 'production'),
      jwtKey: key.publicPem,
      signInUrl: 'https://example.com/sign-in',
      now: clock.now,
      ...options,
    },
    {},
  );
const authenticator = create();

const API = { accept: 'application/json' };
const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document' };
const request = (headers: Record<string, string> = API): RequestView =>
  viewRequest(new Request('https://example.com/docs?q=1', { headers }));

async function ask<const Accepts extends AcceptsToken | undefined = undefined>(
  options: GuardOptions<Accepts>,
  token: string | undefined,
  headers: Record<string, string> = API,
  using = authenticator,
): Promise<GuardVerdict<Accepts>> {
  const view = request(token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` });
  const state = await settleState(await using.authenticateView(view, 'any'), options.acceptsToken);
  return guard(state, view, options, using.instance);
}

/** 200 where the route may run. */
const statusOf = (verdict: GuardVerdict<AcceptsToken | undefined>) =>
  verdict.allowed ? 200 : verdict.patch.answer?.status;
const headerOf = ({ patch }: GuardVerdict<AcceptsToken | undefined>, name: string) =>
  patch.set.find(([header]) => header === name)?.[1];

test('lets a signed-in user pass and hands over the auth object', async () => {
  const verdict = await ask({}, session());
  expect(verdict).toMatchObject({ allowed: true, auth: { userId: 'user_1', tokenType: 'session_token' } });
});

describe('an unauthenticated request', () => {
  test('gets 401 with a bare challenge where it carries no token', async () => {
    const verdict = await ask({}, undefined);
    expect(statusOf(verdict)).toBe(401);
    expect(headerOf(verdict, 'www-authenticate')).toBe('Bearer');
    expect(headerOf(verdict, 'content-type')).toBe('application/problem+json');
    expect(JSON.parse(verdict.patch.answer?.body ?? '')).toMatchObject({ title: 'Unauthorized', status: 401 });
  });

  test('is told what is wrong with its token, in words that are the same for all', async () => {
    const expired = session({ exp: clock.seconds - 60 });
    expect(headerOf(await ask({}, expired), 'www-authenticate')).toBe(
      'Bearer error="invalid_token", error_description="The token has expired."',
    );
    for (const token of ['garbage', `${session().slice(0, -4)}AAAA`, key.sign({}, { alg: 'none' }), 'ak_unknown0']) {
      expect(headerOf(await ask({}, token), 'www-authenticate')).toBe(
        'Bearer error="invalid_token", error_description="The token is not valid."',
      );
    }
  });

  test('is sent to sign in where a browser asks for a page, and comes back to its own URL', async () => {
    const verdict = await ask({}, undefined, PAGE);
    expect(statusOf(verdict)).toBe(307);
    const location = new URL(headerOf(verdict, 'location') ?? '');
    expect(location.origin + location.pathname).toBe('https://example.com/sign-in');
    expect(location.searchParams.get('redirect_url')).toBe('https://example.com/docs?q=1');
  });

  test.each<[what: string, options: GuardOptions, headers: Record<string, string>, status: number]>([
    ['mode api', { mode: 'api' }, PAGE, 401],
    ['mode redirect', { mode: 'redirect' }, API, 307],
    ['a route for machines alone', { acceptsToken: 'api_key' }, PAGE, 401],
    ['a route that takes sessions as well', { acceptsToken: ['session_token', 'api_key'] }, PAGE, 307],
    ['a fetch of a script', {}, { 'sec-fetch-dest': 'empty' }, 401],
    ['an empty list of kinds', { acceptsToken: [] }, PAGE, 401],
  ])('%s', async (_what, options, headers, status) => {
    expect(statusOf(await ask(options, undefined, headers))).toBe(status);
  });

  test('a page of its own for this route', async () => {
    const verdict = await ask({ signInUrl: 'https://example.com/staff' }, undefined, PAGE);
    expect(headerOf(verdict, 'location')).toMatch(/^https:\/\/example\.com\/staff\?/);
  });

  test('no answer of a guard may be kept by a shared cache', async () => {
    const verdicts = [
      await ask({}, undefined),
      await ask({}, undefined, PAGE),
      await ask({ role: 'x' }, session()),
      await ask({ acceptsToken: 'm2m_token', scopes: 'x' }, m2m()),
      await ask({ reverification: 'strict' }, session()),
      await ask({}, session()),
    ];
    for (const verdict of verdicts) {
      expect(headerOf(verdict, 'cache-control')).toBe('private, no-store');
      expect(verdict.patch.vary).toEqual(['Cookie', 'Authorization']);
    }
  });
});

describe('the kind of token (section 6.3)', () => {
  const kinds = { session_token: session(), m2m_token: m2m(), oauth_token: access() } as const;
  test.each<[accepts: AcceptsToken | undefined, taken: readonly string[]]>([
    [undefined, ['session_token']],
    ['session_token', ['session_token']],
    ['m2m_token', ['m2m_token']],
    ['oauth_token', ['oauth_token']],
    ['api_key', []],
    ['any', ['session_token', 'm2m_token', 'oauth_token']],
    [
      ['oauth_token', 'm2m_token'],
      ['m2m_token', 'oauth_token'],
    ],
    [[], []],
  ])('SC-030 %j', async (acceptsToken, taken) => {
    for (const [kind, token] of Object.entries(kinds)) {
      const verdict = await ask({ ...(acceptsToken !== undefined && { acceptsToken }) }, token);
      expect(statusOf(verdict), kind).toBe(taken.includes(kind) ? 200 : 401);
      if (verdict.allowed) expect(verdict.auth.tokenType).toBe(kind);
    }
  });

  test('a token of another kind is told so, though it is valid', async () => {
    expect(headerOf(await ask({ acceptsToken: 'm2m_token' }, session()), 'www-authenticate')).toContain(
      'This route does not take this kind of token.',
    );
  });
});

describe('SC-032 scopes', () => {
  const guardScopes = (scopes: unknown, token: string) =>
    ask({ acceptsToken: 'any', scopes: scopes as string[] }, token);
  test.each<[what: string, wanted: unknown, held: unknown, status: number]>([
    ['held', 'read:users', ['read:users', 'x'], 200],
    ['all held', ['a', 'b'], ['b', 'a'], 200],
    ['none wanted', [], [], 200],
    ['one missing', ['a', 'b'], ['a'], 403],
    ['the beginning of it', 'read:users', ['read'], 403],
    ['more than it', 'read:users', ['read:users2'], 403],
    ['in capitals', 'read:users', ['READ:USERS'], 403],
    ['one element with a blank', 'delete', ['read:users delete'], 403],
    ['none', 'read:users', [], 403],
    ['an empty one', '', [], 403],
    ['null from plain JavaScript', null, ['read:users'], 403],
    ['a number from plain JavaScript', 5, ['5'], 403],
  ])('%s', async (_what, wanted, held, status) => {
    expect(statusOf(await guardScopes(wanted, access({ scp: held })))).toBe(status);
    expect(statusOf(await guardScopes(wanted, m2m({ scopes: held })))).toBe(status);
  });

  test('RFC 6750: the answer names exactly what is missing', async () => {
    const verdict = await guardScopes(['a', 'b', 'c'], access({ scp: ['b'] }));
    expect(headerOf(verdict, 'www-authenticate')).toBe('Bearer error="insufficient_scope", scope="a c"');
  });

  test('a session carries no scope, whatever its claims say', async () => {
    expect(statusOf(await guardScopes('a', session({ scp: ['a'], scopes: 'a', scope: 'a' })))).toBe(403);
  });
});

describe('SC-034 several demands at once', () => {
  const demands: readonly [GuardOptions, GuardOptions][] = [
    [{ role: 'admin' }, { role: 'owner' }],
    [{ permission: 'docs:read' }, { permission: 'docs:delete' }],
    [{ feature: 'invoices' }, { feature: 'x' }],
    [{ plan: 'gold' }, { plan: 'x' }],
    [{ reverification: 'strict' }, { reverification: { level: 'first_factor', afterMinutes: 0.5 } }],
    [{ allowImpersonation: true }, { allowImpersonation: false }],
  ];
  const token = session({ ...ORGANIZATION, fea: 'o:invoices', pla: 'o:gold', fva: [1, 1], act: { sub: 'user_2' } });

  test('each is enforced, whatever passes beside it and beside which other options it stands', async () => {
    for (let failing = 0; failing < 1 << demands.length; failing++) {
      const parts = demands.map(([pass, fail], i) => ((failing >> i) & 1 ? fail : pass));
      const options: GuardOptions = Object.assign({ mode: 'api', signInUrl: '/sign-in' }, ...parts);
      expect(statusOf(await ask(options, token)), JSON.stringify(options)).toBe(failing === 0 ? 200 : 403);
    }
  });

  test.each<[what: string, options: unknown]>([
    ['null as a role', { role: null }],
    ['null as a permission beside a role that is held', { role: 'admin', permission: null }],
    ['an empty permission', { permission: '' }],
    ['a demand of a wrong type', { plan: ['gold'] }],
    ['an unknown preset', { reverification: 'x' }],
  ])('plain JavaScript: %s is a demand that nobody meets', async (_what, options) => {
    expect(statusOf(await ask(options as GuardOptions, token))).toBe(403);
  });

  test('an undefined demand is none', async () => {
    const options = { role: undefined, permission: 'docs:read' } as unknown as GuardOptions;
    expect(statusOf(await ask(options, token))).toBe(200);
  });

  test.each(['role', 'permission', 'feature', 'plan'] as const)('a machine meets no %s', async (demand) => {
    const claims = { ...ORGANIZATION, fea: 'o:invoices', pla: 'o:gold' };
    const options = { acceptsToken: 'any', [demand]: 'invoices' } as const;
    expect(statusOf(await ask(options, m2m(claims)))).toBe(403);
    expect(statusOf(await ask(options, access(claims)))).toBe(403);
  });
});

describe('reverification', () => {
  test('section 10: what the browser can mend is told in the words that its script knows', async () => {
    const verdict = await ask({ role: 'admin', reverification: 'strict' }, session({ ...ORGANIZATION, fva: [99, 99] }));
    expect(statusOf(verdict)).toBe(403);
    expect(headerOf(verdict, 'content-type')).toBe('application/json');
    expect(JSON.parse(verdict.patch.answer?.body ?? '')).toEqual({
      clerk_error: { type: 'forbidden', reason: 'reverification-error', metadata: { reverification: 'strict' } },
    });
  });

  test('where another demand fails as well, proving a factor again would not help', async () => {
    const verdict = await ask({ role: 'owner', reverification: 'strict' }, session({ ...ORGANIZATION, fva: [99, 99] }));
    expect(JSON.parse(verdict.patch.answer?.body ?? '')).toMatchObject({ code: 'insufficient-permission' });
  });

  test('a machine has nothing to prove again', async () => {
    const verdict = await ask({ acceptsToken: 'any', reverification: 'strict' }, m2m());
    expect(JSON.parse(verdict.patch.answer?.body ?? '')).toMatchObject({ code: 'insufficient-permission' });
  });
});

test('SC-024 a pending session counts as none unless the route says otherwise', async () => {
  const pending = session({ sts: 'pending' });
  expect(statusOf(await ask({}, pending))).toBe(401);
  expect(statusOf(await ask({ acceptsToken: 'any' }, pending))).toBe(401);
  expect(statusOf(await ask({ treatPendingAsSignedOut: true }, pending))).toBe(401);
  const verdict = await ask({ treatPendingAsSignedOut: false }, pending);
  expect(verdict).toMatchObject({ allowed: true, auth: { sessionStatus: 'pending' } });
});

test('SC-025 a route can refuse whoever acts for somebody else', async () => {
  const acting = session({ act: { sub: 'user_2' } });
  expect(await ask({}, acting)).toMatchObject({ allowed: true, auth: { actor: { sub: 'user_2' } } });
  expect(statusOf(await ask({ allowImpersonation: false }, acting))).toBe(403);
  expect(statusOf(await ask({ allowImpersonation: false }, session()))).toBe(200);
});

test.each([{ sub: 'user_2' }, { iss: 'https://i.test', sub: 'agent', act: { sub: 'user_3' } }, {}, ['user_2']])(
  'SC-025 so it can with OAuth clients: act %j',
  async (act) => {
    const options = { acceptsToken: 'oauth_token', allowImpersonation: false } as const;
    const acting = access({ act });
    expect(await ask({ acceptsToken: 'oauth_token' }, acting)).toMatchObject({ allowed: true, auth: { actor: act } });
    expect(statusOf(await ask(options, acting))).toBe(403);
    expect(statusOf(await ask(options, access()))).toBe(200);
  },
);

describe('RFC 9728 resource metadata', () => {
  test('is named in challenges, a path on the public origin', async () => {
    const options = { resourceMetadata: '/.well-known/oauth-protected-resource' };
    const expected = 'resource_metadata="https://example.com/.well-known/oauth-protected-resource"';
    expect(headerOf(await ask(options, undefined), 'www-authenticate')).toBe(`Bearer ${expected}`);
    const lacking = await ask({ ...options, acceptsToken: 'any', scopes: 'x' }, m2m());
    expect(headerOf(lacking, 'www-authenticate')).toContain(expected);
  });

  test.each(['a b', '[::1', 'evil.test#', '', 'x"y', 'http://', '\0'])(
    'SC-064 with the Host header %j nothing throws',
    async (host) => {
      const view = viewIncomingMessage({ method: 'GET', url: '/', headers: { host, accept: 'application/json' } });
      const state = await authenticator.authenticateView(view, 'any');
      const verdict = guard(state, view, { resourceMetadata: '/m' }, authenticator.instance);
      expect(statusOf(verdict)).toBe(401);
      expect(headerOf(verdict, 'www-authenticate')).toMatch(
        /^Bearer(?: resource_metadata="http:\/\/[\w.:[\]-]+\/m")?$/,
      );
    },
  );
});

describe('a backend that is down', () => {
  const setup = async (handler: Handler) => {
    const server = await startLoopbackServer(handler);
    return create({ jwtKey: undefined, secretKey: 'sk_live_x', apiUrl: server.url, timeoutMs: 500 });
  };
  const broken: Handler = (incoming) => {
    incoming.socket.destroy();
  };

  test.each(['ak_0123456789', session()])('is 401, or 503 where the route says so: %s', async (token) => {
    const down = await setup(broken);
    const options = { acceptsToken: 'any' } as const;
    expect(statusOf(await ask(options, token, API, down))).toBe(401);
    const verdict = await ask({ ...options, unavailable: 'service-unavailable' }, token, API, down);
    expect(statusOf(verdict)).toBe(503);
    expect(headerOf(verdict, 'retry-after')).toBe('5');
  });

  test.each<[what: string, handler: Handler]>([
    ['hangs up', broken],
    ['answers 500', json({}, 500)],
  ])('SC-087 so is a session that cannot be renewed, since the backend %s', async (_what, handler) => {
    const { url } = await startLoopbackServer(handler);
    const down = create({ secretKey: 'sk_live_x', apiUrl: url, timeoutMs: 500 });
    const { refresh } = await nameCookies(toPublishableKey('clerk.example.com', 'production'));
    const expired = session({ iat: clock.seconds - 100, nbf: clock.seconds - 100, exp: clock.seconds - 40 });
    const headers = { ...API, cookie: `__session=${expired}; __client_uat=1; ${refresh}=r` };
    expect(statusOf(await ask({}, undefined, headers, down))).toBe(401);
    const verdict = await ask({ unavailable: 'service-unavailable' }, undefined, headers, down);
    expect([statusOf(verdict), headerOf(verdict, 'retry-after')]).toEqual([503, '5']);
    expect(verdict.patch.append).toEqual([]);
  });

  test('a key that the backend refuses is 401 all the same', async () => {
    const refusing = await setup(json({ errors: [] }, 404));
    const options = { acceptsToken: 'any', unavailable: 'service-unavailable' } as const;
    expect(statusOf(await ask(options, 'ak_0123456789', API, refusing))).toBe(401);
  });
});

describe("machineTokens: 'lazy'", () => {
  const lazy = create({ machineTokens: 'lazy' });

  test('a machine token is verified when a guard asks for its kind', async () => {
    expect(await ask({ acceptsToken: 'm2m_token' }, m2m(), API, lazy)).toMatchObject({
      allowed: true,
      auth: { machineId: 'mch_1' },
    });
    expect(statusOf(await ask({ acceptsToken: 'm2m_token' }, m2m({ exp: 1 }), API, lazy))).toBe(401);
  });

  test('and stays unverified where no guard takes it', async () => {
    expect(statusOf(await ask({}, m2m(), API, lazy))).toBe(401);
  });

  test('taking "not asked yet" for an answer throws', async () => {
    const view = request({ ...API, authorization: `Bearer ${m2m()}` });
    const state = await lazy.authenticateView(view, 'any');
    expect(() => guard(state, view, { acceptsToken: 'm2m_token' }, lazy.instance)).toThrow(
      expect.objectContaining({ code: 'machine-token-not-verified' }) as Error,
    );
  });
});

test("machineTokens: 'off' refuses every machine token", async () => {
  const off = create({ machineTokens: 'off' });
  for (const token of [m2m(), access(), 'ak_0123456789']) {
    expect(statusOf(await ask({ acceptsToken: 'any' }, token, API, off))).toBe(401);
  }
  expect(statusOf(await ask({ acceptsToken: 'any' }, session(), API, off))).toBe(200);
});
