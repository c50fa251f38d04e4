import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * A fenced block that a comment before it marks for a test:
 *
 * - `check`: it compiles
 * - `install`: a command for an empty folder
 * - `serve: NAME`: a file that is started
 * - `file: PATH`: a file of an application that is started as a whole
 * - `try`: lines for a shell, some of which end in `# -> STATUS`, with which the server answers
 */
export interface Snippet {
  readonly document: string;
  readonly mark: string;
  readonly code: string;
}

export function readSnippets(document: string): Snippet[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const blocks = text.matchAll(/<!-- (check|install|try|serve: [\w.-]+|file: [\w./-]+) -->\n```\w+\n(.*?)\n```/gs);
  return [...blocks].map(([, mark = '', code = '']) => ({ document, mark, code }));
}

/** The lines of the `try` blocks that promise a status. */
export function linesToTry(snippets: readonly Snippet[]): string[] {
  return snippets
    .filter(({ mark }) => mark === 'try')
    .flatMap(({ code }) => code.split('\n'))
    .filter((line) => line.includes('# ->'));
}
