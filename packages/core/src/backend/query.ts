import { toSnake } from './case.ts';

/**
 * Writes values as a query: arrays repeat their key; undefined, null and empty arrays are left out; `0`, `false` and `''`
 * are values and are sent.
 *
 * @param isInQuery - tells by wire name which of the values belong here
 * @returns `refused`, the name of a value that has no form in a query, if there is one
 */
export function toQuery(
  values: Readonly<Record<string, unknown>>,
  isInQuery: (wireName: string) => boolean,
): { readonly query: URLSearchParams } | { readonly refused: string } {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const wireName = toSnake(name);
    if (!isInQuery(wireName)) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null) continue;
      const text = toText(item);
      if (text === undefined) return { refused: name };
      query.append(wireName, text);
    }
  }
  return { query };
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}
