import { LRUCache } from 'lru-cache';
import type { RedirectCount } from './facts.ts';

const MAXIMUM_BROWSERS = 1_000;
/** How long after its last handshake a browser is remembered, in milliseconds. */
const MEMORY_MS = 10_000;

/**
 * Remembers browsers that came back from a handshake without the cookie that counts redirects: they refuse cookies, or
 * something on the way takes them out, and nothing that they send could end the chain.
 *
 * A browser is known by its kind and by where it wants to go, for a few seconds; as soon as one such gets through with its
 * cookies, it is forgotten.
 */
export class CookieRefusals {
  readonly #browsers = new LRUCache<string, { readonly count: RedirectCount; readonly at: number }>({
    max: MAXIMUM_BROWSERS,
  });
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A browser has come back from one more handshake empty-handed. */
  note(browser: string): void {
    const count = Math.min(this.count(browser) + 1, 3) as RedirectCount;
    this.#browsers.set(browser, { count, at: this.#now() });
  }

  /** How often in a row it has. */
  count(browser: string): RedirectCount {
    const known = this.#browsers.get(browser);
    if (known === undefined) return 0;
    const elapsed = this.#now() - known.at;
    return elapsed >= 0 && elapsed < MEMORY_MS ? known.count : 0;
  }

  /** Whether any browser is remembered at all, which spares ordinary requests the rest. */
  get isEmpty(): boolean {
    return this.#browsers.size === 0;
  }

  /** A browser takes cookies after all. */
  forget(browser: string): void {
    this.#browsers.delete(browser);
  }
}
