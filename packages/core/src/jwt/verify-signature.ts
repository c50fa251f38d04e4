import { type MaybePromise, type SignatureAlgorithm, type VerificationKey, verifySignature } from '../crypto/index.ts';
import type { DecodedJwt } from './decode-jwt.ts';
import { Refusal } from './refusal.ts';

/** Which `typ` a verifier accepts (protocol section 4.1). */
export interface TypeRule {
  readonly accepted: readonly string[];
  /** Whether a header without `typ` passes, too. */
  readonly mayBeAbsent: boolean;
}

export const JWT_TYPE: TypeRule = { accepted: ['JWT'], mayBeAbsent: true };
/** RFC 9068 section 2.1. */
export const ACCESS_TOKEN_TYPE: TypeRule = { accepted: ['at+jwt', 'application/at+jwt'], mayBeAbsent: false };

const ALGORITHMS: readonly unknown[] = ['RS256', 'RS384', 'RS512'] satisfies SignatureAlgorithm[];

/**
 * Checks what the header says before any cryptography: `crit` (RFC 7515 section 4.1.11: we understand no extension), `typ`
 * and `alg`, the latter against our own list and never the header's.
 */
export function verifyHeader(jwt: DecodedJwt, rule: TypeRule): Refusal | undefined {
  const { alg, typ, crit } = jwt.header;
  if (crit !== undefined)
    return new Refusal('token-invalid', 'The token demands an extension (crit) that is not supported.');
  if (typ === undefined ? !rule.mayBeAbsent : !(rule.accepted as readonly unknown[]).includes(typ)) {
    return new Refusal('token-invalid', `The typ of the token must be ${rule.accepted.join(' or ')}.`);
  }
  if (!ALGORITHMS.includes(alg)) {
    return new Refusal('token-invalid-algorithm', 'The alg of the token must be RS256, RS384 or RS512.');
  }
  return undefined;
}

/** Verifies the signature of a token whose header has passed {@link verifyHeader}. */
export function verifyJwtSignature(jwt: DecodedJwt, key: VerificationKey): MaybePromise<Refusal | undefined> {
  const algorithm = jwt.header.alg as SignatureAlgorithm;
  if (key.algorithm !== undefined && key.algorithm !== algorithm) {
    return new Refusal('token-verification-failed', `The key is for ${key.algorithm}, not for the token's algorithm.`);
  }
  try {
    const verified = verifySignature(algorithm, key, jwt.signedText, jwt.signature);
    return typeof verified === 'boolean' ? verdict(verified) : verified.then(verdict, notVerifiable);
  } catch (cause) {
    return notVerifiable(cause);
  }
}

function verdict(verified: boolean): Refusal | undefined {
  return verified ? undefined : new Refusal('token-invalid-signature', 'The signature of the token does not verify.');
}

function notVerifiable(cause: unknown): Refusal {
  return new Refusal(
    'token-verification-failed',
    'The signature of the token could not be checked with this key.',
    cause,
  );
}
