import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const local = fileURLToPath(new URL('../../packages/local', import.meta.url));
/** Within the package, so that its dependencies are found. */
const built = mkdtempSync(join(local, '.cli-test-'));
const executable = join(built, 'cli.js');

beforeAll(async () => {
  await build({
    entryPoints: [join(local, 'src/cli.ts')],
    outdir: built,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], cwd: string, environment: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [executable, ...args], {
    cwd,
    env: { ...process.env, NODE_ENV: 'test', NO_COLOR: '1', ...environment },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function finish(child: ChildProcess): Promise<Run> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (text) => (stdout += text));
    child.stderr?.on('data', (text) => (stderr += text));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const run = (args: readonly string[], cwd: string, environment?: Record<string, string>) =>
  finish(start(args, cwd, environment));

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keystile-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Ready {
  readonly url: string;
  readonly environment: Record<string, string>;
  readonly seeded: { users: { id: string }[]; apiKeys: { secret: string }[] } | null;
}

/** Starts `keystile dev --json` and waits until it is ready. */
async function startDev(cwd: string, args: readonly string[] = []) {
  const child = start(['dev', '--json', '--port', '0', ...args], cwd);
  const ended = finish(child);
  const lines: Record<string, unknown>[] = [];
  const ready = await new Promise<Ready>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const complete = text.split('\n');
      text = complete.pop() ?? '';
      for (const line of complete) lines.push(JSON.parse(line));
      if (lines[0] !== undefined) resolve(lines[0] as unknown as Ready);
    });
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal);
    return ended;
  };
  return { ...ready, lines, stop };
}

const usersOf = async ({ url, environment }: Ready) => {
  const answer = await fetch(`${url}/v1/users`, {
    headers: { authorization: `Bearer ${environment.CLERK_SECRET_KEY}` },
  });
  return (await answer.json()) as { id: string; email_addresses: { email_address: string }[] }[];
};

describe('keystile dev', () => {
  test('answers with demo data, and ends cleanly: status 0, the port free, no note left', async () => {
    const folder = makeFolder();
    const dev = await startDev(folder);
    expect(await usersOf(dev)).toHaveLength(2);
    expect(Object.keys(dev.environment)).toEqual([
      'CLERK_PUBLISHABLE_KEY',
      'CLERK_SECRET_KEY',
      'CLERK_API_URL',
      'CLERK_SIGN_IN_URL',
      'CLERK_SIGN_UP_URL',
    ]);
    expect(existsSync(join(folder, '.keystile/running.json'))).toBe(true);
    expect(await dev.stop()).toMatchObject({ status: 0, stderr: '' });
    await expect(fetch(dev.url)).rejects.toThrow();
    expect(existsSync(join(folder, '.keystile/running.json'))).toBe(false);
  });

  test('keeps keys, address and data from one start to the next, and seeds once', async () => {
    const folder = makeFolder();
    const first = await startDev(folder);
    await first.stop('SIGTERM');
    const child = start(['dev', '--json'], folder);
    const [line] = await new Promise<string[]>((resolve) =>
      child.stdout?.once('data', (text) => resolve(String(text).split('\n'))),
    );
    const second = JSON.parse(line ?? '') as Ready;
    expect([second.environment, second.seeded]).toEqual([first.environment, null]);
    expect(await usersOf(second)).toHaveLength(2);
  });

  test('keeps its folder to itself, away from git and from other users', async () => {
    const folder = makeFolder();
    const dev = await startDev(folder);
    expect(readFileSync(join(folder, '.keystile/.gitignore'), 'utf8')).toBe('*\n');
    expect(statSync(join(folder, '.keystile')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '.keystile/running.json')).mode & 0o777).toBe(0o600);
    await dev.stop();
  });

  test('leaves nothing behind with :memory:', async () => {
    const folder = makeFolder();
    const dev = await startDev(folder, ['--data', ':memory:']);
    expect(await usersOf(dev)).toHaveLength(2);
    await dev.stop();
    expect(existsSync(join(folder, '.keystile'))).toBe(false);
  });

  test('names the one that runs on the folder already', async () => {
    const folder = makeFolder();
    const dev = await startDev(folder);
    const second = await run(['dev'], folder);
    expect(second.status).toBe(2);
    expect(second.stderr).toContain(dev.url);
    await dev.stop();
  });

  test('goes on after a backend that was killed', async () => {
    const folder = makeFolder();
    const killed = await startDev(folder);
    await killed.stop('SIGKILL');
    const dev = await startDev(folder);
    expect(await usersOf(dev)).toHaveLength(2);
    await dev.stop();
  });

  test('tells of messages as they are sent', async () => {
    const dev = await startDev(makeFolder());
    const page = await fetch(`${dev.url}/sign-in`);
    const cookie = page.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const csrf = /name="csrf" value="([^"]*)"/.exec(await page.text())?.[1] ?? '';
    const body = new URLSearchParams({ csrf, identifier: 'demo@keystile.dev', strategy: 'email_code' });
    await fetch(`${dev.url}/sign-in`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' });
    await dev.stop();
    const message = dev.lines.find(({ event }) => event === 'email.created');
    expect(message?.data).toMatchObject({
      to_email_address: 'demo@keystile.dev',
      subject: expect.stringMatching(/^\d{6} /),
    });
  });

  test('prints for a person what an application needs', async () => {
    const child = start(['dev', '--port', '0', '--data', ':memory:'], makeFolder());
    const ended = finish(child);
    await new Promise<void>((resolve) =>
      child.stdout?.on('data', (text) => String(text).includes('Ctrl-C') && resolve()),
    );
    child.kill('SIGINT');
    const { stdout, status } = await ended;
    expect(status).toBe(0);
    expect(stdout).toMatch(/^CLERK_PUBLISHABLE_KEY=pk_test_\w+$/m);
    expect(stdout).toMatch(/^CLERK_SECRET_KEY=sk_test_\w+$/m);
    expect(stdout).toContain('demo@keystile.dev / password');
  });
});

