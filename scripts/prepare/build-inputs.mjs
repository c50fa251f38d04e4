import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Of the workspace and of each package in it: what a build reads. */
const OF_WORKSPACE = ['package-lock.json', 'tsconfig.base.json', 'tsconfig.json'];
const OF_PACKAGE = ['package.json', 'tsconfig.json', 'src', 'scripts', 'contract'];
const FOLDERS_OF_PACKAGES = ['packages', 'examples'];

/** A line for each file that a build reads, which changes when the file does. */
export function listBuildInputs(root) {
  const paths = [...OF_WORKSPACE];
  for (const folder of FOLDERS_OF_PACKAGES) {
    for (const name of readdirSync(join(root, folder))) {
      for (const input of OF_PACKAGE) collect(root, join(folder, name, input), paths);
    }
  }
  return paths.sort().map((path) => {
    const { mtimeMs, size } = statSync(join(root, path));
    return `${path} ${mtimeMs} ${size}\n`;
  });
}

function collect(root, path, into) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    if (!/\.test(-d)?\.ts$/.test(path)) into.push(path);
    return;
  }
  for (const name of readdirSync(join(root, path))) collect(root, join(path, name), into);
}
