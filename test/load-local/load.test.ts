import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { backendBundle, bundleBackend } from '../store/support/writer.ts';

const script = fileURLToPath(new URL('../../packages/local/scripts/load.mjs', import.meta.url));

interface Verification {
  readonly name: string;
  readonly stored: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Microseconds of the server's processor for one. */
  readonly cpuPerRequest: number;
}

interface Report {
  readonly mixed: {
    readonly statuses: Readonly<Record<string, number>>;
    readonly serverErrors: number;
    readonly lostUpdates: readonly string[];
  };
  readonly verify: readonly Verification[];
}

beforeAll(bundleBackend, 30_000);

test('SC-130 sixty-four clients: no 5xx, no lost update, and verification costs the same with many tokens stored', async () => {
  const flags = ['--seconds', '3', '--verify-seconds', '1', '--stored', '100000', '--backend', backendBundle, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...flags]);
  const { mixed, verify } = JSON.parse(stdout) as Report;
  expect(mixed.lostUpdates).toEqual([]);
  expect(Object.keys(mixed.statuses)).toEqual(['200']);

  expect(verify).toHaveLength(6);
  for (const { statuses } of verify) expect(Object.keys(statuses)).toEqual(['200']);
  for (const few of verify.slice(0, 3)) {
    const many = verify.find(({ name, stored }) => name === few.name && stored === 100_000);
    // Processor time, not the clock's: a machine that is busy with other things slows both, and not alike. What scans its
    // table would take a hundred times as long.
    expect(many?.cpuPerRequest).toBeLessThan(few.cpuPerRequest * 3);
  }
}, 120_000);
