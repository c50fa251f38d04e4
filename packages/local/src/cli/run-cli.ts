import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { closest } from './closest.ts';
import { type Arguments, type Command, toParseOptions, UsageError } from './command.ts';
import { commandHelp, overview } from './help.ts';
import type { Terminal } from './terminal.ts';

/** The commands; each is loaded when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  dev: async () => (await import('./dev.ts')).dev,
  token: async () => (await import('./token.ts')).token,
  seed: async () => (await import('./seed.ts')).seed,
  reset: async () => (await import('./reset.ts')).reset,
};

/** Runs a command line. Answers with the exit status: 0, 1 when it failed, 2 when it was misused. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help')
      return await help(terminal, rest[0]);
    if (name === '--version' || name === '-v') {
      terminal.print(version());
      return 0;
    }
    const command = await load(name);
    if (rest.includes('--help') || rest.includes('-h')) return await help(terminal, name);
    return await command.run(terminal, parse(name, command, rest));
  } catch (error) {
    return fail(terminal, error, name);
  }
}

async function help(terminal: Terminal, name: string | undefined): Promise<number> {
  if (name !== undefined && !name.startsWith('-')) {
    terminal.print(commandHelp(name, await load(name)));
    return 0;
  }
  const loaded = await Promise.all(Object.entries(commands).map(async ([each, get]) => [each, await get()] as const));
  terminal.print(overview(loaded));
  return 0;
}

async function load(name: string): Promise<Command> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new UsageError(`There is no command ${JSON.stringify(name)}.${suggestion(name, Object.keys(commands), '')}`);
  return command();
}

function parse(name: string, command: Command, args: readonly string[]): Arguments {
  const operands = command.operands ?? [];
  try {
    const { values, positionals } = parseArgs({
      args: joinNegatives(args),
      options: toParseOptions(command.options),
      allowPositionals: true,
    });
    if (positionals.length !== operands.length) {
      const expected = operands.length === 0 ? 'takes nothing but options' : `takes ${operands.join(' ')}`;
      throw new UsageError(
        `keystile ${name} ${expected}${positionals.length === 0 ? '' : `, not ${JSON.stringify(positionals.join(' '))}`}.`,
      );
    }
    return { values: values as Arguments['values'], positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [message = ''] = (error as Error).message.split('. ');
    const unknown = /Unknown option '-?-?([^']*)'/.exec(message)?.[1];
    const hint = unknown === undefined ? '' : suggestion(unknown, Object.keys(command.options), '--');
    throw new UsageError(`${message.replace(/\.$/, '')}.${hint}`);
  }
}

/** `--expires-in -60` means a number; the parser would take it for another option. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (/^-\d/.test(arg) && last !== undefined && /^--[a-z-]+$/.test(last))
      joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function suggestion(given: string, known: readonly string[], prefix: string): string {
  const near = closest(given, known);
  return near === undefined ? '' : ` Did you mean ${prefix}${near}?`;
}

function fail(terminal: Terminal, error: unknown, name: string | undefined): number {
  if (error instanceof UsageError) {
    terminal.note(`${terminal.style('red', 'keystile:')} ${error.message}`);
    const command = name !== undefined && Object.hasOwn(commands, name) ? `${name} ` : '';
    terminal.note(`See keystile ${command}--help.`);
    return 2;
  }
  // Errors of ours say what to do; of others, the stack says more.
  const { code, message, stack } = error as Error & { code?: unknown };
  terminal.note(`${terminal.style('red', 'keystile:')} ${typeof code === 'string' ? message : (stack ?? message)}`);
  return 1;
}

function version(): string {
  const { version: text } = createRequire(import.meta.url)('@keystile/local/package.json') as { version: string };
  return text;
}
