// Runs the suite in every runtime: node test/runtimes/run.mjs [--install | --write-table]
//
// Installs the runtimes and Next 15 when they are missing, runs the tests of this folder and core's own tests in each, and prints how many
// passed where. Ends with 0 only if every test ran and passed. With --write-table it also runs what npm test runs on this Node,
// and writes what came out into the README. With --install it installs and does no more.
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
const installed = (path) => join(folder, 'node_modules', path);

/** All else runs without Chromium, too. */
const TESTS_IN_BROWSERS = '**/*.browser.test.ts';
const hasChromium = existsSync('/usr/bin/chromium');
if (!hasChromium) console.warn('Left out: the test in a browser, since there is no /usr/bin/chromium.');

/** Without the comparison with another package, which says nothing of runtimes. */
const CORE_SUITE = ['--project=unit', 'packages/core/src', '--exclude=**/differential.test.ts'];
const RUNS = [
  {
    name: 'runtimes',
    args: ['--config=test/runtimes/vitest.config.ts', ...(hasChromium ? [] : [`--exclude=${TESTS_IN_BROWSERS}`])],
  },
  {
    name: 'core on Node 22',
    group: 'core suite on Node 22',
    command: [installed('node22/bin/node')],
    args: CORE_SUITE,
  },
  {
    name: 'core on Node 24',
    group: 'core suite on Node 24',
    command: [installed('node24/bin/node')],
    args: CORE_SUITE,
  },
  { name: 'core on Bun', group: 'core suite on Bun', command: [installed('.bin/bun'), '--bun'], args: CORE_SUITE },
  {
    name: 'core on Deno',
    group: 'core suite on Deno',
    command: [installed('.bin/deno'), 'run', '--allow-all', '--no-lock', '--node-modules-dir=manual'],
    // Its worker threads lack what vitest calls when it is done with one.
    args: [...CORE_SUITE, '--pool=forks'],
  },
];
const RUNS_OF_NPM_TEST = [
  { name: 'core on Node 20', group: 'core suite on Node 20', args: CORE_SUITE },
  // Some harnesses take a build of their own, and run only where they are asked to.
  { name: 'conformance', args: ['test/conformance'], env: { CI: 'true' } },
];

// The runtimes: their packages bring them along for this machine.
install(folder);
install(join(folder, 'next-app-15'));
if (process.argv.includes('--install')) process.exit(0);
prepareWorkspace();

const runs = [...RUNS, ...(isWriting ? RUNS_OF_NPM_TEST : [])].map((run) => ({ ...run, report: runTests(run) }));
const { groups, failures, passed, failed } = readResults(runs);
for (const { name, message } of failures) console.error(`FAIL ${name}\n${message}\n`);
const table = formatTable(groups);
console.log(`\n${table}\n`);
if (isWriting && failed === 0) writeTable(join(root, 'README.md'), table);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** Installs what a folder lists. Does nothing if all is there in the versions that are wanted. */
function install(cwd) {
  const { dependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const isInstalled = Object.entries(dependencies).every(([name, wanted]) => {
    const manifest = join(cwd, 'node_modules', name, 'package.json');
    return (
      existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === wanted.replace(/^npm:.*@/, '')
    );
  });
  if (isInstalled) return;
  // Not `npm ci`: it refuses a lock file that lists runtimes for machines of another kind without their addresses.
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs vitest, in another runtime than this Node where there is a command for it, and gives its report. */
function runTests({ name, command = [process.execPath], args, env = {} }) {
  const output = mkdtempSync(join(tmpdir(), 'keystile-runtimes-'));
  const file = join(output, 'report.json');
  const [program, ...before] = command;
  const startedAt = Date.now();
  const { stdout, stderr } = spawnSync(
    program,
    [...before, 'node_modules/vitest/vitest.mjs', 'run', ...args, '--reporter=json', `--outputFile.json=${file}`],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  rmSync(output, { recursive: true });
  if (text === undefined) console.error(`${stdout}\n${stderr}`);
  console.log(`${name}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
  return text === undefined ? { testResults: [] } : JSON.parse(text);
}
