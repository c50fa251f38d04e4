import { describe, expect, it } from 'vitest';
import { CookieRefusals } from './cookie-refusals.ts';

describe('CookieRefusals', () => {
  it('counts up to the end of a chain, each browser for itself', () => {
    const refusals = new CookieRefusals(() => 0);
    const counts = [1, 2, 3, 4, 5].map(() => {
      refusals.note('a');
      return refusals.count('a');
    });
    expect(counts).toEqual([1, 2, 3, 3, 3]);
    expect(refusals.count('b')).toBe(0);
  });

  it('forgets after ten seconds, and when the clock goes back (SC-019)', () => {
    let now = 50_000;
    const refusals = new CookieRefusals(() => now);
    refusals.note('a');
    now += 9_999;
    expect(refusals.count('a')).toBe(1);
    now += 1;
    expect(refusals.count('a')).toBe(0);
    now = 0;
    expect(refusals.count('a')).toBe(0);
  });

  it('is bounded', () => {
    const refusals = new CookieRefusals(() => 0);
    refusals.note('first');
    for (let index = 0; index < 1_000; index++) refusals.note(`browser ${index}`);
    expect(refusals.count('first')).toBe(0);
    expect(refusals.count('browser 999')).toBe(1);
  });
});
