import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { StoreUnavailableError } from './store-errors.ts';

/** Statements that a connection keeps prepared. Those beyond are planned anew each time. */
const preparedStatements = 512;

/**
 * kysely on `pg`. kysely's own dialect would do, but it plans each statement anew, and here every transaction begins by
 * waiting for its turn.
 */
export class PgDialect implements Dialect {
  readonly #pool: Pool;
  readonly #begin: string;

  /** @param begin SQL that begins a transaction. */
  constructor(pool: Pool, begin: string) {
    this.#pool = pool;
    this.#begin = begin;
  }

  createDriver(): Driver {
    return new PgDriver(this.#pool, this.#begin);
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: the interface asks for any schema
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}

class PgDriver implements Driver {
  readonly #pool: Pool;
  readonly #begin: CompiledQuery;
  readonly #names = new Map<string, string>();

  constructor(pool: Pool, begin: string) {
    this.#pool = pool;
    this.#begin = CompiledQuery.raw(begin);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return new PgConnection(await this.#pool.connect(), this.#names);
    } catch (cause) {
      throw toStoreError(cause);
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as PgConnection).release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(this.#begin);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** On a lost connection there is nothing to roll back, and why it was lost is what the caller has to hear. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if ((connection as PgConnection).isLost) return;
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

class PgConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #names: Map<string, string>;
  #isLost = false;

  constructor(client: PoolClient, names: Map<string, string>) {
    this.#client = client;
    this.#names = names;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    // Without parameters it may be a script of several statements, which cannot be prepared.
    const name = parameters.length === 0 ? undefined : this.#nameOf(sql);
    try {
      const values = parameters as unknown[];
      const { rows, rowCount } = await this.#client.query({ text: sql, values, ...(name !== undefined && { name }) });
      return { rows: (rows ?? []) as Row[], numAffectedRows: BigInt(rowCount ?? 0) };
    } catch (cause) {
      const error = toStoreError(cause);
      this.#isLost ||= error instanceof StoreUnavailableError;
      throw error;
    }
  }

  // biome-ignore lint/correctness/useYield: nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The local store does not stream.');
  }

  release(): void {
    this.#client.release(this.#isLost);
  }

  #nameOf(sql: string): string | undefined {
    const known = this.#names.get(sql);
    if (known !== undefined || this.#names.size >= preparedStatements) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }
}

/** What the server says of a statement has a severity. Without one, or with a fatal one, the connection is gone. */
function toStoreError(cause: unknown): unknown {
  const { severity } = cause as { severity?: string };
  if (severity === 'ERROR') return cause;
  return new StoreUnavailableError(`PostgreSQL is out of reach: ${(cause as Error).message}`, { cause });
}
