import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type Database from 'libsql';
import { closeSqlite } from './close-sqlite.ts';
import type { FileFlush } from './file-flush.ts';

type SqliteDatabase = InstanceType<typeof Database>;
type Statement = ReturnType<SqliteDatabase['prepare']>;

interface PreparedStatement {
  readonly statement: Statement;
  readonly mayWrite: boolean;
  /** Names of what it answers with, if it answers with rows. */
  readonly columns: readonly string[] | undefined;
  /** Whether its last parameter limits the rows: asking for a single one takes a call into SQLite less. */
  readonly isLimited: boolean;
}

/** Statements that leave nothing to be made durable. */
const neverWrites = /^\s*(?:select|begin|commit|rollback|pragma)\b/i;

/** Preparing a statement costs forty times as much as running one, so the most used are kept. */
const preparedStatements = 512;

/**
 * kysely on libsql: one connection, every statement runs synchronously. kysely's own SQLite dialect would do, but it
 * prepares each statement anew.
 */
export class LibsqlDialect implements Dialect {
  readonly #database: SqliteDatabase;
  readonly #flush: FileFlush | undefined;

  /** @param flush Makes what was committed durable, where SQLite is told not to do so itself. */
  constructor(database: SqliteDatabase, flush?: FileFlush) {
    this.#database = database;
    this.#flush = flush;
  }

  createDriver(): Driver {
    return new LibsqlDriver(this.#database, this.#flush);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: the interface asks for any schema
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class LibsqlDriver implements Driver {
  readonly #connection: LibsqlConnection;
  /** Those who wait for the connection, first come first served. */
  readonly #waiting: (() => void)[] = [];
  #taken = false;
  readonly #flush: FileFlush | undefined;

  constructor(database: SqliteDatabase, flush: FileFlush | undefined) {
    this.#connection = new LibsqlConnection(database);
    this.#flush = flush;
  }

  async init(): Promise<void> {}

  /** One at a time: what runs between `begin` and `commit` must not mix with anybody else's statements. */
  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    return this.#connection;
  }

  /** Answers when what was written is durable. The next may go on before that. */
  async releaseConnection(): Promise<void> {
    const hasWritten = this.#connection.takeWritten();
    const next = this.#waiting.shift();
    // Handed over while still taken, so that nobody slips in between.
    if (next === undefined) this.#taken = false;
    else next();
    if (hasWritten) await this.#flush?.flush();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** A full disk makes SQLite roll back by itself; why it did is what the caller has to hear. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (!this.#connection.isInTransaction) return;
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    await this.#flush?.close();
    this.#connection.close();
  }
}

class LibsqlConnection implements DatabaseConnection {
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<string, PreparedStatement>();
  #hasWritten = false;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, mayWrite, columns, isLimited } = this.#prepare(sql);
    const values = parameters as unknown[];
    this.#hasWritten ||= mayWrite;
    if (columns === undefined) {
      const { changes } = statement.run(values);
      return { rows: [], numAffectedRows: BigInt(changes) };
    }
    if (isLimited && values.at(-1) === 1) {
      const row = statement.get(values) as unknown[] | undefined;
      return { rows: row === undefined ? [] : [toRow<Row>(columns, row)] };
    }
    return { rows: (statement.all(values) as unknown[][]).map((row) => toRow<Row>(columns, row)) };
  }

  // biome-ignore lint/correctness/useYield: nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The local store does not stream.');
  }

  /** Whether anything was written since this was last asked. */
  takeWritten(): boolean {
    const hasWritten = this.#hasWritten;
    this.#hasWritten = false;
    return hasWritten;
  }

  get isInTransaction(): boolean {
    return this.#database.inTransaction;
  }

  close(): void {
    this.#statements.clear();
    closeSqlite(this.#database);
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    // Rows come as arrays: SQLite's binding takes half as long again to make objects of them.
    const columns = statement.reader
      ? statement
          .raw(true)
          .columns()
          .map(({ name }) => name)
      : undefined;
    const isLimited = columns !== undefined && sql.endsWith(' limit ?');
    const prepared = { statement, columns, isLimited, mayWrite: !neverWrites.test(sql) };
    if (this.#statements.size >= preparedStatements) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

function toRow<Row>(columns: readonly string[], values: readonly unknown[]): Row {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index++) row[columns[index] as string] = values[index];
  return row as Row;
}
