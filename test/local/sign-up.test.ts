import type { LocalBackend } from '@keystile/local';
import { describe, expect, test } from 'vitest';
import { startApplication } from './support/application.ts';
import { callBackendApi } from './support/backend-api.ts';
import { createBrowser, type Page } from './support/browser.ts';
import { lastCode } from './support/messages.ts';
import { ada, startBackend } from './support/start-backend.ts';

const grace = { email_address: 'grace@example.com', password: 'a long enough one', first_name: 'Grace' };

const errorOf = ({ html }: Page) =>
  /role="alert"[^>]*>([\s\S]*?)<\/div>/
    .exec(html)?.[1]
    ?.replaceAll(/<[^>]*>/g, '')
    .trim();

async function usersOf(backend: LocalBackend) {
  return (await callBackendApi(backend, 'GET', '/users?order_by=%2Bcreated_at')).body;
}

async function restrict(backend: LocalBackend, restrictions: object) {
  const { db } = backend.context;
  const { settings } = await db.selectFrom('instances').select('settings').executeTakeFirstOrThrow();
  const current = JSON.parse(settings);
  const changed = JSON.stringify({ ...current, restrictions: { ...current.restrictions, ...restrictions } });
  await db.updateTable('instances').set({ settings: changed }).execute();
}

describe('sign-up', () => {
  test('by address, password and code makes a user, a session, and leads to the application', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const browser = createBrowser();
    const form = await browser.visit(
      `${backend.url}/sign-up?redirect_url=${encodeURIComponent(`${application.url}/start`)}`,
    );
    const codePage = await browser.submit(form, { ...grace, email_address: ' Grace@Example.com ' });
    expect(codePage.url.pathname).toBe('/sign-up/code');
    expect(await usersOf(backend)).toHaveLength(1);

    const after = await browser.submit(codePage, { code: await lastCode(backend, grace.email_address) });
    expect([after.status, after.url.href]).toEqual([200, `${application.url}/start`]);
    const [, user] = await usersOf(backend);
    expect(user).toMatchObject({ first_name: 'Grace', last_name: null, password_enabled: true });
    expect(user.email_addresses).toMatchObject([
      { email_address: grace.email_address, verification: { status: 'verified', strategy: 'email_code' } },
    ]);
    expect(JSON.parse(after.html).userId).toBe(user.id);

    const events = await backend.context.db.selectFrom('events').select('type').orderBy('id').execute();
    expect(events.map(({ type }) => type)).toEqual(['email.created', 'user.created', 'session.created']);
    const signUp = await backend.context.db.selectFrom('sign_ups').selectAll().executeTakeFirstOrThrow();
    const shown = await callBackendApi(backend, 'GET', `/sign_ups/${signUp.id}`);
    expect(shown.body).toMatchObject({
      status: 'complete',
      created_user_id: user.id,
      created_session_id: expect.stringMatching(/^sess_/),
    });
  });

  test('takes over what the Backend API says of it meanwhile', async () => {
    const backend = await startBackend();
    const browser = createBrowser();
    const codePage = await browser.submit(await browser.visit(`${backend.url}/sign-up`), grace);
    const { id } = await backend.context.db.selectFrom('sign_ups').select('id').executeTakeFirstOrThrow();
    await callBackendApi(backend, 'PATCH', `/sign_ups/${id}`, { external_id: 'guest-7' });
    await browser.submit(codePage, { code: await lastCode(backend, grace.email_address) });
    expect((await usersOf(backend))[1]).toMatchObject({ external_id: 'guest-7' });
  });

  test.each([
    ['no address', { email_address: 'grace' }, 422, 'valid email address'],
    ['a short password', { password: 'short' }, 422, '8 characters'],
    ['no password', { password: '' }, 422, '8 characters'],
    ['an address with markup', { email_address: '<b>@example.com' }, 422, 'valid email address'],
  ])('with %s is asked again', async (_, fields, status, message) => {
    const backend = await startBackend();
    const browser = createBrowser();
    const page = await browser.submit(await browser.visit(`${backend.url}/sign-up`), { ...grace, ...fields });
    expect([page.status, errorOf(page)?.includes(message)]).toEqual([status, true]);
    expect(page.html).not.toContain('<b>');
    expect(await usersOf(backend)).toHaveLength(1);
  });

  test('SC-132 with an address that is taken looks like any other, and the owner gets a message', async () => {
    const backend = await startBackend();
    const page = await (async (browser) =>
      browser.submit(await browser.visit(`${backend.url}/sign-up`), { ...grace, email_address: ada.email }))(
      createBrowser(),
    );
    const other = await (async (browser) => browser.submit(await browser.visit(`${backend.url}/sign-up`), grace))(
      createBrowser(),
    );
    const plain = ({ html }: Page) =>
      html.replaceAll(/value="[^"]*"/g, '').replaceAll(/(ada|grace)@example\.com/g, 'WHO');
    expect(plain(page)).toBe(plain(other));
    const messages = await backend.context.db
      .selectFrom('messages')
      .select(['recipient', 'template_slug'])
      .orderBy('id')
      .execute();
    expect(messages).toEqual([
      { recipient: ada.email, template_slug: 'account_exists' },
      { recipient: grace.email_address, template_slug: 'verification_code' },
    ]);
  });

  test('takes five tries of a code, even twenty at once, and a new one after that', async () => {
    const backend = await startBackend();
    const browser = createBrowser();
    const page = await browser.submit(await browser.visit(`${backend.url}/sign-up`), grace);
    const code = await lastCode(backend, grace.email_address);
    const wrong = code === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 20 }, () => browser.submit(page, { code: wrong })));
    expect((await browser.submit(page, { code })).status).toBe(422);
    const again = await browser.submit(page, { strategy: 'email_code' });
    expect((await browser.submit(again, { code: await lastCode(backend, grace.email_address) })).url.pathname).toBe(
      '/account',
    );
  });

  test('SC-130 of the same address twice at once makes one user', async () => {
    const backend = await startBackend();
    const pages = [];
    for (const browser of [createBrowser(), createBrowser()]) {
      const page = await browser.submit(await browser.visit(`${backend.url}/sign-up`), grace);
      pages.push({ browser, page, code: await lastCode(backend, grace.email_address) });
    }
    const after = await Promise.all(pages.map(({ browser, page, code }) => browser.submit(page, { code })));
    expect(after.map(({ url }) => url.pathname).toSorted()).toEqual(['/account', '/sign-up/code']);
    expect(await usersOf(backend)).toHaveLength(2);
  });
});

