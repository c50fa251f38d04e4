// Bundles the entries of the package into dist/bundle, which is what it exports: a program that imports one module of two
// hundred small ones waits for all of them. Dependencies stay outside. Run after tsc: node packages/core/scripts/bundle.mjs
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const { exports, dependencies } = JSON.parse(readFileSync(path('package.json'), 'utf8'));
const entries = Object.values(exports)
  .map((target) => target.default)
  .filter((file) => file?.startsWith('./dist/bundle/'))
  .map((file) => {
    const name = file.slice('./dist/bundle/'.length, -'.js'.length);
    return { in: path(`dist/${name}.js`), out: name };
  });

// Chunks are named by their contents: those of the last build would stay.
rmSync(path('dist/bundle'), { recursive: true, force: true });
await build({
  entryPoints: entries,
  outdir: path('dist/bundle'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2023',
  external: [...Object.keys(dependencies), '#*'],
  chunkNames: 'chunks/[hash]',
  logLevel: 'warning',
});
