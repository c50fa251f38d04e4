// Lists which security cases have a test that carries their number, and which have none.
//
//   node scripts/list-security-cases.mjs [path of security-cases.md]
//
// The document may also be named by KEYSTILE_SECURITY_CASES. Without one, the numbers that tests carry are listed
// alone. With --missing only the cases without a test are printed.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const options = process.argv.slice(2);
const onlyMissing = options.includes('--missing');
const given = options.find((option) => !option.startsWith('--')) ?? process.env.KEYSTILE_SECURITY_CASES;

/** Every case of the document: its number and its title. */
function readCases() {
  if (given === undefined) return undefined;
  const text = readFileSync(given, 'utf8');
  return new Map([...text.matchAll(/^\*\*(SC-\d{3}) ([^*]+?)\.?\*\*/gm)].map(([, number, title]) => [number, title]));
}

function* testFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', '.git', '.next'].includes(entry.name)) continue;
    const file = join(folder, entry.name);
    if (entry.isDirectory()) yield* testFiles(file);
    else if (/\.test\.[cm]?[jt]sx?$/.test(entry.name)) yield file;
  }
}

/** Numbers to the files whose tests carry them. */
function readTests() {
  const tests = new Map();
  for (const file of testFiles(root)) {
    for (const number of new Set(readFileSync(file, 'utf8').match(/\bSC-\d{3}\b/g))) {
      tests.set(number, [...(tests.get(number) ?? []), relative(root, file)]);
    }
  }
  return tests;
}

const cases = readCases();
const tests = readTests();
const numbers = cases === undefined ? [...tests.keys()].sort() : [...cases.keys()];
const missing = numbers.filter((number) => !tests.has(number));

for (const number of onlyMissing ? missing : numbers) {
  const files = tests.get(number) ?? [];
  const title = cases?.get(number) ?? '';
  console.log(`${files.length > 0 ? '✓' : '✗'} ${number} ${title}${files.length > 0 ? `  ${files.join(', ')}` : ''}`);
}
for (const number of [...tests.keys()].filter((known) => cases !== undefined && !cases.has(known)).sort()) {
  console.log(`? ${number} is no case of the document: ${tests.get(number).join(', ')}`);
}
if (cases !== undefined) console.log(`${numbers.length - missing.length} of ${numbers.length} cases have a test.`);
