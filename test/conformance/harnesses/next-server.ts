import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Harness, RunningApplication } from '../harness.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUNTIMES = join(ROOT, 'test/runtimes');

/** `proxy`: on Node, as Next 16 has it. `middleware`: on its edge runtime. `next-15`: on that of Next 15. */
export type NextVariant = 'proxy' | 'middleware' | 'next-15';

interface Build {
  /** Where the application is built, in the folder of the runtimes. */
  readonly folder: string;
  /** Where Next is, from the root. */
  readonly next: string;
  /** What the file is called that Next runs before all others. */
  readonly proxyFile: string;
  readonly host: '127.0.0.1' | 'localhost';
}

const ORIGINAL = 'next-app';
const BUILDS: Readonly<Record<NextVariant, Build>> = {
  proxy: { folder: ORIGINAL, next: 'node_modules/next', proxyFile: 'proxy.ts', host: '127.0.0.1' },
  middleware: {
    folder: '.next-app-on-the-edge',
    next: 'node_modules/next',
    proxyFile: 'middleware.ts',
    host: '127.0.0.1',
  },
  // Under its own name, since it takes its own files from there: an alias would find those of Next 16.
  'next-15': {
    folder: 'next-app-15',
    next: 'test/runtimes/next-app-15/node_modules/next',
    proxyFile: 'middleware.ts',
    // It takes 127.0.0.1 for another spelling of this, and redirects from the one to the other.
    host: 'localhost',
  },
};

/** What Next decides before anything of ours runs, or what its adapter does in a better way. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  E3: 'Next redirects these targets to their plain form before anything of ours runs',
  LAZY: 'auth() is awaited, so it has the token verified in place of failing',
  'SC-063-default': 'the scheme is what Next itself reads out of x-forwarded-proto',
  'SC-095': 'auth() works without the proxy: it finds out by itself',
  X2: 'Next writes the target into the body of a redirect; see the tests of the package',
};

export interface NextHarnessSettings {
  readonly variant?: NextVariant;
  readonly guardsInProxy: boolean;
  readonly unavailable?: string | undefined;
}

/** A harness for the cases that all adapters share. */
export function createNextHarness(name: string, { variant, guardsInProxy, unavailable }: NextHarnessSettings): Harness {
  return {
    name,
    unavailable,
    exceptions: EXCEPTIONS,
    start: (setup) => startNextApplication({ ...setup, guardsInProxy }, variant),
  };
}

const BUILD_TIMEOUT_MS = 180_000;

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
  const server = spawn(
    process.execPath,
    [commandOf(variant), 'start', '--hostname', BUILDS[variant].host, '--port', '0'],
    {
      cwd: application,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        CONFORMANCE_SETUP: JSON.stringify(setup),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
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
    url ??= /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(line)?.[0];
    if (url !== undefined && line.includes('Ready')) {
      // Nobody reads the rest, which must not fill the pipe.
      output.resume();
      return url;
    }
  }
  throw new Error('The server did not start.');
}

function commandOf(variant: NextVariant): string {
  return join(ROOT, BUILDS[variant].next, 'dist/bin/next');
}

/** What was built of the same files is used again. */
async function build(variant: NextVariant): Promise<string> {
  const { folder, proxyFile } = BUILDS[variant];
  const original = join(RUNTIMES, ORIGINAL);
  const application = join(RUNTIMES, folder);
  const stamp = join(application, '.next/complete');
  const sources = [original, join(ROOT, 'packages/next/dist'), join(ROOT, 'packages/core/dist')];
  const newest = Math.max(...sources.map((source) => newestIn(source)));
  const isBuilt = () => existsSync(stamp) && statSync(stamp).mtimeMs > newest;
  if (isBuilt()) return application;
  if (application !== original) copyApplication(original, application, proxyFile);
  try {
    await promisify(execFile)(process.execPath, [commandOf(variant), 'build'], {
      cwd: application,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    writeFileSync(stamp, '');
  } catch (error) {
    // Next lets one process at a time build: the tests of another file have come first.
    if (!/already running/.test((error as { stderr?: string }).stderr ?? '')) throw error;
    for (const end = Date.now() + BUILD_TIMEOUT_MS; !isBuilt(); await sleep(100)) if (Date.now() > end) throw error;
  }
  return application;
}

function copyApplication(from: string, to: string, proxyFile: string): void {
  for (const name of ['app', 'lib', 'next.config.mjs', 'tsconfig.json', 'proxy.ts']) {
    const target = join(to, name === 'proxy.ts' ? proxyFile : name);
    rmSync(target, { recursive: true, force: true });
    cpSync(join(from, name), target, { recursive: true });
  }
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    ({ parentPath, name }) =>
      !parentPath.includes('.next') && /\.(?:tsx?|m?js)$/.test(name) && name !== 'next-env.d.ts',
  );
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
