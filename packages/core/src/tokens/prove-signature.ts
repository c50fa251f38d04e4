import type { MaybePromise, VerificationKey } from '../crypto/index.ts';
import type { KeySource } from '../jwks/key-source.ts';
import type { DecodedJwt } from '../jwt/decode-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import { type TypeRule, verifyHeader, verifyJwtSignature } from '../jwt/verify-signature.ts';
import type { PresentedToken } from './presented-token.ts';

/** Where tokens that have been proven are kept. */
export interface ProvenTokens {
  keep(token: PresentedToken): void;
}

/**
 * Proves that a token was signed under a key that the configuration names: rows 3 to 7 of protocol section 5.2. A token
 * proven before under the key that is still current is not verified again. Claims are not looked at.
 */
export function proveSignature(
  token: PresentedToken,
  jwt: DecodedJwt,
  keys: KeySource | undefined,
  rule: TypeRule,
  proven?: ProvenTokens,
): MaybePromise<Refusal | undefined> {
  if (keys === undefined) return NO_KEY_SOURCE;
  const { kid } = jwt.header;
  if (token.proof !== undefined && token.proof === keys.current(kid)) {
    token.remembered = true;
    // The signature is remembered, what this caller wants of the header is not.
    return verifyHeader(jwt, rule);
  }
  token.proof = undefined;
  token.remembered = false;
  const resolved = keys.resolve(kid);
  return resolved instanceof Promise
    ? resolved.then((key) => proveUnder(key, token, jwt, rule, proven))
    : proveUnder(resolved, token, jwt, rule, proven);
}

const NO_KEY_SOURCE = new Refusal(
  'jwk-failed-to-resolve',
  'There is no key to verify with: configure secretKey or jwtKey.',
);

function proveUnder(
  key: VerificationKey | Refusal,
  token: PresentedToken,
  jwt: DecodedJwt,
  rule: TypeRule,
  proven: ProvenTokens | undefined,
): MaybePromise<Refusal | undefined> {
  if (key instanceof Refusal) return key;
  const refusal = verifyHeader(jwt, rule);
  if (refusal !== undefined) return refusal;
  const outcome = verifyJwtSignature(jwt, key);
  return outcome instanceof Promise
    ? outcome.then((settled) => settled ?? keep(token, key, proven))
    : (outcome ?? keep(token, key, proven));
}

function keep(token: PresentedToken, key: VerificationKey, proven: ProvenTokens | undefined): undefined {
  token.proof = key;
  proven?.keep(token);
}
