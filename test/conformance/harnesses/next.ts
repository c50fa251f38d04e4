import type { Harness } from '../harness.ts';
import { buildNextApplication, startNextApplication } from './next-server.ts';

const isEdgeTested = process.env.CI !== undefined;

await buildNextApplication();
if (isEdgeTested) await buildNextApplication('middleware');

/** What Next decides before anything of ours runs, or what its adapter does in a better way. */
const COMMON: Readonly<Record<string, string>> = {
  E3: 'Next redirects these targets to their plain form before anything of ours runs',
  LAZY: 'auth() is awaited, so it has the token verified in place of failing',
  'SC-063-default': 'the scheme is what Next itself reads out of x-forwarded-proto',
  'SC-095': 'auth() works without the proxy: it finds out by itself',
  X2: 'Next writes the target into the body of a redirect; see the tests of the package',
};

export const nextHarnesses: readonly Harness[] = [
  {
    name: 'Next, guards in route handlers',
    exceptions: COMMON,
    start: (setup) => startNextApplication({ ...setup, guardsInProxy: false }),
  },
  {
    name: 'Next, guards in the proxy',
    exceptions: COMMON,
    start: (setup) => startNextApplication({ ...setup, guardsInProxy: true }),
  },
  {
    name: 'Next, guards in middleware.ts on the edge runtime',
    unavailable: isEdgeTested ? undefined : 'takes a build of its own; set CI',
    exceptions: COMMON,
    start: (setup) => startNextApplication({ ...setup, guardsInProxy: true }, 'middleware'),
  },
];
