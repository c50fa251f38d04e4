import { LRUCache } from 'lru-cache';

/**
 * Answers several requests with the result of one call: all that ask while it is under way, and those that come shortly after
 * it succeeded. Bounded; a failure is told to those who waited for it and forgotten.
 */
export class SharedResults<T> {
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #lifetimeMs: number;
  readonly #now: () => number;
  readonly #isSuccess: (result: T) => boolean;

  /**
   * @param lifetimeMs - how long a success is shared after it came, in milliseconds
   * @param isSuccess - which results may be shared with later requests
   */
  constructor(max: number, lifetimeMs: number, now: () => number, isSuccess: (result: T) => boolean) {
    this.#entries = new LRUCache({ max });
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
    this.#isSuccess = isSuccess;
  }

  /** @param key - all that decides the result */
  share(key: readonly string[], load: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    const known = this.#entries.get(name);
    if (known !== undefined && this.#isFresh(known)) return known.result;
    const entry: Entry<T> = { result: load(), settledAt: undefined };
    this.#entries.set(name, entry);
    const forget = () => {
      if (this.#entries.peek(name) === entry) this.#entries.delete(name);
    };
    void entry.result.then((result) => {
      entry.settledAt = this.#now();
      if (!this.#isSuccess(result)) forget();
    }, forget);
    return entry.result;
  }

  /** A clock that was set back must not make a result immortal. */
  #isFresh({ settledAt }: Entry<T>): boolean {
    if (settledAt === undefined) return true;
    const age = this.#now() - settledAt;
    return age >= 0 && age < this.#lifetimeMs;
  }
}

interface Entry<T> {
  readonly result: Promise<T>;
  settledAt: number | undefined;
}
