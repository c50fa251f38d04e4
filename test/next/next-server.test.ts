import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, type Sent } from '../conformance/exchange.ts';
import type { RunningApplication } from '../conformance/harness.ts';
import { buildNextApplication, startNextApplication } from '../conformance/harnesses/next-server.ts';
import { createTestInstance } from '../support/test-instance.ts';

const { publishableKey, jwtKey, secretKey, session, jwt } = createTestInstance({ type: 'production' });
const setup = { options: { publishableKey, jwtKey, secretKey }, webhookSecret: '' };
const document = { accept: 'text/html', 'sec-fetch-dest': 'document' };
const fetched = { accept: '*/*', 'sec-fetch-dest': 'empty' };
const bearer = () => ({ authorization: `Bearer ${session()}` });

await buildNextApplication();

let server: RunningApplication;
let guarding: RunningApplication;
beforeAll(async () => {
  server = await startNextApplication(setup);
  guarding = await startNextApplication({ ...setup, guardsInProxy: true });
});
afterAll(async () => {
  await server.close();
  await guarding.close();
});

const send = (target: string, headers: Record<string, string>, more: Sent = {}) =>
  exchange(server.url, target, { headers, ...more });

describe('auth.protect() where the data is', () => {
  it('lets a page render for who is signed in, and for nobody else’s cache', async () => {
    const { status, text, headers } = await send('/page', { ...document, ...bearer() });
    expect(status).toBe(200);
    expect(text).toMatch(/secret of .*user_alice/);
    expect(headers['cache-control']).toMatch(/private.*no-store/);
  });

  it.each([
    ['a page load', document],
    ['a fetch', fetched],
    ['a navigation within the application', { ...fetched, 'next-url': '/' }],
  ])('N4 redirects %s of a page to the sign-in page', async (_, headers) => {
    const { status, headers: answered, text } = await send('/page?tab=1', headers);
    expect(status).toBe(307);
    const location = new URL(answered.location ?? '');
    expect(location.pathname).toBe('/sign-in');
    expect(location.searchParams.get('redirect_url')).toBe(`${server.url}/page?tab=1`);
    expect(text).not.toContain('secret of');
  });

  describe('in a server action', () => {
    let action: string;
    beforeAll(async () => {
      const { text } = await send('/page', { ...document, ...bearer() });
      action = /\$ACTION_ID_([0-9a-f]+)/.exec(text)?.[1] ?? '';
      expect(action).not.toBe('');
    });
    const call = (headers: Record<string, string>) =>
      send(
        '/page',
        {
          ...fetched,
          accept: 'text/x-component',
          'next-action': action,
          'content-type': 'text/plain;charset=UTF-8',
          ...headers,
        },
        { method: 'POST', body: '[]' },
      );

    it('N4 SC-066 answers 401 without authentication', async () => {
      const { status, text } = await call({});
      expect(status).toBe(401);
      expect(text).not.toContain('secret of');
    });

    it('runs for who is signed in', async () => {
      expect((await call(bearer())).status).toBe(200);
    });

    it('redirects a form without script to the sign-in page', async () => {
      const body = `--b\r\ncontent-disposition: form-data; name="$ACTION_ID_${action}"\r\n\r\n\r\n--b--\r\n`;
      const headers = { ...document, 'content-type': 'multipart/form-data; boundary=b' };
      const { status, headers: answered } = await send('/page', headers, { method: 'POST', body });
      expect(status).toBe(303);
      expect(answered.location).toContain('/sign-in');
    });
  });
});

