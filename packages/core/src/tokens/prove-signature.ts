import type { MaybePromise, VerificationKey } from '../crypto/index.ts';
import type { KeySource } from '../jwks/key-source.ts';
import type { DecodedJwt } from '../jwt/decode-jwt.ts';
import { proveJwt } from '../jwt/prove-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import { type TypeRule, verifyHeader } from '../jwt/verify-signature.ts';
import type { PresentedToken } from './presented-token.ts';

/** Where tokens that have been proven are kept. */
export interface ProvenTokens {
  keep(token: PresentedToken): void;
}

/**
 * Proves the signature of a token as {@link proveJwt} does. A token proven before under the key that is still current is not
 * verified again.
 */
export function proveSignature(
  token: PresentedToken,
  jwt: DecodedJwt,
  keys: KeySource | undefined,
  rule: TypeRule,
  proven?: ProvenTokens,
): MaybePromise<Refusal | undefined> {
  if (token.proof !== undefined && token.proof === keys?.current(jwt.header.kid)) {
    token.remembered = true;
    // The signature is remembered, what this caller wants of the header is not.
    return verifyHeader(jwt, rule);
  }
  token.proof = undefined;
  token.remembered = false;
  const proof = proveJwt(jwt, keys, rule);
  return proof instanceof Promise
    ? proof.then((settled) => remember(settled, token, proven))
    : remember(proof, token, proven);
}

function remember(
  proof: VerificationKey | Refusal,
  token: PresentedToken,
  proven: ProvenTokens | undefined,
): Refusal | undefined {
  if (proof instanceof Refusal) return proof;
  token.proof = proof;
  proven?.keep(token);
  return undefined;
}
