import type { Settings } from '../settings.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';

/** Read anew each time: another process may have changed them. */
export async function readSettings(db: Database): Promise<Settings> {
  const { settings } = await db.selectFrom('instances').select('settings').executeTakeFirstOrThrow();
  return fromJson<Settings>(settings);
}

/** Replaces all settings. */
export async function writeSettings(db: Database, settings: Settings, now: number): Promise<void> {
  await db
    .updateTable('instances')
    .set({ settings: toJson(settings), updated_at: now })
    .execute();
}
