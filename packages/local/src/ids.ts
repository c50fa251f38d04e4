import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Makes ids and secrets of one backend. */
export interface Ids {
  /**
   * An id such as `user_2…`: the prefix, then 27 base62 characters. They begin with the time and a count, so that ids made
   * later in one process sort later even within a millisecond. Not a secret.
   */
  create(prefix: string): string;
}

/** @param now Epoch milliseconds. */
export function createIds(now: () => number): Ids {
  let last = 0;
  let count = 0;
  return {
    create(prefix) {
      // Never behind an id already given out, even when a test turns the clock back.
      const time = Math.max(last, Math.floor(now()));
      count = time === last ? count + 1 : 0;
      last = time;
      return `${prefix}_2${base62(time, 7)}${base62(count, 4)}${randomBase62(15)}`;
    },
  };
}

/** So many random base62 characters: 5.95 bits each. */
export function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      // 248 is the largest multiple of 62 that fits a byte: anything above would favour the first characters.
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
}

function base62(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62)) text = alphabet[rest % 62] + text;
  return text;
}
