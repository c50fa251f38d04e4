import { DEMO_SEED, type LocalBackend } from '@keystile/local';
import { createTestBackend, type TestBackend } from '@keystile/local/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { databaseForTest } from '../../packages/local/src/store/database-for-test.ts';
import { callBackendApi } from './support/backend-api.ts';
import { createBrowser, fromHtml } from './support/browser.ts';

const pages = [
  '/console',
  '/console/users',
  '/console/sessions',
  '/console/organizations',
  '/console/keys',
  '/console/outbox',
  '/console/deliveries',
  '/console/requests',
  '/console/requests/live',
  '/console/inspector',
];

async function start(): Promise<TestBackend> {
  const database = databaseForTest();
  const backend = await createTestBackend({
    database: database.location,
    listen: true,
    seed: DEMO_SEED,
    webhooks: [{ url: 'http://127.0.0.1:9/' }],
  });
  onTestFinished(async () => {
    await backend.close();
    await database.drop();
  });
  return backend;
}

/** A browser in which the console is open. */
async function open(backend: LocalBackend) {
  const browser = createBrowser();
  const home = await browser.visit(backend.consoleUrl);
  return { browser, home };
}

describe('the console', () => {
  test.each(pages)(
    'SC-125 %s shows nothing to who has neither the address with the key nor the secret key',
    async (path) => {
      const backend = await start();
      const browser = createBrowser();
      for (const address of [path, `${path}?key=`, `${path}?key=${'A'.repeat(43)}`]) {
        const page = await browser.visit(`${backend.url}${address}`);
        expect([page.url.pathname, page.html.includes('Open the console')]).toEqual(['/console/access', true]);
        expect(page.html).not.toContain(backend.secretKey);
      }
    },
  );

  test('opens by its address, which leaves no key behind, and by the secret key', async () => {
    const backend = await start();
    const { home } = await open(backend);
    expect([home.url.href, home.status]).toEqual([`${backend.url}/console`, 200]);

    const browser = createBrowser();
    const asked = await browser.visit(`${backend.url}/console/users`);
    const wrong = await browser.submit(asked, { secret_key: 'sk_test_wrong_wrong' });
    expect([wrong.status, wrong.html.includes('not the secret key')]).toEqual([422, true]);
    expect((await browser.submit(asked, { secret_key: ` ${backend.secretKey} ` })).url.pathname).toBe('/console/users');
  });

  test.each(['https://evil.test/', '//evil.test', '/console/../sign-out', '/sign-out', '/console/a?x'])(
    'SC-075 goes on to its own pages only, not to %s',
    async (next) => {
      const backend = await start();
      const browser = createBrowser();
      const asked = await browser.visit(`${backend.url}/console/access?next=${encodeURIComponent(next)}`);
      expect((await browser.submit(asked, { secret_key: backend.secretKey })).url.href).toBe(`${backend.url}/console`);
    },
  );

  test('the key of one backend opens no other', async () => {
    const [backend, other] = [await start(), await start()];
    const key = new URL(backend.consoleUrl).searchParams.get('key');
    expect((await createBrowser().visit(`${other.url}/console?key=${key}`)).url.pathname).toBe('/console/access');
  });

  test('shows what there is', async () => {
    const backend = await start();
    const ada = await backend.signIn({ firstName: 'Ada', email: 'ada@example.com' });
    await callBackendApi(backend, 'POST', '/invitations', { email_address: 'grace@example.com' });
    await backend.mint.m2m();
    await backend.mint.oauth({ userId: ada.userId });
    const { browser } = await open(backend);
    const shown: Record<string, string[]> = {
      '/console/users': ['ada@example.com', 'demo@keystile.dev', ada.userId],
      '/console/users?q=ADA@': ['ada@example.com'],
      [`/console/users/${ada.userId}`]: ['Ada', ada.sessionId],
      '/console/sessions': [ada.sessionId],
      '/console/organizations': ['Acme'],
      '/console/keys': ['Demo key', 'worker', 'Demo app', 'opaque'],
      '/console/outbox': ['grace@example.com', 'You are invited'],
      '/console/deliveries': ['user.created', 'http://127.0.0.1:9/'],
      '/console/requests': ['POST /v1/invitations'],
    };
    for (const [path, texts] of Object.entries(shown)) {
      const page = await browser.visit(`${backend.url}${path}`);
      for (const text of texts) expect([path, page.html.includes(text)]).toEqual([path, true]);
    }
    expect((await browser.visit(`${backend.url}/console/users?q=ADA@`)).html).not.toContain('demo@keystile.dev');
    const organization = await browser.visit(
      `${backend.url}/console/organizations/${backend.seeded?.organizations[0]?.id}`,
    );
    expect(organization.html).toContain('org:invoices:manage');
  });

  test('SC-128 shows secrets of keys and tokens nowhere', async () => {
    const backend = await start();
    const ada = await backend.signIn();
    const secrets = [
      await backend.mint.apiKey({ subject: ada.userId }),
      await backend.mint.m2m(),
      await backend.mint.oauth({ userId: ada.userId }),
      ...(backend.seeded?.machines.map(({ secretKey }) => secretKey) ?? []),
      ada.token,
    ];
    const { browser } = await open(backend);
    for (const path of pages.filter((each) => !each.endsWith('/live'))) {
      const { html } = await browser.visit(`${backend.url}${path}`);
      for (const secret of secrets) expect(html).not.toContain(secret);
    }
  });

  test('SC-132 SC-104 shows markup in data as text', async () => {
    const backend = await start();
    const evil = '"><script>alert(1)</script>';
    const ada = await backend.signIn({ firstName: evil, publicMetadata: { evil } });
    await backend.mint.apiKey({ subject: ada.userId, name: evil });
    await backend.fetch(`/v1/users?query=${encodeURIComponent(evil)}`, { headers: { 'user-agent': evil } });
    const { browser } = await open(backend);
    for (const path of [
      ...pages.filter((each) => !each.endsWith('/live')),
      `/console/users/${ada.userId}`,
      `/console/users?q=${encodeURIComponent(evil)}`,
    ]) {
      const page = await browser.visit(`${backend.url}${path}`);
      expect([path, page.html.includes('<script')]).toEqual([path, false]);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  test('acts: revokes a session, bans, makes a sign-in link, sends an event again', async () => {
    const backend = await start();
    const ada = await backend.signIn({ firstName: 'Ada' });
    const { browser } = await open(backend);
    const visit = (path: string) => browser.visit(`${backend.url}${path}`);

    const link = await browser.submit(
      await visit(`/console/users/${ada.userId}`),
      {},
      `/console/users/${ada.userId}/sign-in-link`,
    );
    const url = fromHtml(/href="([^"]*tickets[^"]*)"/.exec(link.html)?.[1] ?? '');
    const guest = createBrowser();
    expect((await guest.submit(await guest.visit(url))).url.pathname).toBe('/account');

    await browser.submit(await visit('/console/sessions'), {}, `/console/sessions/${ada.sessionId}/revoke`);
    const { body: session } = await callBackendApi(backend, 'GET', `/sessions/${ada.sessionId}`);
    expect(session.status).toBe('revoked');

    const ban = async () =>
      browser.submit(await visit(`/console/users/${ada.userId}`), {}, `/console/users/${ada.userId}/ban`);
    expect((await ban()).html).toContain('banned');
    expect((await callBackendApi(backend, 'GET', `/users/${ada.userId}`)).body.banned).toBe(true);
    expect((await guest.visit(`${backend.url}/account`)).url.pathname).toBe('/sign-in');
    await ban();
    expect((await callBackendApi(backend, 'GET', `/users/${ada.userId}`)).body.banned).toBe(false);

    await backend.webhooks.settled();
    const { id } = await backend.context.db
      .selectFrom('webhook_deliveries')
      .select('id')
      .orderBy('id')
      .executeTakeFirstOrThrow();
    const delivery = await browser.submit(await visit('/console/deliveries'), {}, `/console/deliveries/${id}/resend`);
    expect(delivery.html.match(/<td>\d+ ms/g)?.length).toBe(2);
  });

  test('SC-132 takes no form but its own', async () => {
    const backend = await start();
    const ada = await backend.signIn();
    const { browser } = await open(backend);
    const page = await browser.visit(`${backend.url}/console/sessions`);
    const csrf = /name="csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
    const cookie = Object.entries(browser.cookies('127.0.0.1'))
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    for (const [origin, token] of [
      ['https://evil.test', csrf],
      [backend.url, 'A'.repeat(32)],
      [backend.url, ''],
    ] as const) {
      for (const path of [
        `/console/sessions/${ada.sessionId}/revoke`,
        `/console/users/${ada.userId}/ban`,
        '/console/inspector',
      ]) {
        const answer = await fetch(`${backend.url}${path}`, {
          method: 'POST',
          headers: { cookie, origin },
          body: new URLSearchParams({ csrf: token }),
        });
        expect(answer.status).toBe(403);
      }
    }
    expect((await callBackendApi(backend, 'GET', `/sessions/${ada.sessionId}`)).body.status).toBe('active');
  });

  test('answers what is not there with 404, as a page', async () => {
    const backend = await start();
    const { browser } = await open(backend);
    for (const path of [
      '/console/nothing',
      '/console/users/user_nope',
      '/console/organizations/org_nope',
      '/console/deliveries/msg_nope',
    ]) {
      const page = await browser.visit(`${backend.url}${path}`);
      expect([path, page.status, page.html.startsWith('<!doctype html>')]).toEqual([path, 404, true]);
    }
  });

  test('shows requests as they are answered, until the page is closed', async () => {
    const backend = await start();
    const { browser } = await open(backend);
    const cookie = Object.entries(browser.cookies('127.0.0.1'))
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const closing = new AbortController();
    const answer = await fetch(`${backend.url}/console/requests/live`, { headers: { cookie }, signal: closing.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const readUntil = async (wanted: string) => {
      while (!text.includes(wanted)) text += (await reader?.read())?.value ?? '';
    };
    await readUntil('role="log"');
    await callBackendApi(backend, 'GET', '/users/user_nope');
    await readUntil('/v1/users/user_nope');
    await readUntil('resource_not_found');
    closing.abort();
  });
});

describe('the token inspector', () => {
  async function inspector() {
    const backend = await start();
    const { browser } = await open(backend);
    const page = await browser.visit(`${backend.url}/console/inspector`);
    const inspect = async (token: string) => {
      const { html } = await browser.submit(page, { token });
      const facts = Object.fromEntries(
        [...html.matchAll(/<dt>([^<]*)<\/dt><dd>([\s\S]*?)<\/dd>/g)].map(([, name = '', value = '']) => [
          name,
          fromHtml(value.replaceAll(/<[^>]*>/g, '')),
        ]),
      );
      return { html, kind: facts.Kind, verdict: facts.Verdict };
    };
    const { userId } = await backend.signIn();
    return { backend, inspect, userId };
  }

  test('knows every kind of token', async () => {
    const { backend, inspect, userId } = await inspector();
    const { mint } = backend;
    const known = [
      [await mint.session({ userId }), 'session token'],
      [await mint.m2m(), 'M2M token (opaque)'],
      [await mint.m2m({ format: 'jwt' }), 'M2M token (JWT)'],
      [await mint.oauth({ userId }), 'OAuth access token (opaque)'],
      [await mint.oauth({ userId, format: 'jwt' }), 'OAuth access token (JWT)'],
      [await mint.apiKey({ subject: userId }), 'API key'],
      [await mint.handshake({ directives: ['a=b'] }), 'handshake token'],
      [backend.publishableKey, 'publishable key'],
      [backend.secretKey, 'secret key'],
    ] as const;
    for (const [token, kind] of known) {
      const { verdict, ...result } = await inspect(token);
      expect([result.kind, verdict?.startsWith('valid')]).toEqual([kind, true]);
    }
    expect((await inspect(`Bearer ${await mint.session({ userId })}`)).kind).toBe('session token');
  });

  test('says why one is refused', async () => {
    const { backend, inspect, userId } = await inspector();
    const token = await backend.mint.session({ userId });
    const key = await backend.mint.apiKey({ subject: userId });
    const { id } = await backend.context.db
      .selectFrom('api_keys')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await callBackendApi(backend, 'POST', `/api_keys/${id}/revoke`, { revocation_reason: 'lost' });
    const other = await createTestBackend({ ownKey: true });
    onTestFinished(() => other.close());
    const { token: foreign } = await other.signIn();
    const refused = [
      [await backend.mint.session({ userId, expiresInSeconds: -120 }), 'expired 2 min ago'],
      [await backend.mint.session({ userId, notBefore: Math.floor(Date.now() / 1000) + 600 }), 'not valid for another'],
      [`${token.slice(0, -4)}AAAA`, 'signature is not that of this backend'],
      [foreign, 'names another key'],
      [await backend.mint.session({ userId, header: { alg: 'none' } }), 'signed with none'],
      [key, 'Revoked: lost'],
      ['ak_'.padEnd(46, 'x'), 'issued no such secret'],
      ['hello', 'the shape of no token'],
      ['a.b.c', 'the shape of no token'],
      ['pk_test_!!', 'Not the publishable key'],
      ['sk_test_other_other', 'Not the secret key'],
    ] as const;
    for (const [text, why] of refused) {
      const { verdict } = await inspect(text);
      expect([text.slice(0, 12), verdict]).toEqual([text.slice(0, 12), expect.stringContaining(why)]);
      expect(verdict).toMatch(/^refused/);
    }
  });
});
