import { createHash, randomBytes } from 'node:crypto';
import { createAuthenticator, viewRequest } from '@keystile/core';
import type { LocalBackend, SeedOAuthApplication } from '@keystile/local';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callBackendApi, readAnswer } from './support/backend-api.ts';
import { type Browser, createBrowser, type Page } from './support/browser.ts';
import { ada, startBackend } from './support/start-backend.ts';

const redirectUri = 'http://127.0.0.1:9/callback';
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };

const confidential: SeedOAuthApplication = {
  name: 'Reports',
  clientId: 'reports',
  clientSecret: 'reports-secret',
  redirectUris: [redirectUri],
  scopes: 'openid profile email offline_access',
};
const spa: SeedOAuthApplication = {
  name: 'Viewer',
  clientId: 'viewer',
  public: true,
  redirectUris: [redirectUri],
  scopes: 'profile email offline_access',
};

/** A browser that is signed in, and the client's side of things. */
async function setUp(applications: readonly SeedOAuthApplication[] = [confidential, spa], settings?: object) {
  const backend = await startBackend({ seed: { users: [ada], oauthApplications: applications }, signInLimit: false });
  if (settings !== undefined) await callBackendApi(backend, 'PATCH', '/instance/oauth_application_settings', settings);
  const browser = createBrowser();
  await browser.submit(await browser.visit(`${backend.url}/sign-in`), {
    identifier: ada.email,
    password: ada.password,
  });
  return { backend, browser, ...clientOf(backend, browser) };
}

function clientOf(backend: LocalBackend, browser: Browser) {
  const authorizeUrl = (parameters: Record<string, string> = {}) =>
    `${backend.url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'reports', redirect_uri: redirectUri, state: 'st', scope: 'profile', ...parameters })}`;
  /** Where the browser ends up: the client, to which nobody listens here, or a page of the backend. */
  const leave = async (visit: () => Promise<Page>): Promise<URL | Page> => {
    try {
      return await visit();
    } catch (error) {
      const sent = (error as { sentTo?: URL }).sentTo;
      if (sent === undefined) throw error;
      return sent;
    }
  };
  const authorize = (parameters?: Record<string, string>) => leave(() => browser.visit(authorizeUrl(parameters)));
  const decide = (page: Page, decision: 'allow' | 'deny') => leave(() => browser.submit(page, { decision }));
  const codeOf = async (parameters?: Record<string, string>): Promise<string> => {
    const page = await authorize(parameters);
    const sent = page instanceof URL ? page : await decide(page, 'allow');
    if (!(sent instanceof URL)) throw new Error(sent.html);
    const code = sent.searchParams.get('code');
    if (code === null) throw new Error(sent.href);
    return code;
  };
  const post = async (path: string, body: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${backend.url}${path}`, { method: 'POST', body: new URLSearchParams(body), headers });
    return readAnswer(answer);
  };
  const asReports = { client_id: 'reports', client_secret: 'reports-secret' };
  const exchange = (code: string, more: Record<string, string> = {}) =>
    post('/oauth/token', { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...asReports, ...more });
  const refresh = (refresh_token: string, more: Record<string, string> = {}) =>
    post('/oauth/token', { grant_type: 'refresh_token', refresh_token, ...asReports, ...more });
  const userinfo = async (token: string) => {
    const answer = await fetch(`${backend.url}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: await answer.json() };
  };
  return { authorizeUrl, authorize, decide, codeOf, post, exchange, refresh, userinfo, asReports };
}

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const isPage = (result: URL | Page): result is Page => !(result instanceof URL);

