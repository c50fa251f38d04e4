import type { Command } from './command.ts';

/** What `keystile --help` shows. */
export function overview(commands: readonly (readonly [name: string, command: Command])[]): string {
  return `keystile: an auth backend on your machine, for development and tests.

Usage: keystile COMMAND [OPTIONS]

Commands:
${table(commands.map(([name, { description }]) => [name, description]))}

  keystile COMMAND --help   the options of a command
  keystile --version        the version
`;
}

/** What `keystile COMMAND --help` shows. */
export function commandHelp(name: string, { operands = [], description, options, examples }: Command): string {
  const rows = Object.entries(options).map(([option, { short, value, description: text }]): [string, string] => [
    `${short === undefined ? '    ' : `-${short}, `}--${option}${value === undefined ? '' : ` ${value}`}`,
    text,
  ]);
  return `${description}

Usage: ${['keystile', name, ...operands, '[OPTIONS]'].join(' ')}

Options:
${table(rows)}

Examples:
${examples.map((example) => `  ${example}`).join('\n')}
`;
}

function table(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
}
