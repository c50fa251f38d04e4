import { describe, expect, test } from 'vitest';
import { startApplication } from './support/application.ts';
import { createBrowser, type Page } from './support/browser.ts';
import { lastCode } from './support/messages.ts';
import { ada, startBackend } from './support/start-backend.ts';

const signInUrl = (backend: { url: string }, target?: string) =>
  `${backend.url}/sign-in${target === undefined ? '' : `?redirect_url=${encodeURIComponent(target)}`}`;

/** What the page says of an error, as a screen reader announces it. */
const alertOf = ({ html }: Page) =>
  /role="alert"[^>]*>([\s\S]*?)<\/div>/
    .exec(html)?.[1]
    ?.replaceAll(/<[^>]*>/g, '')
    .trim();

describe('sign-in by password', () => {
  test.each([
    ['e-mail address', ada.email],
    ['e-mail address in capitals, with blanks', `  ${ada.email.toUpperCase()} `],
    ['user name', ada.username],
  ])('by %s leads back to the application, which then knows the user', async (_, identifier) => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const browser = createBrowser();

    const before = await browser.visit(`${application.url}/profile`);
    expect(before.status).toBe(401);

    const form = await browser.visit(signInUrl(backend, `${application.url}/profile?tab=1#top`));
    const after = await browser.submit(form, { identifier, password: ada.password });

    expect(after.url.href).toBe(`${application.url}/profile?tab=1#top`);
    expect(after.status).toBe(200);
    expect(JSON.parse(after.html).userId).toBe(backend.seeded?.users[0]?.id);
  });

  test('gives the application its cookies, and keeps them when it asks again', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const browser = createBrowser();
    await browser.submit(await browser.visit(signInUrl(backend, application.url)), {
      identifier: ada.email,
      password: ada.password,
    });

    const names = Object.keys(browser.cookies('localhost')).map((name) =>
      name.replace(/(?<=[a-z])_[\w-]{8}$/, '_SUFFIX'),
    );
    expect(names.filter((name) => name !== '__clerk_redirect_count').toSorted()).toEqual([
      '__clerk_db_jwt',
      '__clerk_db_jwt_SUFFIX',
      '__client_uat',
      '__client_uat_SUFFIX',
      '__refresh_SUFFIX',
      '__session',
      '__session_SUFFIX',
    ]);
    const again = await browser.visit(`${application.url}/`);
    expect([again.status, again.redirects.length]).toEqual([200, 0]);
  });

  test('starts one session, told of by an event, and replaces the one before it on the same browser', async () => {
    const backend = await startBackend();
    const browser = createBrowser();
    const signIn = async () =>
      browser.submit(await browser.visit(signInUrl(backend)), { identifier: ada.email, password: ada.password });
    await signIn();
    await browser.submit(await browser.visit(`${backend.url}/sign-out`));
    await signIn();

    const { db } = backend.context;
    const sessions = await db.selectFrom('sessions').select('status').orderBy('created_at').execute();
    expect(sessions.map(({ status }) => status)).toEqual(['ended', 'active']);
    const events = await db
      .selectFrom('events')
      .select('type')
      .where('type', 'like', 'session.%')
      .orderBy('id')
      .execute();
    expect(events.map(({ type }) => type)).toEqual(['session.created', 'session.ended', 'session.created']);
  });

  test('SC-132 answers alike for an unknown name, a wrong password and a user without one', async () => {
    const backend = await startBackend({ seed: { users: [ada, { email: 'nopass@example.com' }] } });
    const tries = [
      { identifier: 'nobody@example.com', password: ada.password },
      { identifier: ada.email, password: 'wrong' },
      { identifier: 'nopass@example.com', password: 'wrong' },
      { identifier: "' OR 1=1 --", password: 'wrong' },
    ];
    const answers = [];
    for (const fields of tries) {
      const browser = createBrowser();
      const page = await browser.submit(await browser.visit(signInUrl(backend)), fields);
      answers.push({
        status: page.status,
        alert: alertOf(page),
        path: page.url.pathname,
        session: browser.cookie('127.0.0.1', '__client'),
      });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 422, path: '/sign-in', session: undefined });
  });

  test('SC-132 checks a password for nobody, so that the time taken tells nothing', async () => {
    const backend = await startBackend({ signInLimit: { attempts: 100, windowInSeconds: 60 } });
    /** The quickest of several tries: the load of the machine can only make one slower. */
    const quickest = async (identifier: string) => {
      let best = Number.POSITIVE_INFINITY;
      for (let index = 0; index < 5; index++) {
        const browser = createBrowser();
        const form = await browser.visit(signInUrl(backend));
        const begun = performance.now();
        await browser.submit(form, { identifier, password: 'wrong' });
        best = Math.min(best, performance.now() - begun);
      }
      return best;
    };
    // Without the check, nobody takes a tenth of the time.
    expect(await quickest('nobody@example.com')).toBeGreaterThan((await quickest(ada.email)) / 4);
  });

  test('SC-132 limits tries by identifier, whoever has it; the right password within the limit is let through', async () => {
    const backend = await startBackend({ signInLimit: { attempts: 3, windowInSeconds: 60 } });
    const browser = createBrowser();
    const form = await browser.visit(signInUrl(backend));
    const tryWith = (identifier: string, password = 'wrong') => browser.submit(form, { identifier, password });
    for (const identifier of ['nobody@example.com', ada.email]) {
      for (let index = 0; index < 3; index++) expect((await tryWith(identifier)).status).toBe(422);
      const refused = await tryWith(identifier, ada.password);
      expect({ status: refused.status, wait: Number(refused.headers.get('retry-after')) > 0 }).toEqual({
        status: 429,
        wait: true,
      });
    }
    backend.clock.advance(60_000);
    expect((await tryWith(ada.email, ada.password)).url.pathname).toBe('/account');
  });

  test('SC-132 has no limit where the option says so', async () => {
    const backend = await startBackend({ signInLimit: false });
    const browser = createBrowser();
    const form = await browser.visit(signInUrl(backend));
    for (let index = 0; index < 12; index++) {
      expect((await browser.submit(form, { identifier: 'nobody@example.com', password: 'x' })).status).toBe(422);
    }
  });

  test.each([
    ['a banned user', { banned: 1 as const }, 'suspended'],
    ['a locked user', { locked_at: 1, lockout_expires_at: Date.now() + 3_600_000 }, 'locked'],
  ])('SC-128 refuses %s, and says so only to who knows the password', async (_, change, word) => {
    const backend = await startBackend();
    await backend.context.db.updateTable('users').set(change).execute();
    const browser = createBrowser();
    const form = await browser.visit(signInUrl(backend));
    const wrong = await browser.submit(form, { identifier: ada.email, password: 'wrong' });
    expect([wrong.status, alertOf(wrong)?.includes(word)]).toEqual([422, false]);
    const right = await browser.submit(form, { identifier: ada.email, password: ada.password });
    expect([right.status, alertOf(right)?.includes(word)]).toEqual([403, true]);
    expect(await backend.context.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
  });

  test('locks a user after as many failures as the settings allow', async () => {
    const backend = await startBackend({ signInLimit: false });
    await backend.context.db.updateTable('users').set({ failed_attempts: 99 }).execute();
    const browser = createBrowser();
    const form = await browser.visit(signInUrl(backend));
    await browser.submit(form, { identifier: ada.email, password: 'wrong' });
    expect((await browser.submit(form, { identifier: ada.email, password: ada.password })).status).toBe(403);
    backend.clock.advance(61 * 60_000);
    expect((await browser.submit(form, { identifier: ada.email, password: ada.password })).url.pathname).toBe(
      '/account',
    );
  });

  test('asks again for what is missing, naming the fields', async () => {
    const backend = await startBackend();
    const browser = createBrowser();
    const page = await browser.submit(await browser.visit(signInUrl(backend)), { identifier: ' ', password: '' });
    expect(page.status).toBe(422);
    expect(page.html).toMatch(/<input id="identifier"[^>]*aria-invalid="true"[^>]*aria-describedby="identifier-error"/);
    expect(page.html).toMatch(/<input id="password"[^>]*aria-invalid="true"/);
  });

  test('never writes a password into the page', async () => {
    const backend = await startBackend();
    const browser = createBrowser();
    const page = await browser.submit(await browser.visit(signInUrl(backend)), {
      identifier: ada.email,
      password: 'canary-4711',
    });
    expect(page.html).toContain(ada.email);
    expect(page.html).not.toContain('canary-4711');
  });
});

