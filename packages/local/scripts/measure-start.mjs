// How long until the first answer, and how much memory: the median of several starts, in process and from the start of node.
// Run after a build: node packages/local/scripts/measure-start.mjs [starts]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const starts = Number(process.argv[2] ?? 15);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const entry = new URL('../dist/bundle/index.js', import.meta.url);

if (process.argv.includes('--child')) {
  const { startLocalBackend } = await import(entry.href);
  const called = performance.now();
  const backend = await startLocalBackend();
  const answer = await fetch(`${backend.url}/v1/jwks`, { headers: { authorization: `Bearer ${backend.secretKey}` } });
  if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
  const answered = Date.now();
  console.log(JSON.stringify({ answered, fromCall: performance.now() - called, rss: process.memoryUsage.rss() }));
  await backend.close();
  // Long enough for the next start to find a key.
  process.exit(0);
}

const cold = [];
const called = [];
const memory = [];
for (let index = 0; index < starts; index++) {
  const begun = Date.now();
  const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--child'], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const { answered, fromCall, rss } = JSON.parse(stdout);
  cold.push(answered - begun);
  called.push(fromCall);
  memory.push(rss);
}

const { startLocalBackend } = await import(entry.href);
const inProcess = [];
for (let index = 0; index < starts; index++) {
  const begun = performance.now();
  const backend = await startLocalBackend({ listen: false });
  const answer = await backend.fetch('/v1/users', { headers: { authorization: `Bearer ${backend.secretKey}` } });
  await answer.json();
  inProcess.push(performance.now() - begun);
  await backend.close();
}

const report = (what, values, unit) =>
  console.log(
    `${what.padEnd(52)} median ${median(values).toFixed(1)} ${unit}  (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}, ${values.length} starts)`,
  );
report('first answer from the start of node, over HTTP', cold, 'ms');
report('first answer from the call, over HTTP, first in process', called, 'ms');
report('first answer from the call, in process, no socket', inProcess, 'ms');
report(
  'resident memory after the first answer',
  memory.map((bytes) => bytes / 1e6),
  'MB',
);
