import { expect, it } from 'vitest';
import { isSameOptions } from './is-same-options.ts';

const fetch = async () => new Response();
const callback = () => ({});

it.each([
  ['nothing and nothing', {}, {}, true],
  ['equal texts', { secretKey: 'a' }, { secretKey: 'a' }, true],
  ['equal lists', { audience: ['a', 'b'] }, { audience: ['a', 'b'] }, true],
  ['one function', { fetch }, { fetch }, true],
  ['one callback', callback, callback, true],
  ['nothing and undefined', { secretKey: undefined }, {}, true],
  ['other texts', { secretKey: 'a' }, { secretKey: 'b' }, false],
  ['an option more', { secretKey: 'a' }, {}, false],
  ['other lists', { audience: ['a'] }, { audience: ['a', 'b'] }, false],
  ['another function', { fetch }, { fetch: async () => new Response() }, false],
  ['another callback', callback, () => ({}), false],
  ['a callback and options', callback, {}, false],
  ['null and an object', { cache: null }, { cache: {} }, false],
])('%s: %s', (_what, a, b, same) => {
  expect(isSameOptions(a, b)).toBe(same);
  expect(isSameOptions(b, a)).toBe(same);
});
