// Writes the typed surface of the backend client from the contract:
//
//   npm run generate            writes packages/core/src/backend/generated/
//   npm run generate -- --check fails if that would change a file
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { emitOperations } from './generate/emit-operations.mjs';
import { emitClient, emitParameters, emitResources, emitWire } from './generate/emit-types.mjs';
import { readModel } from './generate/model.mjs';

const core = fileURLToPath(new URL('../packages/core/', import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(core + path, 'utf8'));

const MARK = '// Generated from packages/core/contract by `npm run generate`. Do not edit.\n';

/** @returns the text of each generated file, by its path in packages/core */
export function generate() {
  const model = readModel(readJson('contract/backend-api.json'), readJson('contract/summaries.json'));
  const files = {
    'client.generated.ts': emitClient(model),
    'operations.generated.ts': emitOperations(model),
    'parameters.generated.ts': emitParameters(model),
    'resources.generated.ts': emitResources(model),
    'version.generated.ts': `/** The version of this package. */\nexport const VERSION = '${readJson('package.json').version}';`,
    'wire.generated.ts': emitWire(model),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`src/backend/generated/${name}`, `${MARK}\n${text}\n`]),
  );
}

function readIfPresent(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isCheck = process.argv.includes('--check');
  const changed = Object.entries(generate()).filter(([path, text]) => readIfPresent(core + path) !== text);
  for (const [path, text] of changed) {
    console.log(`${isCheck ? 'would change' : 'wrote'} packages/core/${path}`);
    if (isCheck) continue;
    mkdirSync(`${core}src/backend/generated`, { recursive: true });
    writeFileSync(core + path, text);
  }
  if (isCheck && changed.length > 0) process.exitCode = 1;
}
