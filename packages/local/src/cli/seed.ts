import type { Command } from './command.ts';
import { connect, connectionOptions } from './connect.ts';
import { printSeedResult } from './print-seed-result.ts';
import { readSeedFile } from './read-seed-file.ts';

export const seed: Command = {
  operands: ['FILE'],
  description:
    'Adds the users, organizations and keys of a seed file to a backend: all of them, or none when one cannot be added.',
  options: { json: { type: 'boolean', description: 'print what was made as JSON' }, ...connectionOptions },
  examples: ['keystile seed fixtures.json', 'keystile seed fixtures.json --data .keystile-e2e --json'],
  async run(terminal, args) {
    const data = readSeedFile(terminal.workingDirectory, args.positionals[0] ?? '');
    const connection = await connect(terminal, args);
    try {
      const made = await connection.seed(data);
      if (args.values.json === true) terminal.print(JSON.stringify(made));
      else printSeedResult(terminal, made);
    } finally {
      await connection.close();
    }
    return 0;
  },
};
