import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';

/** Where a test keeps its data. */
export interface DatabaseForTest {
  /** For the option `database`. */
  readonly location: string;
  /** Forgets what is in it. Comes after the backend is closed. */
  drop(): Promise<void>;
}

const inMemory: DatabaseForTest = { location: ':memory:', drop: async () => {} };

/** Emptying tables takes a tenth of the time of making them: a schema goes from test to test, one at a time. */
const free: DatabaseForTest[] = [];
const made: string[] = [];

/**
 * A database that is empty and the test's own: in memory, or a schema of the PostgreSQL database that
 * KEYSTILE_TEST_DATABASE names. So the same tests run on both engines.
 */
export function databaseForTest(server = process.env.KEYSTILE_TEST_DATABASE): DatabaseForTest {
  return server === undefined || server === '' ? inMemory : (free.pop() ?? schemaOn(server));
}

/** As {@link databaseForTest}, never used before, and still there when it is opened again: a file, or a schema. */
export function newDatabaseForTest(server = process.env.KEYSTILE_TEST_DATABASE): DatabaseForTest {
  if (server !== undefined && server !== '') return schemaOn(server);
  const folder = mkdtempSync(join(tmpdir(), 'keystile-test-'));
  return { location: join(folder, 'keystile.db'), drop: async () => rmSync(folder, { recursive: true }) };
}

function schemaOn(server: string): DatabaseForTest {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  made.push(schema);
  const url = new URL(server);
  url.searchParams.set('schema', schema);
  const database: DatabaseForTest = {
    location: url.href,
    async drop() {
      await query(server, async (client) => {
        const { rows } = await client.query<{ name: string }>(
          `SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename <> 'schema_versions'`,
          [schema],
        );
        await client.query(rows.map(({ name }) => `DELETE FROM ${schema}.${name};`).join(''));
      });
      free.push(database);
    },
  };
  return database;
}

afterAll(async () => {
  const [first] = free;
  if (first === undefined) return;
  const drops = made.splice(0).map((schema) => `DROP SCHEMA IF EXISTS ${schema} CASCADE;`);
  await query(first.location, (client) => client.query(`SET client_min_messages = warning; ${drops.join('')}`));
});

async function query(server: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
