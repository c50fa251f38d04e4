import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DEMO_SEED, type LocalBackendOptions, startLocalBackend } from './index.ts';

const pem = (modulusLength = 2048) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const { privateKey } = pem();

const start = async (options: LocalBackendOptions = {}) => {
  const backend = await startLocalBackend({ privateKey, ...options });
  onTestFinished(() => backend.close());
  return backend;
};

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'keystile-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
};

describe('starting', () => {
  test('answers over HTTP and in process with the same key set', async () => {
    const backend = await start();
    const headers = { authorization: `Bearer ${backend.secretKey}` };
    const overHttp = await (await fetch(`${backend.url}/v1/jwks`, { headers })).json();
    expect(overHttp.keys).toMatchObject([{ kid: backend.instanceId, kty: 'RSA', alg: 'RS256', use: 'sig' }]);
    expect(await (await backend.fetch('/v1/jwks', { headers })).json()).toEqual(overHttp);
    expect(atob(backend.publishableKey.slice('pk_test_'.length))).toBe(`${new URL(backend.url).host}$`);
  });

  test('SC-127 a minted session token carries a real signature of the published key', async () => {
    const backend = await start({ listen: false, seed: DEMO_SEED });
    const [user] = backend.seeded?.users ?? [];
    const [organization] = backend.seeded?.organizations ?? [];
    const token = await backend.mint.session({ userId: user?.id ?? '', orgId: organization?.id });
    const [header = '', payload = '', signature = ''] = token.split('.');
    const key = createPublicKey(backend.jwtKey);
    const valid = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
    expect(valid).toBe(true);
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(claims).toMatchObject({
      iss: backend.url,
      sub: user?.id,
      fea: 'o:invoices',
      o: { id: organization?.id, slg: 'acme', rol: 'admin', per: 'manage,read', fpm: '3' },
    });
  });

  test.each<[string, LocalBackendOptions, RegExp]>([
    ['SC-126 a live key', { secretKey: 'sk_live_12345678' }, /secretKey/],
    ['a key that is none', { secretKey: 'secret' }, /secretKey/],
    ['a port that is none', { port: 70_000 }, /port/],
    ['a private key that is none', { privateKey: 'PRIVATE' }, /privateKey/],
  ])('refuses %s, naming the option and not the value', async (_, options, message) => {
    const error = await startLocalBackend(options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'option-invalid', message: expect.stringMatching(message) });
    expect(String(error)).not.toMatch(/12345678|PRIVATE$/);
  });

  test('SC-126 refuses production unless told in so many words', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await expect(startLocalBackend({ listen: false })).rejects.toMatchObject({ code: 'production-refused' });
    expect((await start({ listen: false, dangerouslyAllowProduction: true })).instanceId).toMatch(/^ins_/);
  });

  test('a port that is taken is an error when asked for', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    await expect(startLocalBackend({ port, privateKey })).rejects.toMatchObject({ code: 'port-in-use' });
  });

  test('closing frees the port, and may be done twice', async () => {
    const backend = await start();
    await backend.close();
    await backend.close();
    await expect(fetch(backend.url)).rejects.toThrow();
  });

  test('SC-126 each instance has an issuer, a key id and, unless given one, a key of its own', async () => {
    const one = await startLocalBackend({ listen: false });
    const two = await startLocalBackend({ listen: false });
    onTestFinished(() => one.close());
    onTestFinished(() => two.close());
    for (const name of ['url', 'instanceId', 'secretKey', 'publishableKey', 'jwtKey'] as const)
      expect(one[name]).not.toBe(two[name]);
    const headers = { authorization: `Bearer ${one.secretKey}` };
    expect((await two.fetch('/v1/users', { headers })).status).toBe(401);
  });
});

