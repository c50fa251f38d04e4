import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBrowser } from './support/browser.ts';
import { ada, startBackend } from './support/start-backend.ts';

describe('addresses to return to', () => {
  const refused = [
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test/',
    '\\\\evil.test/',
    'https:evil.test',
    'http:/evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://good@evil.test/',
    'http://localhost@evil.test/',
    'http://user:pw@localhost/',
    '%2F%2Fevil.test',
    ' http://localhost/',
    'http://local\thost/',
    'http://localhost/\n//evil.test',
    'http://localhost.evil.test/',
    'http://127.0.0.1.evil.test/',
    'http://2130706433.evil.test/',
    `http://localhost/${'a'.repeat(10_000)}`,
    'ftp://localhost/',
    'localhost:3000',
  ];

  test.each(refused)('SC-075 %s is refused: the sign-in page says so and the handshake answers 400', async (target) => {
    const backend = await startBackend();
    const page = await createBrowser().visit(`${backend.url}/sign-in?redirect_url=${encodeURIComponent(target)}`);
    expect(page.html).toMatch(/role="alert"/);
    expect(page.html).not.toContain('name="redirect_url"');
    const handshake = await fetch(`${backend.url}/v1/client/handshake?redirect_url=${encodeURIComponent(target)}`, {
      redirect: 'manual',
    });
    expect([handshake.status, handshake.headers.get('location')]).toEqual([400, null]);
    expect(await handshake.json()).toMatchObject({ errors: [{ code: 'invalid_redirect_url' }] });
  });

  test.each([
    'http://localhost:3000/a?b=c',
    'https://localhost/',
    'http://127.0.0.1:8080/',
    'http://[::1]:3000/',
    'http://app.localhost:3000/',
    'https://app.example.com/callback?x=1',
    'https://allowed.example.com/anything',
    'https://satellite.example.com/anything',
  ])('%s is allowed', async (target) => {
    const backend = await startBackend();
    const { db, clock } = backend.context;
    const times = { created_at: clock.now(), updated_at: clock.now() };
    await db
      .insertInto('redirect_urls')
      .values({ id: 'ru_1', url: 'https://app.example.com/callback', ...times })
      .execute();
    await db
      .insertInto('domains')
      .values({ id: 'dmn_1', name: 'satellite.example.com', is_satellite: 1, ...times })
      .execute();
    const { settings } = await db.selectFrom('instances').select('settings').executeTakeFirstOrThrow();
    const changed = JSON.stringify({ ...JSON.parse(settings), allowedOrigins: ['https://allowed.example.com'] });
    await db.updateTable('instances').set({ settings: changed }).execute();
    const answer = await fetch(`${backend.url}/v1/client/handshake?redirect_url=${encodeURIComponent(target)}`, {
      redirect: 'manual',
    });
    expect(answer.status).toBe(307);
    expect(new URL(answer.headers.get('location') ?? '').origin).toBe(new URL(target).origin);
  });

  test('SC-075 registered redirect URLs open their own address and no other', async () => {
    const backend = await startBackend();
    const { db, clock } = backend.context;
    const times = { created_at: clock.now(), updated_at: clock.now() };
    await db
      .insertInto('redirect_urls')
      .values({ id: 'ru_1', url: 'https://app.example.com/callback', ...times })
      .execute();
    for (const target of [
      'https://app.example.com/',
      'https://app.example.com/callback/x',
      'http://app.example.com/callback',
      'https://app.example.com:8443/callback',
    ]) {
      const answer = await fetch(`${backend.url}/v1/client/handshake?redirect_url=${encodeURIComponent(target)}`, {
        redirect: 'manual',
      });
      expect([target, answer.status]).toEqual([target, 400]);
    }
  });

  test('SC-075 whatever is asked, nobody is sent to an origin that is none of ours', async () => {
    const backend = await startBackend();
    const part = fc.constantFrom(
      'http:',
      'https:',
      '/',
      '//',
      '\\',
      'localhost',
      '127.0.0.1',
      'evil.test',
      '@',
      ':80',
      '?',
      '#',
      '%2f',
      '\t',
      '.',
      'a',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const target = encodeURIComponent(parts.join(''));
        const answer = await backend.fetch(`/v1/client/handshake?redirect_url=${target}`);
        if (answer.status === 400) return;
        expect(answer.status).toBe(307);
        expect(new URL(answer.headers.get('location') ?? '').hostname).toMatch(
          /^(localhost|127\.0\.0\.1|.*\.localhost)$/,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('all pages', () => {
  test.each(['/sign-in', '/sign-in?redirect_url=x', '/sign-out', '/sign-in/nowhere'])(
    'SC-132 %s may stand in no frame, runs no script and is kept nowhere',
    async (path) => {
      const backend = await startBackend();
      const { headers } = await fetch(`${backend.url}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('script-src');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    },
  );

  test('SC-132 names with markup are shown as text', async () => {
    const firstName = '<script>alert(1)</script>"\'&';
    const backend = await startBackend({ seed: { users: [{ ...ada, firstName }] } });
    const browser = createBrowser();
    const form = await browser.visit(`${backend.url}/sign-in`);
    const failed = await browser.submit(form, { identifier: '"><script>alert(2)</script>', password: 'x' });
    expect(failed.html).not.toMatch(/<script/);
    const account = await browser.submit(form, { identifier: ada.email, password: ada.password });
    expect(account.url.pathname).toBe('/account');
    expect(account.html).not.toMatch(/<script/);
    expect(account.html).toContain('&lt;script&gt;alert(1)');
  });

  test('have a label for each field, a language and a heading', async () => {
    const backend = await startBackend();
    const { html } = await createBrowser().visit(`${backend.url}/sign-in`);
    const ids = [...html.matchAll(/<input id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['identifier', 'password']);
    for (const id of ids) expect(html).toContain(`<label for="${id}">`);
    expect(html).toContain('<html lang="en">');
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });
});

describe('SC-132 forms', () => {
  const forms = [
    '/sign-in',
    '/sign-in/continue',
    '/sign-in/code',
    '/sign-out',
    '/account/organization',
    '/account/sessions',
  ];

  async function signedIn() {
    const backend = await startBackend();
    const browser = createBrowser();
    const form = await browser.visit(`${backend.url}/sign-in`);
    const csrf = /name="csrf" value="([^"]*)"/.exec(form.html)?.[1] ?? '';
    await browser.submit(form, { identifier: ada.email, password: ada.password });
    const cookie = Object.entries(browser.cookies('127.0.0.1'))
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const post = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${backend.url}${path}`, {
        method: 'POST',
        body: new URLSearchParams(body),
        headers: { cookie, ...headers },
        redirect: 'manual',
      });
    const activeSessions = async () =>
      (await backend.context.db.selectFrom('sessions').select('id').where('status', '=', 'active').execute()).length;
    return { backend, csrf, post, activeSessions };
  }

  test.each(forms)('%s is refused without its token, with a wrong one, and from another origin', async (path) => {
    const { backend, csrf, post, activeSessions } = await signedIn();
    const fields = { identifier: ada.email, password: ada.password };
    const attempts = [
      post(path, fields),
      post(path, { ...fields, csrf: '' }),
      post(path, { ...fields, csrf: 'A'.repeat(32) }),
      post(path, { ...fields, csrf }, { origin: 'https://evil.test' }),
      post(path, { ...fields, csrf }, { origin: 'null' }),
      post(path, { ...fields, csrf }, { origin: 'http://127.0.0.1:1' }),
      post(path, { ...fields, csrf }, { 'sec-fetch-site': 'cross-site' }),
      post(path, { ...fields, csrf }, { 'sec-fetch-site': 'same-site' }),
      post(path, { ...fields, csrf }, { cookie: '' }),
    ];
    for (const answer of await Promise.all(attempts)) expect(answer.status).toBe(403);
    expect(await activeSessions()).toBe(1);
    expect((await post(path, { ...fields, csrf }, { origin: backend.url })).status).not.toBe(403);
  });
});
