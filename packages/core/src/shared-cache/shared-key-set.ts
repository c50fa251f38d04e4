import type { KeySetTimes } from '../jwks/remote-key-set.ts';
import { Refusal } from '../jwt/refusal.ts';
import type { SealedEntries } from './sealed-entries.ts';

/** A key set and when it left the backend, in milliseconds since the epoch: its age counts from then, wherever it has been. */
export interface FetchedKeySet {
  readonly jwks: unknown;
  readonly fetchedAt: number;
}

/**
 * Puts the fleet's key set between a process and the backend: what one process fetched, the others need not.
 *
 * A shared set stands in for a fetch only if it is fresh, newer than what this process had before, and lists the key that is
 * looked for. So a key that was rotated in is found as soon as without a shared cache, and one that was dropped is never
 * brought back. While the backend is down, an older set still lets a new process start, within the grace.
 */
export class SharedKeySet {
  readonly #fetchKeySet: () => Promise<{ readonly jwks: unknown } | Refusal>;
  readonly #entries: SealedEntries;
  readonly #times: Pick<KeySetTimes, 'refreshAfterMs' | 'staleGraceMs'>;
  readonly #now: () => number;
  /** When the newest set that was handed out left the backend; sets that are not newer do not count. */
  #newest = Number.NEGATIVE_INFINITY;
  #generation = 0;

  constructor(
    fetchKeySet: () => Promise<{ readonly jwks: unknown } | Refusal>,
    entries: SealedEntries,
    times: Pick<KeySetTimes, 'refreshAfterMs' | 'staleGraceMs'>,
    now: () => number,
  ) {
    this.#fetchKeySet = fetchKeySet;
    this.#entries = entries;
    this.#times = times;
    this.#now = now;
  }

  /** @param kid - the key that is looked for, if it is for one's sake */
  async fetch(kid?: string): Promise<FetchedKeySet | Refusal> {
    const generation = this.#generation;
    const shared = await this.#readShared();
    const { refreshAfterMs, staleGraceMs } = this.#times;
    if (
      shared !== undefined &&
      this.#isNews(shared, refreshAfterMs) &&
      (kid === undefined || lists(shared.jwks, kid))
    ) {
      return this.#handOut(shared);
    }
    const answer = await this.#fetchKeySet();
    if (answer instanceof Refusal) {
      const isDown = answer.reason === 'jwk-remote-failed-to-load';
      return isDown && shared !== undefined && this.#isNews(shared, refreshAfterMs + staleGraceMs)
        ? this.#handOut(shared)
        : answer;
    }
    const fetched: FetchedKeySet = { jwks: answer.jwks, fetchedAt: this.#now() };
    // What was forgotten meanwhile, or is no key set, must not reach the others.
    if (generation === this.#generation && isKeySet(fetched.jwks)) {
      // Waited for: what is left to do after an answer, some runtimes never do.
      await this.#entries.write(KIND, ID, fetched, refreshAfterMs + staleGraceMs);
    }
    return this.#handOut(fetched);
  }

  /** From now on only sets count that leave the backend later. */
  async forget(): Promise<void> {
    this.#generation++;
    this.#newest = this.#now();
    await this.#entries.remove(KIND, ID);
  }

  async #readShared(): Promise<FetchedKeySet | undefined> {
    const lookup = await this.#entries.read(KIND, ID);
    if (lookup.state !== 'found') return undefined;
    const { jwks, fetchedAt } = lookup.value as FetchedKeySet;
    // Another process's clock may be ahead, which must not make its set last longer.
    return { jwks, fetchedAt: Math.min(fetchedAt, this.#now()) };
  }

  #isNews({ fetchedAt }: FetchedKeySet, maximumAgeMs: number): boolean {
    return fetchedAt > this.#newest && this.#now() - fetchedAt < maximumAgeMs;
  }

  #handOut(keySet: FetchedKeySet): FetchedKeySet {
    this.#newest = Math.max(this.#newest, keySet.fetchedAt);
    return keySet;
  }
}

const KIND = 'jwks';
/** A scope has one. */
const ID = '';

function isKeySet(jwks: unknown): jwks is { keys: readonly unknown[] } {
  const keys = (jwks as { keys?: unknown } | null | undefined)?.keys;
  return Array.isArray(keys) && keys.length > 0;
}

function lists(jwks: unknown, kid: string): boolean {
  return isKeySet(jwks) && jwks.keys.some((key) => (key as { kid?: unknown } | null)?.kid === kid);
}