describe('SC-066 what a client may send to get past the proxy', () => {
  const names = ['proxy', 'src/proxy', 'middleware', 'src/middleware', 'pages/_middleware'];
  const tricks: readonly [target: string, headers: Record<string, string>, method?: string][] = [
    ...names.map(
      (name) => ['', { 'x-middleware-subrequest': Array(5).fill(name).join(':') }] satisfies [string, object],
    ),
    ['', { 'x-middleware-next': '1' }],
    ['', { 'x-middleware-rewrite': '/' }],
    ['', { 'x-middleware-override-headers': 'authorization' }],
    ['', { 'x-nextjs-data': '1' }],
    ['', { rsc: '1' }],
    ['', { rsc: '1', 'next-router-prefetch': '1' }],
    ['', { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
    ['?_rsc=1', { rsc: '1' }],
    ['', { 'next-action': 'x' }, 'POST'],
    ['', { 'next-url': '/' }],
    ['', { 'x-http-method-override': 'OPTIONS', 'x-method-override': 'OPTIONS' }],
    ['', { 'x-keystile-state': 'forged', 'x-clerk-auth-status': 'signed-in', 'x-clerk-auth-token': 'forged' }],
    ['.rsc', {}],
    ['.segments/_tree.segment.rsc', {}],
    ['/', {}],
    ['//', {}],
    ['/.', {}],
    [';x', {}],
    ['%00', {}],
    ['%2f', {}],
  ];

  it.each(tricks)('%s with %j gets no data of a guarded page', async (suffix, headers, method = 'GET') => {
    for (const target of [`/page${suffix}`, `/%70age${suffix}`, `//page${suffix}`]) {
      const { status, text } = await send(target, { ...fetched, ...headers }, { method });
      expect(text).not.toContain('secret of');
      expect(status).toBeLessThan(500);
    }
  });

  it.each(tricks)(
    '%s with %j opens no handler that is guarded in the proxy',
    async (suffix, headers, method = 'GET') => {
      for (const target of [
        `/guarded/session${suffix}`,
        `/guarded/%73ession${suffix}`,
        `//guarded//session${suffix}`,
      ]) {
        const { status, text } = await exchange(guarding.url, target, { headers: { ...fetched, ...headers }, method });
        expect(text).not.toContain('"tokenType"');
        expect(status).toBeLessThan(500);
      }
    },
  );

  it.each(['/_next/data/build/page.json', '/_next/data/build/guarded/session.json'])(
    '%s gives no data',
    async (target) => {
      for (const { url } of [server, guarding]) {
        const { text } = await exchange(url, target, { headers: { ...fetched, 'x-nextjs-data': '1' } });
        expect(text).not.toMatch(/secret of|"tokenType"/);
      }
    },
  );
});

describe('SC-101 a page that was rendered at build time', () => {
  it('is public by itself', async () => {
    expect((await send('/static', document)).headers['cache-control']).toContain('s-maxage');
  });

  it('is nobody else’s once it carries cookies', async () => {
    const handshake = jwt({ handshake: ['__client_uat=1700000000; Path=/', `__session=${session()}; Path=/`] });
    const answer = await send('/static', { ...document, cookie: `__clerk_handshake=${handshake}` });
    expect(answer.text).toContain('the same for everybody');
    expect(answer.cookies).toHaveLength(2);
    expect(answer.headers['cache-control']).toBe('private, no-store');
  });
});

describe('auth() where no proxy ran', () => {
  it('finds out by itself', async () => {
    expect((await send('/unprotected', bearer())).json).toMatchObject({ userId: 'user_alice' });
    expect((await send('/unprotected', {})).json).toMatchObject({ userId: null });
  });

  it.each(['forged', 'A'.repeat(600), ''])('SC-061 is not misled by %j in the header of the proxy', async (state) => {
    const { json } = await send('/unprotected', { 'x-keystile-state': state });
    expect(json).toMatchObject({ userId: null, isAuthenticated: false });
  });
});

it('SC-062 no answer carries what the proxy tells the handlers', async () => {
  for (const target of ['/', '/auth', '/page', '/static', '/nothing']) {
    const { headers, text } = await send(target, { ...document, ...bearer() });
    expect(Object.keys(headers).filter((name) => /keystile|x-middleware/.test(name))).toEqual([]);
    expect(text).not.toContain('x-keystile-state');
  }
});
