import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** All that a backend held at a moment. It can be restored into that backend as often as wanted. */
export interface Snapshot {
  readonly tables: readonly { readonly name: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }[];
}

/** Not data: the schema stays as it is. */
const schemaTables = new Set(['schema_versions']);

/** Tables that others refer to, those first that refer to none themselves. */
const parents = [
  'users',
  'clients',
  'organizations',
  'roles',
  'permissions',
  'role_sets',
  'machines',
  'sessions',
  'events',
  'webhook_endpoints',
  'webhook_deliveries',
  'billing_plans',
  'billing_payers',
  'billing_subscriptions',
  'billing_statements',
];

/** How many rows are written at once: engines bound the parameters of a statement. */
const rowsAtOnce = 50;

export async function takeSnapshot(context: Context): Promise<Snapshot> {
  const names = await dataTables(context);
  return context.transaction(async ({ db }) => {
    const tables = [];
    for (const name of names) {
      const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db);
      tables.push({ name, rows });
    }
    return { tables };
  });
}

/** Puts everything back as it was, and takes away what came since. */
export async function restoreSnapshot(context: Context, { tables }: Snapshot): Promise<void> {
  const names = await dataTables(context);
  await context.transaction(async ({ db }) => {
    // What refers to something goes before it, and comes after it.
    for (const name of names.toReversed()) await sql`DELETE FROM ${sql.table(name)}`.execute(db);
    for (const name of names) {
      const rows = tables.find((table) => table.name === name)?.rows ?? [];
      for (let start = 0; start < rows.length; start += rowsAtOnce) {
        await db
          .insertInto(name as never)
          .values(rows.slice(start, start + rowsAtOnce) as never)
          .execute();
      }
    }
  });
}

/** Names of the tables, those that others refer to first. */
async function dataTables({ db }: Context): Promise<string[]> {
  const tables = (await db.introspection.getTables()).map(({ name }) => name).filter((name) => !schemaTables.has(name));
  const rank = (name: string) => (parents.includes(name) ? parents.indexOf(name) : parents.length);
  return tables.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
