import { toSnake } from './case.ts';

/**
 * Writes parameters as a query: arrays repeat their key; undefined, null and empty arrays are left out; `0`, `false` and
 * `''` are values and are sent.
 *
 * @returns undefined in place of a query if a value has no form in one, with its name in `refused`
 */
export function toQuery(parameters: Readonly<Record<string, unknown>>): { query: string } | { refused: string } {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null) continue;
      const text = toText(item);
      if (text === undefined) return { refused: name };
      query.append(toSnake(name), text);
    }
  }
  return { query: query.toString() };
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}
