import { ConfigurationError } from './errors.ts';

/**
 * Checks of options, for callers whose compiler did not check them. Each gives the value, or the default where none was
 * given, and throws a ConfigurationError that names the option.
 */

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
const LARGEST_COUNT = 10_000_000;

export function toFlag(option: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value !== 'boolean') throw new ConfigurationError(option, 'must be true or false.');
  return value;
}

export function toOneOf<const Choice extends string>(
  option: string,
  value: unknown,
  [fallback, ...others]: readonly [Choice, ...Choice[]],
): Choice {
  const choices: readonly unknown[] = [fallback, ...others];
  if (value === undefined) return fallback;
  if (!choices.includes(value)) throw new ConfigurationError(option, `must be one of: ${choices.join(', ')}.`);
  return value as Choice;
}

/** A number of things to keep; 0: none. */
export function toCount(option: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > LARGEST_COUNT) {
    throw new ConfigurationError(option, `must be a whole number from 0 to ${LARGEST_COUNT}.`);
  }
  return value as number;
}

/** A span of time in milliseconds; 0 is one. */
export function toDuration(option: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new ConfigurationError(option, 'must be a number of milliseconds, 0 or above.');
  }
  return value;
}

/** The time after which something is given up, in milliseconds: what a timer takes. */
export function toTimeout(option: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !(value > 0) || value > LONGEST_TIMEOUT_MS) {
    throw new ConfigurationError(option, 'must be a positive number of milliseconds.');
  }
  return value;
}

/** One text or several, as a frozen list of our own; none and the empty text are the empty list. */
export function toTexts(option: string, value: unknown): readonly string[] {
  if (value === undefined || value === '') return [];
  const list: unknown = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
    throw new ConfigurationError(option, 'must be a string or a list of strings.');
  }
  return Object.freeze([...list]);
}

/**
 * A switch that can also be a list. A single text is refused: as a list of characters it would match by accident.
 * @param toItem - puts an item of the list into the spelling that is compared
 */
export function toFlagOrTexts(
  option: string,
  value: unknown,
  fallback: boolean,
  toItem: (option: string, item: string) => string,
): boolean | readonly string[] {
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  if (!Array.isArray(value)) throw new ConfigurationError(option, 'must be true, false or a list of strings.');
  return toTexts(option, value).map((item) => toItem(option, item));
}

/** An origin in its canonical spelling. */
export function assertOrigin(option: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new ConfigurationError(
      option,
      'must be an origin: scheme and host alone, for example https://app.example.com.',
    );
  }
  return url.origin;
}

export function assertFunction<T>(option: string, value: T | undefined): T | undefined {
  if (value !== undefined && typeof value !== 'function') throw new ConfigurationError(option, 'must be a function.');
  return value;
}