describe('sign-in by an e-mailed code', () => {
  async function askForCode(identifier: string, options = {}) {
    const backend = await startBackend(options);
    const browser = createBrowser();
    const page = await browser.submit(await browser.visit(signInUrl(backend)), { identifier, strategy: 'email_code' });
    return { backend, browser, page };
  }

  test.each([ada.email, ada.username])('by %s leads to a session', async (identifier) => {
    const { backend, browser, page } = await askForCode(identifier);
    expect(page.url.pathname).toBe('/sign-in/code');
    const code = await lastCode(backend, ada.email);
    const after = await browser.submit(page, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(after.url.pathname).toBe('/account');
    expect(after.html).toContain('Ada Lovelace');
  });

  test('SC-132 looks the same for nobody, to whom nothing is sent and no code is right', async () => {
    const known = await askForCode(ada.email);
    const unknown = await askForCode('nobody@example.com');
    const plain = ({ page }: typeof known) =>
      page.html.replaceAll(/value="[^"]*"/g, '').replaceAll(/(nobody|ada)@example\.com/g, 'WHO');
    expect(plain(unknown)).toBe(plain(known));
    expect(await unknown.backend.context.db.selectFrom('messages').selectAll().execute()).toEqual([]);
    const right = await lastCode(known.backend, ada.email);
    expect((await unknown.browser.submit(unknown.page, { code: right })).status).toBe(422);
  });

  test('takes a code once, for ten minutes, and five tries', async () => {
    const { backend, browser, page } = await askForCode(ada.email);
    const code = await lastCode(backend, ada.email);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let index = 0; index < 5; index++)
      expect(alertOf(await browser.submit(page, { code: wrong }))).toContain('not right');
    expect(alertOf(await browser.submit(page, { code }))).toContain('too often');

    const fresh = await browser.submit(page, { strategy: 'email_code' });
    const second = await lastCode(backend, ada.email);
    backend.clock.advance(10 * 60_000);
    expect((await browser.submit(fresh, { code: second })).status).toBe(422);

    const third = await browser.submit(page, { strategy: 'email_code' });
    const last = await lastCode(backend, ada.email);
    expect((await browser.submit(third, { code: last })).url.pathname).toBe('/account');
    await browser.submit(await browser.visit(`${backend.url}/sign-out`));
    expect((await browser.submit(third, { code: last })).url.pathname).not.toBe('/account');
  });

  test('SC-128 sends five tries at once no further than five one after the other', async () => {
    const { backend, browser, page } = await askForCode(ada.email);
    const code = await lastCode(backend, ada.email);
    const wrong = code === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 20 }, () => browser.submit(page, { code: wrong })));
    expect((await browser.submit(page, { code })).status).toBe(422);
  });

  test('a code of one browser is none of another', async () => {
    const { backend, page } = await askForCode(ada.email);
    const code = await lastCode(backend, ada.email);
    const other = createBrowser();
    await other.visit(signInUrl(backend));
    await expect(other.submit(page, { code })).resolves.toMatchObject({ status: 403 });
  });

  test('test addresses take the code everybody knows while the instance is in test mode', async () => {
    const user = { email: 'eve+clerk_test@example.com' };
    const { backend, browser, page } = await askForCode(user.email, { seed: { users: [user] } });
    expect(await backend.context.db.selectFrom('messages').selectAll().execute()).toEqual([]);
    expect((await browser.submit(page, { code: '424242' })).url.pathname).toBe('/account');
  });
});

