/** Freezes a value that came out of `JSON.parse`, or was made of such values, and all that it holds. */
export function deepFreeze<T>(value: T): Readonly<T> {
  // Iterative: a token may nest deeper than the call stack.
  const found: unknown[] = [value];
  for (const next of found) {
    if (typeof next !== 'object' || next === null) continue;
    for (const member of Object.values(Object.freeze(next))) {
      if (typeof member === 'object') found.push(member);
    }
  }
  return value;
}
