import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fillKeyPool, takeSigningKey } from './key-pool.ts';

const folderForTest = () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'keystile-pool-')), 'keys');
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true }));
  return folder;
};
const waiting = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.pem'));

test('a key is handed out once, and none is left behind', async () => {
  const folder = folderForTest();
  await fillKeyPool(2, folder);
  expect(waiting(folder)).toHaveLength(2);
  const keys = await Promise.all([takeSigningKey(folder), takeSigningKey(folder), takeSigningKey(folder)]);
  expect(new Set(keys).size).toBe(3);
  expect(readdirSync(folder)).toEqual([]);
});

test('keys can be read by their owner alone', async () => {
  const folder = folderForTest();
  await fillKeyPool(1, folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of waiting(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test('no key is taken from a folder that others can write to', async () => {
  const folder = folderForTest();
  await fillKeyPool(1, folder);
  chmodSync(folder, 0o777);
  expect(await takeSigningKey(folder)).toContain('BEGIN PRIVATE KEY');
  expect(waiting(folder)).toHaveLength(1);
});
