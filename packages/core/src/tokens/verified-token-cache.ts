import { LRUCache } from 'lru-cache';
import { isCanonical } from '../jwt/decode-jwt.ts';
import { Refusal } from '../jwt/refusal.ts';
import { type PresentedToken, readPresentedToken } from './presented-token.ts';

/**
 * Remembers JWTs whose signature has been verified, by their exact text.
 *
 * Only the signature is remembered: time, audience, authorized party, issuer and category are checked at each use, and an
 * entry counts only while its key does. Tokens in another spelling than the canonical one are not kept, so that one
 * identity cannot flush the cache with the many spellings of its signature; tokens that do not verify are never kept.
 */
export class VerifiedTokenCache {
  readonly #entries: LRUCache<string, PresentedToken> | undefined;

  /** @param max - how many to keep; 0: none */
  constructor(max: number) {
    // By size and not by `max`, which reserves the room for all at once: an authenticator a tenant would cost 200 kB.
    this.#entries = max > 0 ? new LRUCache({ maxSize: max, sizeCalculation: one }) : undefined;
  }

  /** The token as it was verified before, or decoded now. */
  read(text: string): PresentedToken {
    const known = this.#entries?.get(nameOf(text));
    return known !== undefined && known.text === text ? known : readPresentedToken(text);
  }

  /** Keeps a token whose `proof` has just been found. */
  keep(token: PresentedToken): void {
    if (this.#entries !== undefined && !(token.jwt instanceof Refusal) && isCanonical(token.jwt)) {
      this.#entries.set(nameOf(token.text), token);
    }
  }

  clear(): void {
    this.#entries?.clear();
  }
}

/**
 * What an entry is found by: the end of the signature, of which no two that verify are alike. To hash a whole token took
 * longer than all else that is done for one that is remembered; the whole is compared, which is quick.
 */
function nameOf(text: string): string {
  return text.slice(-64);
}

function one(): number {
  return 1;
}
