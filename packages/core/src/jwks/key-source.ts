import type { MaybePromise, VerificationKey } from '../crypto/index.ts';
import type { Refusal } from '../jwt/refusal.ts';

/** Where an authenticator finds the key of a token: a PEM given to it, or the instance's JWK Set. */
export interface KeySource {
  /**
   * The key for a `kid` if it can be told without waiting. A token verified earlier counts only as long as this gives
   * the same key object.
   */
  current(kid: unknown): VerificationKey | undefined;
  /** The key for a `kid`, fetched if need be, or why there is none. Never rejects. */
  resolve(kid: unknown): MaybePromise<VerificationKey | Refusal>;
  /** Drops all keys at once, and with them whatever rested on them. */
  forget(): void;
}
