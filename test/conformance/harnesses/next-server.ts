import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunningApplication } from '../harness.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const APPLICATION = join(ROOT, 'test/runtimes/next-app');
const NEXT = join(ROOT, 'node_modules/next/dist/bin/next');

let built: Promise<void> | undefined;

/** Builds the application if need be, and starts a server of its own for a setup. */
export async function startNextApplication(setup: object): Promise<RunningApplication> {
  built ??= build();
  await built;
  const server = spawn(process.execPath, [NEXT, 'start', '--hostname', '127.0.0.1', '--port', '0'], {
    cwd: APPLICATION,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      CONFORMANCE_SETUP: JSON.stringify(setup),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await readUrl(server.stdout);
  return {
    url,
    async close() {
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  let url: string | undefined;
  for await (const line of createInterface({ input: output })) {
    url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url !== undefined && line.includes('Ready')) {
      // Nobody reads the rest, which must not fill the pipe.
      output.resume();
      return url;
    }
  }
  throw new Error('The server did not start.');
}

/** What was built of the same files is used again. */
async function build(): Promise<void> {
  const buildId = join(APPLICATION, '.next/BUILD_ID');
  const sources = [APPLICATION, join(ROOT, 'packages/next/dist'), join(ROOT, 'packages/core/dist')];
  const newest = Math.max(...sources.map((folder) => newestIn(folder)));
  if (existsSync(buildId) && statSync(buildId).mtimeMs > newest) return;
  await promisify(execFile)(process.execPath, [NEXT, 'build'], {
    cwd: APPLICATION,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      !entry.parentPath.includes('.next') &&
      /\.(?:tsx?|m?js)$/.test(entry.name) &&
      entry.name !== 'next-env.d.ts',
  );
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
