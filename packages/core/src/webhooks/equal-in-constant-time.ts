/**
 * Whether two texts are the same, in a time that depends on their lengths alone, so that a forger cannot find a secret
 * value letter by letter. The one comparison of secrets that we hold as text.
 */
export function equalInConstantTime(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i);
  return difference === 0;
}
