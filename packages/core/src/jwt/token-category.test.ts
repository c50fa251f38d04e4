import { expect, test } from 'vitest';
import { isM2MCategory, isSessionCategory, tokenCategory } from './token-category.ts';

test.each([
  [undefined, 'none', true, true],
  ['cl_B7d4PD111AAA', 'session', true, false],
  ['cl_B7d4PD222AAA', 'template', false, false],
  ['cl_B7d4PD333AAA', 'm2m', false, true],
  ['cl_I7d4PD111III', 'ignore', true, false],
  ['cl_b7d4pd111aaa', 'unknown', false, false],
  ['cl_B7d4PD111AAA ', 'unknown', false, false],
  ['', 'unknown', false, false],
  [null, 'unknown', false, false],
  [['cl_B7d4PD111AAA'], 'unknown', false, false],
  ['constructor', 'unknown', false, false],
])('section 4.1: the category %j is %s', (cat, category, isSession, isM2M) => {
  expect(tokenCategory({ cat })).toBe(category);
  expect(isSessionCategory({ cat })).toBe(isSession);
  expect(isM2MCategory({ cat })).toBe(isM2M);
});
