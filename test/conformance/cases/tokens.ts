import { expect } from 'vitest';
import { ROUTES } from '../application.ts';
import type { CaseContext, ConformanceCase } from '../conformance-case.ts';
import type { Fixture } from '../fixture.ts';

/** A token of every kind, each verified by the backend or by its key. */
const TOKENS = {
  session: ({ backend, userId, orgId }) => backend.mint.session({ userId, orgId }),
  'api key': async ({ apiKey }) => apiKey,
  'm2m token': ({ backend, machineId }) => backend.mint.m2m({ machineId }),
  'm2m JWT': ({ backend, machineId }) => backend.mint.m2m({ machineId, format: 'jwt' }),
  'OAuth token': ({ backend, userId }) => backend.mint.oauth({ userId }),
  'OAuth JWT': ({ backend, userId }) => backend.mint.oauth({ userId, format: 'jwt' }),
} as const satisfies Readonly<Record<string, (fixture: Fixture) => Promise<string>>>;

type TokenName = keyof typeof TOKENS;

const TYPES: Readonly<Record<TokenName, string>> = {
  session: 'session_token',
  'api key': 'api_key',
  'm2m token': 'm2m_token',
  'm2m JWT': 'm2m_token',
  'OAuth token': 'oauth_token',
  'OAuth JWT': 'oauth_token',
};
const NAMES = Object.keys(TOKENS) as TokenName[];

async function bearer(name: TokenName, { fixture }: CaseContext): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await TOKENS[name](fixture)}` };
}

const BAD: Readonly<Record<string, string>> = {
  api_key: 'ak_00000000000000000000000000000000000000000000',
  m2m_token: 'mt_00000000000000000000000000000000000000000000',
  oauth_token: 'oat_00000000000000000000000000000000000000000000',
};

/** What the getter gives for what is presented and what is accepted (adapters, section 1.3). */
export const tokens: readonly ConformanceCase[] = [
  ...NAMES.map(
    (name): ConformanceCase => ({
      id: `X10-${TYPES[name]}-${name}`,
      title: `the getter gives a ${name} to those who accept it, and to nobody else`,
      async run(context) {
        const { send } = context;
        const headers = await bearer(name, context);
        const type = TYPES[name];
        for (const accepts of [type, 'any', `${type},session_token`, `api_key,m2m_token,oauth_token,session_token`]) {
          const { json } = await send(`${ROUTES.auth}?accepts=${accepts}`, { headers });
          expect(json, accepts).toMatchObject({ tokenType: type, isAuthenticated: true });
        }
        for (const accepts of ['api_key', 'm2m_token', 'oauth_token', 'session_token'].filter(
          (other) => other !== type,
        )) {
          const { json } = await send(`${ROUTES.auth}?accepts=${accepts}`, { headers });
          expect(json, accepts).toMatchObject({ tokenType: accepts, isAuthenticated: false });
          expect(json.userId ?? null, accepts).toBeNull();
          const list = await send(`${ROUTES.auth}?accepts=${accepts},`, { headers });
          expect(list.json, `[${accepts}]`).toEqual({ tokenType: null, isAuthenticated: false });
        }
      },
    }),
  ),
  {
    id: 'X10-none',
    title: 'without any token the getter gives the empty object of what is asked for',
    async run({ send }) {
      for (const [accepts, tokenType] of [
        ['session_token', 'session_token'],
        ['api_key', 'api_key'],
        ['m2m_token', 'm2m_token'],
        ['oauth_token', 'oauth_token'],
        ['any', 'session_token'],
        ['api_key,session_token', 'session_token'],
        ['api_key,m2m_token', null],
      ]) {
        const { json } = await send(`${ROUTES.auth}?accepts=${accepts}`);
        expect(json, `${accepts}`).toMatchObject({ tokenType, isAuthenticated: false });
      }
    },
  },
  ...Object.entries(BAD).map(
    ([type, token]): ConformanceCase => ({
      id: `X10-bad-${type}`,
      title: `a ${type} that the backend does not know is nobody's`,
      async run({ send }) {
        const headers = { authorization: `Bearer ${token}` };
        const own = await send(`${ROUTES.auth}?accepts=${type}`, { headers });
        expect(own.status).toBe(200);
        expect(own.json).toMatchObject({ tokenType: type, isAuthenticated: false, id: null });
        expect((await send(`${ROUTES.auth}?accepts=any`, { headers })).json).toMatchObject({
          tokenType: type,
          isAuthenticated: false,
        });
      },
    }),
  ),
  {
    id: 'SC-030',
    title: 'code that looks at userId alone meets no machine',
    async run(context) {
      for (const name of NAMES.filter((name) => name !== 'session')) {
        const { json } = await context.send(ROUTES.auth, { headers: await bearer(name, context) });
        expect(json, name).toMatchObject({ tokenType: 'session_token', isAuthenticated: false, userId: null });
      }
      for (const name of ['m2m token', 'm2m JWT'] as const) {
        const { json } = await context.send(`${ROUTES.auth}?accepts=any`, { headers: await bearer(name, context) });
        expect(json.isAuthenticated, name).toBe(true);
        expect(json.userId, name).toBeUndefined();
      }
    },
  },
  {
    id: 'SC-027',
    title: 'a cookie carries sessions only',
    async run({ send, fixture }) {
      for (const name of NAMES.filter((name) => name !== 'session')) {
        const cookie = `__session=${await TOKENS[name](fixture)}; __client_uat=1; __clerk_db_jwt=dvb_1`;
        for (const accepts of ['session_token', 'any', TYPES[name]]) {
          const { json } = await send(`${ROUTES.auth}?accepts=${accepts}`, { headers: { cookie } });
          expect(json, `${name} as ${accepts}`).toMatchObject({ isAuthenticated: false });
          expect(json.userId ?? null).toBeNull();
        }
      }
    },
  },
  {
    id: 'LAZY',
    title: 'SC-122 a token that is verified when asked for opens what takes it, and costs nothing elsewhere',
    setup: 'lazy',
    async run(context) {
      const headers = await bearer('api key', context);
      expect((await context.send('/guarded/api-key', { headers })).json).toMatchObject({ isAuthenticated: true });
      expect((await context.send('/guarded/machine', { headers })).status).toBe(401);
      expect((await context.send(ROUTES.auth, { headers })).json).toMatchObject({ isAuthenticated: false });
      // Taking "not asked yet" for "no" would be a mistake that nobody notices.
      expect((await context.send(`${ROUTES.auth}?accepts=api_key`, { headers })).status).toBe(500);
    },
  },
];
