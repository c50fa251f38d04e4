import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalBackend } from '@keystile/local';
import { sql } from 'kysely';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { bundleBackend, findLost, nothingYet, startWriter } from './support/writer.ts';

const kills = Number(process.env.KEYSTILE_KILLS ?? 8);

beforeAll(bundleBackend, 30_000);

test(
  `SC-130 killed ${kills} times in the middle of writing, a SQLite file has all that was acknowledged`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keystile-kill-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const database = join(folder, 'keystile.db');
    const random = seededRandom(20);
    const acknowledged = nothingYet();
    for (let round = 0; round < kills; round++) {
      const before = acknowledged.writes;
      const writer = await startWriter(database, round, acknowledged);
      await writer.reached(before + 10 + Math.floor(random() * 60));
      // Anywhere within a write, not always right after an answer.
      await new Promise((resolve) => setTimeout(resolve, random() * 10));
      await writer.kill();
    }
    const backend = await startLocalBackend({ database, listen: false });
    onTestFinished(() => backend.close());
    expect(acknowledged.writes).toBeGreaterThanOrEqual(kills * 10);
    expect(acknowledged.deleted.size).toBeGreaterThan(0);
    expect(acknowledged.refusals).toEqual([]);
    expect(await findLost(backend, acknowledged)).toEqual([]);
    const { rows } = await sql`PRAGMA integrity_check`.execute(backend.context.db);
    expect(rows).toEqual([{ integrity_check: 'ok' }]);
  },
  30_000 + kills * 5_000,
);