describe('a browser that is signed in already', () => {
  test('is led on, with a new token for the application', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const browser = createBrowser();
    await browser.submit(await browser.visit(signInUrl(backend)), { identifier: ada.email, password: ada.password });

    const page = await browser.visit(signInUrl(backend, `${application.url}/profile`));
    expect(page.html).toContain('You are signed in');
    const after = await browser.submit(page);
    expect([after.status, after.url.href]).toEqual([200, `${application.url}/profile`]);
  });
});

describe('sign-out', () => {
  test('asks first, then ends the session here and in the application', async () => {
    const backend = await startBackend();
    const application = await startApplication(backend);
    const browser = createBrowser();
    await browser.submit(await browser.visit(signInUrl(backend, application.url)), {
      identifier: ada.email,
      password: ada.password,
    });

    const question = await browser.visit(`${backend.url}/sign-out?redirect_url=${encodeURIComponent(application.url)}`);
    expect((await browser.visit(application.url)).status).toBe(200);
    const after = await browser.submit(question);
    expect([after.status, after.url.origin]).toEqual([401, application.url]);
    expect(Object.keys(browser.cookies('localhost')).filter((name) => /^__(session|refresh)/.test(name))).toEqual([]);
    expect((await browser.visit(`${backend.url}/account`)).url.pathname).toBe('/sign-in');
  });

  test('of nobody says so', async () => {
    const backend = await startBackend();
    const page = await createBrowser().visit(`${backend.url}/sign-out`);
    expect([page.status, page.html.includes('<form')]).toEqual([200, false]);
  });
});

describe('a pending session', () => {
  test('chooses an organization before it counts for the application', async () => {
    const backend = await startBackend({
      seed: {
        users: [ada],
        organizations: [
          { name: 'Acme', slug: 'acme', members: [{ user: ada.email }] },
          { name: 'Other', slug: 'other' },
        ],
      },
    });
    const application = await startApplication(backend);
    const browser = createBrowser();
    await browser.submit(await browser.visit(signInUrl(backend)), { identifier: ada.email, password: ada.password });
    await backend.context.db
      .updateTable('sessions')
      .set({ tasks: JSON.stringify([{ key: 'choose-organization' }]) })
      .execute();
    const pending = await browser.visit(application.url);
    expect(JSON.parse(pending.html)).toMatchObject({ userId: null, sessionStatus: 'pending' });

    const [own, other] = backend.seeded?.organizations.map(({ id }) => id) ?? [];
    const page = await browser.visit(
      `${backend.url}/sign-in/tasks?redirect_url=${encodeURIComponent(application.url)}`,
    );
    expect(page.html).toContain('Acme');
    expect(page.html).not.toContain('Other');
    expect(JSON.parse((await browser.submit(page, { organization: other ?? '' })).html)).toMatchObject({
      userId: null,
    });
    const after = await browser.submit(page, { organization: own ?? '' });
    expect(JSON.parse(after.html)).toMatchObject({ userId: backend.seeded?.users[0]?.id, orgId: own });
  });
});
