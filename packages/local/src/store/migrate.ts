import { sql } from 'kysely';
import { LocalBackendError } from '../errors.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/**
 * Runs the steps that a database still lacks, and notes that they have run. Called within one transaction: all of them
 * happen or none.
 *
 * @param runScript Runs several statements in one go; a schema of a hundred statements costs a tenth that way.
 * @param steps All steps by default; fewer make a database as an earlier release left it.
 */
export async function migrate(
  tx: Database,
  runScript: (script: string) => Promise<void>,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await runScript('CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY)');
  const { rows } = await sql<{ version: number | null }>`SELECT MAX(version) AS version FROM schema_versions`.execute(
    tx,
  );
  const current = rows[0]?.version ?? 0;
  const newest = steps.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new LocalBackendError(
      'database-unusable',
      `The database has schema version ${current}, this release knows up to ${newest}. Use a newer release.`,
    );
  }
  for (const step of steps) {
    if (step.version <= current) continue;
    await runScript(`${step.sql} INSERT INTO schema_versions (version) VALUES (${step.version});`);
  }
}
