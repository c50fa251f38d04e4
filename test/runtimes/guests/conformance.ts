import type { ApplicationSetup } from '../../conformance/harness.ts';
import { createHonoApplication } from '../../conformance/harnesses/hono-application.ts';
import type { Guest } from './guest.ts';

/** The application of the conformance suite. */
export function createGuest(setup: ApplicationSetup): Guest {
  return createHonoApplication(setup);
}
