import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listBuildInputs } from './build-inputs.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STAMPS = join(ROOT, 'node_modules/.cache/keystile');

/** Installs and builds what is missing or out of date. Says nothing and takes no time when all is there. */
export function prepareWorkspace() {
  const lock = hash([readFileSync(join(ROOT, 'package-lock.json'))]);
  unlessStamped('installed', lock, install);
  const inputs = hash(listBuildInputs(ROOT));
  unlessStamped('built', hasAllOutputs() ? inputs : undefined, build, inputs);
}

function install() {
  console.log('Installing …');
  // Not `npm ci`: it would remove what is there first, and it refuses a lock file without the optional binaries of other
  // platforms, which not every mirror has. Versions come out of the lock file either way, and --no-save leaves that alone.
  npm('install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error');
}

function build() {
  console.log('Building …');
  node(join(ROOT, 'scripts/build.mjs'));
}

/** Whether every project of the build has been compiled at some time; of what, the stamp says. */
function hasAllOutputs() {
  const { references } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  return references.every(({ path }) => existsSync(join(ROOT, path, 'dist/.tsbuildinfo')));
}

/** Runs a step unless it has been done for the same input; it has to succeed to count as done. */
function unlessStamped(name, found, step, wanted = found) {
  const stamp = join(STAMPS, name);
  if (found !== undefined && existsSync(stamp) && readFileSync(stamp, 'utf8') === found) return;
  rmSync(stamp, { force: true });
  step();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, wanted);
}

function hash(parts) {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
}

function npm(...args) {
  // Run by npm, we are told where it is; its command file is no program that Windows could start by itself.
  const { npm_execpath: script } = process.env;
  if (script?.endsWith('.js')) node(script, ...args);
  else run('npm', args, { shell: process.platform === 'win32' });
}

function node(...args) {
  run(process.execPath, args);
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
