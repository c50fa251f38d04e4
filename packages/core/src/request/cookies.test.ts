import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCookies, readCookieValues } from './cookies.ts';

const WANTED = new Set(['__session', '__client_uat', '__session_abc']);
const read = (header: string | undefined) => Object.fromEntries(readCookies(header, WANTED));

describe('readCookies', () => {
  it.each([
    ['none', undefined, {}],
    ['empty', '', {}],
    ['one', '__session=a', { __session: 'a' }],
    ['several', '__session=a; x=y; __client_uat=5', { __session: 'a', __client_uat: '5' }],
    ['no blank', '__session=a;__client_uat=5', { __session: 'a', __client_uat: '5' }],
    ['blanks and tabs', ' \t__session \t= \ta \t; __client_uat=5 ', { __session: 'a', __client_uat: '5' }],
    ['SC-055 first wins', '__session=a; __session=b', { __session: 'a' }],
    ['SC-055 first wins, even empty', '__session=; __session=b', { __session: '' }],
    ['SC-055 twins apart', '__session_abc=s; __session=a; __session_abc=t', { __session: 'a', __session_abc: 's' }],
    ['value with =', '__session=a=b==', { __session: 'a=b==' }],
    ['SC-057 quotes are kept', '__session="a"', { __session: '"a"' }],
    ['SC-057 quoted semicolon splits', '__session="a;b"', { __session: '"a' }],
    ['SC-057 encoded semicolon stays a value', '__session=a%3B__client_uat=9', { __session: 'a;__client_uat=9' }],
    ['SC-057 encoded equals', '__session%3Da', {}],
    ['SC-057 encoded name', '%5F_session=a', {}],
    ['SC-057 nameless', '=__session=x', {}],
    ['SC-057 no equals', '__session; __client_uat=5', { __client_uat: '5' }],
    ['SC-057 undecodable', '__session=%zz', { __session: '%zz' }],
    ['SC-057 partly undecodable', '__session=%20%zz', { __session: '%20%zz' }],
    ['SC-057 decodes to 8 bits', '__session=%E9', { __session: '%E9' }],
    ['SC-057 8 bits as they are', '__session=é', { __session: 'é' }],
    ['SC-057 NBSP before the name', '\u00a0__session=a', {}],
    ['SC-057 NBSP after the name', '__session\u00a0=a', {}],
    ['SC-057 line separator before the name', '\u2028__session=a', {}],
    ['SC-057 prefix', '__Host-__session=a', {}],
    ['SC-057 other case', '__SESSION=a', {}],
    ['SC-010 names of the prototype', '__proto__=a; constructor=b; __session=c', { __session: 'c' }],
    ['comma is no separator', '__session=a, __client_uat=5', { __session: 'a, __client_uat=5' }],
    ['ends with a separator', '__session=a;', { __session: 'a' }],
    ['separators alone', ';;;  ;', {}],
  ])('%s', (_, header, want) => {
    expect(read(header)).toEqual(want);
  });

  it('agrees with splitting first and decoding after, whatever the header (SC-057)', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '__session',
        '__client_uat',
        '__session_abc',
        '__',
        '_',
        '=',
        ';',
        '; ',
        ' ',
        '\t',
        '%3B',
        '%3D',
        '%',
        '"',
        '\u00a0',
        'a',
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const header = pieces.join('');
        const want = new Map<string, string>();
        for (const pair of header.split(';')) {
          const equals = pair.indexOf('=');
          const name = pair.slice(0, Math.max(equals, 0)).replace(/^[ \t]+|[ \t]+$/g, '');
          if (equals === -1 || !WANTED.has(name) || want.has(name)) continue;
          const raw = pair.slice(equals + 1).replace(/^[ \t]+|[ \t]+$/g, '');
          want.set(name, decoded(raw));
        }
        expect(new Map(readCookies(header, WANTED))).toEqual(want);
        expect(readCookieValues(header, '__session')[0]).toBe(want.get('__session'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('SC-058 finds ours in a flood', () => {
    const flood = Array.from({ length: 5_000 }, (_, index) => `__session_${index}=${'x'.repeat(200)}`).join('; ');
    const start = performance.now();
    expect(read(`${flood}; __session=a; ${flood}`)).toEqual({ __session: 'a' });
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('readCookieValues', () => {
  it.each([
    ['none', undefined, []],
    ['no match', '__session_abc=a; ___session=b', []],
    ['all of them', '__session=a; x=1;__session = b ; __session=%63', ['a', 'b', 'c']],
    ['without an equals sign', '__session', []],
  ])('%s', (_, header, want) => {
    expect(readCookieValues(header, '__session')).toEqual(want);
  });
});

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
