import type { TokenRequest } from '../control/mint-token.ts';
import type { SeedResult } from '../seed/apply-seed.ts';
import type { SeedData } from '../seed/seed-data.ts';
import { type Arguments, type CommandOption, textOf, UsageError } from './command.ts';
import { dataOption, openDataFolder } from './data-folder.ts';
import type { Terminal } from './terminal.ts';

/** What commands ask of a backend, wherever it runs. */
export interface Connection {
  mint(request: TokenRequest): Promise<string>;
  seed(data: SeedData): Promise<SeedResult>;
  reset(seed: SeedData): Promise<SeedResult>;
  close(): Promise<void>;
}

/** The options by which a command finds its backend. */
export const connectionOptions: Readonly<Record<string, CommandOption>> = {
  data: dataOption,
  url: { type: 'string', value: 'URL', description: 'a running backend, with its key in CLERK_SECRET_KEY' },
};

/**
 * Finds the backend of a command: the one named by its URL, else the one that runs on the data folder, else the data folder
 * itself, on which a backend is started for as long as the command takes.
 *
 * @throws {UsageError} when there is none.
 */
export async function connect(terminal: Terminal, args: Arguments): Promise<Connection> {
  const { environment, workingDirectory } = terminal;
  const url = textOf(args, 'url');
  if (url !== undefined) {
    const secretKey = environment.CLERK_SECRET_KEY ?? '';
    if (secretKey === '') throw new UsageError('--url needs the secret key of that backend in CLERK_SECRET_KEY.');
    return connectTo(url, secretKey);
  }
  const folder = openDataFolder(workingDirectory, textOf(args, 'data'));
  const running = folder.running();
  if (running !== undefined) return connectTo(running.url, running.secretKey);
  if (!folder.exists())
    throw new UsageError(
      `There is no backend in ${folder.shown}. Start one with keystile dev, or name its folder with --data.`,
    );
  return openHere(folder.database);
}

function connectTo(url: string, secretKey: string): Connection {
  const call = async (path: string, body: object) => {
    const answer = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    }).catch((cause: unknown) => {
      throw new UsageError(`The backend at ${url} does not answer.`, { cause });
    });
    const json = (await answer.json().catch(() => ({}))) as { errors?: { message: string; long_message?: string }[] };
    const [error] = json.errors ?? [];
    if (!answer.ok)
      throw new UsageError(error?.long_message ?? error?.message ?? `The backend answered ${answer.status}.`);
    return json;
  };
  return {
    mint: async (request) => ((await call('/_keystile/tokens', request)) as { token: string }).token,
    seed: async (data) => (await call('/_keystile/seed', data)) as SeedResult,
    reset: async (seed) => (await call('/_keystile/reset', seed)) as SeedResult,
    close: async () => {},
  };
}

async function openHere(database: string): Promise<Connection> {
  const { startLocalBackend } = await import('../start-local-backend.ts');
  const { ApiError } = await import('../api-error.ts');
  const backend = await startLocalBackend({ database });
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      throw new UsageError(cause.errors[0]?.long_message ?? cause.message, { cause });
    }
  };
  return {
    mint: (request) =>
      explained(async () => (await import('../control/mint-token.ts')).mintToken(backend.context, request)),
    seed: (data) => explained(() => backend.seed(data)),
    reset: (seed) =>
      explained(async () => {
        await (await import('../control/clear-data.ts')).clearData(backend.context);
        return backend.seed(seed);
      }),
    close: () => backend.close(),
  };
}
