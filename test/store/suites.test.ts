import { type ExecFileException, execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPostgres, type PostgresCluster, startPostgres } from './support/postgres-cluster.ts';

// The suites of the local backend once more, on PostgreSQL: every operation and its behaviour, the store, the controls.

const root = fileURLToPath(new URL('../../', import.meta.url));
const suites = [
  'packages/local/src/backend-api',
  'packages/local/src/control',
  'packages/local/src/store',
  'test/contract/contract.test.ts',
];
const bin = findPostgres();
const folder = mkdtempSync(join(tmpdir(), 'keystile-suites-'));
const report = join(folder, 'report.json');
let cluster: PostgresCluster | undefined;

beforeAll(async () => {
  cluster = bin === undefined ? undefined : await startPostgres(bin, { durable: false });
  const flags = ['run', ...suites, '--reporter=json', `--outputFile=${report}`];
  const engine = cluster === undefined ? {} : { KEYSTILE_TEST_DATABASE: cluster.url };
  // How it ends is in the report.
  await run(['node_modules/vitest/vitest.mjs', ...flags], engine);
}, 300_000);

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
  expect(numPassedTests).toBeGreaterThan(500);
});

function run(command: string[], environment: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...environment };
    execFile(process.execPath, command, { cwd: root, env }, (error: ExecFileException | null, _, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stderr }),
    );
  });
}

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
