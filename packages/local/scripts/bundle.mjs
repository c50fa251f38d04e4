// Bundles the built package with its JavaScript dependencies into dist/bundle, which is what the package exports.
// Reading five hundred small modules takes longer than all else that a start does, and their sources fill memory. What
// every start needs is one file; what is imported when it is needed stays apart. Native packages stay outside. Run after
// tsc: node packages/local/scripts/bundle.mjs
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { collectLicenses } from './licenses.mjs';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const entries = ['index', 'testing', 'cli'].filter((name) => existsSync(path(`dist/${name}.js`)));
const shared = {
  platform: 'node',
  external: ['libsql', '@node-rs/argon2', 'pg', /^@keystile\/core/],
  logLevel: 'warn',
};

const { output } = await build({ ...shared, input: path('dist/index.js'), write: false });
const needed = new Set(output.filter(({ isEntry }) => isEntry).flatMap(({ moduleIds }) => moduleIds));

rmSync(path('dist/bundle'), { recursive: true, force: true });
const { output: chunks } = await build({
  ...shared,
  input: Object.fromEntries(entries.map((name) => [name, path(`dist/${name}.js`)])),
  output: {
    dir: path('dist/bundle'),
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: {
      groups: [
        // The command needs this alone before it imports the rest.
        { name: 'private-folder', test: /private-folder\.js$/, priority: 1 },
        { name: 'local', test: (id) => needed.has(id) },
      ],
    },
    comments: { legal: true, jsdoc: false, annotation: false },
    // Half of the start goes into compiling a megabyte of text. Names stay as they are, for stack traces.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  },
});

const bundled = chunks.flatMap(({ modules = {} }) => Object.keys(modules));
writeFileSync(path('dist/bundle/LICENSES.txt'), collectLicenses(bundled));
