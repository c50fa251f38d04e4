import { ConfigurationError } from '@keystile/core';
import { type Key, parse } from 'path-to-regexp';

/**
 * Refuses patterns that could take very long to match, since an attacker chooses the path: a repetition within a repetition
 * may take exponential time, and with each wildcard that stretches over several segments the time grows by a power.
 *
 * @throws ConfigurationError
 */
export function assertBoundedPattern(pattern: string): void {
  const keys = parsePattern(pattern).filter((token) => typeof token !== 'string');
  const wildcards = keys.reduce((count, key) => count + countWildcards(key), 0);
  if (wildcards > 2 || keys.some((key) => hasNestedRepetition(key.pattern))) {
    throw slow(pattern, 'use two wildcards at most, and no repetition within a repetition');
  }
}

/** The same for a regular expression, of which only the worst can be told from outside. */
export function assertBoundedRegExp({ source }: RegExp): void {
  if (hasNestedRepetition(source)) throw slow(source, 'use no repetition within a repetition');
}

function slow(pattern: string, advice: string): ConfigurationError {
  return new ConfigurationError(
    'routes',
    `the pattern ${JSON.stringify(pattern)} could take very long to match: ${advice}.`,
  );
}

function parsePattern(pattern: string): ReturnType<typeof parse> {
  try {
    return parse(pattern);
  } catch (cause) {
    throw new ConfigurationError('routes', `the pattern ${JSON.stringify(pattern)} does not compile.`, { cause });
  }
}

function countWildcards({ pattern, modifier }: Key): number {
  const isRepeated = modifier === '*' || modifier === '+';
  const within = isOneSegment(pattern) ? 0 : scanRepetitions(pattern).count;
  // Segments that may hold slashes of their own can be divided in ever so many ways.
  return isRepeated && within > 0 ? Number.POSITIVE_INFINITY : within + (isRepeated ? 1 : 0);
}

/** What the library writes for a plain `:name`. */
function isOneSegment(pattern: string): boolean {
  return pattern.endsWith('[^\\/#\\?]+?') || pattern.endsWith('[^\\/#\\?])+?');
}

function hasNestedRepetition(source: string): boolean {
  return scanRepetitions(source).isNested;
}

/** Finds the unbounded repetitions (`*`, `+`, `{n,}`) in the source of a regular expression. */
function scanRepetitions(source: string): { readonly count: number; readonly isNested: boolean } {
  const plain = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  /** For each group that is open: whether it holds a repetition. */
  const groups: boolean[] = [false];
  let count = 0;
  let isNested = false;
  let wasRepeating = false;
  for (const [token] of plain.matchAll(/[()*+]|\{\d+,\}|./gs)) {
    const isRepetition = token === '*' || token === '+' || token.startsWith('{');
    if (token === '(') groups.push(false);
    else if (isRepetition) {
      count++;
      isNested ||= wasRepeating;
      groups[groups.length - 1] = true;
    }
    wasRepeating = false;
    if (token === ')' && groups.length > 1) {
      wasRepeating = groups.pop() === true;
      if (wasRepeating) groups[groups.length - 1] = true;
    }
  }
  return { count, isNested };
}
