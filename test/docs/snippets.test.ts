import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SnippetServer, startSnippet } from './support/snippet-server.ts';
import { linesToTry, ROOT, readSnippets } from './support/snippets.ts';

/** Inside the repository, so that the snippets find the packages as a user's files would. */
const FOLDER = join(ROOT, 'node_modules/.cache/keystile/snippets');
const hasCurl = spawnSync('curl', ['--version']).status === 0;

const guides = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.md'),
);
const documents = ['README.md', ...guides.map((name) => join('docs', name))].map((document) => ({
  document,
  snippets: readSnippets(document),
}));

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
});

it('snippets that are to be checked compile', () => {
  const checked = documents.flatMap(({ snippets }) => snippets).filter(({ mark }) => mark === 'check');
  expect(checked.length).toBeGreaterThan(5);
  for (const [index, { document, code }] of checked.entries()) {
    writeFileSync(join(FOLDER, `${document.replaceAll(/\W/g, '-')}-${index}.ts`), `${code}\n`);
  }
  const compilerOptions = { noEmit: true, composite: false, types: ['node'] };
  const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] };
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', FOLDER], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

const servers = documents.flatMap(({ document, snippets }) => {
  const serve = snippets.find(({ mark }) => mark.startsWith('serve'));
  return serve === undefined ? [] : [{ document, snippets, serve }];
});

describe.each(servers)('the server of $document', ({ snippets, serve }) => {
  const lines = linesToTry(snippets);
  let server: SnippetServer;
  beforeAll(async () => {
    server = await startSnippet(serve, FOLDER);
  });
  afterAll(() => server.close());

  it('has lines to try', () => expect(lines.length).toBeGreaterThan(2));
  it.skipIf(!hasCurl).each(lines)('%s', (line) => server.tryLine(line));
});
