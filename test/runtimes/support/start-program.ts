import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** How long a runtime may take until it listens. */
const START_TIMEOUT_MS = 20_000;

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Which of its streams tells the port; 3 is one of its own. Default 1. */
  readonly portStream?: 1 | 3;
  /** Finds the port in a line of that stream. */
  readPort(line: string): number | undefined;
}

export interface RunningProgram {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a program and waits for its port. If it ends before, its output is the error's message. */
export async function startProgram({
  command,
  args,
  cwd,
  env,
  portStream = 1,
  readPort,
}: Program): Promise<RunningProgram> {
  const child = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(child, 'exit');
  const failure = exited.then(() => Promise.reject(new Error(`${command} ended.\n${output}`)));
  failure.catch(() => undefined);
  const port = await Promise.race([
    failure,
    findPort(child.stdio[portStream] as Readable, readPort),
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error(`${command} does not listen.\n${output}`)), START_TIMEOUT_MS).unref();
    }),
  ]).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function findPort(stream: Readable, readPort: Program['readPort']): Promise<number> {
  const lines = createInterface({ input: stream });
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const port = readPort(line);
      if (port !== undefined) resolve(port);
    });
  });
}
