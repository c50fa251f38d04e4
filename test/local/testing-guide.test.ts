import { type ExecFileException, execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The examples of docs/guides/testing.md, each run as the file that its reader would make of it.

const root = fileURLToPath(new URL('../../', import.meta.url));
const guide = readFileSync(join(root, 'docs/guides/testing.md'), 'utf8');
const files = [...guide.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)].map(([, name = '', code = '']) => ({ name, code }));
/** In the repository, where the packages are found. */
const folder = join(root, 'node_modules/.cache/keystile/testing-guide', randomUUID());

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const { name, code } of files) writeFileSync(join(folder, name), code);
  const config = `
import root from ${JSON.stringify(join(root, 'vitest.config.ts'))};
const alias = [
  { find: '@jest/globals', replacement: 'vitest' },
  { find: '@playwright/test', replacement: ${JSON.stringify(join(root, 'test/local/support/playwright-on-vitest.ts'))} },
  ...root.resolve.alias,
];
const include = ['*.{vitest,jest,playwright}.ts'];
export default {
  root: import.meta.dirname,
  resolve: { alias },
  test: { include, exclude: [], pool: 'threads', testTimeout: 60_000 },
};
`;
  writeFileSync(join(folder, 'vitest.config.mjs'), config);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...command: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    // The processes that run this test would otherwise tell those what to do.
    const { VITEST, VITEST_POOL_ID, VITEST_WORKER_ID, NODE_TEST_CONTEXT, ...env } = process.env;
    execFile(process.execPath, command, { cwd: folder, env }, (error: ExecFileException | null, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

test('the guide has an example for each runner', () => {
  const kinds = files.map(({ name }) => name.split('.').slice(1).join('.'));
  expect(new Set(kinds)).toEqual(new Set(['ts', 'vitest.ts', 'jest.ts', 'node.mjs', 'playwright.ts']));
});

test.each(files.filter(({ name }) => /\.(?:vitest|jest|playwright)\.ts$/.test(name)))(
  '$name',
  async ({ name }) => {
    if (name.includes('playwright') && !existsSync('/usr/bin/chromium')) {
      console.warn('Skipped: the example for Playwright, since there is no /usr/bin/chromium.');
      return;
    }
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const { code, output } = await run(vitest, 'run', '--config', 'vitest.config.mjs', name);
    expect(output).toContain('passed');
    expect(output).not.toMatch(/failed|skipped/);
    expect(code).toBe(0);
  },
  120_000,
);

test('profile.node.mjs', async () => {
  await build({
    entryPoints: [join(folder, 'profile.node.mjs')],
    outfile: join(folder, 'profile.bundled.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql', '@node-rs/argon2', 'pg'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [
      {
        // The application is built before node runs it, and the packages are read from their sources.
        name: 'sources',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\/app\.js$/ }, () => ({ path: join(folder, 'app.ts') }));
          onResolve({ filter: /^#crypto$/ }, () => ({ path: join(root, 'packages/core/src/crypto/node.ts') }));
          onResolve({ filter: /^@keystile\// }, ({ path }) => {
            const [, name = '', entry = 'index'] = path.split('/');
            const file = join(root, 'packages', name, 'src', `${entry}.ts`);
            return { path: existsSync(file) ? file : join(root, 'packages', name, 'src', entry, 'index.ts') };
          });
        },
      },
    ],
  });
  const { code, output } = await run('--test', 'profile.bundled.mjs');
  expect(output).toContain('# pass 1');
  expect(code).toBe(0);
}, 60_000);
