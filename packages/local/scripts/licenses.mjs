import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Of packages that ship without the text of their licence, from their repositories. */
const missingTexts = new URL('licenses/', import.meta.url);

/**
 * The licences of what is in a bundle.
 *
 * @param {readonly string[]} moduleIds - as rolldown names them
 * @throws Error when a package comes without the text of its licence: put it into `scripts/licenses/`, named after the package.
 */
export function collectLicenses(moduleIds) {
  const roots = new Set(moduleIds.map(packageRoot).filter((root) => root !== undefined));
  const packages = [...roots].map(readPackage).sort((a, b) => (a.title < b.title ? -1 : 1));
  const rule = '='.repeat(80);
  const sections = packages.map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text}\n`);
  return `The files beside this one contain parts of the following packages.\n\n${sections.join('\n')}`;
}

/** The folder of the package that a module is of; undefined for our own. */
function packageRoot(id) {
  // A few lines that the bundler adds.
  if (id.startsWith('\0rolldown/')) return dirname(createRequire(import.meta.url).resolve('rolldown/package.json'));
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
}

function readPackage(root) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { title: `${name} ${version} (${license})`, text: readLicense(root, name) };
}

function readLicense(root, name) {
  const file = readdirSync(root).find((each) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(each));
  const path = file === undefined ? new URL(`${name.replace('/', '-')}.txt`, missingTexts) : join(root, file);
  if (!existsSync(path)) throw new Error(`${name} is bundled, and comes without the text of its licence.`);
  return readFileSync(path, 'utf8').trim();
}
