// Copies the one library that is part of our own files into dist/vendor: path-to-regexp 6, whose pattern dialect is the
// wire's, in its ESM build. Its later versions speak another dialect, and a dependency on 6 would bring a second copy of a
// package that most applications already have in some other version.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const source = dirname(require.resolve('path-to-regexp/package.json'));
const target = fileURLToPath(new URL('../dist/vendor/', import.meta.url));

mkdirSync(target, { recursive: true });
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const code = readFileSync(join(source, 'dist.es2015/index.js'), 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
writeFileSync(
  join(target, 'path-to-regexp.js'),
  `// path-to-regexp ${version}, MIT: see path-to-regexp.LICENSE\n${code}`,
);
cpSync(join(source, 'LICENSE'), join(target, 'path-to-regexp.LICENSE'));
