import { LRUCache } from 'lru-cache';
import { digest } from '../crypto/index.ts';

/** How many sets of options keep what was built of them. */
const MAXIMUM = 1_000;

/**
 * Remembers what was built of options by what they say, for functions whose callers pass a new object each time. Nothing is
 * shared by options that differ; the number is bounded.
 */
export function keepByOptions<Options extends object, Built extends object>(
  build: (options: Options) => Built,
): (options: Options) => Promise<Built> {
  const kept = new LRUCache<string, Built>({ max: MAXIMUM });
  return async (options) => {
    const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
    // A hash, so that no secret key is kept as the name of an entry.
    const hash = await digest('SHA-256', JSON.stringify(entries));
    const name = String.fromCharCode(...hash);
    let built = kept.get(name);
    if (built === undefined) {
      built = build(options);
      kept.set(name, built);
    }
    return built;
  };
}
