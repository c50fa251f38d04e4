import type { Database } from './database.ts';

/** The database of a backend, whichever engine keeps it. */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** For reading, and for writes of a single statement. */
  readonly db: Database;
  /**
   * Runs all of `run` or nothing of it. One runs at a time, in this process and all others on the same database, so what it
   * has read stays true until it is done. `run` may be called again from the start when the engine asks for it: it has no
   * effects but those on `tx`.
   */
  transaction<T>(run: (tx: Database) => Promise<T>): Promise<T>;
  /** Whether this process is the first of those that share the database; it then stays that until it closes. */
  lead(): Promise<boolean>;
  close(): Promise<void>;
}
