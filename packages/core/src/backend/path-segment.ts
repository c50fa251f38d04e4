const DECODING_ROUNDS = 10;

/**
 * Percent-encodes an id as one segment of a path.
 *
 * @returns undefined for what could address something else, however often a server on the way decodes it: the empty and
 *   the blank text, dot segments, and what is no text at all
 */
export function toPathSegment(id: unknown): string | undefined {
  if (typeof id !== 'string' || id.trim() === '') return undefined;
  let decoded = id;
  for (let round = 0; round <= DECODING_ROUNDS; round += 1) {
    if (hasDotSegment(decoded)) return undefined;
    if (!decoded.includes('%')) break;
    const next = decodeOnce(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  try {
    return encodeURIComponent(id);
  } catch {
    return undefined;
  }
}

const hasDotSegment = (text: string): boolean => text.split(/[/\\]/).some((part) => /^\s*\.\.?\s*$/.test(part));

/** Decodes the well-formed escapes and leaves others as they are, as lenient servers do. */
function decodeOnce(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
