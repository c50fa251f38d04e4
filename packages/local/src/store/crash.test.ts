import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startLocalBackend } from '../index.ts';

const kills = Number(process.env.KEYSTILE_KILLS ?? 4);

// Inside the package, so that the native dependencies are found.
const workshop = fileURLToPath(new URL('../../node_modules/.cache/crash-test/', import.meta.url));
const script = join(workshop, 'writer.mjs');

/** Writes users as fast as it can and tells each that was acknowledged, over HTTP, as an application would see it. */
const writer = `
const { startLocalBackend } = await import('./backend.mjs');
const backend = await startLocalBackend({ database: process.argv[2] });
const headers = { authorization: 'Bearer ' + backend.secretKey, 'content-type': 'application/json' };
const write = async (lane) => {
  for (let count = 0; ; count++) {
    const username = 'user-' + process.argv[3] + '-' + lane + '-' + count;
    const body = JSON.stringify({ username, public_metadata: { count } });
    const answer = await fetch(backend.url + '/v1/users', { method: 'POST', headers, body });
    const user = await answer.json();
    if (answer.status === 200) process.stdout.write(user.id + ' ' + username + '\\n');
  }
};
await Promise.all([0, 1, 2, 3].map(write));
`;

beforeAll(async () => {
  mkdirSync(workshop, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('../index.ts', import.meta.url))],
    outfile: join(workshop, 'backend.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql', '@node-rs/argon2', 'pg'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  writeFileSync(script, writer);
}, 30_000);

afterAll(() => rmSync(workshop, { recursive: true, force: true }));

/** Lets the writer run until it has acknowledged so many writes, kills it, and answers with what was acknowledged. */
async function writeAndKill(database: string, round: number, enough: number): Promise<Map<string, string>> {
  const child: ChildProcess = spawn(process.execPath, [script, database, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged = new Map<string, string>();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface(child.stdout)) {
    const [id, username] = line.split(' ');
    // A line cut short by the kill is no acknowledgement.
    if (id !== undefined && username?.startsWith(`user-${round}-`)) acknowledged.set(id, username);
    if (acknowledged.size === enough) child.kill('SIGKILL');
  }
  await ended;
  return acknowledged;
}

test(
  `SC-130 killed ${kills} times in the middle of writing, nothing that was acknowledged is lost`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keystile-crash-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const database = join(folder, 'keystile.db');
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < kills; round++) {
      for (const [id, username] of await writeAndKill(database, round, 20 + round * 7)) acknowledged.set(id, username);
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(kills * 20);

    const backend = await startLocalBackend({ database, listen: false });
    onTestFinished(() => backend.close());
    const stored = await backend.context.db.selectFrom('users').select(['id', 'username']).execute();
    const usernames = new Map(stored.map((row) => [row.id, row.username]));
    for (const [id, username] of acknowledged) expect(usernames.get(id)).toBe(username);
    const { integrity_check } = await integrityOf(backend.context.db);
    expect(integrity_check).toBe('ok');
  },
  30_000 + kills * 5_000,
);

async function integrityOf(
  db: Awaited<ReturnType<typeof startLocalBackend>>['context']['db'],
): Promise<{ integrity_check: string }> {
  const { sql } = await import('kysely');
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(db);
  return rows[0] ?? { integrity_check: 'no answer' };
}
