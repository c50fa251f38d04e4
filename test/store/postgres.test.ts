import { type LocalBackend, startLocalBackend } from '@keystile/local';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { findPostgres, type PostgresCluster, startPostgres } from './support/postgres-cluster.ts';
import { bundleBackend, findLost, nothingYet, startWriter } from './support/writer.ts';

// What only PostgreSQL can show; the suites that both engines share are run on it by suites.test.ts.

const bin = findPostgres();
const isMissing = bin === undefined;

let cluster: PostgresCluster;

/** A database that nothing has been in. */
let schemas = 0;
const location = () => `${cluster.url}?schema=test_${++schemas}`;

const start = async (database: string, options: Parameters<typeof startLocalBackend>[0] = {}) => {
  const backend = await startLocalBackend({ database, ...options });
  onTestFinished(() => backend.close());
  return backend;
};

async function send(backend: LocalBackend, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${backend.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}

beforeAll(async () => {
  if (bin === undefined) return;
  cluster = await startPostgres(bin, { durable: true });
  await bundleBackend();
}, 60_000);

afterAll(() => cluster?.remove());
afterEach(() => vi.restoreAllMocks());

describe.skipIf(isMissing)('several processes on one database', () => {
  test('share keys, data and the address that keys and tokens name', async () => {
    const database = location();
    const [one, two] = await Promise.all([start(database), start(database)]);
    expect(two.url).not.toBe(one.url);
    for (const name of ['secretKey', 'publishableKey', 'instanceId', 'jwtKey'] as const)
      expect(two[name]).toBe(one[name]);
    const { body: user } = await send(one, 'POST', '/users', { username: 'shared' });
    expect((await send(two, 'GET', `/users/${user.id}`)).body).toEqual(user);
    const token = await two.mint.session({ userId: user.id });
    const { iss } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect([one.url, two.url]).toContain(iss);
    expect(atob(one.publishableKey.slice('pk_test_'.length))).toBe(`${new URL(iss).host}$`);
  });

  test('begin at the same moment, and one of them makes the schema, the keys and the seed', async () => {
    const database = location();
    const seed = { users: [{ email: 'once@example.com' }] };
    const backends = await Promise.all(Array.from({ length: 5 }, () => start(database, { seed })));
    expect(new Set(backends.map(({ secretKey }) => secretKey)).size).toBe(1);
    expect(backends.filter(({ seeded }) => seeded !== undefined)).toHaveLength(1);
    const [first] = backends;
    if (first !== undefined) expect((await send(first, 'GET', '/users')).body).toHaveLength(1);
  });

  test('SC-130 of 64 who want one address across two processes, one gets it', async () => {
    const database = location();
    const backends = [await start(database), await start(database)] as const;
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, client) =>
        send(backends[client % 2 === 0 ? 0 : 1], 'POST', '/users', { email_address: ['one@example.com'] }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 422]));
  });

  test('SC-130 lose no update of one another', async () => {
    const database = location();
    const backends = [await start(database), await start(database), await start(database)] as const;
    const { body: user } = await send(backends[0], 'POST', '/users', { username: 'counted' });
    const answers = await Promise.all(
      Array.from({ length: 48 }, (_, client) => {
        const backend = backends[client % 3 === 0 ? 0 : client % 3 === 1 ? 1 : 2];
        const body = { public_metadata: { [`client${client}`]: client } };
        return send(backend, 'PATCH', `/users/${user.id}/metadata`, body);
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(48).fill(200));
    const { public_metadata } = (await send(backends[1], 'GET', `/users/${user.id}`)).body;
    expect(Object.keys(public_metadata)).toHaveLength(48);
  });

  test('send each event once, whoever made it and whoever sends it', async () => {
    const database = location();
    const sent: string[] = [];
    const record = async (_: unknown, init?: RequestInit) => {
      sent.push(new Headers(init?.headers).get('svix-id') ?? '');
      return new Response();
    };
    const backends = [await start(database, { fetch: record }), await start(database, { fetch: record })] as const;
    await backends[0].webhooks.addEndpoint({ url: 'http://127.0.0.1:9/hook', eventTypes: ['user.created'] });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        send(backends[index % 2 === 0 ? 0 : 1], 'POST', '/users', { username: `told-${index}` }),
      ),
    );
    await vi.waitUntil(async () => {
      await Promise.all(backends.map(({ webhooks }) => webhooks.settled()));
      return sent.length >= 20;
    });
    expect(new Set(sent).size).toBe(20);
    expect(sent).toHaveLength(20);
    expect(sent).not.toContain('');
  });

  test('a later one takes over the address when the first is gone', async () => {
    const database = location();
    const first = await startLocalBackend({ database });
    const { url, publishableKey } = first;
    await first.close();
    const next = await start(database);
    expect({ url: next.url, publishableKey: next.publishableKey }).toEqual({ url, publishableKey });
  });
});

