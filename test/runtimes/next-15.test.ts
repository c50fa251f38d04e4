import { collectCases } from '../conformance/collect.ts';
import { describeConformance } from '../conformance/describe-conformance.ts';
import { buildNextApplication, createNextHarness } from '../conformance/harnesses/next-server.ts';

await buildNextApplication('next-15');

describeConformance(
  [
    createNextHarness('Next 15, guards in route handlers', { variant: 'next-15', guardsInProxy: false }),
    createNextHarness('Next 15, guards in middleware.ts', { variant: 'next-15', guardsInProxy: true }),
  ],
  await collectCases(),
);
