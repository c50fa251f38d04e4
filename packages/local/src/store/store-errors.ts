/** The database did not answer, or cannot take a write: it is full, read-only, locked for too long or out of reach. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** Somebody else stored the same unique value first: SQLite's codes, and PostgreSQL's `unique_violation`. */
const duplicate = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']);

/** PostgreSQL: serialization failure, deadlock. The same transaction may well succeed when it is tried again. */
const retryable = new Set(['40001', '40P01']);

/** SQLite's primary result codes of a database that cannot be written, and the system's of a file that cannot be flushed. */
const sqliteUnavailable = /^(?:SQLITE_(?:FULL|READONLY|IOERR|CANTOPEN|BUSY|LOCKED|NOMEM)|E(?:IO|NOSPC|DQUOT|ROFS)$)/;

/**
 * PostgreSQL: connection failures (08), read-only transaction (25006), resources, disk and connections (53), lock not
 * available (55P03), shutdown and start-up (57P), input and output (58); and what is still {@link retryable} after retries.
 */
const postgresUnavailable = /^(?:08...|25006|53...|55P03|57P..|58...|40001|40P01|25P03)$/;

/** Whether a unique index has refused a write. */
export function isDuplicate(error: unknown): boolean {
  return duplicate.has(codeOf(error));
}

/** Whether a transaction that failed so may simply be run again. */
export function isRetryable(error: unknown): boolean {
  return retryable.has(codeOf(error));
}

/** Whether the database is to blame, not the request: the same request may succeed later. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  return error instanceof StoreUnavailableError || sqliteUnavailable.test(code) || postgresUnavailable.test(code);
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
