import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { storeInitialRoles } from '../instance.ts';
import { defaultSettings } from '../settings.ts';
import { writeSettings } from '../store/settings.ts';

/** What a backend is, besides what it holds: its keys and domain, and where it delivers webhooks. */
const kept = new Set(['instances', 'domains', 'schema_versions', 'webhook_endpoints']);

/**
 * Makes a backend as it was when it was new, without data and with the usual settings and roles. Keys and addresses stay, so
 * that no application has to be told.
 */
export async function clearData(context: Context): Promise<void> {
  const tables = await context.db.introspection.getTables();
  await context.transaction(async ({ db, ids, clock }) => {
    for (const { name } of tables) {
      if (!kept.has(name)) await sql`DELETE FROM ${sql.table(name)}`.execute(db);
    }
    await db.deleteFrom('domains').where('is_satellite', '=', 1).execute();
    await storeInitialRoles(db, ids, clock.now());
    await writeSettings(db, defaultSettings(), clock.now());
  });
}