describe('restrictions', () => {
  const list = (backend: LocalBackend, kind: 'allowlist' | 'blocklist', identifier: string) =>
    callBackendApi(backend, 'POST', `/${kind}_identifiers`, { identifier });
  const signUp = async (backend: LocalBackend, email_address: string) => {
    const browser = createBrowser();
    const page = await browser.submit(await browser.visit(`${backend.url}/sign-up`), { ...grace, email_address });
    return page.url.pathname === '/sign-up/code' ? 'code' : page.status;
  };

  test.each([
    [
      'block list',
      { blocklist: true },
      'blocklist',
      'grace@example.com',
      { 'grace@example.com': 403, 'other@example.com': 'code' },
    ],
    [
      'block list by domain',
      { blocklist: true },
      'blocklist',
      '*@bad.test',
      { 'x@bad.test': 403, 'x@notbad.test': 'code' },
    ],
    [
      'allow list',
      { allowlist: true },
      'allowlist',
      'grace@example.com',
      { 'grace@example.com': 'code', 'other@example.com': 403 },
    ],
    [
      'allow list by domain',
      { allowlist: true },
      'allowlist',
      '*@example.com',
      { 'a@example.com': 'code', 'a@sub.example.com': 403 },
    ],
    [
      'subaddresses',
      { blockEmailSubaddresses: true },
      'blocklist',
      'z@z.test',
      { 'a+b@example.com': 403, 'a@example.com': 'code' },
    ],
    [
      'dots of Gmail',
      { blocklist: true, ignoreDotsForGmailAddresses: true },
      'blocklist',
      'janedoe@gmail.com',
      { 'jane.doe@gmail.com': 403, 'jane.doe@example.com': 'code' },
    ],
    ['lists that are off', {}, 'blocklist', 'grace@example.com', { 'grace@example.com': 'code' }],
  ] as const)('SC-128 %s is enforced at sign-up', async (_, restrictions, kind, identifier, expected) => {
    const backend = await startBackend();
    await list(backend, kind, identifier);
    await restrict(backend, restrictions);
    for (const [address, outcome] of Object.entries(expected)) {
      expect([address, await signUp(backend, address)]).toEqual([address, outcome]);
    }
  });

  test('SC-128 the block list is enforced at sign-in, unless it is switched off there', async () => {
    const backend = await startBackend();
    await list(backend, 'blocklist', ada.email);
    await restrict(backend, { blocklist: true });
    const browser = createBrowser();
    const form = await browser.visit(`${backend.url}/sign-in`);
    expect((await browser.submit(form, { identifier: ada.username, password: ada.password })).status).toBe(403);
    await browser.submit(form, { identifier: ada.email, strategy: 'email_code' });
    expect(await backend.context.db.selectFrom('messages').selectAll().execute()).toEqual([]);
    await restrict(backend, { allowlistBlocklistDisabledOnSignIn: true });
    expect((await browser.submit(form, { identifier: ada.username, password: ada.password })).url.pathname).toBe(
      '/account',
    );
  });
});

