import { expect } from 'vitest';
import { ROUTES } from '../application.ts';
import type { CaseContext, ConformanceCase } from '../conformance-case.ts';
import { exchangeBytes } from '../exchange.ts';
import { PAGE } from './state-to-response.ts';

const session = ({ fixture }: CaseContext): Promise<string> => fixture.backend.mint.session({ userId: fixture.userId });

const cookieOf = (token: string): string => `__session=${token}; __client_uat=1; __clerk_db_jwt=dvb_1`;

/** Who the application says it is; fails unless it answers 200. */
async function userIdOf(
  { send }: CaseContext,
  target: string,
  sent: Parameters<CaseContext['send']>[1],
): Promise<unknown> {
  const response = await send(target, sent);
  expect(response.status).toBe(200);
  return response.json.userId;
}

/** How an adapter reads a request (security cases, section E). */
export const readingTheRequest: readonly ConformanceCase[] = [
  {
    id: 'SC-051',
    title: 'spellings of Authorization',
    async run(context) {
      const token = await session(context);
      const { userId } = context.fixture;
      for (const [authorization, want] of [
        [`Bearer ${token}`, userId],
        [`bearer ${token}`, userId],
        [`BEARER  ${token}`, userId],
        [token, userId],
        [`Basic ${token}`, null],
        [`Token ${token}`, null],
        ['Bearer', null],
        ['Bearer ', null],
        [`Bearer "${token}"`, null],
        ['x'.repeat(8_000), null],
      ] as const) {
        expect(await userIdOf(context, ROUTES.auth, { headers: { authorization } }), authorization.slice(0, 12)).toBe(
          want,
        );
      }
    },
  },
  {
    id: 'SC-052',
    title: 'a second Authorization is no second chance',
    async run(context) {
      const token = await session(context);
      const headers = [
        ['authorization', 'Bearer a.b.c'],
        ['authorization', `Bearer ${token}`],
      ] as const;
      const response = await context.send(ROUTES.auth, { headers });
      // A server may refuse such a request as a whole.
      if (response.status === 200) expect(response.json.userId).toBeNull();
      else expect(response.status).toBe(400);
    },
  },
  {
    id: 'SC-053',
    title: 'a token in the header decides alone; another scheme leaves it to the cookie',
    async run(context) {
      const { fixture } = context;
      const alice = await session(context);
      const machine = await fixture.backend.mint.m2m({ machineId: fixture.machineId });
      for (const [authorization, want] of [
        ['Bearer a.b.c', null],
        [`Bearer ${machine}`, null],
        ['Basic YTpi', fixture.userId],
      ] as const) {
        const headers = { authorization, cookie: cookieOf(alice) };
        expect(await userIdOf(context, ROUTES.auth, { headers }), authorization).toBe(want);
      }
    },
  },
  {
    id: 'SC-054',
    title: 'a token in the URL or in the body is no credential',
    async run(context) {
      const token = await session(context);
      for (const name of ['access_token', 'token', '__session', 'authorization']) {
        expect(await userIdOf(context, `${ROUTES.auth}?${name}=${token}`, {}), name).toBeNull();
      }
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const sent = { method: 'POST', headers: form, body: `access_token=${token}` };
      expect(await userIdOf(context, ROUTES.body, sent)).toBeNull();
    },
  },
  {
    id: 'SC-055',
    title: 'of two cookies of one name the first counts',
    async run(context) {
      const token = await session(context);
      const rest = '__client_uat=1; __clerk_db_jwt=dvb_1';
      const first = { cookie: `__session=${token}; __session=a.b.c; ${rest}` };
      const second = { cookie: `__session=a.b.c; __session=${token}; ${rest}` };
      expect(await userIdOf(context, ROUTES.auth, { headers: first })).toBe(context.fixture.userId);
      expect(await userIdOf(context, ROUTES.auth, { headers: second })).toBeNull();
    },
  },
  {
    id: 'SC-057',
    title: 'tricks in cookies make no cookie of ours',
    async run(context) {
      const token = await session(context);
      const rest = '__client_uat=1; __clerk_db_jwt=dvb_1';
      for (const trick of [
        `x=%3B __session%3D${token}`,
        `x="; __session=${token}`,
        `=__session=${token}`,
        `__SESSION=${token}`,
        `__Host-__session=${token}`,
        `__proto__=${token}`,
        `__session%20=${token}`,
      ]) {
        const answer = await context.send(ROUTES.auth, { headers: { cookie: `${trick}; ${rest}` } });
        expect(answer.status, trick.slice(0, 20)).toBe(200);
        // The second is a cookie of ours to whoever splits at semicolons, as RFC 6265 has it.
        if (!trick.startsWith('x="')) expect(answer.json.userId, trick.slice(0, 20)).toBeNull();
      }
    },
  },
  {
    id: 'SC-058',
    title: 'a flood of cookies does not hide ours',
    async run(context) {
      const flood = Array.from({ length: 400 }, (_, index) => `__session_${index}=a.b.c`).join('; ');
      const cookie = `${flood}; ${cookieOf(await session(context))}`;
      expect(await userIdOf(context, ROUTES.auth, { headers: { cookie } })).toBe(context.fixture.userId);
    },
  },
  {
    id: 'SC-059',
    title: 'strange values of __client_uat end in an answer',
    async run(context) {
      const token = await session(context);
      for (const value of ['-1', '1e9', '0x10', '9999999999999999', 'NaN', '', '12abc', '%00', '１']) {
        const cookie = `__session=${token}; __client_uat=${encodeURI(value)}; __clerk_db_jwt=dvb_1`;
        const { status } = await context.send(ROUTES.auth, { headers: { ...PAGE, cookie } });
        expect([200, 307], value).toContain(status);
      }
    },
  },
  {
    id: 'SC-061',
    title: 'headers that only we may set are not believed',
    async run({ send }) {
      const forged = [
        'auth-status',
        'auth-token',
        'auth-signature',
        'auth-reason',
        'auth-message',
        'request-data',
        'user-id',
      ];
      const headers = ['x-clerk-', 'X-Clerk-', 'x-keystile-', 'x_clerk_'].flatMap((prefix) =>
        forged.map((name) => [prefix + name, 'signed-in'] as const),
      );
      const answer = await send(ROUTES.auth, { headers: [...headers, ['x-middleware-subrequest', 'middleware']] });
      expect(answer.json).toMatchObject({ isAuthenticated: false, userId: null });
      expect((await send('/guarded/session', { headers })).status).toBe(401);
      expect(answer.headers['x-clerk-auth-status']).toBe('signed-out');
    },
  },
  {
    id: 'SC-062',
    title: 'no answer carries the token or its claims',
    setup: 'production',
    async run({ send, fixture: { production } }) {
      const token = production.session({ secret: 'canary' });
      for (const authorization of [`Bearer ${token}`, `Bearer ${token}x`]) {
        for (const target of [ROUTES.auth, '/guarded/permission', '/guarded/session', ROUTES.fail]) {
          const { headers, text } = await send(target, { headers: { authorization } });
          const shown = JSON.stringify(headers) + text;
          expect(shown).not.toContain(token.slice(-40));
          expect(shown).not.toContain('canary');
          expect(headers['x-clerk-auth-message']).toBeUndefined();
        }
      }
    },
  },
  {
    id: 'SC-063',
    title: 'forwarded names that are not trusted do not name the place to return to',
    setup: 'forwarded',
    async run({ send, url }) {
      for (const host of [
        'evil.test',
        'evil.test, app.example.com',
        'u@app.example.com',
        'app.example.com/x',
        '<b>',
        'a:99999',
      ]) {
        const headers = { ...PAGE, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
        const location = new URL((await send(ROUTES.auth, { headers })).headers.location ?? '');
        expect(new URL(location.searchParams.get('redirect_url') ?? '').host, host).toBe(new URL(url).host);
      }
    },
  },
  {
    id: 'SC-063-default',
    title: 'nobody is trusted unless the application says so',
    async run({ send, url }) {
      const headers = { ...PAGE, 'x-forwarded-host': 'app.example.com', 'x-forwarded-proto': 'https' };
      const location = new URL((await send(ROUTES.auth, { headers })).headers.location ?? '');
      expect(location.searchParams.get('redirect_url')).toBe(`${url}${ROUTES.auth}`);
    },
  },
  {
    id: 'SC-064',
    title: 'a Host that is none ends in an answer',
    async run({ send, url }) {
      for (const host of ['a b', '[::1', 'evil.test#', 'u:p@evil.test', 'x'.repeat(5_000), 'ümlaut.test']) {
        const status = await exchangeBytes(
          url,
          `GET ${ROUTES.auth} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
        );
        expect([0, 200, 307, 400, 431], host.slice(0, 20)).toContain(status);
      }
      expect((await send(ROUTES.auth)).status).toBe(200);
    },
  },
  {
    id: 'SC-065',
    title: 'a strange target stays on our own host',
    async run({ send, url }) {
      for (const target of ['//evil.test/auth', '/auth/..;/', '/auth?next=//evil.test', '/%2e%2e/auth', '/auth/%00']) {
        const { status, headers } = await send(target, { headers: PAGE });
        expect(status, target).toBeLessThan(500);
        const back = headers.location && new URL(headers.location, url).searchParams.get('redirect_url');
        if (back) expect(new URL(back).host, target).toBe(new URL(url).host);
      }
    },
  },
  {
    id: 'SC-067',
    title: 'the handler gets the body whole',
    async run(context) {
      const { send, fixture } = context;
      const authorization = `Bearer ${await session(context)}`;
      const text = JSON.stringify({ words: 'é'.repeat(100_000) });
      for (const [headers, userId] of [
        [{ authorization }, fixture.userId],
        [{ authorization: 'Bearer a.b.c' }, null],
        [{ authorization: `Bearer ${fixture.apiKey}` }, null],
      ] as const) {
        const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: text };
        expect((await send(ROUTES.body, sent)).json).toEqual({ userId, text });
      }
    },
  },
  {
    id: 'SC-068',
    title: 'nothing that is sent breaks out of its header line',
    async run({ send, url }) {
      const target = `/guarded/page?next=%0d%0aset-cookie:%20evil=1&x="><script>`;
      const answers = [
        await send(target.replace('"><script>', ''), { headers: PAGE }),
        await send('/guarded/oauth', { headers: { authorization: 'Bearer a"b\\c' } }),
        await send(`${ROUTES.auth}?__clerk_handshake=%0d%0aset-cookie:%20evil=1`, { headers: PAGE }),
      ];
      for (const { headers, cookies } of answers) {
        expect(cookies.filter((cookie) => cookie.startsWith('evil'))).toEqual([]);
        expect(Object.keys(headers)).not.toContain('evil');
      }
      expect((await send(ROUTES.auth)).status, url).toBe(200);
    },
  },
];
