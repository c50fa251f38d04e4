import { ConfigurationError, KeystileError } from '@keystile/core';
import type { NextRequest } from 'next/server.js';
import { pathToRegexp } from 'path-to-regexp';
import { assertBoundedPattern, assertBoundedRegExp } from './bounded-pattern.ts';

/** A route: a pattern (path-to-regexp version 6), a regular expression for the path, or a function of the request. */
export type RoutePattern = string | RegExp | ((request: NextRequest) => boolean);

/** The path of a request says nothing that a router understands. Answered with 400. */
export class MalformedPathError extends KeystileError<'path-malformed'> {
  override readonly name = 'MalformedPathError';

  constructor(problem: string, status: number) {
    super('path-malformed', `The path of the request ${problem}.`, { status });
  }
}

/**
 * Creates a function that says whether a request is for one of some routes.
 *
 * ```ts
 * const isPublic = createRouteMatcher(['/', '/sign-in(.*)', '/api/webhooks/:path*']);
 *
 * export default authMiddleware(async (auth, request) => {
 *   if (!isPublic(request)) await auth.protect();
 * });
 * ```
 *
 * List what is public, as above, rather than what is protected: a route that was forgotten is then closed. `/dash(.*)`
 * matches `/dashboard` as well; `/dash/:path*` stays within the segment. Case and a slash at the end do not matter;
 * patterns see the path decoded once, without its base path and locale, and with runs of slashes as one.
 *
 * @throws ConfigurationError for an empty list, a pattern that does not compile, or one that could take very long to match
 */
export function createRouteMatcher(routes: RoutePattern | readonly RoutePattern[]): (request: NextRequest) => boolean {
  const list = Array.isArray(routes) ? (routes as readonly RoutePattern[]) : [routes as RoutePattern];
  const matchers = list.map(toMatcher);
  return (request) => {
    const path = normalizePath(request.nextUrl.pathname);
    return matchers.some((matches) => matches(path, request));
  };
}

type Matcher = (path: string, request: NextRequest) => boolean;

function toMatcher(route: RoutePattern): Matcher {
  if (typeof route === 'function') return (_, request) => route(request);
  const pattern = route instanceof RegExp ? withoutMemory(route) : compile(route);
  return (path) => pattern.test(path);
}

/** With `g` or `y`, a regular expression remembers where it matched last, and answers differently the next time. */
function withoutMemory(pattern: RegExp): RegExp {
  assertBoundedRegExp(pattern);
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
}

function compile(pattern: string): RegExp {
  if (typeof pattern !== 'string')
    throw new ConfigurationError('routes', 'must be patterns, regular expressions or functions.');
  // No path is empty.
  if (pattern === '') return /(?!)/;
  assertBoundedPattern(pattern);
  try {
    return pathToRegexp(pattern);
  } catch (cause) {
    throw new ConfigurationError('routes', `the pattern ${JSON.stringify(pattern)} does not compile.`, { cause });
  }
}

/** Longer than any path that a router knows. What a pattern of two wildcards has to do with it stays small. */
const MAXIMUM_LENGTH = 4096;

/** The path of a page's data, where Next was told to leave it as it is (`skipProxyUrlNormalize`). */
const PAGE_DATA = /^\/_next\/data\/[^/]+(\/.*)\.json$/;

/** The path as the router reads it: decoded once (`%2F` stays within its segment), with runs of slashes as one. */
function normalizePath(pathname: string): string {
  if (pathname.length > MAXIMUM_LENGTH) throw new MalformedPathError('is too long', 414);
  let path: string;
  try {
    path = decodeURI(pathname);
  } catch {
    throw new MalformedPathError('is not properly encoded', 400);
  }
  path = path.replace(/\/{2,}/g, '/');
  return PAGE_DATA.exec(path)?.[1] ?? path;
}
