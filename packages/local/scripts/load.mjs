// Load on a local backend, over loopback, from clients in another process: first everything at once, then each kind of
// verification alone, with few tokens stored and with many. Fails on a 5xx and on a lost update.
// Run after a build: node packages/local/scripts/load.mjs [--seconds 30] [--clients 64] [--verify-seconds 5]
//   [--stored 1000000] [--database FILE|URL] [--backend MODULE] [--json]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { storeFillers, storeTokens } from './load/store-tokens.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    clients: { type: 'string', default: '64' },
    'verify-seconds': { type: 'string', default: '5' },
    stored: { type: 'string', default: '1000000' },
    database: { type: 'string' },
    backend: { type: 'string', default: new URL('../dist/bundle/index.js', import.meta.url).href },
    json: { type: 'boolean', default: false },
  },
});
const clientCount = Number(values.clients);
const few = 1_000;

const { startLocalBackend } = await import(values.backend);
const folder = mkdtempSync(join(tmpdir(), 'keystile-load-'));
const backend = await startLocalBackend({ database: values.database ?? join(folder, 'keystile.db') });
const clients = fork(new URL('./load/clients.mjs', import.meta.url));
const target = { url: backend.url, key: backend.secretKey };
const report = {
  engine: values.database?.startsWith('postgres') ? 'PostgreSQL' : 'SQLite',
  clients: clientCount,
  mixed: undefined,
  verify: [],
};

try {
  const shared = await api('POST', '/users', { username: `shared-${Date.now()}` });
  const owners = { user: shared.id, machine: (await api('POST', '/machines', { name: 'load' })).id };
  const tokens = await storeTokens(backend, owners, few);

  report.mixed = await measureMixed(shared, tokens);
  if (Number(values['verify-seconds']) > 0) {
    await measureVerification(tokens, few);
    const more = Number(values.stored) - few;
    const begun = performance.now();
    await storeFillers(backend, report.engine === 'PostgreSQL', owners, more);
    say(
      `\n${more.toLocaleString('en')} more of each kind stored in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    );
    await measureVerification(tokens, few + more);
  }
  if (values.json) console.log(JSON.stringify(report));
  if (report.mixed.serverErrors > 0 || report.mixed.lostUpdates.length > 0) process.exitCode = 1;
} finally {
  clients.disconnect();
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measureMixed(shared, tokens) {
  const before = await state(shared.id);
  const { latencies, statuses, expected, seconds, cpu } = await give({
    kind: 'mixed',
    seconds: Number(values.seconds),
    tokens,
    shared: shared.id,
    round: Date.now(),
  });
  const after = await state(shared.id);
  const lostUpdates = [];
  if (after.users - before.users !== expected.users)
    lostUpdates.push(`${expected.users} users were created, ${after.users - before.users} are there`);
  if (after.balance - before.balance !== expected.balance)
    lostUpdates.push(`${expected.balance} were booked, ${after.balance - before.balance} are there`);
  for (const [name, value] of Object.entries(expected.metadata))
    if (after.metadata[name] !== value) lostUpdates.push(`${name} is ${after.metadata[name]} in place of ${value}`);

  const serverErrors = Object.entries(statuses).reduce((sum, [status, count]) => sum + (status >= 500 ? count : 0), 0);
  const all = Object.values(latencies).flat();
  const rate = all.length / seconds;
  say(
    `${clientCount} clients for ${seconds.toFixed(1)} s, ${report.engine}: statuses ${JSON.stringify(statuses)}, lost updates ${lostUpdates.length}`,
  );
  for (const lost of lostUpdates) say(`  ${lost}`);
  for (const [name, list] of [...Object.entries(latencies).sort(), ['all', all]])
    say(line(name, list, list.length / seconds));
  return {
    seconds,
    rate,
    statuses,
    serverErrors,
    lostUpdates,
    latency: percentiles(all),
    cpuPerRequest: cpu / all.length,
  };
}

async function measureVerification(tokens, stored) {
  say(`\nverification with ${stored.toLocaleString('en')} of each kind stored`);
  for (const { name, path, bodies } of tokens) {
    const task = { kind: 'verify', path, bodies };
    // The first answers are slower: code is not compiled yet, and caches are cold.
    await give({ ...task, seconds: 1 });
    const { latencies, statuses, seconds, cpu } = await give({ ...task, seconds: Number(values['verify-seconds']) });
    const { verify: list } = latencies;
    const rate = list.length / seconds;
    const cpuPerRequest = cpu / list.length;
    say(`${line(name, list, rate)}   ${cpuPerRequest.toFixed(0)} µs of the server's processor each`);
    report.verify.push({ name, stored, rate, statuses, latency: percentiles(list), cpuPerRequest });
  }
}

/** Has the clients do a task; adds the processor time of the server, in microseconds. */
async function give(task) {
  const before = process.cpuUsage();
  clients.send({ backend: target, clients: clientCount, ...task });
  const [result] = await once(clients, 'message');
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpu: user + system };
}

async function state(userId) {
  const { public_metadata: metadata } = await api('GET', `/users/${userId}`);
  const { balance } = await api('GET', `/users/${userId}/billing/credits`);
  return { metadata, balance: balance?.amount ?? 0, users: (await api('GET', '/users/count')).total_count };
}

async function api(method, path, body) {
  const answer = await backend.fetch(`/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${backend.secretKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (answer.status !== 200) throw new Error(`${method} ${path} was answered with ${answer.status}`);
  return answer.json();
}

function percentiles(list) {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

function line(name, list, rate) {
  const { p50, p90, p99, max } = percentiles(list);
  const ms = (value) => `${value.toFixed(2)} ms`.padStart(10);
  return `  ${name.padEnd(18)} ${String(Math.round(rate)).padStart(6)}/s   p50 ${ms(p50)}   p90 ${ms(p90)}   p99 ${ms(p99)}   max ${ms(max)}`;
}

function say(text) {
  if (!values.json) console.log(text);
}
