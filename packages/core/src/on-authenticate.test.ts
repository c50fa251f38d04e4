import { expect, onTestFinished, test } from 'vitest';
import { createSigningKey } from '../../../test/support/signing-key.ts';
import { createAuthenticator } from './authenticator.ts';
import type { AuthenticatorOptions } from './config.ts';
import { toPublishableKey } from './keys/publishable-key.ts';
import type { AuthenticationEvent } from './on-authenticate.ts';

const key = createSigningKey();
const token = key.sign({ sub: 'user_1', exp: Math.floor(Date.now() / 1000) + 600 });
const options: AuthenticatorOptions = {
  publishableKey: toPublishableKey('clerk.example.com', 'production'),
  jwtKey: key.publicPem,
};
const request = (authorization: string) => new Request('https://a.test', { headers: { authorization } });

test('tells of every decision, with its reason, its time and whether it was remembered', async () => {
  const events: AuthenticationEvent[] = [];
  const authenticator = createAuthenticator({ ...options, onAuthenticate: (event) => events.push(event) }, {});
  for (const authorization of [`Bearer ${token}`, `Bearer ${token}`, 'Bearer x']) {
    await authenticator.authenticateRequest(request(authorization));
  }
  const signedIn = {
    method: 'GET',
    path: '/',
    status: 'signed-in',
    reason: null,
    message: null,
    tokenType: 'session_token',
  };
  expect(events).toMatchObject([
    { ...signedIn, cacheHit: false },
    { ...signedIn, cacheHit: true },
    { status: 'signed-out', reason: 'token-invalid', tokenType: 'session_token', cacheHit: false },
  ]);
  for (const { durationMs } of events) expect(durationMs).toBeGreaterThanOrEqual(0);
  expect(JSON.stringify(events)).not.toContain(token.slice(-20));
});

test('names the request, and nothing of its query', async () => {
  const events: AuthenticationEvent[] = [];
  const authenticator = createAuthenticator({ ...options, onAuthenticate: (event) => events.push(event) }, {});
  await authenticator.authenticateRequest(
    new Request('https://a.test/orders/%2F7?__clerk_ticket=secret#part', { method: 'DELETE' }),
  );
  expect(events).toMatchObject([{ method: 'DELETE', path: '/orders/%2F7', status: 'signed-out' }]);
  expect(JSON.stringify(events)).not.toContain('secret');
});

test('with lazy machine tokens, tells of the verdict when a guard asks for it', async () => {
  const events: AuthenticationEvent[] = [];
  const authenticator = createAuthenticator(
    { ...options, machineTokens: 'lazy', onAuthenticate: (event) => events.push(event) },
    {},
  );
  const machine = key.sign({ sub: 'mch_1', exp: Math.floor(Date.now() / 1000) + 600 });
  const state = await authenticator.authenticateRequest(request(`Bearer ${machine}`), { acceptsToken: 'any' });
  expect(events).toMatchObject([{ status: 'signed-out', reason: 'machine-token-not-verified' }]);
  if (state.status === 'signed-out') await state.verify?.();
  expect(events.slice(1)).toMatchObject([{ status: 'signed-in', reason: null, tokenType: 'm2m_token' }]);
});

test.each<[what: string, hook: () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('hook');
    },
  ],
  [
    'rejects',
    async () => {
      throw new Error('hook');
    },
  ],
])('SC-098 a hook that %s changes no verdict and ends no process', async (_what, hook) => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listen);
  onTestFinished(() => {
    process.off('unhandledRejection', listen);
  });
  const authenticator = createAuthenticator({ ...options, onAuthenticate: hook as () => void }, {});
  expect((await authenticator.authenticateRequest(request(`Bearer ${token}`))).status).toBe('signed-in');
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
});
