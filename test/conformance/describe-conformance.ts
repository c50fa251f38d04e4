import { afterAll, beforeAll, describe, it } from 'vitest';
import type { ConformanceCase, SetupName } from './conformance-case.ts';
import { exchange } from './exchange.ts';
import { createFixture, type Fixture } from './fixture.ts';
import type { Harness, RunningApplication } from './harness.ts';

/** Every case on every harness, against one fixture. */
export function describeConformance(harnesses: readonly Harness[], cases: readonly ConformanceCase[]): void {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
  });
  afterAll(() => fixture.close());

  // No table of vitest's, which cuts long names.
  for (const harness of harnesses) describe(harness.name, () => describeHarness(harness));

  function describeHarness(harness: Harness): void {
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
  }
}
