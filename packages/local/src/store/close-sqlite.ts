import type Database from 'libsql';

/**
 * Closes a database and gives up its lock.
 *
 * Prepared statements keep the connection open until they are collected, and with it the lock on a file; so the lock is
 * given back first. Leaving WAL is what allows that, and tidies the file up.
 */
export function closeSqlite(database: InstanceType<typeof Database>): void {
  if (!database.memory) {
    database.exec('PRAGMA journal_mode = DELETE');
    database.exec('PRAGMA locking_mode = NORMAL');
    database.exec('BEGIN IMMEDIATE; COMMIT');
  }
  database.close();
}
