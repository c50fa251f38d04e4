import { expect, test } from 'vitest';
import { createTotp, isTotpSecret, verifyTotp } from './totp.ts';

// RFC 6238 appendix B, SHA-1; the last six of its eight digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at second %i the code is %s', (second, code) => {
  expect(createTotp(secret, second * 1000)).toBe(code);
  expect(verifyTotp(secret, code, second * 1000)).toBe(true);
  expect(verifyTotp(secret, code, (second + 30) * 1000)).toBe(true);
  expect(verifyTotp(secret, code, (second + 60) * 1000)).toBe(false);
});

test.each(['', '28708', '2870820', 'abcdef', '２８７０８２', '287082\n'])('%j is no code', (code) => {
  expect(verifyTotp(secret, code, 59_000)).toBe(false);
});

test.each(['', 'not base32!', '1890'])('%j is no secret', (text) => {
  expect(isTotpSecret(text)).toBe(false);
  expect(createTotp(text, 0)).toBeUndefined();
  expect(verifyTotp(text, '287082', 59_000)).toBe(false);
});

test('a secret may be written in groups, and in lower case', () => {
  expect(createTotp('gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 59_000)).toBe('287082');
});
