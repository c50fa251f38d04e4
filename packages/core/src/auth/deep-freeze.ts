/** Freezes a value that came out of `JSON.parse`, or was made of such values, and all that it holds. */
export function deepFreeze<T>(value: T): Readonly<T> {
  // Iterative: a token may nest deeper than the call stack.
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isObject(next) || Object.isFrozen(next)) continue;
    Object.freeze(next);
    // `for in` spares the array of values; what was parsed or built here inherits nothing enumerable.
    for (const name in next) {
      const member = next[name];
      if (isObject(member)) pending.push(member);
    }
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
