// Builds all packages and examples: compiles, and then runs what a package does with the result. `npm run build`
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** In this order: what core ships of another library, then the bundles, which need all that has been compiled. */
const AFTER_COMPILING = [
  'packages/core/scripts/vendor.mjs',
  'packages/core/scripts/bundle.mjs',
  'packages/local/scripts/bundle.mjs',
];

const root = fileURLToPath(new URL('../', import.meta.url));

run('node_modules/typescript/bin/tsc', '-b', 'tsconfig.json');
for (const script of AFTER_COMPILING) if (existsSync(root + script)) run(script);

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
