export { createRedisCache, type RedisCacheOptions, type RedisClient } from './redis-cache.ts';
export type { SharedCache } from './shared-cache.ts';
export { SharedCacheError } from './shared-cache-error.ts';
export { createSharedReplayGuard, type SharedReplayGuardOptions } from './shared-replay-guard.ts';
