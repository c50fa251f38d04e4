import { expect, test } from 'vitest';
import { readRateLimit } from './rate-limit.ts';

test.each<[Record<string, string>, ReturnType<typeof readRateLimit>]>([
  [
    { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '10' },
    { limit: 100, remaining: 0, reset: 10 },
  ],
  [{ 'ratelimit-remaining': '7' }, { limit: undefined, remaining: 7, reset: undefined }],
  [{ 'x-ratelimit-limit': 'many' }, undefined],
  [{ 'x-ratelimit-limit': '' }, undefined],
  [{ 'x-ratelimit-limit': '-1' }, undefined],
  [{}, undefined],
])('%j', (headers, want) => {
  expect(readRateLimit(new Headers(headers))).toEqual(want);
});
