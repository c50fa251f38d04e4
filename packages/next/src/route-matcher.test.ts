import fc from 'fast-check';
import { NextRequest } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { createRouteMatcher, MalformedPathError, type RoutePattern } from './route-matcher.ts';

const request = (path: string) => new NextRequest(`http://app.test${path}`);
const matches = (routes: RoutePattern | readonly RoutePattern[], path: string) =>
  createRouteMatcher(routes)(request(path));

describe('createRouteMatcher', () => {
  it.each([
    ['/dash(.*)', ['/dash', '/dash/a', '/dashboard', '/DASH', '//dash', '/%64ash'], ['/da%2Fsh', '/x/dash']],
    ['/dash/:path*', ['/dash', '/dash/', '/dash/a/b', '/dash//a'], ['/dashboard', '/das']],
    ['/orgs/:slug', ['/orgs/acme', '/orgs/acme/'], ['/orgs', '/orgs/acme/settings']],
    ['/(api|trpc)(.*)', ['/api', '/api/x', '/trpc/y'], ['/apples/../x', '/page']],
    ['/', ['/', '//'], ['/a']],
    [[], [], ['/', '/a']],
    ['', [], ['/', '/a']],
    [/^\/v\d\//, ['/v1/x'], ['/vx/']],
    [['/a', (r: NextRequest) => r.method === 'GET' && r.nextUrl.pathname === '/b'], ['/a', '/b'], ['/c']],
  ] satisfies [RoutePattern | RoutePattern[], string[], string[]][])('SC-092 %s', (routes, inside, outside) => {
    for (const path of inside) expect([path, matches(routes, path)]).toEqual([path, true]);
    for (const path of outside) expect([path, matches(routes, path)]).toEqual([path, false]);
  });

  it.each([
    '/api/%61dmin',
    '//api/admin',
    '/api//admin',
    '/api/./admin',
    '/api/x/../admin',
    '/API/ADMIN',
    '/api/admin/',
    '/api/admin;x',
    '/api/admin%00',
    '/api/admin%23',
    '/api\\admin',
    '/api/admin?x=/public',
    '/_next/data/build/api/admin.json',
    '/_next/data/build/api/%61dmin.json',
  ])('SC-090 N6 sees through %s', (path) => {
    expect(matches('/api/admin(.*)', path)).toBe(true);
  });

  it('SC-090 sees through every mixture of encoded letters, doubled slashes and cases', () => {
    const spell = (letters: readonly { encode: boolean; upper: boolean; double: boolean }[]) =>
      [...'/api/admin/users']
        .map((letter, index) => {
          const { encode = false, upper = false, double = false } = letters[index] ?? {};
          if (letter === '/') return double ? '//' : '/';
          const cased = upper ? letter.toUpperCase() : letter;
          return encode ? `%${cased.charCodeAt(0).toString(16)}` : cased;
        })
        .join('');
    const isAdmin = createRouteMatcher(['/api/admin(.*)']);
    const letter = fc.record({ encode: fc.boolean(), upper: fc.boolean(), double: fc.boolean() });
    fc.assert(
      fc.property(fc.array(letter, { minLength: 16, maxLength: 16 }), (letters) => isAdmin(request(spell(letters)))),
    );
  });

  it.each(['/api/%zz', '/api/%E0%A4%A', '/%C0%AF'])('SC-091 refuses the malformed path %s with 400', (path) => {
    const isApi = createRouteMatcher('/api(.*)');
    expect(() => isApi(request(path))).toThrow(MalformedPathError);
    expect(() => isApi(request(path))).toThrow(expect.objectContaining({ status: 400 }));
  });

  it.each([/^\/admin/g, /^\/admin/y, /^\/admin/giy])(
    'SC-094 A RegExp with memory answers the same every time: %s',
    (pattern) => {
      const isAdmin = createRouteMatcher(pattern);
      expect(Array.from({ length: 5 }, () => isAdmin(request('/admin')))).toEqual([true, true, true, true, true]);
      expect(pattern.lastIndex).toBe(0);
    },
  );

  it.each([
    '/x/((?:a+)+)',
    '/x/((?:a*)*b)',
    '/:path(.*)*',
    '/(.*)/(.*)/(.*)',
    '/x/((?:[^/]+|.)+)',
    /^\/(a+)+$/,
    /^\/(?:(?:ab)*)+$/,
    /^\/(?:a{2,}){3,}$/,
  ])('SC-093 refuses a pattern that could take very long: %s', (pattern) => {
    expect(() => createRouteMatcher(pattern)).toThrow(/could take very long/);
  });

  it.each(['/(', '/:', '/{', '/((a))', '/a/(?:b)', '/**'])('refuses what does not compile: %s', (pattern) => {
    expect(() => createRouteMatcher(pattern)).toThrow(expect.objectContaining({ code: 'configuration-invalid' }));
  });

  it('SC-093 is quick for any path under the patterns that are allowed', () => {
    const isSlow = createRouteMatcher(['/(.*)/edit(.*)', '/:a/:b*', '/api/:path*', '/(en|de)/(.*)', /^\/(?:a|b)+\/c/]);
    const started = performance.now();
    for (const unit of ['a', '/a', '%', '%61', '/edit', 'é', ';', 'ab/']) {
      const path = `/${encodeURI(unit).repeat(1200).slice(0, 4000)}`;
      try {
        isSlow(request(path));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPathError);
      }
    }
    expect(performance.now() - started).toBeLessThan(1000);
    expect(() => isSlow(request(`/${'a'.repeat(100_000)}`))).toThrow(expect.objectContaining({ status: 414 }));
  });
});
