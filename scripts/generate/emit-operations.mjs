/** The operation table: one constant a resource, one line a method, so that a bundle may leave resources out. */
export function emitOperations({ resources }) {
  const tables = [...resources].map(([resource, operations]) => {
    const lines = operations.flatMap((operation) => {
      const text = [operation.http, operation.path, ...operation.words].join(' ');
      return [operation.method, ...operation.aliasMethods].map((name) => `    ${name}: '${text}',`);
    });
    return `export const ${resource}: ResourceTable<'${resource}'> = {\n  name: '${resource}',\n  methods: {\n${lines.join('\n')}\n  },\n};`;
  });
  return ["import type { ResourceTable } from '../resource-table.ts';", ...tables].join('\n\n');
}
