import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { ConformanceCase, SetupName } from './conformance-case.ts';
import { exchange } from './exchange.ts';
import { createFixture, type Fixture } from './fixture.ts';
import type { Harness, RunningApplication } from './harness.ts';

// A file more is a harness, or a group of cases, more.
const harnesses = await collect('harnesses', (name) => import(`./harnesses/${name}.ts`), isHarness);
const cases = await collect('cases', (name) => import(`./cases/${name}.ts`), isCase);

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

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

describe.each(harnesses)('$name', (harness) => {
  if (harness.unavailable !== undefined) {
    it.skip(`all cases: ${harness.unavailable}`, () => undefined);
    return;
  }
  const running = new Map<SetupName, Promise<RunningApplication>>();
  const start = (setup: SetupName): Promise<RunningApplication> => {
    const application = running.get(setup) ?? harness.start(fixture.setups[setup]);
    running.set(setup, application);
    return application;
  };
  afterAll(async () => {
    for (const application of running.values()) await (await application).close();
  });

  for (const { id, title, setup = 'development', run } of cases) {
    const check = async (): Promise<void> => {
      const { url } = await start(setup);
      await run({ url, fixture, send: (target, sent) => exchange(url, target, sent) });
    };
    const reason = harness.exceptions?.[id];
    if (reason === undefined) it(`${id} ${title}`, check);
    // Run all the same: an exception that is none any more has to go.
    else it.fails(`${id} ${title} (not met: ${reason})`, check);
  }
});

it('no harness is excepted from a case that does not exist', ({ expect }) => {
  const ids = new Set(cases.map(({ id }) => id));
  expect(harnesses.flatMap(({ exceptions = {} }) => Object.keys(exceptions)).filter((id) => !ids.has(id))).toEqual([]);
  expect(ids.size).toBe(cases.length);
});
