import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { backendBundle, bundleBackend } from './support/writer.ts';

const processes = 8;

/** Starts a backend and prints what it is; runs until its input ends. */
const script = `
const { startLocalBackend } = await import(process.argv[2]);
const backend = await startLocalBackend({ database: process.argv[3] });
const { url, secretKey, publishableKey, instanceId } = backend;
const headers = { authorization: 'Bearer ' + secretKey, 'content-type': 'application/json' };
await fetch(url + '/v1/users', { method: 'POST', headers, body: JSON.stringify({ username: 'of_' + process.pid }) });
console.log(JSON.stringify({ pid: process.pid, url, secretKey, publishableKey, instanceId }));
process.stdin.resume().on('end', () => backend.close().then(() => process.exit(0)));
`;

interface Started {
  readonly pid: number;
  readonly url: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly instanceId: string;
}

beforeAll(bundleBackend, 30_000);

async function start(file: string, database: string): Promise<{ child: ChildProcess; started: Started }> {
  const child = spawn(process.execPath, [file, backendBundle, database], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) return { child, started: JSON.parse(line) as Started };
  throw new Error('The backend did not start.');
}

test(`SC-133 ${processes} processes, in memory and on files of their own, share no port, key or data`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keystile-processes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'backend.mjs');
  writeFileSync(file, script);
  const all = await Promise.all(
    Array.from({ length: processes }, (_, index) =>
      start(file, index % 2 === 0 ? ':memory:' : join(folder, `${index}.db`)),
    ),
  );
  onTestFinished(async () => {
    const ended = all.map(({ child }) => new Promise((resolve) => child.once('exit', resolve)));
    for (const { child } of all) child.stdin?.end();
    await Promise.all(ended);
  });

  const backends = all.map(({ started }) => started);
  for (const name of ['url', 'secretKey', 'publishableKey', 'instanceId'] as const)
    expect(new Set(backends.map((backend) => backend[name])).size).toBe(processes);
  const [first] = backends;
  for (const { url, secretKey, pid } of backends) {
    const users = await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${secretKey}` } });
    expect(await users.json()).toMatchObject([{ username: `of_${pid}` }]);
    if (url === first?.url) continue;
    const foreign = await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${first?.secretKey}` } });
    expect(foreign.status).toBe(401);
  }
}, 60_000);
