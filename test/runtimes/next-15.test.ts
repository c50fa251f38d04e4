import { describe } from 'vitest';
import { collectCases } from '../conformance/collect.ts';
import { describeConformance } from '../conformance/describe-conformance.ts';
import { buildNextApplication, createNextHarness } from '../conformance/harnesses/next-server.ts';
import { testFrameworkCaches } from '../next/support/framework-caches.ts';
import { testLateGuards } from '../next/support/late-guards.ts';

await buildNextApplication('next-15');

describeConformance(
  [
    createNextHarness('Next 15, guards in route handlers', { variant: 'next-15', guardsInProxy: false }),
    createNextHarness('Next 15, guards in middleware.ts', { variant: 'next-15', guardsInProxy: true }),
  ],
  await collectCases(),
);

describe('SC-097 guards that come too late, on Next 15', () => testLateGuards('next-15'));
describe('SC-102 what Next 15 keeps', () => testFrameworkCaches('next-15'));
