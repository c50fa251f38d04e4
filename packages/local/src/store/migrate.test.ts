import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CompiledQuery, sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Database } from './database.ts';
import { newDatabaseForTest } from './database-for-test.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

const newest = migrations.length;

function emptyDatabase(): string {
  const { location, drop } = newDatabaseForTest();
  onTestFinished(drop);
  return location;
}

async function open(location: string, steps?: readonly Migration[]): Promise<Store> {
  const store = await openStore(location, steps);
  onTestFinished(() => store.close());
  return store;
}

/** Everything that the engine knows of the schema, as text; column order aside, which a later step cannot choose. */
async function describeSchema({ db, engine }: Store): Promise<string[]> {
  if (engine === 'postgres') {
    const columns = await sql<object>`
      SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default
      FROM information_schema.columns WHERE table_schema = current_schema()`.execute(db);
    const indexes = await sql<{ indexdef: string }>`
      SELECT replace(indexdef, schemaname || '.', '') AS indexdef FROM pg_indexes WHERE schemaname = current_schema()`.execute(
      db,
    );
    return [...columns.rows, ...indexes.rows].map((row) => JSON.stringify(row)).sort();
  }
  const tables = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(db);
  const lines: string[] = [];
  for (const { name } of tables.rows) {
    for (const pragma of ['table_info', 'index_list', 'foreign_key_list']) {
      const { rows } = await db.executeQuery<{ cid?: number }>(CompiledQuery.raw(`PRAGMA ${pragma}("${name}")`));
      lines.push(...rows.map(({ cid, ...row }) => `${name} ${pragma} ${JSON.stringify(row)}`));
    }
  }
  return lines.sort();
}

const storeUser = (db: Database, id: string) =>
  db.insertInto('users').values({ id, first_name: 'Zoë', created_at: 1_700_000_000_000, updated_at: 1 }).execute();

describe('from each earlier schema', () => {
  test.each(migrations.slice(0, -1).map(({ version }) => version))('version %i', async (version) => {
    const location = emptyDatabase();
    const before = await openStore(location, migrations.slice(0, version));
    await storeUser(before.db, 'user_before');
    await before.close();

    const store = await open(location);
    const user = await store.db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
    expect(user).toMatchObject({ id: 'user_before', first_name: 'Zoë', created_at: 1_700_000_000_000, banned: 0 });
    expect(await describeSchema(store)).toEqual(await describeSchema(await open(emptyDatabase())));
  });

  test('versions count from 1 without gaps', () => {
    expect(migrations.map(({ version }) => version)).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
  });
});

test('the types of the tables are generated from these steps', () => {
  const script = fileURLToPath(new URL('../../scripts/generate-schema.mjs', import.meta.url));
  expect(spawnSync(process.execPath, [script, '--check']).status).toBe(0);
});

test('opening again changes nothing', async () => {
  const location = emptyDatabase();
  const first = await openStore(location);
  const schema = await describeSchema(first);
  await storeUser(first.db, 'user_kept');
  await first.close();
  const again = await open(location);
  expect(await describeSchema(again)).toEqual(schema);
  expect(await again.db.selectFrom('users').select('id').execute()).toEqual([{ id: 'user_kept' }]);
});

test('a step that fails leaves the schema as it was', async () => {
  const location = emptyDatabase();
  const broken: Migration = {
    version: newest + 1,
    sql: 'CREATE TABLE half_done (id TEXT PRIMARY KEY); INSERT INTO missing VALUES (1);',
  };
  await (await openStore(location)).close();
  await expect(openStore(location, [...migrations, broken])).rejects.toThrow(/missing/);
  const store = await open(location);
  expect((await describeSchema(store)).join('\n')).not.toContain('half_done');
  expect(await sql`SELECT MAX(version) AS version FROM schema_versions`.execute(store.db)).toMatchObject({
    rows: [{ version: newest }],
  });
});

test('a database of a later release is left alone', async () => {
  const location = emptyDatabase();
  const later: Migration = { version: newest + 1, sql: 'CREATE TABLE of_tomorrow (id TEXT PRIMARY KEY);' };
  await (await openStore(location, [...migrations, later])).close();
  await expect(openStore(location)).rejects.toMatchObject({
    code: 'database-unusable',
    message: expect.stringContaining(`schema version ${newest + 1}`),
  });
});

test('numbers come back as numbers, text sorts by its bytes', async () => {
  const { db } = await open(emptyDatabase());
  const names = ['b', 'A', 'a', 'Ä', 'B', '_'];
  for (const [index, name] of names.entries()) {
    await db
      .insertInto('machines')
      .values({ id: `mch_${index}`, name, default_token_ttl: 60, created_at: 2 ** 53 - 1, updated_at: 0 })
      .execute();
  }
  const rows = await db.selectFrom('machines').select(['name', 'created_at']).orderBy('name').execute();
  expect(rows.map(({ name }) => name)).toEqual(['A', 'B', '_', 'a', 'b', 'Ä']);
  expect(rows[0]?.created_at).toBe(Number.MAX_SAFE_INTEGER);
  const sums = await db
    .selectFrom('machines')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('default_token_ttl').as('sum')])
    .executeTakeFirstOrThrow();
  expect(sums).toEqual({ count: 6, sum: 360 });
});
