import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createRedisCache, type RedisClient, type SharedCache } from '../../packages/core/src/shared-cache/index.ts';
import { Revocations } from '../../packages/core/src/shared-cache/revocations.ts';
import { SealedEntries } from '../../packages/core/src/shared-cache/sealed-entries.ts';
import { SCOPE } from './support/open-entries.ts';
import { type RespFault, startRespServer } from './support/resp-server.ts';
import { HAS_REDIS_SERVER, startRedisServer } from './support/start-redis-server.ts';

if (!HAS_REDIS_SERVER) console.warn('skipped: redis-server is not installed');

function open(url: string) {
  return createClient({ url, RESP: 2, disableOfflineQueue: true, socket: { reconnectStrategy: 20 } }).on(
    'error',
    () => {},
  );
}

it('takes the client of the redis package as it is', () => {
  expectTypeOf<ReturnType<typeof open>>().toExtend<RedisClient>();
});

function behavesAsSharedCache(connect: () => SharedCache) {
  it('gets what was set, until it is over', async () => {
    const cache = connect();
    expect(await cache.get('a')).toBeUndefined();
    await cache.set('a', 'ä\r\n$5', 10_000);
    expect(await cache.get('a')).toBe('ä\r\n$5');
    await cache.set('a', 'short', 0.5);
    await delay(20);
    expect(await cache.get('a')).toBeUndefined();
  });

  it('adds once, whoever is first', async () => {
    const cache = connect();
    const added = await Promise.all(Array.from({ length: 20 }, (_, i) => cache.add('b', `${i}`, 10_000)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await cache.get('b')).toBe(`${added.indexOf(true)}`);
    await cache.delete('b');
    expect(await cache.add('b', 'again', 10_000)).toBe(true);
  });

  it('carries sealed entries and revocations', async () => {
    const now = Date.now;
    const entries = new SealedEntries(connect(), SCOPE, { now, timeoutMs: 2_000, logger: { warn: () => {} } });
    expect(await entries.write('jwks', '', { keys: [{ kid: 'ü' }] }, 60_000)).toBe(true);
    expect(await entries.read('jwks', '')).toMatchObject({ state: 'found', value: { keys: [{ kid: 'ü' }] } });
    await new Revocations(entries, { now }).revoke('sess_1');
    expect(await new Revocations(entries, { now }).check(['sess_1'])).toBe('revoked');
  });
}

describe.skipIf(!HAS_REDIS_SERVER)('a real Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedisServer>>;
  let client: ReturnType<typeof open>;
  beforeAll(async () => {
    redis = await startRedisServer();
    client = open(redis.url);
    await client.connect();
  });
  afterAll(async () => {
    client?.destroy();
    await redis?.stop();
  });

  behavesAsSharedCache(() => createRedisCache(client));

  it('SC-049 that dies costs a wait and no more', async () => {
    const entries = new SealedEntries(createRedisCache(client), SCOPE, {
      now: Date.now,
      timeoutMs: 500,
      logger: { warn: () => {} },
    });
    await redis.stop();
    expect(await entries.read('jwks', '')).toEqual({ state: 'unusable' });
  });
});

describe('a server that speaks RESP', () => {
  let server: Awaited<ReturnType<typeof startRespServer>>;
  let client: ReturnType<typeof open>;
  beforeAll(async () => {
    server = await startRespServer();
    client = open(server.url);
    await client.connect();
  });
  afterEach(async () => {
    server.fault = 'none';
    for (let i = 0; i < 200 && !client.isReady; i++) await delay(10);
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  behavesAsSharedCache(() => createRedisCache(client));

  it.each<RespFault>(['hang-up', 'hang-up-mid-reply', 'error-reply', 'nonsense', 'hang'])(
    'SC-049 and does this: %s, costs a wait and no more',
    async (fault) => {
      const warnings: string[] = [];
      const logger = { warn: (message: string) => warnings.push(message) };
      const entries = new SealedEntries(createRedisCache(client), SCOPE, { now: Date.now, timeoutMs: 200, logger });
      await entries.write('jwks', fault, 1, 60_000);
      server.fault = fault;
      const startedAt = performance.now();
      const lookups = await Promise.all(Array.from({ length: 50 }, () => entries.read('jwks', fault)));
      for (let i = 0; i < 50; i++) lookups.push(await entries.read('jwks', fault));
      expect(new Set(lookups.map(({ state }) => state))).toEqual(new Set(['unusable']));
      expect(performance.now() - startedAt).toBeLessThan(5_000);
      expect(warnings).toHaveLength(fault === 'nonsense' ? 0 : 1);
    },
  );
});
