import type { ApplicationSetup, Harness } from '../harness.ts';
import { startNextApplication } from './next-server.ts';

/** What Next decides before anything of ours runs, or what its adapter does in a better way. */
const COMMON: Harness['exceptions'] = {
  E3: 'Next redirects these targets to their plain form before anything of ours runs',
  LAZY: 'auth() is awaited, so it has the token verified in place of failing',
  'SC-063-default': 'the scheme is what Next itself reads out of x-forwarded-proto',
  'SC-095': 'auth() works without the proxy: it finds out by itself',
  X2: 'Next writes the target into the body of a redirect; see the tests of the package',
};

const nextHarness = (name: string, guardsInProxy: boolean, exceptions: Harness['exceptions']): Harness => ({
  name,
  exceptions: { ...COMMON, ...exceptions },
  start: (setup: ApplicationSetup) => startNextApplication({ ...setup, guardsInProxy }),
});

export const nextHarnesses: readonly Harness[] = [
  nextHarness('Next, guards in route handlers', false, {}),
  nextHarness('Next, guards in the proxy', true, {}),
];
