import type { Harness } from '../harness.ts';
import { buildNextApplication, createNextHarness } from './next-server.ts';

const isEdgeTested = process.env.CI !== undefined;

await buildNextApplication();
if (isEdgeTested) await buildNextApplication('middleware');

export const nextHarnesses: readonly Harness[] = [
  createNextHarness('Next, guards in route handlers', { guardsInProxy: false }),
  createNextHarness('Next, guards in the proxy', { guardsInProxy: true }),
  createNextHarness('Next, guards in middleware.ts on the edge runtime', {
    variant: 'middleware',
    guardsInProxy: true,
    unavailable: isEdgeTested ? undefined : 'takes a build of its own; set CI',
  }),
];
