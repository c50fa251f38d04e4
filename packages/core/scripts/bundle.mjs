// Bundles the entries of the package into dist/bundle, which is what it exports: a program that imports one module of two
// hundred small ones waits for all of them. What the main entry needs is one file, the rest a few beside it. Dependencies
// stay outside. Run after tsc: node packages/core/scripts/bundle.mjs
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const { exports, dependencies } = JSON.parse(readFileSync(path('package.json'), 'utf8'));
const entries = Object.values(exports)
  .map((target) => target.default)
  .filter((file) => file?.startsWith('./dist/bundle/'))
  .map((file) => {
    const name = file.slice('./dist/bundle/'.length, -'.js'.length);
    return [name, path(`dist/${name}.js`)];
  });

const shared = { platform: 'neutral', external: [/^#/, ...Object.keys(dependencies)], logLevel: 'warn' };

const { output } = await build({ ...shared, input: path('dist/index.js'), write: false });
const needed = new Set(output.flatMap(({ moduleIds }) => moduleIds));

rmSync(path('dist/bundle'), { recursive: true, force: true });
await build({
  ...shared,
  input: Object.fromEntries(entries),
  output: {
    dir: path('dist/bundle'),
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { groups: [{ name: 'core', test: (id) => needed.has(id) }] },
  },
});
