import fc from 'fast-check';
import { expect, it } from 'vitest';
import { equalInConstantTime } from './equal-in-constant-time.ts';

it('SC-121 says what === says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(equalInConstantTime(a, b)).toBe(a === b);
      expect(equalInConstantTime(a, `${a}`)).toBe(true);
      expect(equalInConstantTime(a, `${a}\0`)).toBe(false);
    }),
  );
});

it('SC-121 tells a difference at any place', () => {
  const text = 'x'.repeat(40);
  for (let i = 0; i < text.length; i++) {
    expect(equalInConstantTime(`${text.slice(0, i)}y${text.slice(i + 1)}`, text)).toBe(false);
  }
});
