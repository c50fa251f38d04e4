import { DEMO_SEED } from '../seed/demo-seed.ts';
import { type Command, textOf } from './command.ts';
import { connect, connectionOptions } from './connect.ts';
import { printSeedResult } from './print-seed-result.ts';
import { readSeedFile } from './read-seed-file.ts';

export const reset: Command = {
  description: 'Deletes all data of a backend and begins anew with a seed. Its keys and addresses stay as they are.',
  options: {
    seed: { type: 'string', value: 'FILE', description: 'begin with this file rather than the demo data' },
    json: { type: 'boolean', description: 'print what was made as JSON' },
    ...connectionOptions,
  },
  examples: ['keystile reset', 'keystile reset --seed fixtures.json'],
  async run(terminal, args) {
    const file = textOf(args, 'seed');
    const data = file === undefined ? DEMO_SEED : readSeedFile(terminal.workingDirectory, file);
    const connection = await connect(terminal, args);
    try {
      const made = await connection.reset(data);
      if (args.values.json === true) terminal.print(JSON.stringify(made));
      else printSeedResult(terminal, made);
    } finally {
      await connection.close();
    }
    return 0;
  },
};
