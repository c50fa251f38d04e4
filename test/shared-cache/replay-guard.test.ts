import { expect, it } from 'vitest';
import { createSharedReplayGuard } from '../../packages/core/src/shared-cache/index.ts';
import { Clock } from '../support/clock.ts';
import { type Fault, FaultCache } from './support/fault-cache.ts';

it('SC-116 a delivery that one process saw, all have seen, until it is too old anyway', async () => {
  const clock = new Clock();
  const cache = new FaultCache(clock.now);
  const [first, second] = [createSharedReplayGuard(cache, clock), createSharedReplayGuard(cache, clock)];
  const until = clock.time + 301_000;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? first : second).seen('msg_1.1', until)),
  );
  expect(answers.filter((seen) => !seen)).toHaveLength(1);
  expect(await second.seen('msg_1.2', until)).toBe(false);
  clock.advance(300_999);
  expect(await first.seen('msg_1.1', until)).toBe(true);
  clock.advance(1);
  expect(await first.seen('msg_1.1', clock.time + 1000)).toBe(false);
});

it.each<Fault>(['hang', 'reject', 'throw'])(
  'SC-049 without the cache it cannot tell, and says so: %s',
  async (fault) => {
    const clock = new Clock();
    const cache = new FaultCache(clock.now);
    cache.fault = fault;
    const guard = createSharedReplayGuard(cache, { now: clock.now, timeoutMs: 20, logger: { warn: () => {} } });
    await expect(guard.seen('msg_1.1', clock.time + 1000)).rejects.toMatchObject({ code: 'shared-cache-unreachable' });
  },
);
