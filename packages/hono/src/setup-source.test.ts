import { Hono } from 'hono';
import { afterEach, expect, it, vi } from 'vitest';
import { createSigningKey } from '../../../test/support/signing-key.ts';
import { createTestInstance } from '../../../test/support/test-instance.ts';
import { type AuthMiddlewareOptions, authMiddleware } from './auth-middleware.ts';
import { getAuth } from './get-auth.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** An application on Workers, and how often the backend was asked for keys, by secret key. */
function createWorker(isFunction: boolean) {
  vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
  const asked: string[] = [];
  const options: AuthMiddlewareOptions = {
    logger: { warn: () => {} },
    fetch: async (_input, init) => {
      const authorization = new Headers(init?.headers).get('authorization') ?? '';
      asked.push(authorization);
      return Response.json({ keys: [authorization.endsWith('b') ? KEY_B.jwk : KEY_A.jwk] });
    },
  };
  const middleware = authMiddleware(isFunction ? () => ({ ...options }) : options);
  const app = new Hono().use(middleware).get('/', (c) => c.text(getAuth(c).userId ?? 'nobody'));
  const ask = async (token: string, bindings: object) =>
    (await app.request('/', { headers: { authorization: `Bearer ${token}` } }, bindings)).text();
  return { asked, ask };
}

const KEY_A = createSigningKey('ins_a');
const KEY_B = createSigningKey('ins_b');
const a = createTestInstance({ key: KEY_A });
const b = createTestInstance({ key: KEY_B, frontendApi: 'clerk.b.example' });
const bindingsOf = ({ publishableKey }: typeof a, name: string) => ({
  CLERK_PUBLISHABLE_KEY: publishableKey,
  CLERK_SECRET_KEY: `sk_test_${name}`,
});

it.each([
  ['options', false],
  ['a function of options', true],
])('asks for the keys once, though each request brings a copy of its bindings: %s', async (_what, isFunction) => {
  const { asked, ask } = createWorker(isFunction);
  for (let i = 0; i < 5; i++) expect(await ask(a.session(), bindingsOf(a, 'a'))).toBe('user_alice');
  expect(asked).toHaveLength(1);
});

it.each([
  ['options', false],
  ['a function of options', true],
])('SC-043 keeps bindings of two instances apart: %s', async (_what, isFunction) => {
  const { asked, ask } = createWorker(isFunction);
  for (let i = 0; i < 3; i++) {
    expect(await ask(a.session(), bindingsOf(a, 'a'))).toBe('user_alice');
    expect(await ask(b.session(), bindingsOf(b, 'b'))).toBe('user_alice');
    expect(await ask(a.session(), bindingsOf(b, 'b'))).toBe('nobody');
    expect(await ask(b.session(), bindingsOf(a, 'a'))).toBe('nobody');
  }
  expect(new Set(asked).size).toBe(2);
});
