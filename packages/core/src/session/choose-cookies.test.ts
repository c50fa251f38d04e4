import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAIMS, NOW_S } from '../../../../test/session/support/facts.ts';
import { unsignedJwt } from '../../../../test/session/support/unsigned-jwt.ts';
import { type CookieNames, nameCookies } from '../keys/cookie-names.ts';
import { readPresentedToken } from '../tokens/presented-token.ts';
import { chooseCookies } from './choose-cookies.ts';

const names = nameCookies('pk_live_Y2xlcmsuZXhhbXBsZS5jb20k') as CookieNames;

const jwt = (claims: Readonly<Record<string, unknown>>) => unsignedJwt({ ...CLAIMS, ...claims });
const OK = jwt({});
const OLDER = jwt({ iat: NOW_S - 50 });
const NEWER = jwt({ iat: NOW_S - 1 });
const FOREIGN = jwt({ iss: 'https://clerk.other.example' });
const EXPIRED = jwt({ iat: NOW_S - 100, exp: NOW_S });

interface Given {
  /** Unsuffixed session and time, suffixed session and time. */
  readonly U?: string;
  readonly u?: string;
  readonly S?: string;
  readonly s?: string;
  readonly production?: boolean;
}

function choose({ U, u, S, s, production = true }: Given, now = NOW_S * 1000) {
  const given: [string, string | undefined][] = [
    ['__session', U],
    ['__client_uat', u],
    [names.session, S],
    [names.clientUat, s],
    ['__clerk_db_jwt', 'plain browser'],
    [names.devBrowser, 'suffixed browser'],
  ];
  const cookies = new Map(given.filter((pair): pair is [string, string] => pair[1] !== undefined));
  const tokens = { read: readPresentedToken };
  return chooseCookies(cookies, { names, tokens, now, isProduction: production, instanceHost: 'clerk.example.com' });
}