describe('SC-125 who may reach it', () => {
  const status = (port: string, host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(
        { host: '127.0.0.1', port, path: '/v1/public/interstitial?frontend_api=x', headers: { host } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });

  test.each([
    ['localhost', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1', 200],
    ['app.localhost', 200],
    ['[::1]', 200],
    ['backend.test', 200],
    ['evil.test', 403],
    ['localhost.evil.test', 403],
    ['127.0.0.1.evil.test', 403],
    ['evillocalhost', 403],
    ['xn--localhost', 403],
  ])('Host: %s is answered with %i', async (host, expected) => {
    const { url } = await start({ allowedHosts: ['backend.test'] });
    const { port } = new URL(url);
    expect(await status(port, host)).toBe(expected);
    expect(await status(port, `${host}:${port}`)).toBe(expected);
  });

  test('listens on loopback alone', async () => {
    const { url } = await start();
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });
});

describe('a file database', () => {
  test('keeps keys, port and data over a restart', async () => {
    const database = join(folder(), 'data', 'keystile.db');
    const first = await startLocalBackend({ database, seed: { users: [{ email: 'kept@example.com' }] } });
    const secret = await first.mint.apiKey({ subject: first.seeded?.users[0]?.id ?? '' });
    await first.close();
    const second = await startLocalBackend({ database, seed: { users: [{ email: 'again@example.com' }] } });
    onTestFinished(() => second.close());
    for (const name of ['url', 'instanceId', 'secretKey', 'publishableKey', 'jwtKey'] as const)
      expect(second[name]).toBe(first[name]);
    const headers = { authorization: `Bearer ${second.secretKey}`, 'content-type': 'application/json' };
    const users = await (await second.fetch('/v1/users', { headers })).json();
    expect(users).toMatchObject([{ email_addresses: [{ email_address: 'kept@example.com' }] }]);
    const verified = await second.fetch('/v1/api_keys/verify', {
      method: 'POST',
      headers,
      body: JSON.stringify({ secret }),
    });
    expect(verified.status).toBe(200);
  });

  test('SC-130 is for one process: the second is told', async () => {
    const database = join(folder(), 'keystile.db');
    await start({ database, listen: false });
    const error = await startLocalBackend({ database, listen: false }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'database-in-use', message: expect.stringContaining(database) });
  });

  test('that is none is an error that names it', async () => {
    const database = join(folder(), 'notes.txt');
    writeFileSync(database, 'not a database, but long enough to be looked at as one'.repeat(20));
    const error = await startLocalBackend({ database, listen: false }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'database-unusable', message: expect.stringContaining(database) });
  });

  test('of a later release is left alone', async () => {
    const database = join(folder(), 'keystile.db');
    const first = await startLocalBackend({ database, listen: false, privateKey });
    const { sql } = await import('kysely');
    await sql`INSERT INTO schema_versions (version) VALUES (999)`.execute(first.context.db);
    await first.close();
    await expect(startLocalBackend({ database, listen: false })).rejects.toMatchObject({ code: 'database-unusable' });
  });
});

test('SC-133 thirty-two backends in one process share nothing', async () => {
  const backends = await Promise.all(Array.from({ length: 32 }, () => start()));
  expect(new Set(backends.map(({ url }) => url)).size).toBe(32);
  await Promise.all(
    backends.map(async (backend, index) => {
      backend.clock.freeze(1_800_000_000_000 + index);
      await backend.seed({ users: [{ username: `only-${index}` }] });
    }),
  );
  for (const [index, { url, secretKey }] of backends.entries()) {
    const users = await (await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${secretKey}` } })).json();
    expect(users).toMatchObject([{ username: `only-${index}`, created_at: 1_800_000_000_000 + index }]);
    expect(users).toHaveLength(1);
  }
});

describe('requests', () => {
  const send = async (method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}) => {
    const backend = await start({ listen: false });
    return backend.fetch(path, {
      method,
      headers: { authorization: `Bearer ${backend.secretKey}`, ...headers },
      ...(body !== undefined && { body }),
    });
  };

  test.each([
    ['GET', '/v1/nothing', 404],
    ['PUT', '/v1/users', 404],
    ['GET', '/v1/users/', 404],
    ['GET', '/v1//users', 404],
    ['GET', '/', 404],
  ])('%s %s is %i', async (method, path, status) => {
    const answer = await send(method, path);
    expect(answer.status === 404 || answer.status === 200).toBe(true);
    if (path !== '/') expect(answer.status).toBe(status);
  });

  test('SC-129 a body of a hundred levels is refused; one of 12 MB is too large', async () => {
    const deep = `{"username":"deep","public_metadata":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`;
    expect((await send('POST', '/v1/users', deep)).status).toBe(422);
    expect(
      (await send('POST', '/v1/users', 'x'.repeat(12 * 1024 * 1024), { 'content-length': String(12 * 1024 * 1024) }))
        .status,
    ).toBe(413);
  });

  test('an empty body is an empty object where all is optional', async () => {
    expect((await send('POST', '/v1/testing_tokens')).status).toBe(200);
    expect((await send('PATCH', '/v1/instance/protect')).status).toBe(200);
    expect((await send('POST', '/v1/users', 'null')).status).toBe(400);
  });
});
