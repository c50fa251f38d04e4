import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleGuest } from './bundle.ts';
import { type RunningProgram, startProgram } from './start-program.ts';

/** A runtime that a guest can be started in. */
export interface Runtime {
  readonly name: string;
  /** Which of core's two implementations it chooses. */
  readonly crypto: 'node' | 'web';
  /** Starts a guest that handles requests of the Fetch API. */
  start(guest: string, setup: unknown): Promise<RunningProgram>;
  /** Starts a guest that listens by itself; undefined where there is no server of Node's. */
  readonly listen?: (guest: string, setup: unknown) => Promise<RunningProgram>;
}

const folder = fileURLToPath(new URL('..', import.meta.url));
const installed = (name: string): string => join(folder, 'node_modules', name);

const readPrintedPort = (line: string): number | undefined => {
  const port = /^port (\d+)$/.exec(line)?.[1];
  return port === undefined ? undefined : Number(port);
};

/** The runtimes with a process of their own that packages are resolved in. */
function processRuntime(
  name: string,
  crypto: Runtime['crypto'],
  entry: string,
  command: string,
  ...args: readonly string[]
): Runtime {
  const run = async (guest: string, setup: unknown, wrapper: string): Promise<RunningProgram> => {
    const file = await bundleGuest({ entry: wrapper, guest });
    const env = { KEYSTILE_TEST_SETUP: JSON.stringify(setup) };
    return startProgram({ command, args: [...args, file], cwd: folder, env, readPort: readPrintedPort });
  };
  return {
    name,
    crypto,
    start: (guest, setup) => run(guest, setup, entry),
    listen: (guest, setup) => run(guest, setup, 'listen'),
  };
}

/** What wrangler bundles workers with. */
export const WORKER_CONDITIONS: NonNullable<BundleOptions['conditions']> = ['workerd', 'worker', 'browser'];

const workerd: Runtime = {
  name: 'workerd',
  crypto: 'web',
  async start(guest, setup) {
    const file = await bundleGuest({ entry: 'workerd', guest, conditions: WORKER_CONDITIONS });
    return startWorker(file, { KEYSTILE_TEST_SETUP: JSON.stringify(setup) });
  },
};

/** From before workers had Node's modules unless they said that they do not want them: ours need none. */
const WITHOUT_NODE = '2026-08-01';

/** Runs a bundled worker on workerd, with texts as its bindings. It may call servers of this machine. */
export async function startWorker(
  file: string,
  bindings: Readonly<Record<string, string>>,
  compatibilityDate = WITHOUT_NODE,
): Promise<RunningProgram> {
  // What a configuration embeds is named relative to it.
  const config = `${file}.${randomUUID()}.capnp`;
  const texts = Object.entries(bindings).map(([name, text]) => `(name = ${quote(name)}, text = ${quote(text)})`);
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = ${quote(basename(file))}, esModule = embed ${quote(basename(file))})],
  bindings = [${texts.join(', ')}],
  compatibilityDate = ${quote(compatibilityDate)},
);
`,
  );
  try {
    return await startProgram({
      command: workerdBinary(),
      args: ['serve', '--control-fd=3', config],
      portStream: 3,
      readPort(line) {
        const { event, port } = JSON.parse(line) as { readonly event?: string; readonly port?: number };
        return event === 'listen' ? port : undefined;
      },
    });
  } finally {
    rmSync(config);
  }
}

/** A text of Cap'n Proto's language, which knows the escapes of C. */
function quote(text: string): string {
  return JSON.stringify(text);
}

/** The program itself; the package's own command is a script that starts it. */
function workerdBinary(): string {
  const { resolve } = createRequire(installed('workerd/package.json'));
  return join(dirname(resolve('workerd/package.json')), 'bin/workerd');
}

/** All of them. */
export const RUNTIMES: readonly Runtime[] = [
  processRuntime('Node 20', 'node', 'node', process.execPath),
  // The condition of Next's edge runtime: the code that is for WebCrypto, on the same machine.
  processRuntime('Node 20, WebCrypto', 'web', 'node', process.execPath, '--conditions=edge-light'),
  processRuntime('Node 22', 'node', 'node', installed('node22/bin/node')),
  processRuntime('Node 24', 'node', 'node', installed('node24/bin/node')),
  processRuntime('Bun', 'node', 'bun', installed('.bin/bun'), 'run'),
  processRuntime(
    'Deno',
    'web',
    'deno',
    installed('.bin/deno'),
    'run',
    '--allow-all',
    '--no-lock',
    '--node-modules-dir=manual',
  ),
  workerd,
];
