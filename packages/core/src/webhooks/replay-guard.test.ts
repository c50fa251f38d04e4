import { expect, it } from 'vitest';
import { createMemoryReplayGuard } from './replay-guard.ts';

it('SC-116 forgets a delivery when it may', () => {
  let now = 0;
  const guard = createMemoryReplayGuard({ now: () => now });
  expect(guard.seen('a', 10)).toBe(false);
  now = 9;
  expect(guard.seen('a', 10)).toBe(true);
  now = 10;
  expect(guard.seen('a', 20)).toBe(false);
  expect(guard.seen('a', 20)).toBe(true);
});

it('SC-116 is bounded: the oldest are forgotten first', () => {
  const guard = createMemoryReplayGuard({ max: 3, now: () => 0 });
  for (const delivery of ['a', 'b', 'c', 'd']) guard.seen(delivery, 10);
  expect(['b', 'c', 'd', 'a'].map((delivery) => guard.seen(delivery, 10))).toEqual([true, true, true, false]);
});
