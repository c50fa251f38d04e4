import type { ApplicationSetup, RunningApplication } from '../../conformance/harness.ts';
import { expressHarnesses } from '../../conformance/harnesses/express.ts';

/** The application of the conformance suite on the version of Express that the setup names. */
export function start({
  harness,
  ...setup
}: ApplicationSetup & { readonly harness: string }): Promise<RunningApplication> {
  const found = expressHarnesses.find(({ name }) => name === harness);
  if (found === undefined) throw new Error(`There is no ${harness}.`);
  return found.start(setup);
}
