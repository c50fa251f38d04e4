const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Whether a timer takes the value, which is in milliseconds. */
export const isTimeout = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value <= LONGEST_TIMEOUT_MS;

/** Whether the value may travel in a header as one word. `fetch` would name what it refuses in its error. */
export const isHeaderWord = (value: unknown): boolean => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
