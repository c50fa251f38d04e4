import { expect, test } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

test.each([
  ['0', 0],
  ['3', 3],
  [' 3 ', 3],
  ['86400', 86400],
  ['Thu, 01 Jan 2026 00:00:05 GMT', 5],
  ['Thu, 01 Jan 2026 00:00:00 GMT', 0],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['Soon', undefined],
  ['2026', 2026],
  ['01/01/2027', undefined],
  ['', undefined],
])('SC-109 %j means %s', (header, want) => {
  expect(readRetryAfter(new Headers({ 'retry-after': header }), NOW)).toBe(want);
});

test('an absent header means nothing', () => {
  expect(readRetryAfter(new Headers(), NOW)).toBeUndefined();
});
