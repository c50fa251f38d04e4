import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPostgres, type PostgresCluster, startPostgres } from './support/postgres-cluster.ts';

// The suites of the local backend once more, on PostgreSQL: every operation and its behaviour, the store, the controls.

const root = fileURLToPath(new URL('../../', import.meta.url));
const suites = [
  'packages/local/src/backend-api',
  'packages/local/src/control',
  'packages/local/src/store',
  'test/contract/contract.test.ts',
  ...['client-api', 'console', 'handshake', 'oauth', 'pages', 'sign-in', 'sign-up', 'testing', 'webhooks'].map(
    (name) => `test/local/${name}.test.ts`,
  ),
];
const bin = findPostgres();
const folder = mkdtempSync(join(tmpdir(), 'keystile-suites-'));
const report = join(folder, 'report.json');
let cluster: PostgresCluster | undefined;

beforeAll(async () => {
  if (bin === undefined) return;
  cluster = await startPostgres(bin, { durable: false });
  const flags = ['run', ...suites, '--retry=1', '--reporter=json', `--outputFile=${report}`];
  const env = { ...process.env, KEYSTILE_TEST_DATABASE: cluster.url };
  // How it ends is in the report.
  await promisify(execFile)(process.execPath, ['node_modules/vitest/vitest.mjs', ...flags], { cwd: root, env }).catch(
    () => {},
  );
}, 600_000);

afterAll(async () => {
  await cluster?.remove();
  rmSync(folder, { recursive: true });
});

test.skipIf(bin === undefined)('the suites pass on PostgreSQL as they do on SQLite', () => {
  const { testResults, numPassedTests } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const failed = testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message ? [`${name}: ${message}`] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`),
  ]);
  expect(failed).toEqual([]);
  expect(numPassedTests).toBeGreaterThan(900);
});

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}
