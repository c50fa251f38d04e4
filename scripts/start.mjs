// The whole of it on one machine: the local backend, the Express example against it, and a line to paste for every kind of
// token. Ctrl-C ends both.
import { DEMO_SEED } from '@keystile/local';
import { reportDecisions } from '@keystile/local/report';
import { createApp } from '../examples/express-api/dist/app.js';
import { toCurl } from './start/curl.mjs';
import { createDemoCalls } from './start/demo-calls.mjs';
import { listenFrom, startBackendFrom } from './start/listen-from.mjs';

const APP_PORT = Number(process.env.PORT ?? 3000);
const BACKEND_PORT = Number(process.env.BACKEND_PORT ?? 4400);

const backend = await startBackendFrom(BACKEND_PORT, { seed: DEMO_SEED });
const keys = { publishableKey: backend.publishableKey, secretKey: backend.secretKey, apiUrl: backend.url };
const app = await listenFrom(APP_PORT, createApp({ ...keys, onAuthenticate: reportDecisions(keys) }));

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
// Who ends npm alone ends the shell that it runs us in, and nobody tells us.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && stop(), 500);

const [demo] = DEMO_SEED.users;
const calls = await createDemoCalls(backend);
console.log(`
Keystile is running. Ctrl-C stops it.

  Example   http://localhost:${app.port}   (examples/express-api)
  Backend   ${backend.url}
  Console   ${backend.consoleUrl}
  Sign in   http://localhost:${app.port}/profile   as ${demo.email}, password: ${demo.password}

For an application of your own:

  CLERK_PUBLISHABLE_KEY=${keys.publishableKey}
  CLERK_SECRET_KEY=${keys.secretKey}
  CLERK_API_URL=${keys.apiUrl}

Lines to paste. Each ends in the status that it will print:
`);
for (const call of calls) console.log(`# ${call.what}\n${toCurl(`http://127.0.0.1:${app.port}`, call)}\n`);

async function stop() {
  clearInterval(watch);
  app.close();
  await backend.close();
}
