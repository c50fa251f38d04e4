import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { storeInitialRoles } from '../instance.ts';
import { defaultSettings } from '../settings.ts';
import { tableNames } from '../store/schema.generated.ts';
import { writeSettings } from '../store/settings.ts';

/** What a backend is, besides what it holds: its keys and domain, and where it delivers webhooks. */
const kept = new Set(['instances', 'domains', 'webhook_endpoints']);

/**
 * Makes a backend as it was when it was new, without data and with the usual settings and roles. Keys and addresses stay, so
 * that no application has to be told.
 */
export async function clearData(context: Context): Promise<void> {
  await context.transaction(async ({ db, ids, clock }) => {
    for (const name of tableNames) {
      if (!kept.has(name)) await sql`DELETE FROM ${sql.table(name)}`.execute(db);
    }
    await db.deleteFrom('domains').where('is_satellite', '=', 1).execute();
    await storeInitialRoles(db, ids, clock.now());
    await writeSettings(db, defaultSettings(), clock.now());
  });
}
