import { sql } from 'kysely';
import { LocalBackendError } from '../errors.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';

/**
 * Runs the steps that a database still lacks, each in a transaction with the note that it has run.
 *
 * @param runScript Runs several statements in one go; a schema of a hundred statements costs a tenth that way.
 */
export async function migrate(db: Database, runScript: (script: string) => void | Promise<void>): Promise<void> {
  await runScript('CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY)');
  const { rows } = await sql<{ version: number | null }>`SELECT MAX(version) AS version FROM schema_versions`.execute(
    db,
  );
  const current = rows[0]?.version ?? 0;
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new LocalBackendError(
      'database-unusable',
      `The database has schema version ${current}, this release knows up to ${newest}. Use a newer release.`,
    );
  }
  for (const step of migrations) {
    if (step.version <= current) continue;
    await runScript(`BEGIN; ${step.sql} INSERT INTO schema_versions (version) VALUES (${step.version}); COMMIT;`);
  }
}
