import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocalBackendError } from '../errors.ts';
import { assertSeedData } from '../seed/assert-seed-data.ts';
import type { SeedData } from '../seed/seed-data.ts';
import { UsageError } from './command.ts';

/**
 * Reads a file of seed data: JSON in the form of `SeedData`.
 *
 * @throws {UsageError} saying what is wrong with it, and where.
 */
export function readSeedFile(workingDirectory: string, file: string): SeedData {
  const text = readText(resolve(workingDirectory, file), file);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
  try {
    assertSeedData(data);
  } catch (cause) {
    if (!(cause instanceof LocalBackendError)) throw cause;
    throw new UsageError(`${file}: ${cause.message}`, { cause });
  }
  return data;
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as { code?: string }).code === 'ENOENT' ? 'there is no such file' : (cause as Error).message;
    throw new UsageError(`${shown} cannot be read: ${why}.`, { cause });
  }
}
