import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ConformanceCase } from './conformance-case.ts';
import type { Harness } from './harness.ts';

/** The harnesses that need nothing but Node. A file more is a harness more. */
export function collectHarnesses(): Promise<Harness[]> {
  return collect('harnesses', (name) => import(`./harnesses/${name}.ts`), isHarness);
}

/** All cases. A file more is a group of cases more. */
export function collectCases(): Promise<ConformanceCase[]> {
  return collect('cases', (name) => import(`./cases/${name}.ts`), isCase);
}

/** What the files of a folder export, alone or in lists, of the kind that is wanted. */
async function collect<T>(
  folder: string,
  load: (name: string) => Promise<Record<string, unknown>>,
  isWanted: (value: unknown) => value is T,
): Promise<T[]> {
  const files = readdirSync(fileURLToPath(new URL(folder, import.meta.url))).sort();
  const modules = await Promise.all(files.map((file) => load(file.replace(/\.ts$/, ''))));
  return modules.flatMap((module) => Object.values(module).flat().filter(isWanted));
}

function isHarness(value: unknown): value is Harness {
  return typeof value === 'object' && value !== null && 'start' in value;
}

function isCase(value: unknown): value is ConformanceCase {
  return typeof value === 'object' && value !== null && 'run' in value;
}
