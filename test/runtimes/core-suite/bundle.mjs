import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const sources = path('../../../packages/core/src/');

/** What a worker has not: files, processes, servers that listen, and an environment that changes. */
const NEEDS_A_PROCESS =
  /node:(fs|http|net|child_process|worker_threads|module)|loopback-server|startLocalBackend|process\.(memoryUsage|env)|vi\.(un)?stub/;

/** Written for names and keys that are there at once, as where node:crypto is. The vectors ask the same of a worker. */
const SYNCHRONOUS = [
  'keys/cookie-names',
  'redirects/sign-in-url',
  'session/authenticate-cookies',
  'session/choose-cookies',
  'session/cookie-directives',
  'session/interstitial',
  'session/referrer',
  'session/refresh-session',
  'session/resolve-handshake',
  'session/satellite',
].map((name) => `${name}.test.ts`);

/** Core's test files that a worker can run, by their path from the sources. */
export function listCoreTests() {
  return readdirSync(sources, { recursive: true })
    .filter((file) => file.endsWith('.test.ts') && !SYNCHRONOUS.includes(file))
    .filter((file) => !/differential/.test(file) && !NEEDS_A_PROCESS.test(readFileSync(join(sources, file), 'utf8')))
    .sort();
}

/** Bundles them into one worker. */
export async function bundleCoreSuite() {
  const outfile = path('../dist/core-suite.mjs');
  const files = listCoreTests().map(
    (file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(join(sources, file))})`,
  );
  await build({
    entryPoints: [path('../entries/workerd.mjs')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    target: 'es2023',
    logLevel: 'error',
    external: ['node:*'],
    alias: {
      vitest: path('vitest.mjs'),
      '#crypto': join(sources, 'crypto/web.ts'),
      '#path-to-regexp': path('../../../packages/core/node_modules/path-to-regexp/dist.es2015/index.js'),
      'keystile:guest': path('../guests/core-suite.ts'),
      '@keystile/core': join(sources, 'index.ts'),
    },
    plugins: [
      {
        name: 'core-tests',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^keystile:core-tests$/ }, () => ({ path: 'core-tests', namespace: 'core-tests' }));
          onLoad({ filter: /.*/, namespace: 'core-tests' }, () => ({
            contents: `export const files = {${files.join(',\n')}};`,
            resolveDir: sources,
          }));
        },
      },
    ],
  });
  return outfile;
}
