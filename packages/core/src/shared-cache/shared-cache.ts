/**
 * A store that the processes of a fleet share: Redis by `createRedisCache`, or anything with these four methods.
 *
 * Nothing it answers is believed by itself. What is read is held against a MAC under a key derived from the secret key, and
 * a failure of any kind counts as not found: a store that is down, slow or lying costs speed, not correctness.
 */
export interface SharedCache {
  /** The value under a key; undefined or null if there is none. */
  get(key: string): Promise<string | null | undefined>;
  /** Stores a value for so many milliseconds, whatever was there. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Stores it only if there is none, in one step. Answers whether it did. */
  add(key: string, value: string, ttlMs: number): Promise<boolean>;
  delete(key: string): Promise<void>;
}
