import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const STARTS = 9;
const ROUNDS = 3;
const SECONDS = 2;
/** The peer takes five thousand requests an hour for a token, and any token: each round has enough of its own. */
const TOKENS = 32;
const CONNECTIONS = 32;
const STORED_USERS = 100;
const VARIANTS = { keystile: '@keystile/local', emulate: 'emulate (clerk)' };
/** Milliseconds until a test backend is ready, and until a user is signed in to it. */
const LIMITS = { ready: 40, signIn: 5 };

/** A local backend from the start to requests a second, beside a peer; then what a test waits for. Loopback. */
export async function run() {
  await compareStarts();
  await compareRequests();
  return measureTestBackends();
}

async function compareStarts() {
  console.log(`\nLocal backend: first answer of a fresh process (median of ${STARTS})\n`);
  const times = eachVariant(() => []);
  const memory = eachVariant(() => []);
  // A backend that has run for a few seconds leaves keys for those that start after it.
  const first = await start('keystile');
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await end(first);
  for (let index = 0; index < STARTS; index++) {
    for (const variant of Object.keys(VARIANTS)) {
      const begun = performance.now();
      const server = await start(variant);
      await ask(server);
      times[variant].push(performance.now() - begun);
      server.child.send('memory');
      const [{ rss }] = await once(server.child, 'message');
      memory[variant].push(rss / 2 ** 20);
      await end(server);
    }
  }
  for (const [variant, name] of Object.entries(VARIANTS)) {
    report(name, `${median(times[variant]).toFixed(0)} ms`, `${median(memory[variant]).toFixed(0)} MB resident`);
  }
}

async function compareRequests() {
  console.log(`\nLocal backend: requests a second, ${CONNECTIONS} connections (median of ${ROUNDS} rounds)\n`);
  const servers = [];
  try {
    for (const variant of Object.keys(VARIANTS)) servers.push({ variant, ...(await start(variant)) });
    const users = eachVariant(() => '');
    for (const server of servers) {
      for (let index = 0; index < STORED_USERS; index++) {
        const body = { email_address: [`user-${index}@example.com`], first_name: 'Ada' };
        users[server.variant] = (await call(server, 'POST', '/v1/users', body)).id;
      }
    }
    let made = 0;
    const kinds = {
      'GET a user': ({ variant }) => ({ path: `/v1/users/${users[variant]}` }),
      'GET a list of 20 users': () => ({ path: '/v1/users?limit=20' }),
      'POST a user': () => ({
        method: 'POST',
        path: '/v1/users',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => {
          request.body = JSON.stringify({ email_address: [`made-${made++}@example.com`] });
          return request;
        },
      }),
    };
    for (const [kind, toRequest] of Object.entries(kinds)) {
      const rates = eachVariant(() => []);
      for (let round = 0; round < ROUNDS; round++) {
        for (const server of servers) rates[server.variant].push(await load(server, toRequest(server)));
      }
      for (const [variant, name] of Object.entries(VARIANTS))
        report(name, kind, `${Math.round(median(rates[variant]))}/s`);
    }
  } finally {
    for (const { child } of servers) child.kill();
  }
}

async function measureTestBackends() {
  const { createTestBackend } = await import('@keystile/local/testing');
  const first = await timed(() => createTestBackend());
  const ready = [];
  const signIn = [];
  for (let index = 0; index < 50; index++) {
    const { value: backend, time } = await timed(() => createTestBackend());
    ready.push(time);
    signIn.push((await timed(() => backend.signIn())).time);
    await backend.close();
  }
  const many = await timed(() => Promise.all(Array.from({ length: 32 }, () => createTestBackend())));
  await Promise.all([first.value, ...many.value].map((backend) => backend.close()));

  console.log('\nTest backends, in process (median of 50)\n');
  report('the first of a process', `${first.time.toFixed(1)} ms`);
  report('32 at once', `${many.time.toFixed(0)} ms`);
  let missed = 0;
  for (const [name, values, limit] of [
    ['ready', ready, LIMITS.ready],
    ['a user signed in', signIn, LIMITS.signIn],
  ]) {
    const isMissed = median(values) > limit;
    if (isMissed) missed++;
    report(name, `${median(values).toFixed(2)} ms`, `limit ${limit} ms`, isMissed ? 'MISSED' : '');
  }
  return missed;
}

async function start(variant) {
  const script = fileURLToPath(new URL('./local-server.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, variant], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error(`${variant} did not start`);
    }),
  ]);
  return { child, ...JSON.parse(line) };
}

async function end({ child }) {
  child.kill();
  await once(child, 'exit');
}

/** The first request, over a plain connection: what a client takes to load is not the server's. */
async function ask({ url, secretKey }) {
  const headers = { authorization: `Bearer ${secretKey}` };
  const [response] = await once(get(`${url}/v1/users`, { agent: false, headers }), 'response');
  if (response.statusCode !== 200) throw new Error(`answered ${response.statusCode}`);
  await once(response.resume(), 'end');
}

async function call({ url, secretKey }, method, path, body) {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`${method} ${path} was answered with ${answer.status}`);
  return answer.json();
}

async function load({ variant, url, secretKey }, { headers, ...request }) {
  const round = performance.now();
  const requests = Array.from({ length: TOKENS }, (_, index) => {
    const key = variant === 'emulate' ? `${secretKey}_${round}_${index}` : secretKey;
    return { ...request, headers: { authorization: `Bearer ${key}`, ...headers } };
  });
  const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, requests });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}${request.path}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.average;
}

async function timed(work) {
  const begun = performance.now();
  const value = await work();
  return { value, time: performance.now() - begun };
}

function eachVariant(make) {
  return Object.fromEntries(Object.keys(VARIANTS).map((variant) => [variant, make()]));
}

function report(name, ...columns) {
  console.log(name.padEnd(24), ...columns.map((column) => column.padStart(22)));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