describe('chooseCookies, section 8.2', () => {
  it.each([
    ['1 undecodable', { U: 'garbage', u: '1', S: OK, s: '1' }, 'plain'],
    ['1 payload is no object (SC-008)', { U: `${OK.split('.')[0]}.${btoa('null')}.x`, u: '1', S: OK, s: '1' }, 'plain'],
    ['1 no issuer', { U: jwt({ iss: undefined }), u: '1', S: OK, s: '1' }, 'plain'],
    ['1 empty issuer', { U: jwt({ iss: '' }), u: '1', S: OK, s: '1' }, 'plain'],
    ['2 issuer is no string', { U: jwt({ iss: 7 }), u: '1', S: OK, s: '1' }, 'suffixed'],
    ['2 foreign issuer', { U: FOREIGN, u: '1', S: OK, s: '1' }, 'suffixed'],
    ['2 foreign issuer, nothing else', { U: FOREIGN, u: '1' }, 'suffixed'],
    ['2 trailing slash', { U: jwt({ iss: 'https://clerk.example.com/' }), u: '1' }, 'suffixed'],
    ['2 http is the same issuer', { U: jwt({ iss: 'http://clerk.example.com' }), u: '1' }, 'plain'],
    ['2 no scheme is the same issuer', { U: jwt({ iss: 'clerk.example.com' }), u: '1' }, 'plain'],
    ['2 schemes anywhere are left aside', { U: jwt({ iss: 'https://clerk.https://example.com' }), u: '1' }, 'plain'],
    ['2 a longer host is another', { U: jwt({ iss: 'https://clerk.example.com.evil.test' }), u: '1' }, 'suffixed'],
    ['2 a shorter host is another', { U: jwt({ iss: 'https://example.com' }), u: '1' }, 'suffixed'],
    ['3 nothing suffixed', { U: OK, u: '1' }, 'plain'],
    ['3 nothing at all', {}, 'plain'],
    ['4 plain is newer', { U: NEWER, u: '1', S: OLDER, s: '1' }, 'plain'],
    ['4 plain is older', { U: OLDER, u: '1', S: NEWER, s: '1' }, 'suffixed'],
    ['4 same time', { U: OK, u: '1', S: OK, s: '1' }, 'suffixed'],
    ['4 suffixed undecodable', { U: OK, u: '1', S: 'garbage', s: '1' }, 'plain'],
    ['4 suffixed without a time of issue', { U: OK, u: '1', S: jwt({ iat: undefined }), s: '1' }, 'plain'],
    ['4 times absent', { U: NEWER, S: OLDER }, 'plain'],
    ['4 not with a plain 0', { U: NEWER, u: '0', S: OLDER, s: '1' }, 'suffixed'],
    ['5 suffixed signed out', { U: OK, u: '1', s: '0' }, 'plain'],
    ['5 plain time absent', { s: '0', S: OK }, 'plain'],
    ['5 both signed out', { U: OK, u: '0', S: OK, s: '0' }, 'suffixed'],
    ['6 expired, development', { u: '0', S: EXPIRED, s: '1', production: false }, 'plain'],
    ['6 expired, production', { u: '0', S: EXPIRED, s: '1' }, 'suffixed'],
    ['6 not expired', { u: '0', S: OK, s: '1', production: false }, 'suffixed'],
    ['6 no end', { u: '0', S: jwt({ exp: undefined }), s: '1', production: false }, 'suffixed'],
    ['6 undecodable', { u: '0', S: 'garbage', s: '1', production: false }, 'suffixed'],
    ['7 no suffixed time', { u: '1', S: OK }, 'plain'],
    ['7 no suffixed time, both sessions', { U: OK, u: '1', S: OK }, 'plain'],
    ['8', { S: OK, s: '1' }, 'suffixed'],
    ['8 plain signed out', { u: '0', S: OK, s: '1' }, 'suffixed'],
  ] satisfies [string, Given, string][])('row %s', (_, given: Given, want) => {
    const chosen = choose(given);
    expect(chosen.areSuffixed).toBe(want === 'suffixed');
    const session = want === 'suffixed' ? given.S : given.U;
    expect(chosen.token?.text).toBe(session);
    expect(chosen.devBrowser).toBe(`${want} browser`);
  });

  it('row 6 counts whole seconds', () => {
    const given = { u: '0', S: jwt({ exp: NOW_S + 1 }), s: '1', production: false };
    expect(choose(given, NOW_S * 1000 + 999).areSuffixed).toBe(true);
    expect(choose(given, NOW_S * 1000 + 1000).areSuffixed).toBe(false);
  });

  it('SC-056 has nothing where a foreign session shadows ours and there are no suffixed cookies', () => {
    expect(choose({ U: FOREIGN, u: '5' })).toMatchObject({ token: undefined, clientUat: 0 });
  });

  it.each([
    ['0', 0],
    ['12', 12],
    ['-1', -1],
    [' 12', 12],
    ['12abc', 12],
    ['1e9', 1],
    ['0x10', 0],
    ['9999999999999999', 1e16],
    ['NaN', 0],
    ['', 0],
    [undefined, 0],
  ])('SC-059 reads the time %j as %d', (u, want) => {
    expect(choose(u === undefined ? {} : { u }).clientUat).toBe(want);
  });

  it('takes empty cookies for absent ones', () => {
    expect(choose({ U: '', u: '', S: '', s: '' })).toMatchObject({
      areSuffixed: false,
      token: undefined,
      clientUat: 0,
    });
  });

  it('SC-055 never mixes the two families', () => {
    const session = fc.constantFrom(undefined, OK, OLDER, NEWER, FOREIGN, EXPIRED, 'garbage');
    const time = fc.constantFrom(undefined, '0', '7', '8', '');
    const given = fc.record({ U: session, u: time, S: session, s: time, production: fc.boolean() });
    fc.assert(
      fc.property(given, (cookies) => {
        const chosen = choose(cookies as Given);
        const [S, s] = chosen.areSuffixed ? [cookies.S, cookies.s] : [cookies.U, cookies.u];
        expect(chosen.token?.text).toBe(S);
        expect(chosen.clientUat).toBe(Number(s ?? 0));
      }),
    );
  });
});
