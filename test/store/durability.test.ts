import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLocalBackend } from '@keystile/local';
import { sql } from 'kysely';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../packages/local/src/control/seeded-random.ts';
import { bundleBackend, findLost, nothingYet, scriptPath, startWriter } from './support/writer.ts';

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

test('SC-130 without room on the disk writes are refused, reads go on, and nothing acknowledged is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keystile-full-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = join(folder, 'keystile.db');
  // No file of that process grows beyond a megabyte; without the trap the system would end it.
  const command = `trap '' XFSZ; ulimit -f 1024; exec "$0" "$@" 2>/dev/null`;
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    command,
    process.execPath,
    scriptPath('fill-disk.mjs'),
    database,
  ]);
  const { statuses, acknowledged, ...rest } = JSON.parse(stdout) as {
    statuses: Record<string, number>;
    acknowledged: string[];
  };
  expect(Object.keys(statuses)).toEqual(['200', '503']);
  expect(rest).toEqual({ read: 200, closed: true });

  const backend = await startLocalBackend({ database, listen: false });
  onTestFinished(() => backend.close());
  const rows = await backend.context.db.selectFrom('users').select('id').execute();
  expect(rows.map(({ id }) => id).toSorted()).toEqual(acknowledged.toSorted());
  const more = await backend.fetch('/v1/users', {
    method: 'POST',
    headers: { authorization: `Bearer ${backend.secretKey}` },
    body: JSON.stringify({ username: 'room-again' }),
  });
  expect(more.status).toBe(200);
}, 60_000);