describe('keystile token, seed and reset', () => {
  const seedFile = (folder: string, data: unknown, name = 'seed.json') => {
    writeFileSync(join(folder, name), typeof data === 'string' ? data : JSON.stringify(data));
    return name;
  };
  const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

  test('token makes each kind, of a running backend and of one that is not', async () => {
    const folder = makeFolder();
    const dev = await startDev(folder);
    const kinds = [
      ['--kind', 'session', '--user', 'guest@keystile.dev', '--org', 'acme'],
      ['--kind', 'api_key', '--user', 'demo', '--scopes', 'a,b'],
      ['--kind', 'm2m', '--machine', 'worker', '--format', 'jwt'],
      ['--kind', 'm2m'],
      ['--kind', 'oauth', '--format', 'jwt'],
      [],
    ];
    const expected = [/^ey/, /^ak_/, /^ey/, /^mt_/, /^ey/, /^ey/];
    for (const [index, args] of kinds.entries()) {
      const { stdout, stderr, status } = await run(['token', ...args], folder);
      expect([args.join(' '), status, stderr]).toEqual([args.join(' '), 0, '']);
      expect(stdout.trim()).toMatch(expected[index] ?? /never/);
    }
    await dev.stop();

    const { stdout } = await run(['token', '--expires-in', '-60', '--claims', '{"plan":"pro"}', '--json'], folder);
    const { kind, token } = JSON.parse(stdout);
    expect(kind).toBe('session');
    expect(claimsOf(token)).toMatchObject({ iss: dev.url, plan: 'pro' });
    expect(claimsOf(token).exp).toBeLessThan(Date.now() / 1000);
  });

  test('seed adds all or nothing, and reset begins anew with the same keys', async () => {
    const folder = makeFolder();
    const dev = await startDev(folder);
    const grace = seedFile(folder, {
      users: [{ email: 'grace@example.com', password: 'x' }],
      roles: [{ key: 'org:extra' }],
    });
    expect((await run(['seed', grace], folder)).stdout).toContain('grace@example.com');
    expect(await usersOf(dev)).toHaveLength(3);

    const twice = await run(['seed', grace], folder);
    expect([twice.status, twice.stderr]).toEqual([2, expect.stringContaining('taken')]);

    expect((await run(['reset', '--seed', grace, '--json'], folder)).status).toBe(0);
    expect((await usersOf(dev)).map(({ email_addresses }) => email_addresses[0]?.email_address)).toEqual([
      'grace@example.com',
    ]);
    await dev.stop();

    expect((await run(['reset'], folder)).status).toBe(0);
    const again = await startDev(folder);
    expect(await usersOf(again)).toHaveLength(2);
    expect(again.environment.CLERK_SECRET_KEY).toBe(dev.environment.CLERK_SECRET_KEY);
    await again.stop();
  });

  test('--url speaks to a backend elsewhere with the key of the environment', async () => {
    const dev = await startDev(makeFolder(), ['--data', ':memory:']);
    const elsewhere = makeFolder();
    const key = { CLERK_SECRET_KEY: dev.environment.CLERK_SECRET_KEY ?? '' };
    expect((await run(['token', '--url', dev.url], elsewhere, key)).stdout).toMatch(/^ey/);
    expect(
      (await run(['token', '--url', dev.url], elsewhere, { CLERK_SECRET_KEY: 'sk_test_wrong_wrong' })).status,
    ).toBe(2);
    await dev.stop();
  });

  test.each([
    ['not JSON', '{', /is not JSON/],
    ['an unknown member', '{"user":[]}', /user/],
    ['a wrong type', '{"users":[{"email":1}]}', /users\[0\]\.email/],
  ])('a seed file with %s is refused with the place', async (_, text, message) => {
    const folder = makeFolder();
    const { status, stderr } = await run(['dev', '--seed', seedFile(folder, text)], folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, '.keystile'))).toBe(false);
  });
});

