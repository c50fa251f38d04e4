import type { MaybePromise } from '../crypto/index.ts';
import type { KeySource } from '../jwks/key-source.ts';
import type { DecodedJwt } from '../jwt/decode-jwt.ts';
import { MACHINE_TOKEN, Refusal } from '../jwt/refusal.ts';
import { tokenCategory } from '../jwt/token-category.ts';
import { type ClaimsPolicy, verifyClaims } from '../jwt/verify-claims.ts';
import type { TypeRule } from '../jwt/verify-signature.ts';
import type { PresentedToken } from './presented-token.ts';
import { type ProvenTokens, proveSignature } from './prove-signature.ts';

/** What session tokens are verified with. */
export interface SessionTokenVerifier {
  readonly keys: KeySource | undefined;
  readonly typeRule: TypeRule;
  readonly claimsPolicy: ClaimsPolicy;
  /** Where proven tokens are kept, if anywhere. */
  readonly proven?: ProvenTokens;
}

/**
 * Verifies a session token: all of protocol section 5.2. Of the categories only M2M is refused; which others may stand for
 * a session is for the caller to decide.
 *
 * @param now - the one reading of the clock, in milliseconds
 * @returns the token, whose claims can now be believed, or the refusal
 */
export function verifySessionClaims(
  token: PresentedToken,
  verifier: SessionTokenVerifier,
  now: number,
): MaybePromise<DecodedJwt | Refusal> {
  const { jwt } = token;
  if (jwt instanceof Refusal) return jwt;
  if (tokenCategory(jwt.header) === 'm2m') return MACHINE_TOKEN;
  const proof = proveSignature(token, jwt, verifier.keys, verifier.typeRule, verifier.proven);
  return proof instanceof Promise
    ? proof.then((refusal) => refusal ?? verifyClaims(jwt.payload, verifier.claimsPolicy, now) ?? jwt)
    : (proof ?? verifyClaims(jwt.payload, verifier.claimsPolicy, now) ?? jwt);
}
