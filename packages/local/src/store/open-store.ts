import { isPostgresUrl } from './location.ts';
import type { Migration } from './migrations/migration.ts';
import { openSqlite } from './open-sqlite.ts';
import type { Store } from './store.ts';

/**
 * Opens the store and brings its schema up to date.
 *
 * @param location `:memory:`, the path of a SQLite file, or a `postgres://` URL. File, folder and schema are made when missing.
 * @param steps The migrations to run; tests leave the newest out.
 * @throws {LocalBackendError} `database-in-use` when another process has the file open, `database-unusable` when it is no
 * database of ours or out of reach, `option-invalid` for a URL that is none.
 */
export async function openStore(location: string, steps?: readonly Migration[]): Promise<Store> {
  if (!isPostgresUrl(location)) return openSqlite(location, steps);
  // Loaded only by those who use it: most backends do not.
  return (await import('./open-postgres.ts')).openPostgres(location, steps);
}
