import { execFileSync } from 'node:child_process';

const RUNS = 9;
const MODULES = [{ name: '@keystile/core', limit: 20 }, { name: '@clerk/backend' }];

/** How long `import` takes in a fresh process, without the start of node itself. */
export async function run() {
  console.log(`\nImport in a fresh process (median of ${RUNS})\n`);
  let missed = 0;
  const times = new Map(MODULES.map(({ name }) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const { name } of MODULES) {
      const script = `const start = performance.now(); await import(${JSON.stringify(name)}); console.log(performance.now() - start);`;
      const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: import.meta.dirname,
        encoding: 'utf8',
      });
      times.get(name).push(Number(printed));
    }
  }
  for (const { name, limit } of MODULES) {
    const time = [...times.get(name)].sort((a, b) => a - b)[Math.floor(RUNS / 2)];
    const isMissed = limit !== undefined && time > limit;
    if (isMissed) missed++;
    console.log(
      name.padEnd(24),
      `${time.toFixed(1)} ms`.padStart(10),
      limit === undefined ? '' : `limit ${limit} ms`,
      isMissed ? 'MISSED' : '',
    );
  }
  return missed;
}
