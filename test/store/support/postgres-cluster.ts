import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../support/free-port.ts';

/** A PostgreSQL server of the test's own. */
export interface PostgresCluster {
  /** Of a database that is empty at first. */
  readonly url: string;
  /** Starts the server again, at the same address, after {@link PostgresCluster.stop}. */
  start(): Promise<void>;
  /** `fast` breaks off what is under way and writes all down; `immediate` is as good as pulling the plug. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** Stops the server and removes its files. */
  remove(): Promise<void>;
}

/**
 * Folder of the newest PostgreSQL server installed here; undefined, with a printed word, without one.
 *
 * @throws Error in CI, where nothing is skipped.
 */
export function findPostgres(): string | undefined {
  const bin = find();
  if (bin !== undefined) return bin;
  if (process.env.CI === 'true') throw new Error('No PostgreSQL server is installed here.');
  console.log('skipped: no PostgreSQL server is installed here');
  return undefined;
}

function find(): string | undefined {
  const packaged = '/usr/lib/postgresql';
  const folders = [
    ...list(packaged)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(packaged, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => {
    const files = list(folder);
    return files.includes('initdb') && files.includes('postgres');
  });
}

/**
 * Makes a cluster in a temporary folder and starts it.
 *
 * @param options.durable `true` writes through to the disk at each commit, as PostgreSQL does by default; `false` is quicker.
 */
export async function startPostgres(bin: string, { durable }: { durable: boolean }): Promise<PostgresCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'keystile-postgres-'));
  const data = join(folder, 'data');
  const as = unprivileged();
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const initdb = ['--pgdata', data, '--username', 'keystile', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, { ...as, cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const url = `postgres://keystile@127.0.0.1:${port}/postgres`;
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    log_min_messages: 'fatal',
  };
  let server: ChildProcess | undefined;

  const cluster: PostgresCluster = {
    url,
    async start() {
      const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      const child = spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...as, cwd: folder, stdio: 'ignore' });
      server = child;
      await until(() => answers(url), child);
    },
    async stop(mode) {
      const child = server;
      server = undefined;
      if (child === undefined || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
    async remove() {
      await cluster.stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await cluster.start();
  return cluster;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string, user: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }).toString());
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', user), gid: idOf('-g', user) };
    } catch {
      // No such user here: the next.
    }
  }
  return {};
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function until(condition: () => Promise<boolean>, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}.`);
    if (Date.now() > deadline) throw new Error('postgres does not answer.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
