// Looks at each package as a user gets it: packs it, and has publint and are-the-types-wrong read the tarball.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'keystile-pack-'));
/** What may be in a tarball beside the manifest, the readme and the licence. */
const SHIPPED = /^(bin\/|dist\/|contract\/|env\.d\.ts$|package\.json$|README\.md$|LICENSE$)/;
const UNWANTED = /\.(test|bench)\.|\.tsbuildinfo$|\.map$/;

let failures = 0;
const fail = (name, problem) => {
  failures++;
  console.error(`${name}: ${problem}`);
};
const run = (command, args) =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

try {
  for (const name of readdirSync(join(root, 'packages'))) {
    const path = join(root, 'packages', name);
    const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const [packed] = JSON.parse(run('npm', ['pack', path, '--json', '--ignore-scripts', '--pack-destination', folder]));
    const files = packed.files.map((file) => file.path);
    for (const file of files) if (!SHIPPED.test(file) || UNWANTED.test(file)) fail(name, `ships ${file}`);
    for (const script of ['preinstall', 'install', 'postinstall'])
      if (manifest.scripts?.[script]) fail(name, `has an install script: ${script}`);
    const tarball = join(folder, packed.filename);
    for (const [command, args] of [
      [bin('publint'), ['run', tarball, '--strict']],
      // ESM only, by decision: `require` of ES modules works on every Node that is supported.
      [bin('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color']],
    ]) {
      try {
        run(command, args);
      } catch (error) {
        fail(name, `${error.stdout}${error.stderr}`);
      }
    }
    console.log(`${manifest.name}: ${files.length} files, ${(packed.size / 1024).toFixed(1)} kB packed`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);
