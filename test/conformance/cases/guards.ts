import { Webhook } from 'standardwebhooks';
import { expect } from 'vitest';
import { type GuardName, ROUTES } from '../application.ts';
import type { CaseContext, ConformanceCase } from '../conformance-case.ts';
import type { Answered, Sent } from '../exchange.ts';
import { PAGE } from './state-to-response.ts';

const PREFLIGHT = { origin: 'https://front.example', 'access-control-request-method': 'GET' };

async function knock({ send }: CaseContext, guard: GuardName, token?: string, sent: Sent = {}): Promise<Answered> {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(sent.headers as object) };
  return send(`${ROUTES.guarded}/${guard}`, { ...sent, headers });
}

const alice = ({ fixture: { backend, userId, orgId } }: CaseContext, claims = {}): Promise<string> =>
  backend.mint.session({ userId, orgId, claims });

/** Every refusal is for the one who asked, and says how to do better. */
function expectRefusal(answer: Answered, status: 401 | 403): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(answer.headers.vary?.toLowerCase()).toMatch(/cookie.*authorization/);
}

/** What guards do (adapters, sections 6 M and 9; security cases, sections C and H). */
export const guards: readonly ConformanceCase[] = [
  {
    id: 'GUARD',
    title: 'SC-101 a guard lets those in who may, and keeps their answer out of shared caches',
    async run(context) {
      const { fixture } = context;
      const answer = await knock(context, 'session', await alice(context));
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({ userId: fixture.userId });
      expect(answer.headers['cache-control']).toBe('private, no-store');
      expect(answer.headers.vary?.toLowerCase()).toMatch(/cookie.*authorization/);
    },
  },
  {
    id: 'GUARD-401',
    title: 'without a token 401 and the bare challenge, with a bad one its error (RFC 6750)',
    async run(context) {
      const nobody = await knock(context, 'session');
      expectRefusal(nobody, 401);
      expect(nobody.headers['www-authenticate']).toBe('Bearer');
      expect(nobody.json).toMatchObject({ status: 401, code: 'dev-browser-missing' });
      expect(nobody.headers['content-type']).toMatch(/^application\/problem\+json/);
      const bad = await knock(context, 'session', 'a.b.c');
      expectRefusal(bad, 401);
      expect(bad.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    },
  },
  {
    id: 'GUARD-PAGE',
    title: 'a page load is sent to the sign-in page and back',
    async run({ send, url }) {
      const cookie = '__clerk_db_jwt=dvb_1; __client_uat=0';
      const answer = await send(`${ROUTES.guarded}/page?tab=2`, { headers: { ...PAGE, cookie } });
      expect([302, 303, 307]).toContain(answer.status);
      const location = new URL(answer.headers.location ?? '');
      expect(location.origin + location.pathname).toBe('https://accounts.example/sign-in');
      expect(location.searchParams.get('redirect_url')).toBe(`${url}${ROUTES.guarded}/page?tab=2`);
      expect((await send(`${ROUTES.guarded}/api`, { headers: { ...PAGE, cookie } })).status).toBe(401);
    },
  },
  {
    id: 'M1',
    title: 'a route for one kind of machine takes that kind alone',
    async run(context) {
      const { apiKey, backend, machineId, userId } = context.fixture;
      const machine = await backend.mint.m2m({ machineId });
      const oauth = await backend.mint.oauth({ userId });
      const session = await alice(context);
      const table: readonly (readonly [GuardName, string | undefined, number])[] = [
        ['api-key', apiKey, 200],
        ['api-key', machine, 401],
        ['api-key', session, 401],
        ['api-key', undefined, 401],
        ['machine', machine, 200],
        ['machine', apiKey, 401],
        ['machine', session, 401],
        ['oauth', oauth, 200],
        ['oauth', session, 401],
        ['either', apiKey, 200],
        ['either', session, 200],
        ['either', machine, 401],
        ['any', machine, 200],
        ['any', oauth, 200],
        ['any', session, 200],
        ['any', undefined, 401],
        ['session', apiKey, 401],
        ['session', machine, 401],
        ['session', oauth, 401],
      ];
      for (const [guard, token, status] of table) {
        for (const method of ['GET', 'POST']) {
          expect((await knock(context, guard, token, { method })).status, `${guard} ${method}`).toBe(status);
        }
      }
    },
  },
  {
    id: 'M1-revoked',
    title: 'a key that is revoked opens nothing any more',
    async run(context) {
      const { backend, userId } = context.fixture;
      const key = await backend.mint.apiKey({ subject: userId, name: 'short-lived', expiresInSeconds: -1 });
      expectRefusal(await knock(context, 'api-key', key), 401);
    },
  },
  {
    id: 'SC-032',
    title: 'scopes are compared whole',
    async run(context) {
      const { backend, userId } = context.fixture;
      for (const [scopes, status] of [
        [['read:users'], 200],
        [['write', 'read:users'], 200],
        [['read'], 403],
        [['read:users2'], 403],
        [['READ:USERS'], 403],
        [['read:users delete'], 403],
        [[], 403],
      ] as const) {
        const key = await backend.mint.apiKey({ subject: userId, scopes: [...scopes] });
        const answer = await knock(context, 'scope', key);
        expect(answer.status, scopes.join()).toBe(status);
        if (status === 403) {
          expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="read:users"');
        }
      }
      expect((await knock(context, 'scope', await alice(context))).status).toBe(401);
    },
  },
  {
    id: 'SC-034',
    title: 'each demand counts',
    setup: 'production',
    async run(context) {
      const { production } = context.fixture;
      const member = (org_role: string, ...org_permissions: string[]): string =>
        production.session({ org_id: 'org_1', org_role, org_permissions });
      const admin = member('org:admin', 'org:invoices:read');
      for (const [guard, token, status] of [
        ['both', admin, 200],
        ['both', member('org:admin'), 403],
        ['both', member('org:member', 'org:invoices:read'), 403],
        ['permission', member('org:member', 'org:invoices:read'), 200],
        ['permission', member('org:member', 'org:invoices:reader'), 403],
        ['permission', production.session(), 403],
        ['role', member('org:admin'), 200],
        ['role', member('org:member'), 403],
      ] as const) {
        const answer = await knock(context, guard, token);
        if (status === 403) expectRefusal(answer, 403);
        else expect(answer.status, guard).toBe(200);
      }
    },
  },
  {
    id: 'REVERIFICATION',
    title: 'a proof that is too old is answered so that the browser can renew it',
    setup: 'production',
    async run(context) {
      const { production } = context.fixture;
      expect((await knock(context, 'reverification', production.session({ fva: [1, 1] }))).status).toBe(200);
      const old = await knock(context, 'reverification', production.session({ fva: [60, 60] }));
      expectRefusal(old, 403);
      expect(old.json).toMatchObject({ clerk_error: { type: 'forbidden', reason: 'reverification-error' } });
    },
  },
  {
    id: 'RFC-9728',
    title: 'the challenge names the metadata of the resource, with and without a token',
    async run(context) {
      const { url } = context;
      for (const token of [undefined, 'oat_000000000000000000000000000000000000000000']) {
        const answer = await knock(context, 'oauth', token);
        expectRefusal(answer, 401);
        expect(answer.headers['www-authenticate']).toContain(
          `resource_metadata="${url}/.well-known/oauth-protected-resource"`,
        );
      }
    },
  },
  {
    id: 'PREFLIGHT',
    title: 'a CORS preflight is not refused, and the guarded handler does not run for it',
    async run(context) {
      const answer = await knock(context, 'session', undefined, { method: 'OPTIONS', headers: PREFLIGHT });
      expect([302, 307, 401, 403]).not.toContain(answer.status);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toContain('tokenType');
      expect((await knock(context, 'session', undefined, { method: 'OPTIONS' })).status).toBe(401);
      expect((await knock(context, 'session', undefined, { headers: PREFLIGHT })).status).toBe(401);
    },
  },
  {
    id: 'SC-096',
    title: 'HEAD is guarded as GET, other methods do not change that, and a mounted router sees the whole path',
    async run(context) {
      const { send } = context;
      expect((await knock(context, 'session', undefined, { method: 'HEAD' })).status).toBe(401);
      expect((await knock(context, 'session', await alice(context), { method: 'HEAD' })).status).toBe(200);
      for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
        const headers = { [name]: 'OPTIONS', ...PREFLIGHT };
        expect((await knock(context, 'session', undefined, { method: 'POST', headers })).status, name).toBe(401);
      }
      const first = await send(ROUTES.mounted, { headers: PAGE });
      const location = new URL(first.headers.location ?? '');
      expect(new URL(location.searchParams.get('redirect_url') ?? '').pathname).toBe(ROUTES.mounted);
    },
  },
  {
    id: 'SC-090',
    title: 'another spelling of a guarded path does not get by its guard',
    async run({ send }) {
      for (const target of [
        '/guarded/%73ession',
        '/guarded//session',
        '//guarded/session',
        '/guarded/./session',
        '/guarded/x/../session',
        '/GUARDED/SESSION',
        '/guarded/session/',
        '/guarded/session;x',
        '/guarded%2Fsession',
        '/guarded/session%00',
        '/guarded/session%23',
        '/guarded\\session',
      ]) {
        const answer = await send(target);
        expect([307, 308, 400, 401, 404], target).toContain(answer.status);
        expect(answer.text, target).not.toContain('"isAuthenticated"');
      }
    },
  },
  {
    id: 'SC-091',
    title: 'a path that cannot be decoded reaches no guarded handler',
    async run({ send }) {
      for (const target of ['/guarded/%zz', '/guarded/%E0%A4%A', '/guarded/%c0%afsession']) {
        expect([400, 401, 404], target).toContain((await send(target)).status);
      }
    },
  },
  {
    id: 'SC-095',
    title: 'where nobody has authenticated the request, asking who it is fails',
    async run({ send }) {
      const answer = await send(ROUTES.unprotected);
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain('isAuthenticated');
    },
  },
  {
    id: 'SC-103',
    title: 'requests of many users and tenants do not cross',
    setup: 'tenants',
    async run({ send, fixture: { tenants } }) {
      const answers = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const [own, other] = index % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const);
          const sub = `user_${own}_${index % 50}`;
          const authorization = `Bearer ${tenants[own].session({ sub })}`;
          const mine = await send(ROUTES.auth, { headers: { authorization, 'x-tenant': own } });
          const theirs = await send(ROUTES.auth, { headers: { authorization, 'x-tenant': other } });
          return { sub, mine: mine.json.userId, theirs: theirs.json.userId };
        }),
      );
      for (const { sub, mine, theirs } of answers) expect({ mine, theirs }).toEqual({ mine: sub, theirs: null });
    },
  },
  {
    id: 'X11',
    title: 'webhooks: what is signed is taken, what is not is refused',
    async run({ send, fixture: { setups } }) {
      const body = '{ "type": "user.deleted",\n "data": { "id": "user_1", "note": "\\u00e9" } }';
      const signer = new Webhook(setups.development.webhookSecret);
      const deliver = (at: Date, changes: Readonly<Record<string, string>> = {}, sent = body): Promise<Answered> => {
        const headers: Record<string, string> = {
          'content-type': 'application/json',
          'svix-id': 'msg_1',
          'svix-timestamp': `${Math.floor(at.getTime() / 1000)}`,
          'svix-signature': signer.sign('msg_1', at, body),
          ...changes,
        };
        return send(ROUTES.webhooks, { method: 'POST', headers, body: sent });
      };
      const now = new Date();
      const taken = await deliver(now);
      expect(taken.status).toBe(200);
      expect(taken.json).toEqual({ type: 'user.deleted' });
      expect((await deliver(now, {}, body.replace('user_1', 'user_2'))).status).toBe(400);
      expect((await deliver(now, { 'svix-signature': 'v1,AAAA' })).status).toBe(400);
      expect((await deliver(now, { 'svix-id': '' })).status).toBe(400);
      expect((await deliver(new Date(now.getTime() - 600_000))).status).toBe(400);
    },
  },
];
