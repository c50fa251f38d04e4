import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { Seal } from './seal.ts';

const seal = new Seal('sk_test_secret');

describe('Seal', () => {
  it('gives back what was sealed, under the same secret and for the same context', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (text, context) => {
        expect(await new Seal('sk_test_secret').open(await seal.seal(text, context), context)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('never gives the same twice, nor anything that a header could not hold', async () => {
    const [first, second] = [await seal.seal('a', ''), await seal.seal('a', '')];
    expect(first).not.toBe(second);
    expect(first).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['another secret', new Seal('sk_test_other'), ''],
    ['another context', seal, 'Bearer x'],
  ])('SC-061 does not open with %s', async (_, opener, context) => {
    expect(await opener.open(await seal.seal('{}', ''), context)).toBeUndefined();
  });

  it('SC-061 does not open what was changed in any bit', async () => {
    const bytes = fromBase64Url(await seal.seal('{"a":1}', '')) ?? new Uint8Array();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await seal.open(toBase64Url(changed), '')).toBeUndefined();
    }
  });

  it.each(['', 'x', 'AAAA', '====', 'a b', 'é', '\0', 'A'.repeat(1_000_000)])(
    'SC-061 does not open %j',
    async (garbage) => {
      expect(await seal.open(garbage, '')).toBeUndefined();
    },
  );
});
