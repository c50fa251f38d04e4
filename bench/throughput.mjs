import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { createFixture } from './fixtures.mjs';

const ROUNDS = 5;
const SECONDS = 2;
const CONNECTIONS = 32;
/** `reading`: with a middleware that looks at the `Authorization` header and does no more, the least that any can do. */
const VARIANTS = ['bare', 'reading', 'keystile', 'peer'];
/** With a warm session: at least this share of the bare framework's requests per second. */
const LIMIT = 0.9;

/** Requests per second behind the middleware, as a share of the bare framework's in the same round. Loopback, bounded. */
export async function run() {
  const { pem, publishableKey, secretKey, sessionToken } = createFixture();
  const options = { publishableKey, secretKey, jwtKey: pem };
  console.log(
    `\nRequests per second with a warm session, as a share of the bare framework (median of ${ROUNDS} rounds)\n`,
  );
  let missed = 0;
  for (const framework of ['express', 'hono']) {
    const servers = [];
    try {
      for (const variant of VARIANTS) servers.push(await start(framework, variant, options));
      const rates = VARIANTS.map(() => []);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [index, { port }] of servers.entries())
          rates[index].push(await load(port, sessionToken, round === 0));
      }
      for (const [index, variant] of VARIANTS.entries()) {
        const share = median(rates[index].map((rate, round) => rate / rates[0][round]));
        const isMissed = variant === 'keystile' && share < LIMIT;
        if (isMissed) missed++;
        const addition = {
          bare: '',
          reading: ' with the header read',
          keystile: ' with Keystile',
          peer: ` with @clerk/${framework}`,
        };
        const name = framework + addition[variant];
        console.log(
          name.padEnd(32),
          `${Math.round(median(rates[index]))}/s`.padStart(10),
          `${(share * 100).toFixed(1)} %`.padStart(9),
          isMissed ? 'MISSED' : '',
        );
      }
    } finally {
      for (const { child } of servers) child.kill();
    }
  }
  return missed;
}

async function start(framework, variant, options) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./server.mjs', import.meta.url)), framework, variant], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      CLERK_TELEMETRY_DISABLED: '1',
      CLERK_SECRET_KEY: options.secretKey,
      CLERK_PUBLISHABLE_KEY: options.publishableKey,
      CLERK_JWT_KEY: options.jwtKey,
      BENCH_OPTIONS: JSON.stringify(options),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error(`${framework} ${variant} did not start`);
    }),
  ]);
  return { child, port: Number(String(line).trim()) };
}

async function load(port, token, isFirst) {
  const url = `http://127.0.0.1:${port}/`;
  const headers = { authorization: `Bearer ${token}` };
  if (isFirst) {
    // A server that does not authenticate must not look fast.
    const { userId } = await (await fetch(url, { headers })).json();
    if (userId !== 'user_2bench') throw new Error(`port ${port}: not signed in`);
  }
  const { requests, non2xx, errors } = await autocannon({ url, headers, connections: CONNECTIONS, duration: SECONDS });
  if (non2xx > 0 || errors > 0) throw new Error(`port ${port}: ${non2xx} refusals, ${errors} errors`);
  return requests.average;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
