import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AcceptsToken, createAuthenticator, createBackendClient } from '@keystile/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nameCookies } from '../../packages/core/src/keys/cookie-names.ts';
import { compact } from '../support/signing-key.ts';
import { createTestInstance } from '../support/test-instance.ts';

/**
 * Section 17 of the protocol lists where Keystile goes beyond it. Each row has a test whose name carries the row; most stand
 * beside their sources, those that concern everything at once stand here.
 */
const ROWS = {
  V: 10,
  K: 8,
  T: 6,
  A: 6,
  N: 3,
  S: 6,
  H: 9,
  W: 4,
  P: 4,
};

const { publishableKey, secretKey, jwtKey, session } = createTestInstance();
const create = (options = {}) =>
  createAuthenticator({ publishableKey, secretKey, jwtKey, logger: { warn: () => {} }, ...options }, {});
const request = (headers: Record<string, string>) => new Request('http://localhost/', { headers });

afterEach(() => {
  vi.restoreAllMocks();
});

it('every row has a test that carries its name', () => {
  const named = new Set(namesOfTests().flatMap((text) => [...text.matchAll(/§17 ((?:[A-Z]\d+(?:, )?)+)/g)]));
  const rows = new Set([...named].flatMap(([, list = '']) => list.split(', ')));
  const missing = Object.entries(ROWS).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`).filter((row) => !rows.has(row)),
  );
  expect(missing).toEqual([]);
});

/** The sources of all tests but this one's table. */
function namesOfTests(): string[] {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  return ['packages/core/src', 'packages/express/src', 'test'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => readFileSync(`${root}${folder}/${file}`, 'utf8')),
  );
}

describe('§17 V1 JSON that is no object', () => {
  const header = { alg: 'RS256', typ: 'JWT', kid: 'ins_test' };
  const TOKENS = ['null', '1', '"x"', '[]', 'true'].flatMap((text) => [
    compact(text, { sub: 'user_1' }),
    compact(header, text),
    compact(text, text),
  ]);

  it.each(TOKENS)('SC-008 signs nobody in and makes nothing throw: %s', async (token) => {
    const authenticator = create();
    const kinds: AcceptsToken[] = ['any', ['session_token', 'm2m_token'], 'session_token'];
    for (const acceptsToken of kinds) {
      const state = await authenticator.authenticateRequest(request({ authorization: `Bearer ${token}` }), {
        acceptsToken,
      });
      expect(state).toMatchObject({ status: 'signed-out', reason: 'token-invalid' });
    }
    const names = await nameCookies(publishableKey);
    for (const cookies of [`__session=${token}; __client_uat=1`, `${names.session}=${token}`]) {
      const state = await authenticator.authenticateRequest(request({ cookie: `${cookies}; __clerk_db_jwt=d` }));
      expect(state.isAuthenticated).toBe(false);
    }
  });
});

describe('§17 V2 each token is decoded once', () => {
  const token = session();
  const other = session({ sub: 'user_bob' });
  const uat = '__client_uat=1; __clerk_db_jwt=d';

  it.each<[what: string, headers: (suffixed: string) => Record<string, string>, tokens: number]>([
    ['in the header', () => ({ authorization: `Bearer ${token}` }), 1],
    ['in a cookie', () => ({ cookie: `__session=${token}; ${uat}` }), 1],
    ['in both cookies', (suffixed) => ({ cookie: `__session=${token}; ${suffixed}=${token}; ${uat}` }), 1],
    ['beside another', (suffixed) => ({ cookie: `__session=${token}; ${suffixed}=${other}; ${uat}` }), 2],
  ])('%s', async (_what, headersOf, tokens) => {
    const authenticator = create({ cache: false });
    const headers = headersOf((await nameCookies(publishableKey)).session);
    const parse = vi.spyOn(JSON, 'parse');
    await authenticator.authenticateRequest(request(headers));
    const payloads = parse.mock.calls.filter(([text]) => text.includes('"sub":'));
    expect(payloads).toHaveLength(tokens);
    // All of an issuer's tokens have the same header, which may be remembered.
    expect(parse.mock.calls.length - payloads.length).toBeLessThanOrEqual(1);
  });
});

it('§17 A6 nothing leaves a client but what its methods are asked to send', async () => {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (input: unknown) => {
    sent.push(String(input));
    return Response.json({ object: 'user', id: 'user_1' });
  });
  const clients = Array.from({ length: 100 }, () => createBackendClient({ secretKey }));
  const authenticators = Array.from({ length: 100 }, () => create());
  for (const authenticator of authenticators) await authenticator.authenticateRequest(request({}));
  await clients[0]?.users.getUser('user_1');
  await new Promise(setImmediate);
  expect(sent).toEqual(['https://api.clerk.com/v1/users/user_1']);
  vi.unstubAllGlobals();
});

it('§17 H6 what goes wrong with a handshake is told to the logger alone, without a token', async () => {
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((method) => vi.spyOn(console, method));
  const warnings: string[] = [];
  const authenticator = create({
    logger: { warn: (message: string) => warnings.push(message) },
    fetch: async () => new Response('{}', { status: 500 }),
  });
  const cookies = ['__clerk_handshake_nonce=canary', `__clerk_handshake=${session()}x; __clerk_db_jwt=canary`];
  for (const cookie of cookies) {
    await authenticator.authenticateRequest(request({ cookie })).catch(() => undefined);
  }
  expect(warnings).toHaveLength(2);
  expect(warnings.join()).not.toMatch(/canary|eyJ/);
  for (const method of consoles) expect(method).not.toHaveBeenCalled();
});
