import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { LocalBackendError } from '../errors.ts';
import { type Schema, tableNames } from '../store/schema.generated.ts';

/** All that a backend held at a moment. It can be restored into that backend as often as wanted. */
export interface Snapshot {
  /** The backend that it was taken of. */
  readonly instanceId: string;
  /** Tables that are not empty, each after those that it refers to. */
  readonly tables: readonly {
    readonly name: keyof Schema;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  }[];
}

/** How many rows are written at once: engines bound the parameters of a statement. */
const rowsAtOnce = 50;

export function takeSnapshot(context: Context): Promise<Snapshot> {
  return context.transaction(async ({ db }) => {
    const tables = [];
    for (const name of tableNames) {
      const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db);
      if (rows.length > 0) tables.push({ name, rows });
    }
    return { instanceId: context.instance.id, tables };
  });
}

/**
 * Puts everything back as it was, and takes away what came since.
 *
 * @throws {LocalBackendError} `option-invalid` for a snapshot of another backend, whose keys are not these.
 */
export async function restoreSnapshot(context: Context, { instanceId, tables }: Snapshot): Promise<void> {
  if (instanceId !== context.instance.id) {
    throw new LocalBackendError('option-invalid', 'A snapshot can be restored into the backend that it was taken of.');
  }
  await context.transaction(async ({ db }) => {
    // What refers to something goes before it, and comes after it.
    for (const name of tableNames.toReversed()) await sql`DELETE FROM ${sql.table(name)}`.execute(db);
    for (const { name, rows } of tables) {
      for (let start = 0; start < rows.length; start += rowsAtOnce) {
        await db
          .insertInto(name)
          .values(rows.slice(start, start + rowsAtOnce) as never)
          .execute();
      }
    }
  });
}
