import { timingSafeEqual } from 'node:crypto';

/** Compares two secrets without telling by the time it takes how much of them agrees. Their length is no secret. */
export function equalInConstantTime(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
