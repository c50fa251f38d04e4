import type { Refusal } from '../jwt/refusal.ts';
import { type Decision, NEEDS_REFRESH } from './decision.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { Facts } from './facts.ts';
import { handshake } from './handshake-or-give-up.ts';
import { signedOut } from './outcome.ts';

/** Part H of protocol section 7: what becomes of a request whose session token was refused, wherever it came from. */
export function decideRefusedToken(facts: Facts, refusal: Refusal): Decision {
  const message = `${refusal.message} (reason=${refusal.reason}, token-carrier=${facts.carrier})`;
  switch (refusal.reason) {
    case 'unexpected-error':
      return signedOut('session_token', 'unexpected-error'); // H1
    case 'token-expired':
      return decideExpiredToken(facts, message);
    case 'token-not-active-yet':
      return handshake(facts, 'session-token-nbf', message); // H5
    case 'token-iat-in-the-future':
      return handshake(facts, 'session-token-iat-in-the-future', message); // H6
    default:
      return signOut(facts, refusal, message); // H7
  }
}

function signOut(facts: Facts, refusal: Refusal, message: string): Decision {
  const note = explainRefusal(refusal, facts.token, facts.instanceHost);
  if (note === undefined) return signedOut('session_token', refusal.reason, message);
  return {
    status: 'noted',
    topic: 'keys',
    note,
    outcome: signedOut('session_token', refusal.reason, `${message} ${note}`),
  };
}

/** H2 to H4. */
function decideExpiredToken(facts: Facts, message: string): Decision {
  if (facts.method !== 'GET') return handshake(facts, 'session-token-expired-refresh-non-eligible-non-get', message);
  if (!facts.hasRefreshToken)
    return handshake(facts, 'session-token-expired-refresh-non-eligible-no-refresh-cookie', message);
  if (facts.refresh === undefined) return NEEDS_REFRESH;
  if (facts.refresh.status === 'refreshed') return facts.refresh.outcome;
  return handshake(facts, `session-token-expired-refresh-${facts.refresh.reason}`, message);
}
