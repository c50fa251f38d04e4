import type Database from 'libsql';
import { isUnavailable } from './store-errors.ts';

/**
 * Closes a database and gives up its lock.
 *
 * Prepared statements keep the connection open until they are collected, and with it the lock on a file; so the lock is
 * given back first. Leaving WAL is what allows that, and tidies the file up.
 */
export function closeSqlite(database: InstanceType<typeof Database>): void {
  try {
    if (!database.memory) {
      database.exec('PRAGMA journal_mode = DELETE');
      database.exec('PRAGMA locking_mode = NORMAL');
      database.exec('BEGIN IMMEDIATE; COMMIT');
    }
  } catch (error) {
    // On a full disk the log stays, with all that is in it, and the lock goes with the process.
    if (!isUnavailable(error)) throw error;
  } finally {
    database.close();
  }
}
