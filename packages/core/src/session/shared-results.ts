import { LRUCache } from 'lru-cache';

export interface SharedResultsOptions<T> {
  /** How many results to keep. */
  readonly max: number;
  /** How long a result is shared after it came, in milliseconds; 0: with those who waited for it only. */
  readonly lifetimeMs: (result: T) => number;
  /** The result of calls beyond `max` at one time. Default: they are made all the same, and an older one is no longer shared. */
  readonly whenFull?: T;
  readonly now: () => number;
  /**
   * Whether a call outlives the request that began it; see `worksInBackground` in environment.ts. Where it does not, results
   * are shared once they have come, nobody waits for another's call, and none is counted. Default true.
   */
  readonly worksInBackground?: boolean;
}

/**
 * Answers several requests with the result of one call: all that ask while it is under way, and those that come shortly
 * after. Bounded. What is loaded never rejects: a failure is a result like any other.
 */
export class SharedResults<T> {
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #options: SharedResultsOptions<T>;
  #underWay = 0;

  constructor(options: SharedResultsOptions<T>) {
    // By size, because `max` would reserve the room for all of them with the first authenticator of each tenant.
    this.#entries = new LRUCache({ maxSize: options.max, sizeCalculation: () => 1 });
    this.#options = options;
  }

  /** @param key - all that decides the result */
  share(key: readonly string[], load: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    const known = this.#entries.get(name);
    if (known !== undefined && this.#isShared(known)) return known.result;
    const { max, whenFull, lifetimeMs, now, worksInBackground = true } = this.#options;
    if (worksInBackground && whenFull !== undefined && this.#underWay >= max) return Promise.resolve(whenFull);
    this.#underWay++;
    const entry: Entry<T> = { result: load(), settledAt: undefined, lifetimeMs: 0 };
    this.#entries.set(name, entry);
    const settle = (result: T): void => {
      entry.settledAt = now();
      entry.lifetimeMs = lifetimeMs(result);
      if (entry.lifetimeMs === 0 && this.#entries.peek(name) === entry) this.#entries.delete(name);
    };
    // Without a clock nothing can be shared later.
    const release = (): void => {
      this.#underWay--;
    };
    entry.result.then(release, release);
    entry.result.then(settle).catch(() => this.#entries.delete(name));
    return entry.result;
  }

  /** A clock that was set back must not make a result immortal. */
  #isShared({ settledAt, lifetimeMs }: Entry<T>): boolean {
    if (settledAt === undefined) return this.#options.worksInBackground !== false;
    const age = this.#options.now() - settledAt;
    return age >= 0 && age < lifetimeMs;
  }
}

interface Entry<T> {
  readonly result: Promise<T>;
  settledAt: number | undefined;
  lifetimeMs: number;
}