describe('authorization', () => {
  test('asks the user, then gives a code with state and issuer, and remembers the answer', async () => {
    const { authorize, decide, backend } = await setUp();
    const page = await authorize({ scope: 'profile email' });
    if (!isPage(page)) throw new Error('not asked');
    expect(page.html).toContain('Reports wants to access your account');
    expect(page.html).toContain('See your email address');
    const sent = await decide(page, 'allow');
    if (isPage(sent)) throw new Error(sent.html);
    expect(`${sent.origin}${sent.pathname}${sent.hash}`).toBe(redirectUri);
    expect(Object.fromEntries(sent.searchParams)).toEqual({
      code: expect.stringMatching(/^oac_/),
      state: 'st',
      iss: backend.url,
    });
    expect(isPage(await authorize({ scope: 'email' }))).toBe(false);
    expect(isPage(await authorize({ scope: 'openid' }))).toBe(true);
    expect(isPage(await authorize({ scope: 'email', prompt: 'consent' }))).toBe(true);
  });

  test('tells the client of a refusal', async () => {
    const { authorize, decide, backend } = await setUp();
    const sent = await decide((await authorize()) as Page, 'deny');
    expect(Object.fromEntries((sent as URL).searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'st',
      iss: backend.url,
    });
  });

  test('leads who is not signed in through the sign-in page and back', async () => {
    const { backend, authorizeUrl } = await setUp();
    const browser = createBrowser();
    const form = await browser.visit(authorizeUrl());
    expect(form.url.pathname).toBe('/sign-in');
    const page = await browser.submit(form, { identifier: ada.email, password: ada.password });
    expect([page.url.pathname, page.html.includes('wants to access')]).toEqual(['/oauth/authorize', true]);
    const silent = await clientOf(backend, createBrowser()).authorize({ prompt: 'none' });
    expect((silent as URL).searchParams.get('error')).toBe('login_required');
  });

  test('with prompt=none asks nobody', async () => {
    const { authorize } = await setUp();
    expect(((await authorize({ prompt: 'none' })) as URL).searchParams.get('error')).toBe('consent_required');
  });

  test('asks every time for a client that cannot prove who it is', async () => {
    const { authorize, decide } = await setUp();
    const parameters = { client_id: 'viewer', ...pkce };
    for (let time = 0; time < 2; time++) {
      const page = await authorize(parameters);
      expect(isPage(page)).toBe(true);
      await decide(page as Page, 'allow');
    }
  });

  test('asks nobody where the application has no consent screen', async () => {
    const { authorize } = await setUp([{ ...confidential, consentScreenEnabled: false }]);
    expect(isPage(await authorize())).toBe(false);
  });

  test.each([
    ['an unknown client', { client_id: 'nope' }],
    ['no client', { client_id: '' }],
    ['another path', { redirect_uri: `${redirectUri}/x` }],
    ['a prefix', { redirect_uri: redirectUri.slice(0, -1) }],
    ['another case', { redirect_uri: redirectUri.toUpperCase() }],
    ['another port', { redirect_uri: redirectUri.replace(':9', ':10') }],
    ['another host', { redirect_uri: 'https://evil.test/callback' }],
    ['a query', { redirect_uri: `${redirectUri}?x=1` }],
    ['a fragment', { redirect_uri: `${redirectUri}#x` }],
    ['a user', { redirect_uri: redirectUri.replace('//', '//a@') }],
    ['a trailing dot', { redirect_uri: redirectUri.replace('0.0.1', '0.0.1.') }],
    ['an encoded twin', { redirect_uri: redirectUri.replace('callback', '%63allback') }],
  ])('SC-131 sends nobody anywhere for %s', async (_, parameters) => {
    const { authorize } = await setUp();
    const page = await authorize(parameters);
    expect(isPage(page) && page.status).toBe(400);
  });

  test('SC-131 no redirect URI but the registered one is ever sent to', async () => {
    const { backend, authorizeUrl } = await setUp();
    const base = new URL(redirectUri);
    const variant = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc
        .tuple(fc.nat(redirectUri.length), fc.string({ maxLength: 3 }))
        .map(([at, text]) => redirectUri.slice(0, at) + text + redirectUri.slice(at)),
      fc.tuple(fc.nat(redirectUri.length - 1)).map(([at]) => redirectUri.slice(0, at) + redirectUri.slice(at + 1)),
    );
    await fc.assert(
      fc.asyncProperty(variant, async (uri) => {
        const answer = await backend.fetch(authorizeUrl({ redirect_uri: uri, prompt: 'none' }));
        const location = answer.headers.get('location');
        if (location === null) return;
        expect(new URL(location).origin).toBe(base.origin);
        expect([redirectUri, '']).toContain(uri);
      }),
      { numRuns: 200 },
    );
  });

  test('SC-131 needs the redirect URI where several are registered, and takes the only one where it is left out', async () => {
    const { browser, backend } = await setUp([
      confidential,
      { ...confidential, clientId: 'two', redirectUris: [redirectUri, `${redirectUri}/2`] },
    ]);
    const without = (client_id: string) =>
      `${backend.url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id, state: 'st' })}`;
    expect((await browser.visit(without('two'))).status).toBe(400);
    expect((await browser.visit(without('reports'))).status).toBe(200);
  });

  test.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['an ID token by the front channel', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['the fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['a request object', { request: 'ey.ey.' }, 'invalid_request'],
    ['a scope that the client may not have', { scope: 'profile private_metadata' }, 'invalid_scope'],
    ['a scope by substring', { scope: 'prof' }, 'invalid_scope'],
    ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without a method', { code_challenge: challenge }, 'invalid_request'],
    ['a method without a challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
    ['a challenge that is none', { code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
    ['a public client without PKCE', { client_id: 'viewer' }, 'invalid_request'],
    ['neither state nor PKCE', { state: '' }, 'invalid_request'],
  ])('SC-131 tells the client that %s is refused', async (_, parameters, error) => {
    const { authorize, backend } = await setUp();
    const sent = await authorize(parameters);
    if (isPage(sent)) throw new Error(sent.html);
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({ error, iss: backend.url });
    expect(sent.hash).toBe('');
  });

  test('SC-131 refuses a parameter that is given twice, and a resource that is none', async () => {
    const { browser, authorizeUrl } = await setUp();
    expect((await browser.visit(`${authorizeUrl()}&client_id=viewer`)).status).toBe(400);
    expect((await browser.visit(`${authorizeUrl()}&redirect_uri=https://evil.test`)).status).toBe(400);
    for (const resource of ['not a uri', 'https://api.example.com/#x', '/relative']) {
      expect((await browser.visit(authorizeUrl({ resource }))).status).toBe(400);
    }
  });

  test('SC-132 shows names of applications as text, stands in no frame, and takes only its own form', async () => {
    const { authorize, backend, browser } = await setUp([{ ...confidential, name: '<script>alert(1)</script>' }]);
    const page = (await authorize()) as Page;
    expect(page.html).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const cookie = Object.entries(browser.cookies('127.0.0.1'))
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const forged = await fetch(`${backend.url}/oauth/authorize`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.test' },
      body: new URLSearchParams({
        query: page.url.search,
        decision: 'allow',
        csrf: /name="csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? '',
      }),
      redirect: 'manual',
    });
    expect(forged.status).toBe(403);
  });
});

describe('the code', () => {
  test('is exchanged for an access token that the user, the backend and core know', async () => {
    const { codeOf, exchange, userinfo, backend } = await setUp();
    const { status, headers, body } = await exchange(await codeOf({ scope: 'openid profile email', nonce: 'n-1' }));
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      scope: 'openid profile email',
      expires_in: 86_400,
      access_token: expect.stringMatching(/^oat_/),
    });
    expect(body.refresh_token).toBe(undefined);
    const userId = backend.seeded?.users[0]?.id;
    expect(claimsOf(body.id_token)).toMatchObject({
      iss: backend.url,
      sub: userId,
      aud: 'reports',
      nonce: 'n-1',
      email: ada.email,
      auth_time: expect.any(Number),
    });
    expect(await userinfo(body.access_token)).toMatchObject({
      status: 200,
      body: { sub: userId, name: 'Ada Lovelace', email: ada.email, email_verified: true },
    });
    const verified = await callBackendApi(backend, 'POST', '/oauth_applications/access_tokens/verify', {
      access_token: body.access_token,
    });
    expect(verified.body).toMatchObject({
      subject: userId,
      client_id: 'reports',
      scopes: ['openid', 'profile', 'email'],
    });

    const authenticator = await createAuthenticator({
      secretKey: backend.secretKey,
      publishableKey: backend.publishableKey,
      apiUrl: backend.url,
    });
    const present = async (token: string) => {
      const request = new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } });
      const { status: verdict, tokenType } = await authenticator.authenticateRequest(viewRequest(request), {
        acceptsToken: 'any',
      });
      return [verdict, tokenType];
    };
    expect(await present(body.access_token)).toEqual(['signed-in', 'oauth_token']);
    // SC-026: an ID token is for the client, and a session for nobody.
    expect((await present(body.id_token))[0]).toBe('signed-out');
  });

  test('is exchanged for a JWT where the instance says so, with the audience that was asked for', async () => {
    const { codeOf, exchange, backend } = await setUp([confidential], { oauth_jwt_access_tokens: true });
    const { body } = await exchange(await codeOf({ resource: 'https://api.example.com/' }));
    expect(claimsOf(body.access_token)).toMatchObject({
      iss: backend.url,
      client_id: 'reports',
      aud: ['https://api.example.com/'],
      scope: 'profile',
    });
    const authenticator = await createAuthenticator({
      secretKey: backend.secretKey,
      publishableKey: backend.publishableKey,
      apiUrl: backend.url,
    });
    const request = new Request('http://localhost/', { headers: { authorization: `Bearer ${body.access_token}` } });
    const state = await authenticator.authenticateRequest(viewRequest(request), { acceptsToken: 'oauth_token' });
    expect(state.status).toBe('signed-in');
  });

  test('SC-131 counts once; a second use revokes what the first gave', async () => {
    const { codeOf, exchange, userinfo, refresh } = await setUp();
    const code = await codeOf({ scope: 'profile offline_access' });
    const { body } = await exchange(code);
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    expect((await userinfo(body.access_token)).status).toBe(401);
    expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('SC-131 SC-130 of ten that exchange it at once, no more than one keeps a token', async () => {
    const { codeOf, exchange } = await setUp();
    const code = await codeOf();
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('SC-131 is refused to another client, late, with another redirect URI, and to users who may not sign in', async () => {
    const other = { ...confidential, clientId: 'other', clientSecret: 'other-secret' };
    const { codeOf, exchange, backend } = await setUp([confidential, other]);
    const code = await codeOf();
    const errorOf = async (more: Record<string, string> = {}) => (await exchange(code, more)).body.error;
    expect(await errorOf({ client_id: 'other', client_secret: 'other-secret' })).toBe('invalid_grant');
    expect(await errorOf({ redirect_uri: `${redirectUri}/` })).toBe('invalid_grant');
    expect(await errorOf({ redirect_uri: '' })).toBe('invalid_grant');
    expect(await errorOf({ code_verifier: verifier })).toBe('invalid_grant');
    await backend.context.db.updateTable('users').set({ banned: 1 }).execute();
    expect(await errorOf()).toBe('invalid_grant');
    await backend.context.db.updateTable('users').set({ banned: 0 }).execute();
    backend.clock.advance(60_000);
    expect(await errorOf()).toBe('invalid_grant');
  });

  test.each([
    ['without a verifier', {}],
    ['with another verifier', { code_verifier: randomBytes(32).toString('base64url') }],
    ['with the challenge as verifier', { code_verifier: challenge }],
    ['with a verifier that is too short', { code_verifier: verifier.slice(0, 42) }],
  ] as [string, Record<string, string>][])('SC-131 of a challenge is refused %s', async (_, more) => {
    const { codeOf, post } = await setUp();
    const code = await codeOf({ client_id: 'viewer', ...pkce });
    const ask = (parameters: Record<string, string>) =>
      post('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        client_id: 'viewer',
        ...parameters,
      });
    expect((await ask(more)).body.error).toBe('invalid_grant');
    expect((await ask({ code_verifier: verifier })).status).toBe(200);
  });
});

describe('clients', () => {
  test('authenticate by Basic or in the form', async () => {
    const { codeOf, post } = await setUp();
    const authorization = `Basic ${Buffer.from('reports:reports-secret').toString('base64')}`;
    const answer = await post(
      '/oauth/token',
      { grant_type: 'authorization_code', code: await codeOf(), redirect_uri: redirectUri },
      { authorization },
    );
    expect(answer.status).toBe(200);
  });

  test.each([
    ['a wrong secret', { client_id: 'reports', client_secret: 'nope' }, {}, 401],
    ['no secret', { client_id: 'reports' }, {}, 401],
    ['an unknown client', { client_id: 'nope', client_secret: 'x' }, {}, 401],
    ['nothing', {}, {}, 401],
    ['a secret of a public client', { client_id: 'viewer', client_secret: 'x' }, {}, 401],
    ['a wrong Basic secret', {}, { authorization: `Basic ${Buffer.from('reports:nope').toString('base64')}` }, 401],
    [
      'both ways',
      { client_id: 'reports', client_secret: 'reports-secret' },
      { authorization: `Basic ${Buffer.from('reports:reports-secret').toString('base64')}` },
      400,
    ],
  ] as [string, Record<string, string>, Record<string, string>, number][])(
    'SC-131 are refused with %s',
    async (_, body, headers, status) => {
      const { post } = await setUp();
      const answer = await post('/oauth/token', { grant_type: 'authorization_code', code: 'x', ...body }, headers);
      expect(answer.status).toBe(status);
      if (headers.authorization !== undefined && status === 401)
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/);
    },
  );

  test('cannot use another grant, another media type, or a parameter twice', async () => {
    const { post, asReports, backend } = await setUp();
    for (const grant_type of ['password', 'implicit', 'client_credentials', 'constructor', '']) {
      expect((await post('/oauth/token', { grant_type, ...asReports })).body.error).toBe('unsupported_grant_type');
    }
    const json = await fetch(`${backend.url}/oauth/token`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(400);
    const twice = await fetch(`${backend.url}/oauth/token`, {
      method: 'POST',
      body: 'grant_type=refresh_token&grant_type=authorization_code',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(twice.status).toBe(400);
  });
});

describe('refresh tokens', () => {
  async function withRefreshToken() {
    const all = await setUp();
    const { body } = await all.exchange(await all.codeOf({ scope: 'profile email offline_access' }));
    return { ...all, first: body as { access_token: string; refresh_token: string } };
  }

  test('rotate, and give access tokens of the same scopes or fewer', async () => {
    const { refresh, first } = await withRefreshToken();
    const second = await refresh(first.refresh_token);
    expect(second.body).toMatchObject({
      scope: 'profile email offline_access',
      refresh_token: expect.stringMatching(/^ort_/),
    });
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    const third = await refresh(second.body.refresh_token, { scope: 'email' });
    expect(third.body.scope).toBe('email');
    expect((await refresh(third.body.refresh_token)).body.scope).toBe('profile email offline_access');
  });

  test('SC-131 never give more scopes than were granted', async () => {
    const { refresh, first } = await withRefreshToken();
    expect((await refresh(first.refresh_token, { scope: 'profile openid' })).body.error).toBe('invalid_scope');
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  test('SC-131 that come back revoke the whole family', async () => {
    const { refresh, first, userinfo } = await withRefreshToken();
    const { body: second } = await refresh(first.refresh_token);
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    for (const token of [first.access_token, second.access_token]) expect((await userinfo(token)).status).toBe(401);
    expect((await refresh(second.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('SC-131 are refused to another client, after their time, and for users who may not sign in', async () => {
    const { refresh, first, backend } = await withRefreshToken();
    expect((await refresh(first.refresh_token, { client_id: 'viewer', client_secret: '' })).status).toBe(400);
    await backend.context.db.updateTable('users').set({ banned: 1 }).execute();
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    await backend.context.db.updateTable('users').set({ banned: 0 }).execute();
    backend.clock.advance(31 * 24 * 60 * 60 * 1000);
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('SC-128 are stored as hashes only', async () => {
    const { first, backend } = await withRefreshToken();
    const tables = ['oauth_refresh_tokens', 'oauth_access_tokens', 'oauth_authorizations'] as const;
    for (const table of tables) {
      const rows = JSON.stringify(await backend.context.db.selectFrom(table).selectAll().execute());
      expect(rows).not.toContain(first.refresh_token);
      expect(rows).not.toContain(first.access_token);
    }
  });

  test('are revoked with their family by the client, an access token alone; others and unknown ones change nothing', async () => {
    const { post, refresh, first, userinfo, asReports } = await withRefreshToken();
    const revoke = (token: string, client: Record<string, string> = asReports) =>
      post('/oauth/token/revoke', { token, ...client });
    expect((await revoke('nope')).status).toBe(200);
    expect((await revoke(first.refresh_token, { client_id: 'viewer' })).status).toBe(200);
    expect((await revoke(first.access_token, { client_id: 'reports', client_secret: 'nope' })).status).toBe(401);
    expect((await userinfo(first.access_token)).status).toBe(200);
    const { body: second } = await refresh(first.refresh_token);
    await revoke(first.access_token);
    expect([(await userinfo(first.access_token)).status, (await userinfo(second.access_token)).status]).toEqual([
      401, 200,
    ]);
    await revoke(second.refresh_token);
    expect((await userinfo(second.access_token)).status).toBe(401);
  });
});

describe('introspection', () => {
  test('tells a client of its own tokens, and the secret key of all', async () => {
    const { codeOf, exchange, post, backend, asReports } = await setUp([
      confidential,
      { ...confidential, clientId: 'other', clientSecret: 'other-secret' },
      spa,
    ]);
    const { body } = await exchange(await codeOf({ scope: 'profile offline_access' }));
    const look = (token: string, client: Record<string, string>, headers = {}) =>
      post('/oauth/token_info', { token, ...client }, headers);
    expect((await look(body.access_token, asReports)).body).toMatchObject({
      active: true,
      client_id: 'reports',
      scope: 'profile offline_access',
      sub: backend.seeded?.users[0]?.id,
      iss: backend.url,
    });
    expect((await look(body.refresh_token, asReports)).body).toMatchObject({
      active: true,
      token_type: 'refresh_token',
    });
    expect((await look(body.access_token, { client_id: 'other', client_secret: 'other-secret' })).body).toEqual({
      active: false,
    });
    expect((await look(body.access_token, {}, { authorization: `Bearer ${backend.secretKey}` })).body.active).toBe(
      true,
    );
    expect((await look(body.access_token, {}, { authorization: 'Bearer sk_test_wrong_wrong' })).status).toBe(401);
    expect((await look(body.access_token, { client_id: 'viewer' })).status).toBe(403);
    expect((await look('nope', asReports)).body).toEqual({ active: false });
    await post('/oauth/token/revoke', { token: body.access_token, ...asReports });
    expect((await look(body.access_token, asReports)).body).toEqual({ active: false });
  });
});

describe('userinfo', () => {
  test('shows what the scopes allow, and nothing without a token', async () => {
    const { codeOf, exchange, userinfo, backend } = await setUp();
    const { body } = await exchange(await codeOf({ scope: 'profile' }));
    const shown = await userinfo(body.access_token);
    expect(shown.body.given_name).toBe('Ada');
    expect(shown.body).not.toHaveProperty('email');
    expect(shown.body).not.toHaveProperty('private_metadata');
    const bare = await fetch(`${backend.url}/oauth/userinfo`);
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const wrong = await fetch(`${backend.url}/oauth/userinfo`, { headers: { authorization: 'Bearer nope' } });
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  });
});

describe('discovery', () => {
  test('names endpoints that are there, and the keys', async () => {
    const { backend } = await setUp();
    for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']) {
      const answer = await fetch(`${backend.url}${path}`, { headers: { origin: 'http://localhost:1' } });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const metadata = (await answer.json()) as Record<string, string>;
      expect(metadata).toMatchObject({
        issuer: backend.url,
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
      });
      expect(metadata).not.toHaveProperty('registration_endpoint');
      for (const [name, url] of Object.entries(metadata)) {
        if (name.endsWith('_endpoint'))
          expect([name, (await fetch(url, { method: 'POST' })).status]).not.toEqual([name, 404]);
      }
      const keys = (await (await fetch(metadata.jwks_uri ?? '')).json()) as { keys: { kid: string }[] };
      expect(keys.keys[0]?.kid).toBe(backend.instanceId);
    }
  });
});

describe('dynamic registration', () => {
  const metadata = {
    client_name: 'Agent',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
    scope: 'profile offline_access',
  };
  async function setUpRegistration(settings: object = { dynamic_oauth_client_registration: true }) {
    const all = await setUp([], settings);
    const register = async (body: unknown) => {
      const answer = await fetch(`${all.backend.url}/oauth/register`, { method: 'POST', body: JSON.stringify(body) });
      return readAnswer(answer);
    };
    return { ...all, register };
  }

  test('is off until the instance allows it', async () => {
    const { register } = await setUpRegistration({ dynamic_oauth_client_registration: false });
    expect((await register(metadata)).status).toBe(403);
  });

  test('makes a client that goes the whole way with PKCE', async () => {
    const { register, authorize, decide, post } = await setUpRegistration();
    const { status, body } = await register(metadata);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      client_name: 'Agent',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    });
    expect(body).not.toHaveProperty('client_secret');
    const page = (await authorize({ client_id: body.client_id, ...pkce })) as Page;
    expect(page.html).toContain('has registered itself');
    const sent = (await decide(page, 'allow')) as URL;
    const tokens = await post('/oauth/token', {
      grant_type: 'authorization_code',
      code: sent.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      client_id: body.client_id,
      code_verifier: verifier,
    });
    expect(tokens.status).toBe(200);
  });

  test('gives a confidential client its secret, and makes it use PKCE', async () => {
    const { register, authorize } = await setUpRegistration();
    const { body } = await register({ redirect_uris: [redirectUri] });
    expect(body).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0 });
    expect(((await authorize({ client_id: body.client_id, scope: 'profile' })) as URL).searchParams.get('error')).toBe(
      'invalid_request',
    );
  });

  test.each([
    ['no redirect URI', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['a redirect URI over http elsewhere', { redirect_uris: ['http://example.com/cb'] }, 'invalid_redirect_uri'],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['data', { redirect_uris: ['data:text/html,x'] }, 'invalid_redirect_uri'],
    ['a fragment', { redirect_uris: ['https://example.com/#x'] }, 'invalid_redirect_uri'],
    ['a user', { redirect_uris: ['https://a@example.com/'] }, 'invalid_redirect_uri'],
    [
      'too many redirect URIs',
      { redirect_uris: Array.from({ length: 11 }, (_, index) => `https://example.com/${index}`) },
      'invalid_redirect_uri',
    ],
    ['a number for a redirect URI', { redirect_uris: [1] }, 'invalid_redirect_uri'],
    ['private metadata', { scope: 'private_metadata' }, 'invalid_client_metadata'],
    ['an unknown scope', { scope: '__proto__' }, 'invalid_client_metadata'],
    ['another grant', { grant_types: ['client_credentials'] }, 'invalid_client_metadata'],
    ['another response type', { response_types: ['token'] }, 'invalid_client_metadata'],
    ['another authentication', { token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
    ['a name that is none', { client_name: { a: 1 } }, 'invalid_client_metadata'],
    ['a script for a home page', { client_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
  ])('SC-131 refuses %s', async (_, change, error) => {
    const { register } = await setUpRegistration();
    const { status, body } = await register({ ...metadata, ...change });
    expect([status, body.error]).toEqual([400, error]);
  });

  test('SC-131 is limited, as anybody can call it', async () => {
    const backend = await startBackend({ seed: {} });
    await callBackendApi(backend, 'PATCH', '/instance/oauth_application_settings', {
      dynamic_oauth_client_registration: true,
    });
    const statuses = [];
    for (let index = 0; index < 11; index++) {
      statuses.push(
        (await backend.fetch('/oauth/register', { method: 'POST', body: JSON.stringify(metadata) })).status,
      );
    }
    expect([statuses[9], statuses[10]]).toEqual([201, 429]);
  });
});
