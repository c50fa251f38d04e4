// Prints what a bundle carries of us, minified and gzipped, and how long an import takes; fails over the limits.
//
//   node scripts/bundle-size.mjs
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const core = './packages/core/src';
const kB = 1000;

/** What an application imports, and how much of our own code that may bring along. */
const BUNDLES = [
  {
    name: 'whole client',
    code: `export { createBackendClient, paginate, BackendError } from '${core}/backend/index.ts';`,
    limit: 15 * kB,
  },
  {
    name: 'client of one resource',
    code: `
      import { createResourceClient } from '${core}/backend/index.ts';
      import { users } from '${core}/backend/resources.ts';
      export const client = createResourceClient(users);`,
    limit: 9 * kB,
  },
  { name: 'verifyToken', code: `export { verifyToken } from '${core}/verify-token.ts';`, limit: 6 * kB },
];

const IMPORT_LIMIT_MS = 20;
const IMPORT_RUNS = 11;

/** Resolves the private import of runtime-dependent code as an edge runtime would, where size matters most. */
const edgeCrypto = {
  name: 'edge-crypto',
  setup({ onResolve }) {
    onResolve({ filter: /^#crypto$/ }, () => ({ path: `${root}packages/core/src/crypto/web.ts` }));
  },
};

async function bundle(code, external) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'workerd', 'worker'],
    target: 'es2022',
    write: false,
    external,
    plugins: [edgeCrypto],
  });
  const [{ contents }] = outputFiles;
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}

async function measureBundle({ name, code, limit }) {
  const own = await bundle(code, ['jose', 'lru-cache', 'standardwebhooks']);
  const all = await bundle(code, []);
  return {
    bundle: name,
    minified: own.minified,
    gzipped: own.gzipped,
    limit,
    dependencies: all.gzipped - own.gzipped,
    isFine: own.gzipped < limit,
  };
}

/** The median time of an import in a fresh process, without the start of the process itself. */
function measureImport() {
  const program =
    "const begin = performance.now(); await import('@keystile/core'); console.log(performance.now() - begin);";
  const times = Array.from({ length: IMPORT_RUNS }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
        cwd: `${root}packages/core`,
        encoding: 'utf8',
      }),
    ),
  );
  return times.sort((a, b) => a - b)[Math.floor(IMPORT_RUNS / 2)];
}

const rows = [];
for (const entry of BUNDLES) rows.push(await measureBundle(entry));
console.log('Bytes of our own code, and what its dependencies add, gzipped:');
console.table(rows.map(({ isFine, ...row }) => row));

let importMs;
try {
  importMs = measureImport();
  console.log(
    `import of @keystile/core: ${importMs.toFixed(1)} ms (median of ${IMPORT_RUNS}; aim: under ${IMPORT_LIMIT_MS})`,
  );
} catch {
  console.log('import of @keystile/core: not measured; build first (npm run build)');
}

const over = rows.filter((row) => !row.isFine).map((row) => row.bundle);
if (over.length > 0) {
  console.error(`over the limit: ${over.join(', ')}`);
  process.exitCode = 1;
}