describe.skipIf(isMissing)('a database', () => {
  test('is left alone but for a schema of its own', async () => {
    const database = location();
    const backend = await start(database);
    const { rows } = await sql<{ schema: string }>`
      SELECT DISTINCT table_schema AS schema FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_schema !~ '^test_'`.execute(
      backend.context.db,
    );
    expect(rows).toEqual([]);
  });

  test.each([
    ['of an address where nothing listens', 'postgres://keystile:hunter2@127.0.0.1:1/postgres', 'database-unusable'],
    ['that does not exist', '/nowhere', 'database-unusable'],
    ['with a schema that is none', '/postgres?schema=a;drop', 'option-invalid'],
    ['with a URL that is none', 'postgres://[', 'option-invalid'],
  ])('%s is refused without telling its password', async (_, text, code) => {
    const url = text.startsWith('/') ? new URL(text, cluster.url).href : text;
    const error = await startLocalBackend({ database: url, listen: false }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'LocalBackendError', code });
    expect(String(error)).not.toContain('hunter2');
  });

  test('SC-130 that is read-only is told by the error of the API, and used again when it can be', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const backend = await start(location());
    const create = () => send(backend, 'POST', '/testing_tokens');
    const administrator = new pg.Client({
      connectionString: cluster.url,
      options: '-c default_transaction_read_only=off',
    });
    await administrator.connect();
    onTestFinished(() => administrator.end());
    const setReadOnly = async (value: 'on' | 'off') => {
      await administrator.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
      await administrator.query('SELECT pg_reload_conf()');
    };
    await setReadOnly('on');
    const refused = await vi.waitUntil(async () => {
      const answer = await create();
      return answer.status === 200 ? undefined : answer;
    });
    expect(refused).toMatchObject({ status: 503, body: { errors: [{ code: 'storage_unavailable' }] } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await send(backend, 'GET', '/users')).status).toBe(200);
    await setReadOnly('off');
    await vi.waitUntil(async () => (await create()).status === 200);
  });
});

describe.skipIf(isMissing)('SC-130 durability', () => {
  test('a backend killed in the middle of writing loses nothing, and holds up nobody', async () => {
    const database = location();
    const acknowledged = nothingYet();
    for (let round = 0; round < 3; round++) {
      const before = acknowledged.writes;
      const writer = await startWriter(database, round, acknowledged);
      await writer.reached(before + 20 + round * 13);
      await writer.kill();
    }
    const backend = await start(database);
    expect(await findLost(backend, acknowledged)).toEqual([]);
  }, 120_000);

  test('PostgreSQL restarted under a writer: 503 while it is away, and all that was acknowledged is there', async () => {
    const database = location();
    const acknowledged = nothingYet();
    const writer = await startWriter(database, 0, acknowledged);
    for (let restart = 0; restart < 3; restart++) {
      await writer.reached(acknowledged.writes + 30);
      await cluster.stop('immediate');
      await cluster.start();
    }
    await writer.reached(acknowledged.writes + 30);
    await writer.stop();
    const backend = await start(database);
    expect(acknowledged.refusals).not.toHaveLength(0);
    expect(new Set(acknowledged.refusals)).toEqual(new Set(['503']));
    expect(await findLost(backend, acknowledged)).toEqual([]);
  }, 120_000);
});
