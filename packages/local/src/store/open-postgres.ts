import { CompiledQuery, Kysely, sql } from 'kysely';
import pg from 'pg';
import { LocalBackendError } from '../errors.ts';
import type { Database } from './database.ts';
import { showLocation } from './location.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { PgDialect } from './postgres-dialect.ts';
import type { Schema } from './schema.generated.ts';
import type { Store } from './store.ts';
import { isRetryable } from './store-errors.ts';

/** Schema of the tables, so that they can live beside those of an application. Another one goes by `?schema=` in the URL. */
const usualSchema = 'keystile';

/** First key of our advisory locks; the second is made from the schema. */
const lockClass = { writer: 1_801_812_339, leader: 1_801_812_340 };

/** How often a transaction is tried that PostgreSQL has broken off in favour of another. */
const mostAttempts = 5;

const connectTimeoutInMs = 10_000;
/** Until a process that has died with its connection open, or been stopped, gives way to the others. */
const lockTimeoutInMs = 30_000;

/**
 * Opens a schema of a PostgreSQL database. Several processes may share it: transactions take turns by an advisory lock,
 * since the operations were written for one writer at a time, as SQLite has it. Reads do not wait.
 */
export async function openPostgres(url: string, steps: readonly Migration[] = migrations): Promise<Store> {
  const { connectionString, schema, options } = readUrl(url);
  const settings = [
    options,
    `-c search_path=${schema}`,
    `-c lock_timeout=${lockTimeoutInMs}`,
    `-c idle_in_transaction_session_timeout=${lockTimeoutInMs}`,
    '-c client_min_messages=warning',
  ].join(' ');
  const connection = { connectionString, options: settings, application_name: 'keystile', keepAlive: true };
  const pool = new pg.Pool({
    ...connection,
    connectionTimeoutMillis: connectTimeoutInMs,
    types: { getTypeParser: numbersAsNumbers },
  });
  // A connection that is lost is replaced when the next is needed; who was using it hears of it by the failed query.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  const begin = `begin; select pg_advisory_xact_lock(${lockClass.writer}, hashtext('${schema}'))`;
  const db = new Kysely<Schema>({ dialect: new PgDialect(pool, begin) });
  const transaction = takingTurns(db);
  let leader: Promise<Leader> | undefined;
  try {
    await transaction(async (tx) => {
      const runScript = async (script: string) => void (await tx.executeQuery(CompiledQuery.raw(toPostgres(script))));
      // Only who may make schemas may ask for one, even if it is there.
      const { rows } = await sql`SELECT 1 FROM pg_namespace WHERE nspname = ${schema}`.execute(tx);
      if (rows.length === 0) await runScript(`CREATE SCHEMA ${schema}`);
      await migrate(tx, runScript, steps);
    });
  } catch (cause) {
    await db.destroy();
    if (cause instanceof LocalBackendError) throw cause;
    const message = `The PostgreSQL database ${showLocation(url)} cannot be used: ${(cause as Error).message}`;
    throw new LocalBackendError('database-unusable', message, { cause });
  }
  return {
    engine: 'postgres',
    db,
    transaction,
    async lead() {
      leader ??= tryToLead(connection, schema);
      return (await leader).isLeader;
    },
    async close() {
      await (await leader?.catch(() => undefined))?.stop();
      await db.destroy();
    },
  };
}

/**
 * Transactions of this process, one after another: of those that wait for the writer's lock only one holds a connection, and
 * the others stay free for reads.
 */
function takingTurns(db: Database): Store['transaction'] {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const attempt = async (count: number) => {
      try {
        return await db.transaction().execute(run);
      } catch (error) {
        if (count >= mostAttempts || !isRetryable(error)) throw error;
        return attempt(count + 1);
      }
    };
    const result = last.then(() => attempt(1));
    last = result.catch(() => {});
    return result;
  };
}

interface Leader {
  readonly isLeader: boolean;
  stop(): Promise<void>;
}

/** The lock belongs to a connection and goes with it, so that a killed process is no longer the leader. */
async function tryToLead(connection: pg.ClientConfig, schema: string): Promise<Leader> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ isLeader: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as "isLeader"',
    [lockClass.leader, schema],
  );
  const isLeader = rows[0]?.isLeader === true;
  if (!isLeader) await client.end();
  return { isLeader, stop: async () => (isLeader ? client.end().catch(() => {}) : undefined) };
}

/** Text sorts and compares by bytes, as in SQLite, whatever the language of the database. */
function toPostgres(script: string): string {
  return script.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"');
}

/** `bigint` (20) and `numeric` (1700) arrive as text by default. All of ours are times, counts and amounts below 2^53. */
const numbersAsNumbers: pg.CustomTypesConfig['getTypeParser'] = (oid: number, format?: 'text' | 'binary') =>
  format !== 'binary' && (oid === 20 || oid === 1700) ? Number : pg.types.getTypeParser(oid, format as 'text');

/** Our parameter, and the one that would replace our own settings, are taken out of the URL. */
function readUrl(text: string): { connectionString: string; schema: string; options: string } {
  if (!URL.canParse(text)) {
    throw new LocalBackendError('option-invalid', 'database must be a file, :memory: or postgres://user@host/name.');
  }
  const url = new URL(text);
  const schema = url.searchParams.get('schema') ?? usualSchema;
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.delete('schema');
  url.searchParams.delete('options');
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new LocalBackendError(
      'option-invalid',
      'The schema of a PostgreSQL URL must be lower-case letters, digits and underscores.',
    );
  }
  return { connectionString: url.href, schema, options };
}
