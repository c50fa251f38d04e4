import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const BUNDLES = [
  {
    name: 'whole client',
    keystile: ['@keystile/core', 'createBackendClient'],
    peer: ['@clerk/backend', 'createClerkClient'],
  },
  { name: 'verifyToken', keystile: ['@keystile/core', 'verifyToken'], peer: ['@clerk/backend', 'verifyToken'] },
];

/** What an application carries that imports one function: minified and gzipped, dependencies included, for an edge runtime. */
export async function run() {
  console.log('\nBundle of one import, minified and gzipped, dependencies included\n');
  for (const { name, keystile, peer } of BUNDLES) {
    const [own, other] = [await measure(keystile), await measure(peer)];
    console.log(name.padEnd(16), `Keystile ${kB(own)}`.padEnd(20), `@clerk/backend ${kB(other)}`);
  }
  return 0;
}

async function measure([module, name]) {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${name} } from '${module}';`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'import'],
    external: ['node:*'],
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
