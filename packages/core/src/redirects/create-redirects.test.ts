import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../errors.ts';
import { assertPublishableKey, toPublishableKey } from '../keys/publishable-key.ts';
import { createRedirects, type RedirectOptions } from './create-redirects.ts';

const BASE = 'https://app.example.com/x';
const DEVELOPMENT = assertPublishableKey(toPublishableKey('clerk.example.com', 'development'));
const PRODUCTION = assertPublishableKey(toPublishableKey('clerk.example.com', 'production'));

const redirects = (options: Partial<RedirectOptions> = {}) =>
  createRedirects({ publishableKey: DEVELOPMENT, baseUrl: BASE, ...options });
const back = encodeURIComponent;

describe('createRedirects, section 11', () => {
  it.each([
    [
      'portal',
      {},
      '/dash?a=1',
      `https://accounts.example.com/sign-in?redirect_url=${back('https://app.example.com/dash?a=1')}`,
    ],
    ['portal, no return', {}, undefined, 'https://accounts.example.com/sign-in'],
    ['11.3 row 5 empty return', {}, '', 'https://accounts.example.com/sign-in'],
    [
      'own page',
      { signInUrl: '/in' },
      '/d',
      `https://app.example.com/in?redirect_url=${back('https://app.example.com/d')}`,
    ],
    ['own page of another host', { signInUrl: 'https://p.com/in?z=1' }, undefined, 'https://p.com/in?z=1'],
    ['no key', { publishableKey: undefined, signInUrl: '/in' }, undefined, 'https://app.example.com/in'],
    [
      '11.3 row 4 development browser',
      { devBrowserToken: 't' },
      '/d',
      `https://accounts.example.com/sign-in?redirect_url=${back('https://app.example.com/d')}&__clerk_db_jwt=t`,
    ],
    [
      '11.3 row 4 not within the site',
      { devBrowserToken: 't', signInUrl: '/in' },
      undefined,
      'https://app.example.com/in',
    ],
    [
      '11.3 row 4 not in production',
      { devBrowserToken: 't', publishableKey: PRODUCTION },
      undefined,
      'https://accounts.example.com/sign-in',
    ],
    [
      '11.3 row 2 scheme alone is no other site',
      { devBrowserToken: 't', signInUrl: 'http://app.example.com/in' },
      undefined,
      'http://app.example.com/in',
    ],
    [
      '11.3 row 2 port is another site',
      { devBrowserToken: 't', signInUrl: 'https://app.example.com:8443/in' },
      undefined,
      'https://app.example.com:8443/in?__clerk_db_jwt=t',
    ],
    [
      '11.3 row 3 satellite',
      { isSatellite: true, signInUrl: 'https://p.com/s?z=1' },
      '/d?__clerk_synced=true',
      `https://p.com/s?z=1&redirect_url=${back('https://app.example.com/d?__clerk_synced=false')}`,
    ],
    [
      '11.3 row 3 satellite, own page',
      { isSatellite: true, signInUrl: '/in' },
      '/d',
      `https://app.example.com/in?redirect_url=${back('https://app.example.com/d')}`,
    ],
    [
      'pending',
      { sessionStatus: 'pending' },
      '/d',
      `https://accounts.example.com/sign-in/tasks?redirect_url=${back('https://app.example.com/d')}`,
    ],
    [
      '§17 S4 pending, page with a query',
      { sessionStatus: 'pending', signInUrl: '/in?z=1#f' },
      undefined,
      'https://app.example.com/in/tasks?z=1#f',
    ],
    [
      'S4 pending, trailing slash',
      { sessionStatus: 'pending', signInUrl: '/in/' },
      undefined,
      'https://app.example.com/in/tasks',
    ],
    ['active', { sessionStatus: 'active' }, undefined, 'https://accounts.example.com/sign-in'],
    [
      'a redirect_url that the page has is replaced',
      { signInUrl: '/in?redirect_url=x' },
      '/d',
      `https://app.example.com/in?redirect_url=${back('https://app.example.com/d')}`,
    ],
  ] satisfies [string, Partial<RedirectOptions>, string | undefined, string][])(
    'sign-in: %s',
    (_, options, returnBackUrl, want) => {
      expect(redirects(options).toSignIn({ returnBackUrl })).toBe(want);
    },
  );

  it.each([
    ['portal', {}, undefined, 'https://accounts.example.com/sign-up'],
    ['own page', { signUpUrl: '/up', signInUrl: '/in' }, undefined, 'https://app.example.com/up'],
    [
      'beside the sign-in page',
      { signInUrl: '/sign-in' },
      '/d',
      `https://app.example.com/sign-in/create?redirect_url=${back('https://app.example.com/d')}`,
    ],
    [
      'S4 beside a sign-in page with a trailing slash',
      { signInUrl: '/sign-in/' },
      undefined,
      'https://app.example.com/sign-in/create',
    ],
    [
      'S4 beside a sign-in page with a query',
      { signInUrl: 'https://p.com/in?z=1' },
      undefined,
      'https://p.com/in/create?z=1',
    ],
    ['pending', { signUpUrl: '/up', sessionStatus: 'pending' }, undefined, 'https://app.example.com/up/tasks'],
  ] satisfies [string, Partial<RedirectOptions>, string | undefined, string][])(
    'sign-up: %s',
    (_, options, returnBackUrl, want) => {
      expect(redirects(options).toSignUp({ returnBackUrl })).toBe(want);
    },
  );

  it('11.2 needs a page or a key', () => {
    const keyless = redirects({ publishableKey: undefined });
    expect(() => keyless.toSignIn()).toThrow(ConfigurationError);
    expect(() => keyless.toSignUp()).toThrow(expect.objectContaining({ option: 'publishableKey' }));
    expect(() => redirects({ publishableKey: undefined, signInUrl: '/in' }).toSignUp()).toThrow(ConfigurationError);
    expect(redirects({ publishableKey: undefined, signUpUrl: '/up' }).toSignUp()).toBe('https://app.example.com/up');
  });

  it('takes no base URL where the page or the return is absolute', () => {
    expect(redirects({ baseUrl: '' }).toSignIn({ returnBackUrl: 'https://app.example.com/d' })).toBe(
      `https://accounts.example.com/sign-in?redirect_url=${back('https://app.example.com/d')}`,
    );
    expect(redirects({ baseUrl: '', signInUrl: '/in' }).toSignIn({ returnBackUrl: 'https://app.example.com/d' })).toBe(
      `https://app.example.com/in?redirect_url=${back('https://app.example.com/d')}`,
    );
    expect(() => redirects({ baseUrl: '', signInUrl: '/in' }).toSignIn({ returnBackUrl: '/d' })).toThrow(
      ConfigurationError,
    );
  });
});

