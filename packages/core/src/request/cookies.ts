/**
 * The cookies that authentication knows, picked out of a `Cookie` header in one pass.
 *
 * Pairs are split first and decoded after, so a value never becomes another cookie; the first of several with one name
 * wins; surrounding quotes are kept; names are compared byte for byte (protocol section 2.1). Cookies of other names cost
 * nothing but the time to step over them.
 *
 * @param header - the `Cookie` header, if there is one
 * @param wanted - the names to look for, each beginning with two underscores as all of the wire's do
 */
export function readCookies(header: string | undefined, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (header === undefined || header.length === 0) return NO_COOKIES;
  let found: Map<string, string> | undefined;
  for (let start = 0; start < header.length; ) {
    let end = header.indexOf(';', start);
    if (end === -1) end = header.length;
    start = skipBlanks(header, start, end);
    if (beginsLikeOurs(header, start)) {
      const equals = header.indexOf('=', start);
      if (equals !== -1 && equals < end) {
        const name = header.slice(start, skipBlanksBack(header, start, equals));
        if (wanted.has(name) && found?.has(name) !== true) {
          found ??= new Map();
          found.set(name, readValue(header, equals + 1, end));
        }
      }
    }
    start = end + 1;
  }
  return found ?? NO_COOKIES;
}

/** The values of all cookies of one name: cookies of several paths or domains are sent side by side. */
export function readCookieValues(header: string | undefined, name: string): readonly string[] {
  if (header === undefined) return [];
  const values: string[] = [];
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals === -1) continue;
    const start = skipBlanks(pair, 0, equals);
    if (pair.slice(start, skipBlanksBack(pair, start, equals)) === name)
      values.push(readValue(pair, equals + 1, pair.length));
  }
  return values;
}

const NO_COOKIES: ReadonlyMap<string, string> = new Map();
const UNDERSCORE = 0x5f;

function beginsLikeOurs(header: string, start: number): boolean {
  return header.charCodeAt(start) === UNDERSCORE && header.charCodeAt(start + 1) === UNDERSCORE;
}

/** Space and tab are blank, as RFC 6265 section 5.2 has it, and nothing of Unicode's. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function skipBlanks(text: string, start: number, end: number): number {
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  return start;
}

function skipBlanksBack(text: string, start: number, end: number): number {
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

function readValue(header: string, start: number, end: number): string {
  const from = skipBlanks(header, start, end);
  const value = header.slice(from, skipBlanksBack(header, from, end));
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
