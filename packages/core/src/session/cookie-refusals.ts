import { LRUCache } from 'lru-cache';
import type { RedirectCount } from './facts.ts';

const MAXIMUM_BROWSERS = 1_000;
/** How long after its last handshake a browser is remembered, in milliseconds. */
const MEMORY_MS = 10_000;

/**
 * Remembers browsers that came back from a handshake without any cookie, not even the one that counts redirects: they refuse
 * cookies, and nothing that they send could end the chain. Development instances alone send such a browser through a
 * handshake again, so only they need this memory.
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
}
