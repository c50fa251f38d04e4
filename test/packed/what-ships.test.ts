import { mkdtempSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { type Manifest, PACKAGES, pack, ROOT } from './pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'keystile-ships-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each package may bring along, and under which entries it is reached: a change of either is a decision. */
const REVIEWED: Readonly<
  Record<string, { readonly dependencies: readonly string[]; readonly entries: readonly string[] }>
> = {
  core: {
    dependencies: ['jose', 'lru-cache', 'standardwebhooks'],
    entries: [
      '.',
      './adapter',
      './compat',
      './compat/errors',
      './compat/internal',
      './compat/jwt',
      './compat/proxy',
      './compat/webhooks',
      './contract/backend-api.json',
      './package.json',
      './proxy',
      './resources',
      './shared-cache',
      './webhooks',
    ],
  },
  express: {
    dependencies: ['@keystile/core'],
    entries: ['.', './compat', './compat/env', './compat/webhooks', './package.json', './webhooks'],
  },
  hono: { dependencies: ['@keystile/core'], entries: ['.', './compat', './package.json', './webhooks'] },
  local: {
    dependencies: [
      '@hono/node-server',
      '@keystile/core',
      '@node-rs/argon2',
      'bcryptjs',
      'hono',
      'jose',
      'kysely',
      'libsql',
      'pg',
      'standardwebhooks',
    ],
    entries: ['.', './package.json', './report', './testing'],
  },
  next: {
    dependencies: ['@keystile/core', 'path-to-regexp'],
    entries: ['.', './compat', './package.json', './webhooks'],
  },
};

const RUN_BY_INSTALL = ['preinstall', 'install', 'postinstall', 'prepare'];
const SHIPPED = /^(bin|dist|contract)\/|^(package\.json|README\.md|LICENSE|env\.d\.ts)$/;
const KEPT_BACK = /\.(test|test-d|bench)\.|\.tsbuildinfo$|\.map$|(^|\/)(scripts|src)\//;

it('SC-136 every package of the workspace is reviewed here', () => {
  expect(PACKAGES).toEqual(Object.keys(REVIEWED));
});

describe.each(PACKAGES)('SC-136 %s', (name) => {
  const { root, manifest, files } = pack(name, folder);
  const paths = [...files.keys()];

  it('runs nothing when it is installed', () => {
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => RUN_BY_INSTALL.includes(script))).toEqual([]);
    expect(paths).not.toContain('binding.gyp');
  });

  it('depends on what has been decided, and on nothing else', () => {
    expect(Object.keys(manifest.dependencies ?? {}).sort()).toEqual(REVIEWED[name]?.dependencies);
    expect(manifest.optionalDependencies).toBeUndefined();
    for (const range of Object.values(manifest.dependencies ?? {})) expect(range).toMatch(/^\^?\d+\.\d+\.\d+$/);
  });

  it('has these entries, all of which are there', () => {
    expect(Object.keys(manifest.exports).sort()).toEqual(REVIEWED[name]?.entries);
    expect(targetsOf(manifest).filter((target) => !files.has(target))).toEqual([]);
  });

  it('ships what it has to, and nothing of how it was made', () => {
    expect(paths.filter((path) => !SHIPPED.test(path) || KEPT_BACK.test(path))).toEqual([]);
    expect(paths).toContain('LICENSE');
    expect(manifest.license).toBe('MIT');
    expect(manifest.publishConfig?.provenance).toBe(true);
  });

  it('names no source map and no folder of the machine it was built on', () => {
    const tellTale = paths.filter((path) => {
      const text = files.get(path) ?? '';
      return /\/\/[#@] sourceMappingURL=/.test(text) || text.includes(ROOT) || text.includes(`${homedir()}/`);
    });
    expect(tellTale).toEqual([]);
  });

  it('imports nothing that it does not declare', async () => {
    const { dependencies, peerDependencies } = manifest;
    const declared = [manifest.name, ...Object.keys({ ...dependencies, ...peerDependencies })];
    const scripts = targetsOf(manifest).filter((target) => /\.m?js$/.test(target));
    const imported = await importsOf(scripts.map((target) => join(root, target)));
    const undeclared = imported
      .filter((specifier) => !specifier.startsWith('#') && !isBuiltin(specifier))
      .filter((specifier) => !declared.some((known) => specifier === known || specifier.startsWith(`${known}/`)));
    expect(scripts.length).toBeGreaterThan(0);
    expect(undeclared).toEqual([]);
  });

  it('makes no code out of text', () => {
    const scripts = paths.filter((path) => /\.m?js$/.test(path));
    expect(scripts.filter((path) => /\beval\(|\bnew Function\(/.test(files.get(path) ?? ''))).toEqual([]);
  });
});

/** The files that the manifest leads to. */
function targetsOf({ exports, imports = {}, bin = {} }: Manifest): string[] {
  const values = [...Object.values(exports), ...Object.values(imports), ...Object.values(bin)];
  return values
    .flatMap((value) => (typeof value === 'string' ? [value] : Object.values(value)))
    .filter((target) => target.startsWith('./'))
    .map((target) => target.slice(2));
}

/** The packages that these scripts import, and those that they lead to. */
async function importsOf(scripts: string[]): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: scripts,
    bundle: true,
    write: false,
    outdir: 'unused',
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))];
}
