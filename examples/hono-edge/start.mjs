// The worker on workerd, the runtime of Cloudflare Workers, against a local backend with users to sign in as. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEMO_SEED, startLocalBackend } from '@keystile/local';
import { build } from 'esbuild';

const DAY_IN_SECONDS = 24 * 60 * 60;

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const port = process.env.PORT ?? '8787';
const origin = `http://localhost:${port}`;

await build({
  entryPoints: [path('src/worker.ts')],
  outfile: path('dist/bundle/worker.js'),
  bundle: true,
  format: 'esm',
  target: 'es2023',
  conditions: ['workerd', 'worker'],
  logLevel: 'error',
});
const backend = await startLocalBackend({ seed: DEMO_SEED });

const { mint, seeded } = backend;
const [demo] = DEMO_SEED.users;
const userId = seeded.users[0].id;
const session = await mint.session({ userId, expiresInSeconds: DAY_IN_SECONDS });
const oauth = await mint.oauth({
  userId,
  clientId: seeded.oauthApplications[0].clientId,
  expiresInSeconds: DAY_IN_SECONDS,
});
const whoami = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami' } });

console.log(`
Example   ${origin}
Backend   ${backend.url}
Sign in   ${origin}/profile   as ${demo.email}, password: ${demo.password}

# A session token
curl -i -H 'Authorization: Bearer ${session}' ${origin}/api/me

# An API key
curl -i -H 'Authorization: Bearer ${seeded.apiKeys[0].secret}' ${origin}/api/reports

# An agent without a token: where it may get one
curl -i -X POST ${origin}/mcp
curl -i ${origin}/.well-known/oauth-protected-resource/mcp

# An agent that a user has allowed to act
curl -i -H 'Authorization: Bearer ${oauth}' -d '${whoami}' ${origin}/mcp
`);

// Fetched when it is first needed: the runtime is large, and nothing else of this repository has a use for it. A group of its
// own, since npx passes no signal on to what it has started.
const workerd = spawn(
  'npx',
  ['--yes', 'workerd@1', 'serve', '--socket-addr', `http=127.0.0.1:${port}`, path('workerd.capnp')],
  {
    stdio: 'inherit',
    detached: true,
    env: {
      ...process.env,
      CLERK_PUBLISHABLE_KEY: backend.publishableKey,
      CLERK_SECRET_KEY: backend.secretKey,
      CLERK_API_URL: backend.url,
      CLERK_WEBHOOK_SIGNING_SECRET: process.env.CLERK_WEBHOOK_SIGNING_SECRET ?? '',
    },
  },
);
workerd.once('exit', () => backend.close());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.kill(-workerd.pid, signal));
