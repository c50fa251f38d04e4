import { type CacheScope, CacheSeal } from './cache-seal.ts';
import { type PatienceOptions, PatientCache, UNREACHABLE } from './patient-cache.ts';
import type { SharedCache } from './shared-cache.ts';

/** What looking for an entry came to. */
export type Lookup =
  | { readonly state: 'found'; readonly value: unknown; readonly writtenAt: number }
  /** The cache says that there is none. */
  | { readonly state: 'absent' }
  /** It did not answer, or what it answered is not ours, of another format, or from the future. */
  | { readonly state: 'unusable' };

/** An entry written by a clock that is this far ahead of ours is still believed. */
const CLOCK_DIFFERENCE_MS = 60_000;
/** Longer texts are not looked at. */
const MAXIMUM_LENGTH = 1024 * 1024;

/** The entries of one scope in a shared cache. Never rejects: what fails is not found, or not written. */
export class SealedEntries {
  readonly #cache: PatientCache;
  readonly #seal: CacheSeal;
  readonly #now: () => number;

  constructor(cache: SharedCache, scope: CacheScope, options: PatienceOptions) {
    this.#cache = new PatientCache(cache, options);
    this.#seal = new CacheSeal(scope);
    this.#now = options.now;
  }

  async read(kind: string, id: string): Promise<Lookup> {
    const name = await this.#seal.name(kind, id);
    const sealed = await this.#cache.ask((cache) => cache.get(name));
    if (sealed === null || sealed === undefined) return ABSENT;
    if (typeof sealed !== 'string' || sealed.length > MAXIMUM_LENGTH) return UNUSABLE;
    const text = await this.#seal.open(name, sealed);
    return text === undefined ? UNUSABLE : this.#readEntry(text);
  }

  /**
   * @param ttlMs - how long the entry counts, whatever the cache makes of it
   * @returns whether it was written
   */
  async write(kind: string, id: string, value: unknown, ttlMs: number): Promise<boolean> {
    const { name, sealed } = await this.#toEntry(kind, id, value, ttlMs);
    return (await this.#cache.ask((cache) => cache.set(name, sealed, ttlMs))) !== UNREACHABLE;
  }

  /** The same for what must not be left out while the cache is having a pause. */
  async insist(kind: string, id: string, value: unknown, ttlMs: number): Promise<boolean> {
    const { name, sealed } = await this.#toEntry(kind, id, value, ttlMs);
    return (await this.#cache.insist((cache) => cache.set(name, sealed, ttlMs))) !== UNREACHABLE;
  }

  /** @returns whether it is gone */
  async remove(kind: string, id: string): Promise<boolean> {
    const name = await this.#seal.name(kind, id);
    return (await this.#cache.insist((cache) => cache.delete(name))) !== UNREACHABLE;
  }

  async #toEntry(kind: string, id: string, value: unknown, ttlMs: number) {
    const name = await this.#seal.name(kind, id);
    const writtenAt = this.#now();
    return { name, sealed: await this.#seal.seal(name, JSON.stringify([writtenAt, writtenAt + ttlMs, value])) };
  }

  /** A text that bears our MAC was written by {@link #toEntry}, so it has its form. */
  #readEntry(text: string): Lookup {
    const [writtenAt, until, value] = JSON.parse(text) as [number, number, unknown];
    const now = this.#now();
    if (writtenAt > now + CLOCK_DIFFERENCE_MS) return UNUSABLE;
    return now < until ? { state: 'found', value, writtenAt } : ABSENT;
  }
}

const ABSENT: Lookup = Object.freeze({ state: 'absent' });
const UNUSABLE: Lookup = Object.freeze({ state: 'unusable' });
