// The worker on workerd, the runtime of Cloudflare Workers, against a local backend with users to sign in as. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEMO_SEED, startLocalBackend } from '@keystile/local';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const port = process.env.PORT ?? '8787';

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
const [demo] = DEMO_SEED.users ?? [];
console.log(`Sign in at http://localhost:${port}/profile as ${demo?.email}, password: ${demo?.password}`);

// Fetched when it is first needed: the runtime is large, and nothing else of this repository has a use for it.
const workerd = spawn(
  'npx',
  ['--yes', 'workerd@1', 'serve', '--socket-addr', `http=127.0.0.1:${port}`, path('workerd.capnp')],
  {
    stdio: 'inherit',
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
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => workerd.kill(signal));
