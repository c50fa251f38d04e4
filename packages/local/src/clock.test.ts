import { expect, test } from 'vitest';
import { createClock } from './clock.ts';

function machine() {
  let time = 1_000;
  const clock = createClock(() => time);
  return { clock, pass: (milliseconds: number) => (time += milliseconds) };
}

test('runs with the machine, ahead of it once advanced', () => {
  const { clock, pass } = machine();
  clock.advance(500);
  pass(10);
  expect(clock.now()).toBe(1_510);
});

test('frozen it stands, moves when told, and runs on from there', () => {
  const { clock, pass } = machine();
  clock.freeze();
  pass(10);
  expect(clock.now()).toBe(1_000);
  clock.advance(7);
  expect(clock.now()).toBe(1_007);
  clock.resume();
  pass(1);
  expect(clock.now()).toBe(1_008);
});

test('can be set, back as well, and reset', () => {
  const { clock, pass } = machine();
  clock.freeze(5);
  clock.resume();
  pass(1);
  expect(clock.now()).toBe(6);
  clock.reset();
  expect(clock.now()).toBe(1_001);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('does not advance by %d', (milliseconds) => {
  expect(() => machine().clock.advance(milliseconds)).toThrow(RangeError);
});
