import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SnippetServer, startNextApplication, startSnippet } from './support/snippet-server.ts';
import { linesToTry, ROOT, readSnippets } from './support/snippets.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** The packages whose readme begins with something to try. */
const quickStarts = readdirSync(join(ROOT, 'packages'))
  .map((name) => join('packages', name, 'README.md'))
  .filter((document) => existsSync(join(ROOT, document)))
  .map((document) => ({ document, snippets: readSnippets(document) }))
  .filter(({ snippets }) => snippets.some(({ mark }) => mark === 'install'));

// A newcomer's path: an empty folder, the packages as they are shipped, and what the readme says.
describe('in an empty folder', () => {
  let packed: string;
  const tarballs = new Map<string, string>();

  beforeAll(() => {
    packed = mkdtempSync(join(tmpdir(), 'keystile-packed-'));
    for (const name of readdirSync(join(ROOT, 'packages'))) {
      const args = ['pack', join(ROOT, 'packages', name), '--json', '--ignore-scripts', '--pack-destination', packed];
      const [{ filename }] = JSON.parse(npm(ROOT, ...args));
      tarballs.set(`@keystile/${name}`, join(packed, filename));
    }
  }, 120_000);
  afterAll(() => rmSync(packed, { recursive: true, force: true }));

  describe.each(quickStarts)('$document', ({ snippets }) => {
    const install = snippets.find(({ mark }) => mark === 'install')?.code ?? '';
    const serve = snippets.find(({ mark }) => mark.startsWith('serve'));
    const files = snippets.filter(({ mark }) => mark.startsWith('file'));
    const lines = linesToTry(snippets);
    let folder: string;
    let server: SnippetServer;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'keystile-newcomer-'));
      const wanted = install.replace(/^npm install (?:--save-dev )?/, '').split(' ');
      // The other packages of ours would come out of the registry, were they there already.
      const needed = [...new Set(['@keystile/core', ...wanted])].map((name) => tarballs.get(name) ?? name);
      npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...needed);
      if (serve !== undefined) server = await startSnippet(serve, folder);
      else if (files.length > 0) server = await startNextApplication(files, folder);
    }, 180_000);
    afterAll(async () => {
      await server?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('has lines to try', () => {
      expect(install).toMatch(/^npm install (?:--save-dev )?(?:@keystile\/\w+ ?)+/);
      expect(lines.length).toBeGreaterThan(2);
    });
    it.skipIf(!hasCurl).each(lines)('%s', (line) => server.tryLine(line));
  });
});

function npm(folder: string, ...args: readonly string[]): string {
  return execFileSync('npm', [...args, '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
