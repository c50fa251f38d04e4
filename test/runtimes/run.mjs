// Runs the suite in every runtime: node test/runtimes/run.mjs [--write-table]
//
// Installs the runtimes when they are missing, runs the tests of this folder, and prints how many passed in each. Ends with 0
// only if every test ran and passed. With --write-table it runs the conformance suite of npm test as well, and writes what came
// out into the README.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareWorkspace } from '../../scripts/prepare/prepare-workspace.mjs';
import { readResults } from './support/read-results.mjs';
import { formatTable, writeTable } from './support/support-table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = fileURLToPath(new URL('.', import.meta.url));
const isWriting = process.argv.includes('--write-table');

installRuntimes();
prepareWorkspace();

const report = runTests(['--config', 'test/runtimes/vitest.config.ts'], 'runtimes');
const reports = [report];
if (isWriting) reports.push(runTests(['test/conformance'], 'conformance'));

const { groups, passed, failed } = readResults(reports);
const table = formatTable(groups);
console.log(`\n${table}\n`);
if (isWriting && failed === 0) writeTable(join(root, 'README.md'), table);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** The packages bring the runtimes for this machine along. Does nothing if all are there in the versions of the lock file. */
function installRuntimes() {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const isInstalled = Object.entries(dependencies).every(([name, wanted]) => {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    return (
      existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === wanted.replace(/^npm:.*@/, '')
    );
  });
  if (!isInstalled) run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

function runTests(args, name) {
  const output = mkdtempSync(join(tmpdir(), 'keystile-runtimes-'));
  const file = join(output, `${name}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters], {
    cwd: root,
    stdio: 'inherit',
  });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '{"testResults":[]}';
  rmSync(output, { recursive: true });
  return JSON.parse(text);
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
