/** The operation table: one constant a resource, one line a method, so that a bundle may leave resources out. */
export function emitOperations({ resources }) {
  const tables = [...resources].map(([resource, operations]) => {
    const lines = operations.flatMap((operation) => {
      const text = [operation.http, operation.path, ...operation.words].join(' ');
      return [operation.method, ...operation.aliasMethods].map((name) => `  ${name}: '${text}',`);
    });
    return `export const ${resource} = {\n${lines.join('\n')}\n} as const;`;
  });
  const names = [...resources.keys()].map((resource) => `  ${resource},`);
  return [...tables, `export const RESOURCES = {\n${names.join('\n')}\n} as const;`].join('\n\n');
}
