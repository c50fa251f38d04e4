import { afterAll, describe, expect, it } from 'vitest';
import { bundleCoreSuite, listCoreTests } from './core-suite/bundle.mjs';
import type { TestOutcome } from './guests/core-suite.ts';
import { startWorker } from './support/runtimes.ts';

/** The tests themselves make keys with node:crypto, which workers have from this date on. */
const WITH_NODE = '2026-11-01';

/** What does not hold in a worker, by file and test, with the reason. They are run, and have to fail. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'jwks/remote-key-set.test.ts: SC-135 a runtime that ends all work with the request that began it > who waits for a fetch that never settles asks for itself in the end':
    'no timers of vitest',
};
/** Run where node:crypto is, and nowhere else. */
const SKIPPED = ['jwt/verify-signature.test.ts: signature > is synchronous where the runtime is'];

const worker = await startWorker(await bundleCoreSuite(), { KEYSTILE_TEST_SETUP: '{}' }, WITH_NODE);
afterAll(() => worker.close());

const files = listCoreTests();
const outcomes: TestOutcome[] = [];
for (const file of files) {
  const response = await fetch(`${worker.url}/${encodeURIComponent(file)}`);
  const ofFile = response.ok ? ((await response.json()) as TestOutcome[]) : [];
  // A file that breaks, or has nothing, is a test that fails.
  if (ofFile.length === 0) ofFile.push({ name: '', state: `status ${response.status}`, message: '' });
  outcomes.push(...ofFile.map((outcome) => ({ ...outcome, name: `${file}: ${outcome.name}` })));
}

describe('core suite on workerd', () => {
  it.each(outcomes.filter(({ name }) => !SKIPPED.includes(name)))('$name', ({ name, state, message }) => {
    expect({ state, message }).toMatchObject({ state: EXCEPTIONS[name] === undefined ? 'pass' : 'fail' });
  });

  it('is not excepted from what does not exist', () => {
    const names = outcomes.map(({ name }) => name);
    expect([...Object.keys(EXCEPTIONS), ...SKIPPED].filter((name) => !names.includes(name))).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });
});