describe('tickets', () => {
  async function open(url: string) {
    const browser = createBrowser();
    return { browser, page: await browser.visit(url) };
  }
  const userOf = (backend: LocalBackend) => backend.seeded?.users[0]?.id ?? '';

  test('a sign-in token signs in by its button, once, and not by being opened', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const { body } = await callBackendApi(backend, 'POST', '/sign_in_tokens', { user_id: userOf(backend) });
    for (let scans = 0; scans < 3; scans++) await open(body.url);
    const { browser, page } = await open(`${body.url}&redirect_url=${encodeURIComponent(application.url)}`);
    expect(page.html).toContain('Sign in as Ada Lovelace');
    const after = await browser.submit(page);
    expect(JSON.parse(after.html).userId).toBe(userOf(backend));

    const again = await createBrowser().visit(`${backend.url}/sign-in?__clerk_ticket=${body.token}`);
    expect([again.status, again.html.includes('<form')]).toEqual([422, false]);
    expect((await callBackendApi(backend, 'POST', `/sign_in_tokens/${body.id}/revoke`)).status).toBe(400);
  });

  test('SC-130 of ten browsers that use one at once, one is signed in', async () => {
    const backend = await startBackend();
    const { body } = await callBackendApi(backend, 'POST', '/sign_in_tokens', { user_id: userOf(backend) });
    const opened = await Promise.all(Array.from({ length: 10 }, () => open(body.url)));
    const after = await Promise.all(opened.map(({ browser, page }) => browser.submit(page)));
    expect(after.filter(({ url }) => url.pathname === '/account')).toHaveLength(1);
  });

  test.each([
    [
      'taken back',
      async (backend: LocalBackend, id: string) => callBackendApi(backend, 'POST', `/sign_in_tokens/${id}/revoke`),
    ],
    ['too old', async (backend: LocalBackend) => backend.clock.advance(3_600_000)],
  ])('one that is %s signs nobody in', async (_, change) => {
    const backend = await startBackend();
    const { body } = await callBackendApi(backend, 'POST', '/sign_in_tokens', {
      user_id: userOf(backend),
      expires_in_seconds: 3600,
    });
    const { browser, page } = await open(body.url);
    await change(backend, body.id);
    expect((await browser.submit(page)).status).toBe(422);
  });

  test('SC-025 an actor token gives a session that shows the actor and ends in time', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const { body } = await callBackendApi(backend, 'POST', '/actor_tokens', {
      user_id: userOf(backend),
      actor: { sub: 'user_admin' },
      session_max_duration_in_seconds: 60,
    });
    const { browser, page } = await open(`${body.url}&redirect_url=${encodeURIComponent(application.url)}`);
    expect(page.html).toContain('user_admin');
    const after = await browser.submit(page);
    expect(JSON.parse(after.html)).toMatchObject({ userId: userOf(backend), actor: { sub: 'user_admin' } });
    const session = await backend.context.db
      .selectFrom('sessions')
      .select(['expire_at', 'created_at'])
      .executeTakeFirstOrThrow();
    expect(session.expire_at - session.created_at).toBe(60_000);
  });

  test('an agent task gives a session of the agent', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const { body } = await callBackendApi(backend, 'POST', '/agents/tasks', {
      on_behalf_of: { user_id: userOf(backend) },
      permissions: '*',
      agent_name: 'bot',
      task_description: 'a task',
      redirect_url: application.url,
    });
    const { browser, page } = await open(body.url);
    const after = await browser.submit(page);
    expect(JSON.parse(after.html)).toMatchObject({
      userId: userOf(backend),
      actor: { sub: body.agent_id, type: 'agent' },
    });
  });

  test('an invitation makes a user without a code, with its metadata, even past the allow list', async () => {
    const backend = await startBackend();
    await restrict(backend, { allowlist: true });
    const { body } = await callBackendApi(backend, 'POST', '/invitations', {
      email_address: grace.email_address,
      public_metadata: { team: 'a' },
    });
    const { browser, page } = await open(body.url);
    expect([page.url.pathname, page.html.includes(grace.email_address)]).toEqual(['/sign-up', true]);
    const after = await browser.submit(page, { password: grace.password, email_address: 'evil@example.com' });
    expect(after.url.pathname).toBe('/account');
    const [, user] = await usersOf(backend);
    expect(user).toMatchObject({
      public_metadata: { team: 'a' },
      email_addresses: [{ email_address: grace.email_address }],
    });
    const invitations = await callBackendApi(backend, 'GET', '/invitations?status=accepted');
    expect(invitations.body).toHaveLength(1);
    expect((await createBrowser().visit(body.url)).status).toBe(422);
  });

  test('SC-128 an invitation of a blocked address, or one taken back, makes nobody', async () => {
    const backend = await startBackend();
    const { body } = await callBackendApi(backend, 'POST', '/invitations', { email_address: grace.email_address });
    const { browser, page } = await open(body.url);
    await callBackendApi(backend, 'POST', '/blocklist_identifiers', { identifier: grace.email_address });
    await restrict(backend, { blocklist: true });
    expect((await browser.submit(page, { password: grace.password })).status).toBe(403);
    await restrict(backend, { blocklist: false });
    await callBackendApi(backend, 'POST', `/invitations/${body.id}/revoke`);
    expect((await browser.submit(page, { password: grace.password })).status).toBe(422);
    expect(await usersOf(backend)).toHaveLength(1);
  });

  test.each([
    ['somebody who has an account', ada.email],
    ['somebody who has none', grace.email_address],
  ])("an organization's invitation of %s makes a member, active in it", async (_, email_address) => {
    const backend = await startBackend({ seed: { users: [ada], organizations: [{ name: 'Acme', slug: 'acme' }] } });
    const application = await startApplication(backend);
    const organization = backend.seeded?.organizations[0]?.id;
    const { body } = await callBackendApi(backend, 'POST', `/organizations/${organization}/invitations`, {
      email_address,
      role: 'org:member',
      redirect_url: application.url,
    });
    const { browser, page } = await open(body.url);
    const after = await browser.submit(page, { password: grace.password });
    expect(JSON.parse(after.html)).toMatchObject({ orgId: organization, orgRole: 'org:member', orgSlug: 'acme' });
  });
});

