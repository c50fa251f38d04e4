import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toQuery } from './query.ts';

const everything = () => true;
const write = (values: Record<string, unknown>): string => {
  const result = toQuery(values, everything);
  return 'query' in result ? result.query.toString() : `refused ${result.refused}`;
};

describe('§17 A3 SC-107 values in a query', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['zero', { limit: 0 }, 'limit=0'],
    ['false', { banned: false }, 'banned=false'],
    ['the empty text', { query: '' }, 'query='],
    ['undefined', { limit: undefined }, ''],
    ['null', { limit: null }, ''],
    ['an empty array', { userId: [] }, ''],
    ['an array', { userId: ['a', 'b'] }, 'user_id=a&user_id=b'],
    ['an array with holes', { userId: ['a', undefined, null, ''] }, 'user_id=a&user_id='],
    ['a sign', { orderBy: '+created_at' }, 'order_by=%2Bcreated_at'],
    ['a second parameter', { query: 'a&limit=1' }, 'query=a%26limit%3D1'],
    ['a second parameter in a name', { 'a&b=c': 1 }, 'a_b_c=1'],
    ['a fragment', { query: 'a#b' }, 'query=a%23b'],
    ['a line break', { query: 'a\r\nb' }, 'query=a%0D%0Ab'],
    ['letters of all kinds', { query: 'ü😀' }, 'query=%C3%BC%F0%9F%98%80'],
    ['a date', { since: new Date(0) }, 'since=1970-01-01T00%3A00%3A00.000Z'],
    ['a big integer', { since: 10n }, 'since=10'],
    ['a negative number', { offset: -1 }, 'offset=-1'],
    ['an object', { query: { a: 1 } }, 'refused query'],
    ['an object in an array', { query: ['a', { b: 1 }] }, 'refused query'],
    ['an array in an array', { query: [['a']] }, 'refused query'],
    ['a function', { query: () => 'a' }, 'refused query'],
    ['no number', { limit: Number.NaN }, 'refused limit'],
    ['infinity', { limit: Number.POSITIVE_INFINITY }, 'refused limit'],
    ['no date', { since: new Date(Number.NaN) }, 'refused since'],
  ])('%s', (_, given, want) => {
    expect(write(given)).toBe(want);
  });

  test('no value smuggles in another parameter', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.string(), fc.array(fc.string()))),
        (values) => {
          const read = new URL(`https://api.test/?${write(values)}`).searchParams;
          for (const name of read.keys()) expect(Object.keys(values)).toContain(name);
          for (const [name, value] of Object.entries(values)) expect(read.getAll(name)).toEqual([value].flat());
        },
      ),
    );
  });

  test('leaves out what travels elsewhere', () => {
    const result = toQuery({ suffixedCookies: false, refreshToken: 'x' }, (name) => name === 'suffixed_cookies');
    expect('query' in result && result.query.toString()).toBe('suffixed_cookies=false');
  });
});
