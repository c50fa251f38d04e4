import type { MaybePromise, VerificationKey } from '../crypto/index.ts';
import type { KeySource } from '../jwks/key-source.ts';
import type { DecodedJwt } from './decode-jwt.ts';
import { Refusal } from './refusal.ts';
import { type TypeRule, verifyHeader, verifyJwtSignature } from './verify-signature.ts';

/**
 * Proves that a token was signed under a key that the configuration names: rows 3 to 7 of protocol section 5.2. Claims are
 * not looked at.
 *
 * @returns the key under which it verified, or the refusal
 */
export function proveJwt(
  jwt: DecodedJwt,
  keys: KeySource | undefined,
  rule: TypeRule,
): MaybePromise<VerificationKey | Refusal> {
  if (keys === undefined) return NO_KEY_SOURCE;
  const resolved = keys.resolve(jwt.header.kid);
  return resolved instanceof Promise
    ? resolved.then((key) => proveUnder(key, jwt, rule))
    : proveUnder(resolved, jwt, rule);
}

const NO_KEY_SOURCE = new Refusal('jwk-failed-to-resolve', 'There is no key: configure secretKey or jwtKey.');

function proveUnder(
  key: VerificationKey | Refusal,
  jwt: DecodedJwt,
  rule: TypeRule,
): MaybePromise<VerificationKey | Refusal> {
  if (key instanceof Refusal) return key;
  const refusal = verifyHeader(jwt, rule);
  if (refusal !== undefined) return refusal;
  const outcome = verifyJwtSignature(jwt, key);
  return outcome instanceof Promise ? outcome.then((settled) => settled ?? key) : (outcome ?? key);
}