describe('misuse', () => {
  test.each([
    [['dve'], /no command "dve".*Did you mean dev\?/],
    [['constructor'], /no command "constructor"/],
    [['dev', '--prot', '1'], /'--prot'.*Did you mean --port\?/],
    [['dev', '--port', 'x'], /--port takes a whole number, not "x"/],
    [['dev', '--port', '70000'], /port must be an integer from 0 to 65535/],
    [['dev', 'extra'], /takes nothing but options, not "extra"/],
    [['dev', '--data', 'a', '--database', 'postgres://x'], /give one of them/],
    [['dev', '--seed', 'nope.json'], /nope\.json cannot be read: there is no such file/],
    [['seed'], /takes FILE/],
    [['token'], /no backend in \.keystile/],
    [['token', '--kind', 'cookie'], /--kind is one of session, api_key, m2m, oauth/],
    [['token', '--claims', '[1]'], /--claims takes a JSON object/],
    [['token', '--url', 'http://127.0.0.1:1'], /CLERK_SECRET_KEY/],
  ])('%j says what to do', async (args, message) => {
    const { status, stdout, stderr } = await run(args, makeFolder(), { CLERK_SECRET_KEY: '' });
    expect([status === 0, stdout]).toEqual([false, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('SC-126 refuses to start for production', async () => {
    const { status, stderr } = await run(['dev', '--data', ':memory:'], makeFolder(), { NODE_ENV: 'production' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('NODE_ENV=production')]);
  });
});

describe('help', () => {
  test.each([[['--help']], [[]], [['dev', '--help']], [['help', 'token']], [['reset', '-h']]])(
    '%j is printed with status 0',
    async (args) => {
      const { status, stdout, stderr } = await run(args, makeFolder());
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Usage: keystile');
    },
  );

  test('--version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(local, 'package.json'), 'utf8'));
    expect((await run(['--version'], makeFolder())).stdout.trim()).toBe(version);
  });
});

/** A Node that keeps what it compiles: this one, or the one of the tests of runtimes. */
const newerNode = [process.execPath, join(local, '../../test/runtimes/node_modules/node22/bin/node')].find((node) =>
  spawnSync(node, ['-p', 'require("node:module").enableCompileCache']).stdout?.includes('Function'),
);

describe.skipIf(newerNode === undefined)('compiled code (needs Node 22.8)', () => {
  /** Runs a command with a cache folder for the user. */
  function compile(cache: string) {
    const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
    const { status, stderr } = spawnSync(newerNode ?? '', [executable, 'dev', '--help'], {
      env: { ...env, XDG_CACHE_HOME: cache },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  }

  test('is kept for the next start, where no other user writes', () => {
    const cache = makeFolder();
    compile(cache);
    const folder = join(cache, 'keystile/compiled');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = () => readdirSync(folder, { recursive: true }).length;
    const kept = files();
    expect(kept).toBeGreaterThan(1);
    compile(cache);
    expect(files()).toBe(kept);
  });

  test('is not kept where others can write: what they put there would be run', () => {
    const cache = makeFolder();
    const folder = join(cache, 'keystile/compiled');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    compile(cache);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not missed where there can be no folder', () => {
    const file = join(makeFolder(), 'file');
    writeFileSync(file, '');
    compile(file);
  });
});
