import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const local = join(root, 'packages/local');
const file = join(local, 'dist/bundle/LICENSES.txt');

interface Section {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** What the file says: a title between two rules, and the text up to the next title. */
function readSections(): readonly Section[] {
  const [, ...parts] = readFileSync(file, 'utf8').split(/^={80}\n/m);
  return parts
    .filter((_, index) => index % 2 === 0)
    .map((title, index) => {
      const [, name = '', version = '', license = ''] = /^(\S+) (\S+) \((.+)\)\n$/.exec(title) ?? [];
      return { name, version, license, text: parts[index * 2 + 1] ?? '' };
    });
}

/** The packages of which something is in the bundle, by another bundler: the file must not be its own witness. */
async function findBundled(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: ['index', 'testing', 'cli'].map((name) => join(local, `dist/${name}.js`)),
    absWorkingDir: root,
    outdir: 'unused',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql', '@node-rs/argon2', 'pg', '@keystile/core'],
  });
  const names = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

describe.skipIf(!existsSync(join(local, 'dist/bundle')))('SC-136 what the bundle contains of others', () => {
  let bundled: readonly string[];
  beforeAll(async () => {
    bundled = await findBundled();
  });

  test('is listed, and nothing else is', () => {
    expect(bundled.length).toBeGreaterThan(5);
    // The bundler adds a few lines of its own.
    expect(readSections().map(({ name }) => name)).toEqual([...bundled, 'rolldown'].sort());
  });

  test('comes with the text of its licence', () => {
    for (const { name, version, license, text } of readSections()) {
      const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
      expect([name, version, license]).toEqual([name, manifest.version, manifest.license]);
      expect([name, text]).toEqual([name, expect.stringMatching(grants[license] ?? /^$/)]);
      if (license !== 'Unlicense') expect([name, text]).toEqual([name, expect.stringMatching(/^Copyright \S+ \S+/m)]);
    }
  });
});

/** What each kind of licence says in its text. One that is not here has not been looked at yet. */
const grants: Readonly<Record<string, RegExp>> = {
  MIT: /Permission is hereby granted, free of charge.*THE SOFTWARE IS PROVIDED "AS IS"/s,
  'BSD-3-Clause': /Redistributions in binary form must reproduce.*THIS SOFTWARE IS PROVIDED/s,
  Unlicense: /free and unencumbered software released into the public domain/,
};
