import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DEMO_SEED, startLocalBackend } from '@keystile/local';
import { expect, vi } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import type { Snippet } from './snippets.ts';

/** A `serve` block that is running, against a local backend of its own. */
export interface SnippetServer {
  /** Runs a line of a `try` block, and expects the status that it promises. */
  tryLine(line: string): Promise<void>;
  close(): Promise<void>;
}

/** @param folder - where the file is put and run; the packages have to be found from there */
export function startSnippet({ mark, code }: Snippet, folder: string): Promise<SnippetServer> {
  const file = join(folder, mark.replace('serve: ', ''));
  writeFileSync(file, `${code}\n`);
  return start([file], folder);
}

/** @param folder - where the files of the Next.js application are put and run */
export function startNextApplication(files: readonly Snippet[], folder: string): Promise<SnippetServer> {
  for (const { mark, code } of files) {
    const file = join(folder, mark.replace('file: ', ''));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${code}\n`);
  }
  return start([join(folder, 'node_modules/next/dist/bin/next'), 'dev', '--hostname', '127.0.0.1'], folder);
}

async function start(program: readonly string[], folder: string): Promise<SnippetServer> {
  const backend = await startLocalBackend({ seed: DEMO_SEED });
  const [user] = backend.seeded?.users ?? [];
  const [organization] = backend.seeded?.organizations ?? [];
  const token = await backend.mint.session({ userId: user?.id ?? '', orgId: organization?.id });
  const port = await freePort();
  const server = spawn(process.execPath, program, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PORT: `${port}`,
      CLERK_PUBLISHABLE_KEY: backend.publishableKey,
      NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: backend.publishableKey,
      NEXT_TELEMETRY_DISABLED: '1',
      CLERK_SECRET_KEY: backend.secretKey,
      CLERK_API_URL: backend.url,
    },
  });
  await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/`), { timeout: 60_000 });

  return {
    async tryLine(line) {
      const [command = '', status] = line.split('# ->');
      const local = command.replace(/localhost:\d+/, `127.0.0.1:${port}`);
      const { stdout } = await promisify(execFile)('sh', ['-c', local], { env: { ...process.env, TOKEN: token } });
      expect(stdout.split(' ', 2)[1]).toBe(status?.trim());
    },
    async close() {
      server.kill();
      await once(server, 'exit');
      await backend.close();
    },
  };
}
