// Measures Keystile beside its peers, in one run. `npm run bench [-- authenticate|throughput|imports|bundles]`
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

if (!existsSync(here('node_modules'))) {
  console.log('Installing the peers to measure against …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here('.'), stdio: 'inherit' });
}

const suites = {
  authenticate: './authenticate.mjs',
  throughput: './throughput.mjs',
  imports: './imports.mjs',
  bundles: './bundles.mjs',
  local: './local.mjs',
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
let missed = 0;
for (const [name, file] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { run } = await import(file);
  missed += await run();
}
console.log(missed === 0 ? '\nEvery limit is kept.' : `\n${missed} limit(s) missed.`);
process.exit(missed === 0 ? 0 : 1);
