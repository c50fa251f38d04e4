import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { CommandOption } from './command.ts';
import { UsageError } from './command.ts';

/** The option by which every command says where the data is. */
export const dataOption: CommandOption = {
  type: 'string',
  value: 'DIR',
  description: 'folder of the data, or :memory: for none (default .keystile)',
};

/** What a running backend leaves in its folder for other commands to find it by. */
export interface RunningBackend {
  readonly url: string;
  readonly secretKey: string;
  readonly pid: number;
}

/** The folder in which a backend keeps its database. */
export interface DataFolder {
  /** As a person at the terminal would write it. */
  readonly shown: string;
  readonly database: string;
  exists(): boolean;
  /** Makes the folder; nobody else can read it, and git leaves it alone. */
  make(): void;
  /** The backend that runs on it, if one does. */
  running(): RunningBackend | undefined;
  /** Notes the running backend. The answer takes the note away. */
  note(running: RunningBackend): () => void;
}

export function openDataFolder(workingDirectory: string, name: string | undefined): DataFolder {
  if (name === '') throw new UsageError('--data takes a folder, or :memory:.');
  const folder = resolve(workingDirectory, name ?? '.keystile');
  const database = join(folder, 'keystile.db');
  const noteFile = join(folder, 'running.json');
  return {
    shown: relative(workingDirectory, folder) || '.',
    database,
    exists: () => existsSync(database),
    make() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n');
    },
    running() {
      const noted = readNote(noteFile);
      return noted !== undefined && isAlive(noted.pid) ? noted : undefined;
    },
    note(running) {
      writeFileSync(noteFile, JSON.stringify(running), { mode: 0o600 });
      return () => rmSync(noteFile, { force: true });
    },
  };
}

function readNote(file: string): RunningBackend | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunningBackend;
  } catch {
    return undefined;
  }
}

/** A note that a killed process left behind names a process that is no more. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
