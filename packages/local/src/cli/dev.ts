import { createServer } from 'node:net';
import { LocalBackendError } from '../errors.ts';
import type { LocalBackendOptions } from '../options.ts';
import type { LocalBackend } from '../start-local-backend.ts';
import { showLocation } from '../store/location.ts';
import { type Arguments, type Command, integerOf, textOf, UsageError } from './command.ts';
import { type DataFolder, dataOption, openDataFolder } from './data-folder.ts';
import { readSeedFile } from './read-seed-file.ts';
import { reportJson, reportText } from './report-start.ts';
import type { Terminal } from './terminal.ts';

/** Where a new backend answers, unless something else does already: keys and addresses stay the same from start to start. */
const usualPort = 4500;

export const dev: Command = {
  description:
    'Starts a backend and keeps it running: the Backend API, the sign-in pages and the console. Ctrl-C stops it.',
  options: {
    port: {
      type: 'string',
      short: 'p',
      value: 'PORT',
      description: `port on 127.0.0.1 (default ${usualPort}, or what it had before)`,
    },
    data: dataOption,
    seed: { type: 'string', value: 'FILE', description: 'what a new backend begins with, in place of the demo data' },
    database: { type: 'string', value: 'URL', description: 'PostgreSQL, postgres://…, in place of the data folder' },
    webhook: { type: 'string', value: 'URL', description: 'send events there; the secret is printed' },
    json: { type: 'boolean', description: 'print JSON, one line for each thing that happens' },
  },
  examples: ['keystile dev', 'keystile dev --port 4600 --data :memory: --seed fixtures.json'],
  async run(terminal, args) {
    const begun = performance.now();
    const stopped = terminal.stopped();
    const seedFile = textOf(args, 'seed');
    const seed =
      seedFile === undefined
        ? (await import('../seed/demo-seed.ts')).DEMO_SEED
        : readSeedFile(terminal.workingDirectory, seedFile);
    const folder = folderOf(terminal, args);
    const database = textOf(args, 'database') ?? folder?.database ?? ':memory:';
    const port = integerOf(args, 'port') ?? (await choosePort(folder?.exists() !== true));
    folder?.make();
    const webhookUrl = textOf(args, 'webhook');
    const webhooks = webhookUrl === undefined ? [] : [{ url: webhookUrl }];
    const backend = await start({ database, port, seed, webhooks }, folder);
    const forget = folder?.note({ url: backend.url, secretKey: backend.secretKey, pid: process.pid });
    const started = {
      backend,
      webhooks: await backend.webhooks.endpoints(),
      data: folder?.shown ?? showLocation(database),
      readyInMs: performance.now() - begun,
      isDemo: seedFile === undefined,
    };
    if (args.values.json === true) reportJson(terminal, started);
    else reportText(terminal, started);
    await stopped;
    forget?.();
    await backend.close();
    return 0;
  },
};

function folderOf(terminal: Terminal, args: Arguments): DataFolder | undefined {
  const name = textOf(args, 'data');
  if (textOf(args, 'database') !== undefined) {
    if (name !== undefined) throw new UsageError('--database takes the place of --data: give one of them.');
    return undefined;
  }
  return name === ':memory:' ? undefined : openDataFolder(terminal.workingDirectory, name);
}

async function start(options: LocalBackendOptions, folder: DataFolder | undefined): Promise<LocalBackend> {
  const { startLocalBackend } = await import('../start-local-backend.ts');
  try {
    return await startLocalBackend(options);
  } catch (error) {
    const running = folder?.running();
    if (!(error instanceof LocalBackendError) || error.code !== 'database-in-use' || running === undefined) throw error;
    const where = `at ${running.url}, process ${running.pid}`;
    throw new UsageError(
      `A backend runs on ${folder?.shown} already, ${where}. Stop it, or name another folder with --data.`,
    );
  }
}

/** The port of a new backend: the usual one if it is free. One that was here before asks for its own. */
async function choosePort(isNew: boolean): Promise<number | undefined> {
  return isNew && (await isFree(usualPort)) ? usualPort : undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
