import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPathSegment } from './path-segment.ts';

describe('§17 A4 SC-106 an id as one segment of a path', () => {
  test.each([
    ['user_1', 'user_1'],
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['a b', 'a%20b'],
    ['100%', '100%25'],
    ['%zz', '%25zz'],
    ['role_set:default', 'role_set%3Adefault'],
    ['...', '...'],
    ['a..b', 'a..b'],
    ['.hidden', '.hidden'],
    ['ünïcode', '%C3%BCn%C3%AFcode'],
    ['a\r\nHost: evil', 'a%0D%0AHost%3A%20evil'],
  ])('%j is encoded', (given, want) => {
    expect(toPathSegment(given)).toBe(want);
  });

  test.each([
    ['empty', ''],
    ['blank', ' '],
    ['a tab', '\t'],
    ['a dot', '.'],
    ['two dots', '..'],
    ['two dots between blanks', ' .. '],
    ['a way up', '../organizations'],
    ['a way up in the middle', 'a/../b'],
    ['a way up at the end', 'a/..'],
    ['a way up with backslashes', 'a\\..\\b'],
    ['encoded dots', '%2e%2e'],
    ['encoded dots and slash', '%2e%2e%2f'],
    ['encoded in capitals', '%2E%2E%2Fx'],
    ['half encoded', '.%2e/x'],
    ['doubly encoded', '%252e%252e%252f'],
    ['encoded ten times', `%${'25'.repeat(9)}2e`],
    ['an encoded slash before dots', 'a%2f..'],
    ['dots beside a malformed escape', '%zz/%2e%2e'],
    ['a lone surrogate', '\ud800'],
    ['a number', 7],
    ['an object', { toString: () => 'user_1' }],
    ['an array', ['user_1']],
    ['null', null],
    ['undefined', undefined],
    ['true', true],
  ])('%s is refused', (_, given) => {
    expect(toPathSegment(given)).toBeUndefined();
  });

  test('whatever the text, the URL keeps its place and the segment decodes to it, or the text is refused', () => {
    const pieces = fc.constantFrom(
      '.',
      '..',
      '/',
      '\\',
      '%',
      '%2e',
      '%2f',
      '%5c',
      '%25',
      '?',
      '#',
      'a',
      ' ',
      '\n',
      'é',
      ':',
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (id) => {
        const segment = toPathSegment(id);
        if (segment === undefined) return;
        const url = new URL(`https://api.test/v1/users/${segment}/ban`);
        expect(url.search + url.hash).toBe('');
        const parts = url.pathname.split('/');
        expect(parts).toHaveLength(5);
        expect([parts[1], parts[2], parts[4]]).toEqual(['v1', 'users', 'ban']);
        expect(decodeURIComponent(parts[3] ?? '')).toBe(id);
      }),
      { numRuns: 2000 },
    );
  });
});
