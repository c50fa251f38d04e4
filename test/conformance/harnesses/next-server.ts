import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunningApplication } from '../harness.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUNTIMES = join(ROOT, 'test/runtimes');
const NEXT = join(ROOT, 'node_modules/next/dist/bin/next');

/** `proxy`: on Node, as Next 16 has it. `middleware`: on the edge runtime, as `middleware.ts` has it. */
export type NextVariant = 'proxy' | 'middleware';

const built = new Map<NextVariant, Promise<string>>();

/** Builds the application unless it has been built. That takes longer than a test may. */
export function buildNextApplication(variant: NextVariant = 'proxy'): Promise<string> {
  const application = built.get(variant) ?? build(variant);
  built.set(variant, application);
  return application;
}

/** Starts a server of its own for a setup. */
export async function startNextApplication(setup: object, variant: NextVariant = 'proxy'): Promise<RunningApplication> {
  const application = await buildNextApplication(variant);
  const server = spawn(process.execPath, [NEXT, 'start', '--hostname', '127.0.0.1', '--port', '0'], {
    cwd: application,
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
async function build(variant: NextVariant): Promise<string> {
  const original = join(RUNTIMES, 'next-app');
  const application = variant === 'proxy' ? original : join(RUNTIMES, '.next-app-on-the-edge');
  const buildId = join(application, '.next/BUILD_ID');
  const sources = [original, join(ROOT, 'packages/next/dist'), join(ROOT, 'packages/core/dist')];
  const newest = Math.max(...sources.map((folder) => newestIn(folder)));
  if (existsSync(buildId) && statSync(buildId).mtimeMs > newest) return application;
  if (variant === 'middleware') {
    rmSync(application, { recursive: true, force: true });
    cpSync(original, application, { recursive: true, filter: (path) => !path.endsWith('.next') });
    renameSync(join(application, 'proxy.ts'), join(application, 'middleware.ts'));
  }
  await promisify(execFile)(process.execPath, [NEXT, 'build'], {
    cwd: application,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  return application;
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    ({ parentPath, name }) =>
      !parentPath.includes('.next') && /\.(?:tsx?|m?js)$/.test(name) && name !== 'next-env.d.ts',
  );
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
