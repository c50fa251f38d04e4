import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generate } from '../../scripts/generate.mjs';

const files = Object.entries(generate());

describe('regenerating leaves no diff', () => {
  test.each(files)('%s', (path, text) => {
    expect(readFileSync(new URL(`../../packages/core/${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  test('and is the same twice', () => {
    expect(Object.entries(generate())).toEqual(files);
  });
});

test.each(files)('%s declares no any', (_, text) => {
  const code = text.replace(/\/\*\*?[\s\S]*?\*\/|\/\/.*/g, '').replace(/'[^']*'/g, "''");
  expect(code).not.toMatch(/\bany\b/);
});
