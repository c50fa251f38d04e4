// The application against a local backend with users to sign in as. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEMO_SEED, startLocalBackend } from '@keystile/local';

const port = process.env.PORT ?? '3000';
const backend = await startLocalBackend({ seed: DEMO_SEED });
const [demo] = DEMO_SEED.users ?? [];
console.log(`Sign in at http://localhost:${port}/dashboard as ${demo?.email}, password: ${demo?.password}\n`);

const next = spawn('npx', ['next', 'dev', '--port', port], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  stdio: 'inherit',
  env: {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: backend.publishableKey,
    CLERK_SECRET_KEY: backend.secretKey,
    CLERK_API_URL: backend.url,
  },
});
next.once('exit', () => backend.close());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => next.kill(signal));
