// How long until the first answer, and how much memory: the median of several starts, in process and from the start of node.
// Keys that were made ahead are there, as on every start but the first few of a machine; the last line is without.
// Run after a build: node packages/local/scripts/measure-start.mjs [starts]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillKeyPool } from '../dist/issuing/key-pool.js';

const entry = new URL('../dist/bundle/index.js', import.meta.url);

/** Starts a backend, says where, and waits to be ended. */
if (process.argv.includes('--child')) {
  const { startLocalBackend } = await import(entry.href);
  const called = performance.now();
  const { url, secretKey } = await startLocalBackend();
  console.log(JSON.stringify({ url, secretKey, fromCall: performance.now() - called }));
  process.on('message', () => process.send({ rss: process.memoryUsage.rss() }));
} else {
  const starts = Number(process.argv[2] ?? 15);
  const cache = mkdtempSync(join(tmpdir(), 'keystile-start-'));
  process.env.XDG_CACHE_HOME = cache;
  try {
    await fillKeyPool(2 * starts);
    const { cold, called, memory } = await measureProcesses(starts, cache);
    report('first answer from the start of node, over HTTP', cold, 'ms');
    report('first answer from the call, over HTTP, first in process', called, 'ms');
    report('first answer from the call, in process, no socket', await measureInProcess(starts), 'ms');
    report('resident memory after the first answer', memory, 'MB');
    const { cold: withoutKeys } = await measureProcesses(starts, join(cache, 'empty'), { emptied: true });
    report('first answer from the start of node, no key made ahead', withoutKeys, 'ms');
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

async function measureProcesses(starts, cache, { emptied = false } = {}) {
  const cold = [];
  const called = [];
  const memory = [];
  for (let index = 0; index < starts; index++) {
    if (emptied) rmSync(cache, { recursive: true, force: true });
    const begun = performance.now();
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--child'], {
      env: { ...process.env, XDG_CACHE_HOME: cache },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const [line] = await once(child.stdout, 'data');
    const { url, secretKey, fromCall } = JSON.parse(line);
    const requested = performance.now();
    await request(`${url}/v1/users`, secretKey);
    const answered = performance.now();
    cold.push(answered - begun);
    called.push(fromCall + answered - requested);
    child.send('memory');
    const [{ rss }] = await once(child, 'message');
    memory.push(rss / 1e6);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  return { cold, called, memory };
}

async function measureInProcess(starts) {
  const { startLocalBackend } = await import(entry.href);
  const times = [];
  for (let index = 0; index < starts; index++) {
    const begun = performance.now();
    const backend = await startLocalBackend({ listen: false });
    const answer = await backend.fetch('/v1/users', { headers: { authorization: `Bearer ${backend.secretKey}` } });
    await answer.json();
    times.push(performance.now() - begun);
    await backend.close();
  }
  return times;
}

/** Over a plain connection: what a client takes to load is not the backend's. */
async function request(url, secretKey) {
  const [response] = await once(
    get(url, { agent: false, headers: { authorization: `Bearer ${secretKey}` } }),
    'response',
  );
  if (response.statusCode !== 200) throw new Error(`answered ${response.statusCode}`);
  await once(response.resume(), 'end');
}

function report(what, values, unit) {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(values.length / 2)];
  console.log(
    `${what.padEnd(56)} median ${median.toFixed(1)} ${unit}  (${sorted[0].toFixed(1)} to ${sorted.at(-1).toFixed(1)}, ${values.length} starts)`,
  );
}
