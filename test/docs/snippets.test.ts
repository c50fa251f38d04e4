import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DEMO_SEED, type LocalBackend, startLocalBackend } from '@keystile/local';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Inside the repository, so that the snippets find the packages as a user's files would. */
const FOLDER = join(ROOT, 'node_modules/.cache/keystile/snippets');
const hasCurl = spawnSync('curl', ['--version']).status === 0;

/**
 * A fenced block that a comment before it marks for this test: `check` (it compiles), `serve: NAME` (it is started), `try`
 * (lines for a shell, each ending in the status that the server started last answers with).
 */
interface Snippet {
  readonly document: string;
  readonly mark: string;
  readonly code: string;
}

const documents = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const snippets = documents.flatMap(readSnippets);
const marked = (mark: string): Snippet[] => snippets.filter((snippet) => snippet.mark.startsWith(mark));

function readSnippets(document: string): Snippet[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const blocks = text.matchAll(/<!-- (check|try|serve: [\w.-]+) -->\n```\w+\n(.*?)\n```/gs);
  return [...blocks].map(([, mark = '', code = '']) => ({ document, mark, code }));
}

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
});

describe('snippets that are checked', () => {
  it('compile', () => {
    const checked = marked('check');
    expect(checked.length).toBeGreaterThan(5);
    for (const [index, { document, code }] of checked.entries()) {
      writeFileSync(join(FOLDER, `${document.replaceAll(/\W/g, '-')}-${index}.ts`), `${code}\n`);
    }
    const compilerOptions = { noEmit: true, composite: false, types: ['node'] };
    const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] };
    writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config));
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', FOLDER], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

describe.each(marked('serve'))('the server of $document', ({ document, mark, code }) => {
  let backend: LocalBackend;
  let server: ChildProcess;
  let port: number;
  let token: string;

  beforeAll(async () => {
    backend = await startLocalBackend({ seed: DEMO_SEED });
    const [user] = backend.seeded?.users ?? [];
    const [organization] = backend.seeded?.organizations ?? [];
    token = await backend.mint.session({ userId: user?.id ?? '', orgId: organization?.id });
    port = await findPort();
    const file = join(FOLDER, mark.replace('serve: ', ''));
    writeFileSync(file, `${code}\n`);
    server = spawn(process.execPath, [file], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        PORT: `${port}`,
        CLERK_PUBLISHABLE_KEY: backend.publishableKey,
        CLERK_SECRET_KEY: backend.secretKey,
        CLERK_API_URL: backend.url,
      },
    });
    await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/`), { timeout: 15_000 });
  });
  afterAll(async () => {
    server.kill();
    await once(server, 'exit');
    await backend.close();
  });

  const lines = marked('try')
    .filter((snippet) => snippet.document === document)
    .flatMap((snippet) => snippet.code.split('\n'))
    .filter((line) => line.includes('# ->'));

  it('has lines to try', () => expect(lines.length).toBeGreaterThan(2));

  it.skipIf(!hasCurl).each(lines)('%s', async (line) => {
    const [command = '', status] = line.split('# ->');
    const local = command.replace(/localhost:\d+/, `127.0.0.1:${port}`);
    const { stdout } = await promisify(execFile)('sh', ['-c', local], { env: { ...process.env, TOKEN: token } });
    expect(stdout.split(' ', 2)[1]).toBe(status?.trim());
  });
});

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
