import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBearerToken } from './bearer-token.ts';

test.each<[what: string, header: string | undefined, token: string | undefined]>([
  ['no header', undefined, undefined],
  ['an empty one', '', undefined],
  ['blanks', ' \t ', undefined],
  ['the scheme and a token', 'Bearer abc', 'abc'],
  ['§17 T5 lower case', 'bearer abc', 'abc'],
  ['T5 upper case', 'BEARER abc', 'abc'],
  ['T5 two blanks', 'Bearer  abc', 'abc'],
  ['T5 a tab', 'BEARER\tabc', 'abc'],
  ['a blank behind', 'Bearer abc ', 'abc'],
  ['blanks in front', '  Bearer abc', 'abc'],
  ['something after the token', 'Bearer abc def', 'abc'],
  ['a token without a scheme', 'abc', 'abc'],
  ['the scheme alone', 'Bearer', 'Bearer'],
  ['the scheme and a blank', 'Bearer ', 'Bearer'],
  ['the scheme and blanks', 'Bearer   ', 'Bearer'],
  ['SC-052 two joined by a comma are one that is no token', 'Bearer abc, Bearer def', 'abc,'],
  ['another scheme', 'Basic abc', undefined],
  ['a scheme that begins alike', 'Bearerx abc', undefined],
  ['a scheme that ends alike', 'xBearer abc', undefined],
  ['the scheme with a colon', 'Bearer: abc', undefined],
  ['Token', 'Token abc', undefined],
  ['DPoP', 'DPoP abc', undefined],
])('SC-051 %s', (_what, header, token) => {
  expect(readBearerToken(header)).toBe(token);
});

test('SC-051 a header of 1 MB is read in linear time', () => {
  for (const unit of ['a', ' ', 'a ', 'Bearer ', '\t', 'é']) {
    const header = `Bearer ${unit.repeat(1_000_000 / unit.length)}`;
    const start = performance.now();
    readBearerToken(header);
    expect(performance.now() - start).toBeLessThan(1_000);
  }
});

test('a token never contains a blank, is never empty, and was never under another scheme', () => {
  fc.assert(
    fc.property(fc.constantFrom('Bearer', 'bearer', 'Basic', 'Digest', ''), fc.string(), (scheme, rest) => {
      const token = readBearerToken(`${scheme} ${rest}`);
      if (token === undefined) return;
      expect(token).not.toMatch(/[ \t]/);
      expect(token).not.toBe('');
      if (scheme === 'Basic' || scheme === 'Digest') expect([scheme]).toContain(token);
    }),
    { numRuns: 1_000 },
  );
});
