/** Whether two middlewares were given the same: functions by identity, everything else by value. */
export function isSameOptions(a: object, b: object): boolean {
  if (a === b) return true;
  if (typeof a === 'function' || typeof b === 'function') return false;
  const left = new Map(Object.entries(a));
  const right = new Map(Object.entries(b));
  return [...new Set([...left.keys(), ...right.keys()])].every((name) => isSameValue(left.get(name), right.get(name)));
}

function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}
