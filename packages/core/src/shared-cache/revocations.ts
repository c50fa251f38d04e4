import { LRUCache } from 'lru-cache';
import type { SealedEntries } from './sealed-entries.ts';
import { SharedCacheError } from './shared-cache-error.ts';

export interface RevocationOptions {
  /** How long a revocation is remembered, in milliseconds: as long as anything lives that it must stop. Default 1 h. */
  readonly rememberForMs?: number;
  /** How many this process remembers by itself at most. Default 10,000. */
  readonly max?: number;
  readonly now: () => number;
}

/** `unknown`: the shared cache cannot be asked. Then the backend's word counts, not what was remembered. */
export type RevocationAnswer = 'revoked' | 'valid' | 'unknown';

/**
 * What has been revoked before its time: sessions, users, machine tokens, by their ids. This process knows at once what it
 * revoked itself; with a shared cache, the whole fleet knows with the next question.
 */
export class Revocations {
  readonly #entries: SealedEntries | undefined;
  readonly #rememberForMs: number;
  readonly #now: () => number;
  readonly #own: LRUCache<string, number>;

  /** @param entries - where the fleet keeps them; undefined: this process alone */
  constructor(entries: SealedEntries | undefined, { rememberForMs = 3_600_000, max = 10_000, now }: RevocationOptions) {
    this.#entries = entries;
    this.#rememberForMs = rememberForMs;
    this.#now = now;
    this.#own = new LRUCache({ max });
  }

  /**
   * Revokes what an id stands for.
   * @throws SharedCacheError if the fleet could not be told; in this process it is revoked all the same
   */
  async revoke(id: string): Promise<void> {
    this.#own.set(id, this.#now() + this.#rememberForMs);
    if (this.#entries === undefined) return;
    if (!(await this.#entries.insist(KIND, id, true, this.#rememberForMs))) {
      throw new SharedCacheError('The revocation could not be shared with the other processes: try again.');
    }
  }

  /** Whether any of these ids was revoked. */
  async check(ids: readonly string[]): Promise<RevocationAnswer> {
    const now = this.#now();
    if (ids.some((id) => (this.#own.get(id) ?? 0) > now)) return 'revoked';
    const entries = this.#entries;
    if (entries === undefined) return 'valid';
    const lookups = await Promise.all(ids.map((id) => entries.read(KIND, id)));
    if (lookups.some(({ state }) => state === 'found')) return 'revoked';
    return lookups.every(({ state }) => state === 'absent') ? 'valid' : 'unknown';
  }
}

const KIND = 'revoked';
