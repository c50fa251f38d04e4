import type { HeaderLine } from '../response-patch.ts';
import type { HandshakeOutcome, SignedOutOutcome } from './outcome.ts';

/** The names of the headers that say why a request is not signed in (protocol section 2.3). */
export const STATE_HEADERS = {
  status: 'x-clerk-auth-status',
  reason: 'x-clerk-auth-reason',
  message: 'x-clerk-auth-message',
} as const;

/**
 * The lines that say why a request is not signed in. The message is told in development only: it speaks of clocks and keys,
 * which is no stranger's business.
 */
export function stateHeaders(outcome: SignedOutOutcome | HandshakeOutcome, withMessage: boolean): HeaderLine[] {
  const lines: HeaderLine[] = [[STATE_HEADERS.status, outcome.status]];
  if (isHeaderValue(outcome.reason)) lines.push([STATE_HEADERS.reason, outcome.reason]);
  if (withMessage && outcome.message !== '' && isHeaderValue(outcome.message)) {
    lines.push([STATE_HEADERS.message, outcome.message]);
  }
  return lines;
}

/** Visible ASCII and blanks: what every runtime can send, and what cannot end a header (RFC 9110 section 5.5). */
export function isHeaderValue(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
