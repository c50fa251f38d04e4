import { readFileSync, writeFileSync } from 'node:fs';

const COLUMNS = ['Node 20', 'Node 22', 'Node 24', 'Bun', 'Deno', 'workerd'];

/** What a row shows, and under which name its group runs in a runtime. */
const ROWS = [
  { title: 'core, its own tests', group: (runtime) => `core suite on ${runtime}` },
  { title: 'core, vectors', group: (runtime) => `core on ${runtime}` },
  { title: 'Express 5', group: (runtime) => `Express 5 on ${runtime}` },
  { title: 'Express 4', group: (runtime) => `Express 4 on ${runtime}` },
  { title: 'Hono', group: (runtime) => `Hono on ${runtime}` },
  { title: 'Hono example, in a browser', group: (runtime) => `examples/hono-edge on ${runtime}, in a browser` },
  ...[
    ['Next.js 16, guards in route handlers', 'Next, guards in route handlers'],
    ['Next.js 16, guards in the proxy', 'Next, guards in the proxy'],
    ['Next.js 16, guards on its edge runtime', 'Next, guards in middleware.ts on the edge runtime'],
    ['Next.js 15, guards in route handlers', 'Next 15, guards in route handlers'],
    ['Next.js 15, guards on its edge runtime', 'Next 15, guards in middleware.ts'],
  ].map(([title, group]) => ({ title, group: () => group, only: 'Node 20' })),
];

const BEGIN = '<!-- support:start -->';
const END = '<!-- support:end -->';

/** The table as Markdown: how many tests passed, and of how many where that is not all. */
export function formatTable(groups) {
  const cell = (row, runtime) => {
    const group = row.only === undefined || row.only === runtime ? groups.get(row.group(runtime)) : undefined;
    if (group === undefined) return '–';
    return group.failed === 0 ? `${group.passed} ✓` : `${group.passed} of ${group.passed + group.failed}`;
  };
  const lines = [
    ['', ...COLUMNS],
    ['---', ...COLUMNS.map(() => '---:')],
    ...ROWS.map((row) => [row.title, ...COLUMNS.map((runtime) => cell(row, runtime))]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Replaces what stands between the markers. */
export function writeTable(file, table) {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`${file} has no ${BEGIN} … ${END}.`);
  writeFileSync(file, `${text.slice(0, begin + BEGIN.length)}\n${table}\n${text.slice(end)}`);
}
