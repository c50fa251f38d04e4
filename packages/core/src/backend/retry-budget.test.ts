import { expect, test } from 'vitest';
import { createRetryBudget } from './retry-budget.ts';

function spendAll(budget: ReturnType<typeof createRetryBudget>): number {
  let spent = 0;
  while (budget.spend()) spent += 1;
  return spent;
}

test('begins with ten retries', () => {
  expect(spendAll(createRetryBudget(() => 0))).toBe(10);
});

test('one in ten answered requests earns a retry', () => {
  const budget = createRetryBudget(() => 0);
  spendAll(budget);
  for (let answer = 0; answer < 9; answer += 1) budget.earn();
  expect(budget.spend()).toBe(false);
  for (let answer = 0; answer < 22; answer += 1) budget.earn();
  expect(spendAll(budget)).toBe(3);
});

test('saves no more than ten', () => {
  const budget = createRetryBudget(() => 0);
  for (let answer = 0; answer < 1000; answer += 1) budget.earn();
  expect(spendAll(budget)).toBe(10);
});

test('time gives back one retry in ten seconds', () => {
  let now = 0;
  const budget = createRetryBudget(() => now);
  spendAll(budget);
  now = 9_000;
  expect(budget.spend()).toBe(false);
  now = 31_000;
  expect(spendAll(budget)).toBe(3);
});

test('a clock that goes back takes nothing away', () => {
  let now = 1_000_000;
  const budget = createRetryBudget(() => now);
  now = 0;
  expect(spendAll(budget)).toBe(10);
});
