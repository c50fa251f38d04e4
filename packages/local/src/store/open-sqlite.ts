import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely } from 'kysely';
import Sqlite from 'libsql';
import { LocalBackendError } from '../errors.ts';
import { closeSqlite } from './close-sqlite.ts';
import { createFileFlush } from './file-flush.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import type { Schema } from './schema.generated.ts';
import { LibsqlDialect } from './sqlite-dialect.ts';
import type { Store } from './store.ts';

/** Opens a SQLite file, or a database in memory. One process at a time: see {@link openFile}. */
export async function openSqlite(location: string, steps?: readonly Migration[]): Promise<Store> {
  const isFile = location !== ':memory:';
  const sqlite = isFile ? openFile(resolve(location)) : new Sqlite(location);
  try {
    sqlite.exec('PRAGMA foreign_keys = ON');
    const db = new Kysely<Schema>({
      dialect: new LibsqlDialect(sqlite, isFile ? createFileFlush(`${resolve(location)}-wal`) : undefined),
    });
    const store: Store = {
      engine: 'sqlite',
      db,
      transaction: (run) => db.transaction().execute(run),
      lead: async () => true,
      close: () => db.destroy(),
    };
    await store.transaction((tx) => migrate(tx, async (script) => void sqlite.exec(script), steps));
    return store;
  } catch (error) {
    closeSqlite(sqlite);
    throw error;
  }
}

function openFile(path: string): InstanceType<typeof Sqlite> {
  try {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const sqlite = new Sqlite(path, { timeout: 500 });
    // One process per file: the clock and what is remembered of settings live in memory, so a second writer would be
    // safe for SQLite but not for us.
    sqlite.exec('PRAGMA locking_mode = EXCLUSIVE');
    // NORMAL leaves it to us to flush the log after a commit: in groups, and without holding up the process meanwhile. An
    // answered write survives a power cut all the same, as with FULL.
    sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    // Takes the lock now, so that a second process fails here and not at its first write.
    sqlite.exec('BEGIN EXCLUSIVE; COMMIT');
    return sqlite;
  } catch (cause) {
    if ((cause as { code?: string }).code?.startsWith('SQLITE_BUSY')) {
      const message = `${path} is open in another process. Stop that one, or use another file.`;
      throw new LocalBackendError('database-in-use', message, { cause });
    }
    const message = `${path} cannot be opened as a database: ${(cause as Error).message}`;
    throw new LocalBackendError('database-unusable', message, { cause });
  }
}