describe('SC-075 return URLs', () => {
  const returned = (returnBackUrl: string | URL) =>
    new URL(redirects().toSignIn({ returnBackUrl })).searchParams.get('redirect_url');

  it.each([
    ['a path', '/d?x=1#f', 'https://app.example.com/d?x=1#f'],
    ['a relative path', 'd', 'https://app.example.com/d'],
    ['a query', '?x=1', 'https://app.example.com/x?x=1'],
    ['our origin', 'https://app.example.com/d', 'https://app.example.com/d'],
    ['another origin, spelled out', 'https://other.example/d', 'https://other.example/d'],
    ['scheme in upper case', 'HTTPS://other.example/d', 'https://other.example/d'],
    ['a URL object', new URL('https://other.example/d'), 'https://other.example/d'],
    ['dots', '/../../d', 'https://app.example.com/d'],
    ['encoded slashes', '%2F%2Fevil.test', 'https://app.example.com/%2F%2Fevil.test'],
  ])('keeps %s', (_, given, want) => {
    expect(returned(given)).toBe(want);
  });

  it.each([
    ['two slashes', '//evil.test'],
    ['slash and backslash', '/\\evil.test'],
    ['two backslashes', '\\\\evil.test'],
    ['tab between slashes', '/\t/evil.test'],
    ['line break between slashes', '/\n/evil.test'],
    ['blank before slashes', ' //evil.test'],
    ['scheme without slashes', 'http:evil.test'],
    ['scheme with one slash', 'http:/evil.test'],
    ['tab within the scheme', 'ht\ttps://evil.test'],
    ['scheme with backslashes', 'https:\\\\evil.test'],
    ['javascript', 'javascript:alert(1)'],
    ['javascript with a tab', 'java\tscript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['file', 'file:///etc/passwd'],
    ['user', 'https://good.example@evil.test'],
    ['user and password on our host', 'https://a:b@app.example.com/'],
    ['no URL', 'https://'],
    ['1 MB', `/${'a'.repeat(1_000_000)}`],
  ])('§17 S5 leaves out %s', (_, given) => {
    expect(returned(given)).toBeNull();
  });

  it('are http(s), and of our origin unless spelled out', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      ':',
      '@',
      '\t',
      '\n',
      ' ',
      'https',
      'http',
      'javascript',
      'evil.test',
      '?',
      '#',
      '%2F',
      '.',
      'app.example.com',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const given = pieces.join('');
        const url = returned(given);
        if (url === null) return;
        const { protocol, origin, username } = new URL(url);
        expect(protocol).toMatch(/^https?:$/);
        expect(username).toBe('');
        if (!/^https?:\/\//.test(given)) expect(origin).toBe('https://app.example.com');
      }),
      { numRuns: 5_000 },
    );
  });
});
