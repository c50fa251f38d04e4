import type { Logger } from '../logger.ts';
import type { SharedCache } from './shared-cache.ts';

export interface PatienceOptions {
  /** The longest that one operation is waited for, in milliseconds. Default 100. */
  readonly timeoutMs?: number;
  /** How long the cache is left alone after a failure, in milliseconds. Default 1000. */
  readonly pauseMs?: number;
  readonly now: () => number;
  readonly logger: Logger;
}

/** The cache was not there, or not in time. */
export const UNREACHABLE = Symbol('unreachable');

/**
 * Asks a shared cache with bounded patience. After a failure it is left alone for a while, and then tried by one caller before
 * the others follow, so that a cache which hangs costs a process one wait and not one for each request.
 */
export class PatientCache {
  readonly #cache: SharedCache;
  readonly #timeoutMs: number;
  readonly #pauseMs: number;
  readonly #now: () => number;
  readonly #logger: Logger;
  /** When the cache failed last, or was last tried after that; undefined while it works. */
  #failedAt: number | undefined;

  constructor(cache: SharedCache, { timeoutMs = 100, pauseMs = 1_000, now, logger }: PatienceOptions) {
    this.#cache = cache;
    this.#timeoutMs = timeoutMs;
    this.#pauseMs = pauseMs;
    this.#now = now;
    this.#logger = logger;
  }

  /** What the operation gives, unless the cache is being left alone or fails. */
  async ask<T>(operation: (cache: SharedCache) => Promise<T>): Promise<T | typeof UNREACHABLE> {
    if (this.#failedAt !== undefined) {
      const elapsed = this.#now() - this.#failedAt;
      if (elapsed >= 0 && elapsed < this.#pauseMs) return UNREACHABLE;
      this.#failedAt = this.#now();
    }
    return this.insist(operation);
  }

  /** The same even while the cache is being left alone: for what must not be left out. */
  async insist<T>(operation: (cache: SharedCache) => Promise<T>): Promise<T | typeof UNREACHABLE> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const timeout = new Promise<typeof UNREACHABLE>((resolve) => {
        timer = setTimeout(resolve, this.#timeoutMs, UNREACHABLE);
      });
      const answer = await Promise.race([operation(this.#cache), timeout]);
      if (answer === UNREACHABLE) this.#fail();
      else this.#failedAt = undefined;
      return answer;
    } catch {
      // What it says may hold an address or a key: that it failed is all that is told.
      this.#fail();
      return UNREACHABLE;
    } finally {
      clearTimeout(timer);
    }
  }

  #fail(): void {
    if (this.#failedAt === undefined) {
      this.#logger.warn('The shared cache does not answer: going on without it until it does.');
    }
    this.#failedAt = this.#now();
  }
}
