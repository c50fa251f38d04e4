import type { SharedCache } from './shared-cache.ts';

/** The three commands that are used of a client of the `redis` package (node-redis, version 4 and later). */
export interface RedisClient {
  get(key: string): Promise<unknown>;
  set(key: string, value: string, options: { readonly PX: number; readonly NX?: true }): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

export interface RedisCacheOptions {
  /** In front of every key. Default `keystile:`. */
  readonly prefix?: string;
}

/**
 * A {@link SharedCache} over the application's own Redis client, which it goes on to own: connecting, `error` events and
 * closing are its business. With `disableOfflineQueue: true` commands fail at once while Redis is away, where they
 * would otherwise queue up.
 *
 * ```ts
 * const client = await createClient({ url, disableOfflineQueue: true }).on('error', log).connect();
 * createAuthenticator({ cache: { shared: createRedisCache(client) } });
 * ```
 */
export function createRedisCache(client: RedisClient, { prefix = 'keystile:' }: RedisCacheOptions = {}): SharedCache {
  // Redis counts whole milliseconds, and none is an error.
  const expiry = (ttlMs: number) => Math.max(1, Math.ceil(ttlMs));
  return {
    async get(key) {
      const value = await client.get(prefix + key);
      return typeof value === 'string' ? value : undefined;
    },
    async set(key, value, ttlMs) {
      await client.set(prefix + key, value, { PX: expiry(ttlMs) });
    },
    async add(key, value, ttlMs) {
      return (await client.set(prefix + key, value, { PX: expiry(ttlMs), NX: true })) === 'OK';
    },
    async delete(key) {
      await client.del(prefix + key);
    },
  };
}
