/**
 * The cookies that authentication knows, picked out of a `Cookie` header in one pass.
 *
 * Pairs are split first and decoded after, so a value never becomes another cookie; the first of several with one name
 * wins; surrounding quotes are kept; names are compared byte for byte (protocol section 2.1). Only wanted names cost an
 * allocation, whatever else the header holds.
 *
 * @param header - the `Cookie` header, if there is one
 * @param wanted - the names to look for
 */
export function readCookies(header: string | undefined, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (header === undefined || header.length === 0) return NO_COOKIES;
  let found: Map<string, string> | undefined;
  for (let start = 0; start < header.length; ) {
    let end = header.indexOf(';', start);
    if (end === -1) end = header.length;
    const equals = header.indexOf('=', start);
    if (equals !== -1 && equals < end) {
      const name = trimmed(header, start, equals);
      if (wanted.has(name) && found?.has(name) !== true) {
        found ??= new Map();
        found.set(name, decodeValue(trimmed(header, equals + 1, end)));
      }
    }
    start = end + 1;
  }
  return found ?? NO_COOKIES;
}

const NO_COOKIES: ReadonlyMap<string, string> = new Map();

/** The part between two indexes without the blanks that RFC 6265 allows: space and tab, nothing of Unicode's. */
function trimmed(text: string, start: number, end: number): string {
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function decodeValue(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
