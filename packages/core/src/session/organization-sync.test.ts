import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../errors.ts';
import { Notices } from './notices.ts';
import { compileOrganizationSync } from './organization-sync.ts';

const notices = new Notices({ warn: () => {} }, () => 0);
const compile = (organizationPatterns: readonly string[], personalAccountPatterns: readonly string[] = []) =>
  compileOrganizationSync({ organizationPatterns, personalAccountPatterns }, notices);

describe('organisation patterns, section 7.1', () => {
  it.each([
    ['by slug', ['/orgs/:slug'], '/orgs/acme', { kind: 'slug', slug: 'acme' }],
    ['by id', ['/orgs/:id'], '/orgs/org_1', { kind: 'id', id: 'org_1' }],
    ['id before slug', ['/o/:slug/:id'], '/o/acme/org_1', { kind: 'id', id: 'org_1' }],
    ['trailing slash', ['/orgs/:slug'], '/orgs/acme/', { kind: 'slug', slug: 'acme' }],
    ['other case', ['/orgs/:slug'], '/ORGS/Acme', { kind: 'slug', slug: 'Acme' }],
    ['not decoded', ['/orgs/:slug'], '/orgs/a%2Fb', { kind: 'slug', slug: 'a%2Fb' }],
    ['one segment only', ['/orgs/:slug'], '/orgs/acme/settings', undefined],
    ['the rest', ['/orgs/:slug/(.*)'], '/orgs/acme/a/b', { kind: 'slug', slug: 'acme' }],
    ['the rest, none', ['/orgs/:slug/(.*)'], '/orgs/acme', undefined],
    ['repeated segments', ['/orgs/:slug/:rest*'], '/orgs/acme/a/b', { kind: 'slug', slug: 'acme' }],
    ['group', ['/orgs{/:slug}?'], '/orgs/acme', { kind: 'slug', slug: 'acme' }],
    ['custom segment', ['/:id(org_[a-z0-9]+)'], '/org_1x', { kind: 'id', id: 'org_1x' }],
    ['alternatives in order', ['/orgs/:slug', '/orgs/:id'], '/orgs/x', { kind: 'slug', slug: 'x' }],
    ['second alternative', ['/orgs/:slug', '/teams/:id'], '/teams/x', { kind: 'id', id: 'x' }],
    ['no match', ['/orgs/:slug'], '/other', undefined],
    ['match that names nothing', ['/orgs/(.*)'], '/orgs/acme', undefined],
    ['SC-010 name of the prototype', ['/orgs/:slug'], '/orgs/__proto__', { kind: 'slug', slug: '__proto__' }],
  ])('%s', (_, patterns, pathname, want) => {
    expect(compile(patterns)?.(pathname)).toEqual(want);
  });

  it.each([
    ['organisation first', '/me/acme', { kind: 'slug', slug: 'acme' }],
    ['personal account', '/me', { kind: 'personal' }],
    ['neither', '/', undefined],
  ])('personal accounts: %s', (_, pathname, want) => {
    expect(compile(['/me/:slug'], ['/me', '/me/(.*)'])?.(pathname)).toEqual(want);
  });

  it('costs nothing where there are no patterns', () => {
    expect(compile([], [])).toBeUndefined();
    expect(compileOrganizationSync(undefined, notices)).toBeUndefined();
    expect(compileOrganizationSync({}, notices)).toBeUndefined();
  });

  it.each([
    ['unbalanced', ['/orgs/(']],
    ['nameless', ['/orgs/:']],
    ['no text', [7 as unknown as string]],
  ])('A7 refuses a pattern that does not compile: %s', (_, patterns) => {
    expect(() => compile(patterns)).toThrow(expect.objectContaining({ option: 'organizationSyncOptions' }));
    expect(() => compile([], patterns)).toThrow(ConfigurationError);
  });

  it.each([
    ['two wildcards', '/(.*)/x/(.*)'],
    ['wildcard and repetition', '/(.*)/:rest*'],
    ['two repetitions', '/:a*/x/:b+'],
    ['repeated wildcard', '/:a(.*)*'],
    ['nested repetition', '/((?:a+)+)'],
    ['repeated group', '/((?:a|a)*)'],
    ['counted group', '/((?:a?){50}b)'],
    ['two quantifiers', '/(a*a*)'],
    ['adjacent classes', '/(\\d+)(\\d+)x'],
    ['repeated groups', '/{a}*{a}*x'],
    ['open-ended counts', '/(a{1,}a{1,})'],
  ])('SC-093 refuses a pattern that can take more than linear time: %s', (_, pattern) => {
    expect(() => compile([pattern])).toThrow(ConfigurationError);
  });

  it.each([
    '/orgs/:slug/(.*)',
    '/:id(org_.*)',
    '/:a-:b/:c',
    '/(\\d+)/(\\w+)/:slug',
    '/:year(\\d{4})/(.*)',
    '/orgs{/:slug}?/:rest*',
  ])('SC-093 matches hostile paths at once: %s', (pattern) => {
    const match = compile([pattern]);
    const paths = [
      '/'.repeat(100_000),
      `/${'a'.repeat(100_000)}`,
      '/a'.repeat(50_000),
      `/orgs/${'%'.repeat(100_000)}`,
      `/${'1'.repeat(100_000)}!`,
    ];
    const start = performance.now();
    for (const path of paths) match?.(path);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
