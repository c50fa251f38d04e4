import { expect, test } from 'vitest';
import { processEnvironment, readSwitch, readText } from './environment.ts';

test.each([
  ['true', true],
  ['TRUE', true],
  ['True', true],
  ['1', true],
  ['42', true],
  ['false', false],
  ['0', false],
  ['00', false],
  ['-1', false],
  ['1.5', false],
  ['yes', false],
  [' true', false],
  ['', undefined],
  [undefined, undefined],
  [true, undefined],
])('a switch of %j is %s', (value, expected) => {
  expect(readSwitch({ X: value }, 'X')).toBe(expected);
});

test('SC-010 a variable called like a member of the prototype is not set', () => {
  expect(readText({}, 'constructor')).toBeUndefined();
  expect(readText({}, '__proto__')).toBeUndefined();
});

test('is that of the process', () => {
  expect(processEnvironment()).toBe(process.env);
});

test('SC-135 is empty where there is no process', () => {
  const { process: original } = globalThis;
  try {
    (globalThis as { process?: unknown }).process = undefined;
    expect(processEnvironment()).toEqual({});
  } finally {
    globalThis.process = original;
  }
});
