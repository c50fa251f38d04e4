import { expect } from 'vitest';
import { OWN_COOKIE, ROUTES } from '../application.ts';
import type { ConformanceCase } from '../conformance-case.ts';

/** How a browser asks for a page. */
export const PAGE = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-dest': 'document' };

const namesOf = (headers: object): string[] => Object.keys(headers).filter((name) => name.startsWith('x-clerk-'));

/** What a state does to the response (adapters, sections 1.4 and 6, X and E). */
export const stateToResponse: readonly ConformanceCase[] = [
  {
    id: 'X1',
    title: 'nobody is let through, with the reason (development)',
    async run({ send }) {
      const response = await send(ROUTES.auth);
      expect(response.status).toBe(200);
      expect(response.json).toMatchObject({ tokenType: 'session_token', isAuthenticated: false, userId: null });
      expect(response.headers).toMatchObject({
        'x-clerk-auth-status': 'signed-out',
        'x-clerk-auth-reason': 'dev-browser-missing',
      });
    },
  },
  {
    id: 'X1-production',
    title: 'nobody is let through, with the reason (production)',
    setup: 'production',
    async run({ send }) {
      const response = await send(ROUTES.auth);
      expect(response.status).toBe(200);
      expect(response.headers['x-clerk-auth-reason']).toBe('session-token-and-uat-missing');
      expect(response.headers['x-clerk-auth-message']).toBeUndefined();
    },
  },
  {
    id: 'X2',
    title: 'a first visit is sent to the handshake',
    async run({ send, fixture, url }) {
      const response = await send(`${ROUTES.auth}?tab=2`, { headers: PAGE });
      expect(response.status).toBe(307);
      expect(response.text).toBe('');
      const location = new URL(response.headers.location ?? '');
      expect(location.origin + location.pathname).toBe(`${fixture.backend.url}/v1/client/handshake`);
      expect(Object.fromEntries(location.searchParams)).toMatchObject({
        redirect_url: `${url}${ROUTES.auth}?tab=2`,
        __clerk_hs_reason: 'dev-browser-missing',
        suffixed_cookies: expect.stringMatching(/^(?:true|false)$/),
        __clerk_api_version: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.cookies).toEqual([expect.stringMatching(/^__clerk_redirect_count=1;/)]);
    },
  },
  ...['HEAD', 'POST', 'OPTIONS', 'PUT'].map(
    (method): ConformanceCase => ({
      id: `X3-${method}`,
      title: `a first visit by ${method} is not redirected`,
      async run({ send }) {
        const response = await send(ROUTES.auth, { method, headers: PAGE });
        expect(response.status).toBeLessThan(300);
        expect(response.headers.location).toBeUndefined();
      },
    }),
  ),
  {
    id: 'X4',
    title: 'a session token in the header signs in, and leaves no trace on the response',
    async run({ send, fixture }) {
      const token = await fixture.backend.mint.session({ userId: fixture.userId });
      const response = await send(ROUTES.auth, { headers: { authorization: `Bearer ${token}` } });
      expect(response.json).toMatchObject({ isAuthenticated: true, userId: fixture.userId });
      expect(namesOf(response.headers)).toEqual([]);
      expect(response.cookies).toEqual([]);
    },
  },
  {
    id: 'X4-cookie',
    title: 'a session cookie signs in, and leaves no trace on the response',
    async run({ send, fixture }) {
      const token = await fixture.backend.mint.session({ userId: fixture.userId });
      const cookie = `__session=${token}; __client_uat=1; __clerk_db_jwt=dvb_1`;
      const response = await send(ROUTES.auth, { headers: { cookie, ...PAGE } });
      expect(response.json).toMatchObject({ isAuthenticated: true, userId: fixture.userId });
      expect(namesOf(response.headers)).toEqual([]);
    },
  },
  {
    id: 'X5',
    title: 'bad tokens leave the request signed out, not refused',
    async run({ send }) {
      for (const headers of [
        { authorization: 'Bearer not-a-token' },
        { authorization: 'Bearer a.b.c' },
        { cookie: '__session=a.b.c; __client_uat=1; __clerk_db_jwt=dvb_1' },
        { cookie: '__session=%00%ff; __client_uat=1; __clerk_db_jwt=dvb_1' },
      ]) {
        const response = await send(ROUTES.auth, { headers: headers as Record<string, string> });
        expect(response.status).toBe(200);
        expect(response.json).toMatchObject({ isAuthenticated: false, userId: null });
        expect(response.headers['x-clerk-auth-status']).toBe('signed-out');
      }
    },
  },
  {
    id: 'X6',
    title: 'the third redirect in a row is not followed by a fourth',
    async run({ send }) {
      const response = await send(ROUTES.auth, { headers: { ...PAGE, cookie: '__clerk_redirect_count=3' } });
      expect(response.status).toBe(200);
      expect(response.json).toMatchObject({ isAuthenticated: false });
    },
  },
  {
    id: 'X7-development',
    title: 'a completed handshake sets each cookie and cleans the URL (development)',
    async run({ send, fixture, url }) {
      const { mint } = fixture.backend;
      const session = await mint.session({ userId: fixture.userId });
      const directives = [
        `__session=${session}; Path=/; SameSite=Lax`,
        '__client_uat=1; Path=/; SameSite=Lax',
        '__clerk_db_jwt=dvb_1; Path=/; SameSite=Lax',
      ];
      const handshake = await mint.handshake({ directives });
      const response = await send(`${ROUTES.auth}?__clerk_handshake=${handshake}&tab=2`, { headers: PAGE });
      expect(response.status).toBe(307);
      expect(new URL(response.headers.location ?? '', url).href).toBe(`${url}${ROUTES.auth}?tab=2`);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.cookies).toEqual(expect.arrayContaining(directives));
    },
  },
  {
    id: 'X7-production',
    title:
      'SC-101 a completed handshake answers with the page, its cookies and those of the application, for nobody else',
    setup: 'production',
    async run({ send, fixture: { production } }) {
      const directives = [`__session=${production.session()}; Path=/; Secure`, '__client_uat=1; Path=/; Secure'];
      const handshake = production.jwt({ handshake: directives });
      const response = await send(ROUTES.cookies, { headers: { ...PAGE, cookie: `__clerk_handshake=${handshake}` } });
      expect(response.status).toBe(200);
      expect(response.text).toBe('page');
      expect(response.cookies).toEqual(expect.arrayContaining([...directives, OWN_COOKIE]));
      expect(response.headers['cache-control']).toBe('private, no-store');
      expect(response.headers.vary?.toLowerCase()).toMatch(/cookie.*authorization/);
    },
  },
  {
    id: 'X8',
    title: 'the handshake returns to the public origin behind a trusted proxy',
    setup: 'forwarded',
    async run({ send }) {
      const forwarded = { 'x-forwarded-host': 'app.example.com', 'x-forwarded-proto': 'https' };
      const response = await send(ROUTES.auth, { headers: { ...PAGE, ...forwarded } });
      const location = new URL(response.headers.location ?? '');
      expect(location.searchParams.get('redirect_url')).toBe(`https://app.example.com${ROUTES.auth}`);
    },
  },
  {
    id: 'X9',
    title: 'a session that is not complete yet counts as none unless asked for',
    async run({ send, fixture }) {
      const token = await fixture.backend.mint.session({
        userId: fixture.userId,
        tasks: [{ key: 'choose-organization' }],
      });
      const headers = { authorization: `Bearer ${token}` };
      expect((await send(ROUTES.auth, { headers })).json).toMatchObject({ userId: null, sessionStatus: 'pending' });
      expect((await send(`${ROUTES.auth}?pending=show`, { headers })).json).toMatchObject({ userId: fixture.userId });
      expect((await send('/guarded/session', { headers })).status).toBe(401);
    },
  },
  {
    id: 'E3',
    title: 'SC-065 targets and methods that make no request are answered with 400',
    async run({ send }) {
      for (const target of ['//', '//u:p@evil.test/', 'http://u:p@evil.test/', '*']) {
        expect((await send(target)).status, target).toBe(400);
      }
      expect((await send(ROUTES.auth, { method: 'TRACE' })).status).toBe(400);
    },
  },
  {
    id: 'E4',
    title: 'SC-098 a failing choice of options is a failure of the request',
    setup: 'tenants',
    async run({ send }) {
      const response = await send(ROUTES.auth, { headers: { 'x-tenant': 'nobody' } });
      expect(response.status).toBe(500);
      expect(namesOf(response.headers)).toEqual([]);
    },
  },
  {
    id: 'FAIL',
    title: 'the error of a handler stays an error, signed in or not',
    async run({ send, fixture }) {
      const token = await fixture.backend.mint.session({ userId: fixture.userId });
      expect((await send(ROUTES.fail)).status).toBe(500);
      expect((await send(ROUTES.fail, { headers: { authorization: `Bearer ${token}` } })).status).toBe(500);
    },
  },
  {
    id: 'BACKEND',
    title: 'the request carries a client of the Backend API',
    async run({ send }) {
      expect((await send(ROUTES.backend)).json).toEqual({ hasBackend: true });
    },
  },
];
