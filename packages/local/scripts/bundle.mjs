// Bundles the built package with its JavaScript dependencies into dist/bundle, which is what the package exports.
// Reading five hundred small modules takes longer than all else that a start does, and their sources fill memory.
// Native packages stay outside. Run after tsc: node packages/local/scripts/bundle.mjs
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const entries = ['index.js', 'testing.js', 'cli.js']
  .map((name) => path(`dist/${name}`))
  .filter((file) => existsSync(file));

// Chunks are named by their contents: those of the last build would stay.
rmSync(path('dist/bundle'), { recursive: true, force: true });
await build({
  entryPoints: entries,
  outdir: path('dist/bundle'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['libsql', '@node-rs/argon2', 'pg', '@keystile/core'],
  // Some dependencies are CommonJS and ask for Node's own modules at run time.
  banner: {
    js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
  },
  // Half of the start goes into compiling a megabyte of text. Names stay as they are, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'external',
  logLevel: 'warning',
});
