/** Freezes a value that came out of `JSON.parse`, or was made of such values, and all that it holds. */
export function deepFreeze<T>(value: T): Readonly<T> {
  // Iterative: a token may nest deeper than the call stack.
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue;
    Object.freeze(next);
    for (const member of Object.values(next)) {
      if (typeof member === 'object' && member !== null) pending.push(member);
    }
  }
  return value;
}
