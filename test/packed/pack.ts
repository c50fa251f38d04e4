import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const PACKAGES = readdirSync(join(ROOT, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What `package.json` may say that matters to whoever installs the package. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly provenance?: boolean };
}

/** A package as `npm publish` would send it. */
export interface PackedPackage {
  /** Where it has been unpacked. */
  readonly root: string;
  readonly manifest: Manifest;
  /** The path of each file in the package, and its text. */
  readonly files: ReadonlyMap<string, string>;
}

/** Packs a package of the workspace as it has been built, and unpacks it beside. */
export function pack(name: string, folder: string): PackedPackage {
  const args = ['pack', join(ROOT, 'packages', name), '--json', '--ignore-scripts', '--loglevel=error'];
  const [packed] = JSON.parse(execFileSync('npm', [...args, '--pack-destination', folder], { encoding: 'utf8' }));
  const tarball = join(folder, packed.filename);
  const unpacked = join(folder, name);
  mkdirSync(unpacked);
  execFileSync('tar', ['-xzf', tarball, '-C', unpacked]);
  const root = join(unpacked, 'package');
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = new Map(paths.map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]));
  return { root, manifest: JSON.parse(files.get('package.json') ?? '{}'), files };
}
