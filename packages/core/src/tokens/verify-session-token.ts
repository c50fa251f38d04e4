import { readSessionIdentity, type SessionIdentity } from '../auth/session-identity.ts';
import type { MaybePromise } from '../crypto/index.ts';
import type { DecodedJwt } from '../jwt/decode-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import type { PresentedToken } from './presented-token.ts';
import { type SessionTokenVerifier, verifySessionClaims } from './verify-session-claims.ts';

/**
 * Verifies a session token whole (protocol section 5.2) and reads whom it speaks for.
 *
 * @param now - the request's one reading of the clock, in milliseconds
 */
export function verifySessionToken(
  token: PresentedToken,
  verifier: SessionTokenVerifier,
  now: number,
): MaybePromise<SessionIdentity | Refusal> {
  const verdict = verifySessionClaims(token, verifier, now);
  return verdict instanceof Promise ? verdict.then((jwt) => readIdentity(token, jwt)) : readIdentity(token, verdict);
}

const MALFORMED_CLAIMS = new Refusal(
  'unexpected-error',
  'The claims of the session token are malformed: fea must be a list of scope:feature.',
);

function readIdentity(token: PresentedToken, jwt: DecodedJwt | Refusal): SessionIdentity | Refusal {
  if (jwt instanceof Refusal) return jwt;
  if (token.identity === undefined) token.identity = readSessionIdentity(jwt.payload) ?? null;
  return token.identity ?? MALFORMED_CLAIMS;
}
