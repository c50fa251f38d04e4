import { KeystileError } from '@keystile/core';
import { notFound, redirect } from 'next/navigation.js';
import type { Exits } from '../protect.ts';

/** The ways out of handlers: Next's own control flow, which is thrown. */
export const HANDLER_EXITS: Exits = {
  redirect: (url) => redirect(url),
  refuse(status) {
    if (status === 404) notFound();
    if (status !== 503) throw new HttpError(status);
    throw new KeystileError('authentication-unavailable', 'The backend could not be asked who makes the request.', {
      status,
    });
  },
};

/**
 * What `unauthorized()` and `forbidden()` of Next throw. Those ask for a setting of the application (`authInterrupts`), which
 * only decides about pages of its own for these answers.
 */
class HttpError extends Error {
  readonly digest: string;

  constructor(status: 401 | 403) {
    super(`NEXT_HTTP_ERROR_FALLBACK;${status}`);
    this.digest = this.message;
  }
}
