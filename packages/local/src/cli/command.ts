import type { ParseArgsConfig } from 'node:util';
import type { Terminal } from './terminal.ts';

/** One option of a command, as it is parsed and as help shows it. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What stands for the value in help: `PORT`. */
  readonly value?: string;
  readonly description: string;
}

/** The arguments of one call. Options not given are undefined. */
export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** One command of `keystile`. */
export interface Command {
  /** What comes after the command's name: `FILE`. */
  readonly operands?: readonly string[];
  readonly description: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly examples: readonly string[];
  /** @returns the exit status */
  run(terminal: Terminal, args: Arguments): Promise<number>;
}

/** Something that the user can put right; the message says how. Exit status 2, as for every misuse. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An option's value as text. */
export function textOf({ values }: Arguments, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * An option's value as a whole number.
 *
 * @throws {UsageError}
 */
export function integerOf(args: Arguments, name: string): number | undefined {
  const text = textOf(args, name);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw new UsageError(`--${name} takes a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

export function toParseOptions(options: Command['options']): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, { type, ...(short !== undefined && { short }) }]),
  );
}
