import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LocalBackend } from '@keystile/local';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

// Inside the package, so that the native dependencies are found; one for each test file, which run at the same time.
const workshop = path(`../../../packages/local/node_modules/.cache/store-tests/${randomUUID()}/`);
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

/** Where {@link bundleBackend} puts it. */
export const backendBundle = join(workshop, 'backend.mjs');

/** The sources as one file that a process of its own can run. */
export async function bundleBackend(): Promise<void> {
  mkdirSync(workshop, { recursive: true });
  await build({
    entryPoints: [path('../../../packages/local/src/index.ts')],
    outfile: backendBundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql', '@node-rs/argon2', 'pg'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  for (const script of ['write-load.mjs', 'fill-disk.mjs']) copyFileSync(path(`./${script}`), join(workshop, script));
}

/** A script of this folder, next to the bundle. */
export const scriptPath = (name: string): string => join(workshop, name);

/** What a writer was told of the users that it made. */
export interface Acknowledged {
  /** The last count that was acknowledged for a user. */
  readonly counts: Map<string, number>;
  readonly deleted: Set<string>;
  /** How many writes were acknowledged. */
  writes: number;
  /** Statuses of answers that were none. */
  readonly refusals: string[];
}

export const nothingYet = (): Acknowledged => ({ counts: new Map(), deleted: new Set(), writes: 0, refusals: [] });

/** A process with a backend of its own that writes without a pause. */
export interface Writer {
  /** Resolves once so many writes, in all, are acknowledged. */
  reached(writes: number): Promise<void>;
  /** Ends the process in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Lets it finish what it is at. */
  stop(): Promise<void>;
}

export async function startWriter(database: string, round: number, acknowledged: Acknowledged): Promise<Writer> {
  const child = spawn(process.execPath, [join(workshop, 'write-load.mjs'), database, String(round)], {
    // A database that is away is told in its log, once for each request: the answers say it here.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting: { writes: number; resolve: () => void }[] = [];
  let ready = () => {};
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  createInterface(child.stdout).on('line', (line) => {
    if (line === 'ready') ready();
    else note(line, acknowledged);
    for (const one of waiting) if (acknowledged.writes >= one.writes) one.resolve();
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const died = ended.then(() => {
    throw new Error('The writer ended before its time.');
  });
  died.catch(() => {});
  await Promise.race([isReady, died]);
  return {
    reached: (writes) => Promise.race([new Promise<void>((resolve) => waiting.push({ writes, resolve })), died]),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.stdin.write('stop');
      await ended;
    },
  };
}

function note(line: string, acknowledged: Acknowledged): void {
  const { counts, deleted, refusals } = acknowledged;
  const [sign, id = '', count] = line.split(' ');
  if (sign === '!') {
    refusals.push(id);
    return;
  }
  if (sign === '+') counts.set(id, 0);
  if (sign === '=') counts.set(id, Number(count));
  if (sign === '-') deleted.add(id);
  acknowledged.writes += 1;
}

/** Users whose stored state is behind what was acknowledged. */
export async function findLost({ context }: LocalBackend, { counts, deleted }: Acknowledged): Promise<string[]> {
  const rows = await context.db.selectFrom('users').select(['id', 'public_metadata']).execute();
  const stored = new Map(
    rows.map((row) => [row.id, (JSON.parse(row.public_metadata) as { count?: number }).count ?? 0]),
  );
  const lost: string[] = [];
  for (const [id, count] of counts) {
    const found = stored.get(id);
    if (deleted.has(id)) {
      if (found !== undefined) lost.push(`${id} was deleted and is back`);
    } else if (found === undefined) {
      // Its deletion may have happened without anybody having heard of it; that comes after the third change.
      if (count < 3) lost.push(`${id} is gone`);
    } else if (found < count || found > count + 1) {
      lost.push(`${id} has ${found} in place of ${count}`);
    }
  }
  return lost;
}
