import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIds, randomBase62 } from './ids.ts';

test('ids carry their prefix and 27 characters, and sort in the order they were made', () => {
  let now = 1_800_000_000_000;
  const ids = createIds(() => now);
  const made = Array.from({ length: 5_000 }, (_, index) => {
    // The clock of a test may go back.
    now += index % 3 === 0 ? 1 : index % 7 === 0 ? -5 : 0;
    return ids.create('user');
  });
  for (const id of made) expect(id).toMatch(/^user_2[0-9A-Za-z]{26}$/);
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('random text has the length asked for and uses all letters alike', () => {
  fc.assert(fc.property(fc.nat(200), (length) => randomBase62(length).length === length));
  const counts = new Map<string, number>();
  for (const letter of randomBase62(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // A thousand each; the first ones would have 1,250 if bytes were just divided.
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(220);
});