describe('a second factor', () => {
  const totp_secret = 'JBSWY3DPEHPK3PXPJBSWY3DP';

  async function withTotp() {
    const backend = await startBackend({ seed: {} });
    await callBackendApi(backend, 'POST', '/users', {
      email_address: [ada.email],
      password: ada.password,
      totp_secret,
      backup_codes: ['backup-code-1'],
    });
    const browser = createBrowser();
    const page = await browser.submit(await browser.visit(`${backend.url}/sign-in`), {
      identifier: ada.email,
      password: ada.password,
    });
    return { backend, browser, page };
  }

  test('is asked for after the password, and shows in the session', async () => {
    const { backend, browser, page } = await withTotp();
    expect(page.url.pathname).toBe('/sign-in/second-factor');
    expect((await browser.visit(`${backend.url}/account`)).url.pathname).toBe('/sign-in');
    const { createTotp } = await import('../../packages/local/src/passwords/totp.ts');
    const after = await browser.submit(page, { code: createTotp(totp_secret, backend.clock.now()) ?? '' });
    expect(after.url.pathname).toBe('/account');
    const session = await backend.context.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    expect(session.second_factor_verified_at).not.toBe(null);
  });

  test('is a backup code, once', async () => {
    const { backend, browser, page } = await withTotp();
    expect((await browser.submit(page, { code: 'backup-code-1' })).url.pathname).toBe('/account');
    const other = createBrowser();
    const second = await other.submit(await other.visit(`${backend.url}/sign-in`), {
      identifier: ada.email,
      password: ada.password,
    });
    expect((await other.submit(second, { code: 'backup-code-1' })).status).toBe(422);
  });

  test('can be tried five times, and not without the first', async () => {
    const { backend, browser, page } = await withTotp();
    for (let index = 0; index < 5; index++) expect((await browser.submit(page, { code: 'nope' })).status).toBe(422);
    expect((await browser.submit(page, { code: 'backup-code-1' })).status).toBe(422);
    const other = createBrowser();
    const skipped = await other.visit(`${backend.url}/sign-in/second-factor`);
    expect(skipped.url.pathname).toBe('/sign-in');
  });
});
