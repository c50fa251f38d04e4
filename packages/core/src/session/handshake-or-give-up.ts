import type { Decision, Destination } from './decision.ts';
import type { Facts } from './facts.ts';
import { signedOut } from './outcome.ts';
import type { SessionReason } from './reason.ts';
import { explainLoop, MAXIMUM_REDIRECTS } from './redirect-loop.ts';

/** Whether the browser has been redirected so often that once more would not help. */
export function isExhausted(facts: Facts): boolean {
  return facts.redirectCount >= MAXIMUM_REDIRECTS;
}

/** Part G of protocol section 7: ask the browser, if it can be asked and has not been asked too often. */
export function handshake(
  facts: Facts,
  reason: SessionReason,
  message = '',
  destination: Destination = 'frontend-api',
): Decision {
  if (!facts.mayRedirect) return signedOut('session_token', reason, message); // G1
  if (isExhausted(facts)) {
    const note = explainLoop(reason, facts);
    const outcome = signedOut('session_token', reason, message === '' ? note : `${message} ${note}`);
    return { status: 'noted', topic: 'redirect-loop', note, outcome }; // G3
  }
  return { status: 'handshake', reason, message, destination }; // G4
}
