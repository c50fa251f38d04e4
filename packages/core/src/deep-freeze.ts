/** Freezes a value that came out of `JSON.parse`, or was made of such values, and all that it holds. */
export function deepFreeze<T>(value: T): Readonly<T> {
  // Iterative: a token may nest deeper than the call stack.
  const found: unknown[] = [value];
  for (const next of found) {
    if (!isObject(next)) continue;
    Object.freeze(next);
    // `for in` spares the array of values; what was parsed or built here inherits nothing enumerable.
    for (const name in next) {
      if (isObject(next[name])) found.push(next[name]);
    }
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
