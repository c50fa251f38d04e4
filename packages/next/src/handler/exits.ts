import { KeystileError } from '@keystile/core';
import type { Exits } from '../protect.ts';

/** The ways out of handlers: Next's own control flow, which is thrown. */
export const HANDLER_EXITS: Exits = {
  redirect(url) {
    throw new ControlFlowError(`NEXT_REDIRECT;replace;${url};307;`);
  },
  refuse(status) {
    if (status !== 503) throw new ControlFlowError(`NEXT_HTTP_ERROR_FALLBACK;${status}`);
    const message = 'The backend could not be asked who makes the request.';
    throw new KeystileError('authentication-unavailable', message, { status });
  },
};

/**
 * What `redirect()`, `notFound()`, `unauthorized()` and `forbidden()` of `next/navigation` throw; Next knows it by its digest.
 * Made here, since bundlers swap that module for another one by its exact name, which is no name that Node resolves; and
 * since the last two ask for a setting (`authInterrupts`) that only decides about pages for these answers.
 */
class ControlFlowError extends Error {
  readonly digest: string;

  constructor(digest: string) {
    super(digest);
    this.digest = digest;
  }
}
