import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const hasCurl = spawnSync('curl', ['--version']).status === 0;

const prepare = () => spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: ROOT, encoding: 'utf8' });

/** `npm start` after its preparation, until it has printed its last line. */
async function start(
  environment: Record<string, string>,
  args: readonly string[] = ['scripts/start.mjs'],
): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'development', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes('OAuth access token (JWT)') && output.endsWith('\n\n')) break;
  }
  return { child, output };
}

async function listen(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('npm start', () => {
  let taken: Server;
  let running: Awaited<ReturnType<typeof start>>;
  let ports: number[];

  beforeAll(async () => {
    expect(prepare().status).toBe(0);
    taken = await listen(0);
    running = await start({ PORT: `${portOf(taken)}`, BACKEND_PORT: `${portOf(taken) + 20}` });
    ports = ['Example', 'Backend'].map((name) =>
      Number(new RegExp(`${name} +http://[^:]+:(\\d+)`).exec(running.output)?.[1]),
    );
  }, 120_000);
  afterAll(() => {
    taken.close();
    running.child.kill('SIGKILL');
  });

  it('takes the next port that is free', () => {
    expect(ports[0]).toBeGreaterThan(portOf(taken));
    expect(ports[1]).toBeGreaterThanOrEqual(portOf(taken) + 20);
  });

  it('says where to go and who to be', () => {
    expect(running.output).toContain(`http://localhost:${ports[0]}/profile`);
    expect(running.output).toMatch(/demo@keystile\.dev, password: \S+/);
  });

  it.skipIf(!hasCurl)('prints lines that give the status that they end in (needs curl)', async () => {
    const lines = running.output.split('\n').filter((line) => line.startsWith('curl '));
    const outcomes = await Promise.all(
      lines.map(async (line) => {
        const { stdout } = await promisify(execFile)('sh', ['-c', line]);
        return { promised: line.slice(line.lastIndexOf(' ') + 1), got: stdout.trim().split('\n').at(-1) };
      }),
    );
    expect(outcomes.length).toBeGreaterThanOrEqual(12);
    for (const [index, { promised, got }] of outcomes.entries()) expect(got, lines[index]).toBe(promised);
    expect(new Set(outcomes.map(({ promised }) => promised))).toEqual(new Set(['200', '401', '403']));
  });

  it('leaves nothing running and no port taken when it is interrupted', async () => {
    // A connection that is kept alive must not keep the servers alive.
    await fetch(`http://127.0.0.1:${ports[0]}/`).then((response) => response.text());
    running.child.kill('SIGINT');
    const [code, signal] = await once(running.child, 'exit');
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    for (const port of ports) {
      const server = await listen(port);
      server.close();
    }
  });
});

it('npm start ends with whoever started it', async () => {
  const asChild = `require('node:child_process').spawn(process.execPath, ['scripts/start.mjs'], { stdio: 'inherit' })`;
  const { child, output } = await start({ PORT: '0', BACKEND_PORT: '0' }, ['-e', asChild]);
  const backend = `${/Backend +(http:\S+)/.exec(output)?.[1]}/sign-in`;
  expect((await fetch(backend)).status).toBe(200);
  child.kill('SIGKILL');
  await expect
    .poll(
      () =>
        fetch(backend).then(
          () => 'answers',
          () => 'gone',
        ),
      { timeout: 5_000 },
    )
    .toBe('gone');
});

describe('prepare', () => {
  it('has nothing to say when all is there', () => {
    expect(prepare()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it.each([
    ['18.20.4', 1],
    ['20.18.3', 1],
    ['20.19.0', 0],
    ['22.1.0', 0],
  ])('on Node %s ends with %i', (version, status) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } }); import('./scripts/prepare.mjs');`;
    const run = spawnSync(process.execPath, ['-e', pretend], { cwd: ROOT, encoding: 'utf8' });
    expect(run.status).toBe(status);
    expect(run.stderr).toBe(status === 0 ? '' : `Keystile needs Node 20.19 or later; this is ${version}.\n`);
  });
});
