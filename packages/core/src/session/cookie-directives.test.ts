import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CookieNames, nameCookies } from '../keys/cookie-names.ts';
import { readCookieDirectives } from './cookie-directives.ts';

const names = nameCookies('pk_live_Y2xlcmsuZXhhbXBsZS5jb20k') as CookieNames;
const S = names.session;

const read = (directives: unknown, anyName = false) => readCookieDirectives(directives, names, anyName);
const namesOf = (directives: unknown, anyName = false) =>
  read(directives, anyName)?.lines.map(([, line]) => line.split('=')[0]);

describe('readCookieDirectives', () => {
  it('hands the lines on as they are', () => {
    const line = '__session=abc; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Secure; SameSite=Lax';
    expect(read([line])).toEqual({ lines: [['set-cookie', line]], sessionToken: 'abc' });
  });

  it.each([
    ['none', [], ''],
    ['plain', ['__session=a; Path=/'], 'a'],
    ['own suffix', [`${S}=a`], 'a'],
    ['own suffix before plain', [`${S}=a`, '__session=b'], 'a'],
    ['own suffix after plain', ['__session=b', `${S}=a`], 'a'],
    ['own suffix cleared', ['__session=b', `${S}=; Max-Age=0`], ''],
    ['last of one name', ['__session=a', '__session=b'], 'b'],
    ['cleared', ['__session=; Max-Age=0'], ''],
    ['value with =', ['__session=a=b==; Path=/'], 'a=b=='],
    ['no attributes', ['__session=a'], 'a'],
    ['blanks around', [' __session = a ; Path=/'], 'a'],
    ['foreign suffix', ['__session_evil1234=a'], ''],
    ['name that begins alike', ['__sessionX=a'], ''],
    ['no value', ['__session'], ''],
    ['an attribute of that name', ['__client_uat=1; __session=a'], ''],
  ])('§17 H3 SC-071 finds the session: %s', (_, directives, want) => {
    expect(read(directives)?.sessionToken).toBe(want);
  });

  it('SC-070 lets only cookies of the protocol through', () => {
    const directives = [
      '__session=a',
      'foo=bar',
      '__session_other123=b',
      `${names.refresh}=r`,
      '__clerk_handshake=',
      '__client_uat=1',
    ];
    expect(namesOf(directives)).toEqual(['__session', names.refresh, '__clerk_handshake', '__client_uat']);
    expect(namesOf(directives, true)).toHaveLength(6);
  });

  it.each([
    ['no list', { 0: '__session=a' }],
    ['no list but a text', '__session=a'],
    ['null', null],
    ['a number among them', ['__session=a', 1]],
    ['a list among them', [['__session=a']]],
    ['CR LF', ['__session=a\r\nset-cookie: x=y']],
    ['LF', ['__session=a\nx']],
    ['NUL', ['__session=a\0']],
    ['CR LF in one that would be dropped', ['foo=a\r\nb']],
    ['not ASCII', ['__session=é']],
    ['10,000', Array.from({ length: 10_000 }, () => '__session=a')],
    ['100 kB', [`__session=${'a'.repeat(100_000)}`]],
    ['100 kB together', Array.from({ length: 20 }, () => `__session=${'a'.repeat(5_000)}`)],
  ])('§17 H2 SC-069 SC-070 refuses a payload with %s', (_, directives) => {
    expect(read(directives)).toBeUndefined();
    expect(read(directives, true)).toBeUndefined();
  });

  it('SC-068 lets no text out that could end its line', () => {
    const directive = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string().map((value) => `__session=${value}`),
    );
    fc.assert(
      fc.property(fc.array(directive), (directives) => {
        for (const [name, line] of read(directives, true)?.lines ?? []) {
          expect(name).toBe('set-cookie');
          expect(line).toMatch(/^[\t\x20-\x7e]*$/);
          expect(() => new Headers([[name, line]])).not.toThrow();
        }
      }),
    );
  });
});
