import { type Key, type MatchFunction, match, parse, type Token } from '#path-to-regexp';
import type { SessionIdentity } from '../auth/session-identity.ts';
import type { OrganizationSyncOptions } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import { toTexts } from '../option-checks.ts';
import type { Notices } from './notices.ts';

/** Which organisation a URL belongs to. */
export type OrganizationTarget =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'slug'; readonly slug: string }
  | { readonly kind: 'personal' };

/** Says which organisation a path belongs to; undefined: to none in particular. */
export type MatchOrganization = (pathname: string) => OrganizationTarget | undefined;

const OPTION = 'organizationSyncOptions';
const PERSONAL: OrganizationTarget = { kind: 'personal' };

/**
 * Compiles the patterns by which URLs choose the active organisation (protocol section 7.1).
 *
 * @throws ConfigurationError naming `organizationSyncOptions` if a pattern does not compile or could take more than linear time
 */
export function compileOrganizationSync(
  options: OrganizationSyncOptions | undefined,
  notices: Notices,
): MatchOrganization | undefined {
  const organizations = toTexts(OPTION, options?.organizationPatterns).map(compilePattern);
  const personalAccounts = toTexts(OPTION, options?.personalAccountPatterns).map(compilePattern);
  if (organizations.length === 0 && personalAccounts.length === 0) return undefined;
  const find: MatchOrganization = (pathname) => {
    const found = firstMatch(organizations, pathname);
    if (found?.id) return { kind: 'id', id: found.id };
    if (found?.slug) return { kind: 'slug', slug: found.slug };
    return firstMatch(personalAccounts, pathname) === undefined ? undefined : PERSONAL;
  };
  return (pathname) => {
    try {
      return find(pathname);
    } catch {
      // The engine may give up on a path of extreme length.
      notices.tell('organization-pattern', 'A pattern of organizationSyncOptions could not be matched.');
      return undefined;
    }
  };
}

/** Whether a session has another organisation active than the URL asks for. */
export function mustActivate(target: OrganizationTarget, identity: SessionIdentity): boolean {
  switch (target.kind) {
    case 'id':
      return target.id !== identity.orgId;
    case 'slug':
      return target.slug !== identity.orgSlug;
    case 'personal':
      return identity.orgId !== undefined;
  }
}

/** How a target is named in a handshake URL: by id, by slug, or empty for the personal account. */
export function toOrganizationParameter(target: OrganizationTarget): string {
  switch (target.kind) {
    case 'id':
      return target.id;
    case 'slug':
      return target.slug;
    case 'personal':
      return '';
  }
}

interface Captured {
  readonly id?: string;
  readonly slug?: string;
}

function firstMatch(patterns: readonly MatchFunction<Captured>[], pathname: string): Captured | undefined {
  for (const matches of patterns) {
    const found = matches(pathname);
    if (found !== false) return found.params;
  }
  return undefined;
}

function compilePattern(pattern: string): MatchFunction<Captured> {
  let compiled: MatchFunction<Captured>;
  try {
    compiled = match<Captured>(pattern);
  } catch (cause) {
    throw new ConfigurationError(OPTION, `the pattern ${JSON.stringify(pattern)} does not compile.`, { cause });
  }
  if (!isLinear(pattern)) {
    const advice = 'use one wildcard at most, and no repetition within a repetition';
    throw new ConfigurationError(
      OPTION,
      `the pattern ${JSON.stringify(pattern)} could take very long to match: ${advice}.`,
    );
  }
  return compiled;
}

/**
 * Whether a pattern matches in linear time whatever the path: at most one part of it may stretch over several segments, and
 * no two may touch, since then a path can be divided between them in many ways and each is tried.
 */
function isLinear(pattern: string): boolean {
  let stretching = 0;
  let previous: Token = '';
  for (const token of parse(pattern)) {
    if (typeof token !== 'string') {
      if (typeof previous !== 'string' && previous.suffix === '' && token.prefix === '') return false;
      const isRepeated = token.modifier === '*' || token.modifier === '+';
      stretching += (isRepeated ? 1 : 0) + (isOneSegment(token) ? 0 : unboundedQuantifiers(token.pattern));
    }
    previous = token;
  }
  return stretching <= 1;
}

/** What the library writes for a plain `:name`, and a repeated class of characters that fills a segment of its own. */
function isOneSegment({ pattern, prefix }: Key): boolean {
  if (pattern.endsWith('[^\\/#\\?]+?') || pattern.endsWith('[^\\/#\\?])+?')) return true;
  return prefix === '/' && /^(?:\\[dw]|\[[\w-]+\])[*+]$/.test(pattern);
}

/** A repeated group counts twice: what it repeats may be repeated as well. */
function unboundedQuantifiers(source: string): number {
  const plain = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const quantified = plain.match(/.(?:[*+]|\{\d+,\d*\})|\)\{/g) ?? [];
  return quantified.reduce((count, [repeated]) => count + (repeated === ')' ? 2 : 1), 0);
}
