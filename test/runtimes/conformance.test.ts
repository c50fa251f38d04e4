import { collectCases } from '../conformance/collect.ts';
import { describeConformance } from '../conformance/describe-conformance.ts';
import type { Harness } from '../conformance/harness.ts';
import { RUNTIMES } from './support/runtimes.ts';

const harnesses: readonly Harness[] = RUNTIMES.map(({ name, exceptions = {}, start }) => ({
  exceptions,
  name: `Hono on ${name}`,
  start: (setup) => start('conformance', setup),
}));

describeConformance(harnesses, await collectCases());
