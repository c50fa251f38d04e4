import { COOKIES, type CookieNames } from '../keys/cookie-names.ts';
import type { HeaderLine } from '../response-patch.ts';

/** The cookies that the frontend API wants set, checked and ready for the response. */
export interface CookieDirectives {
  readonly lines: readonly HeaderLine[];
  /** The session token among them; `''` if there is none, or if it is cleared. */
  readonly sessionToken: string;
}

/** Where there was nothing to set. */
export const NO_DIRECTIVES: CookieDirectives = Object.freeze({ lines: Object.freeze([]), sessionToken: '' });

const MAXIMUM_DIRECTIVES = 100;
const MAXIMUM_LENGTH = 64 * 1024;

/**
 * Reads `Set-Cookie` values out of a handshake payload or a refreshed session (protocol section 8.3 step 4, with H2 and H3
 * of section 17).
 *
 * The session token is that of the cookie with exactly the instance's own suffix, or else of the plain one; of several
 * with one name the last counts, as in a browser.
 *
 * @param names - the cookie names of the instance; cookies of other names are dropped
 * @param anyName - whether cookies of any name are let through
 * @returns undefined if what came is no list of texts, or one of them could break out of its header line
 */
export function readCookieDirectives(
  directives: unknown,
  names: CookieNames,
  anyName: boolean,
): CookieDirectives | undefined {
  if (!Array.isArray(directives) || directives.length > MAXIMUM_DIRECTIVES) return undefined;
  const lines: HeaderLine[] = [];
  let plain = '';
  let suffixed: string | undefined;
  let length = 0;
  for (const directive of directives as readonly unknown[]) {
    if (typeof directive !== 'string' || !isHeaderSafe(directive)) return undefined;
    length += directive.length;
    if (length > MAXIMUM_LENGTH) return undefined;
    const name = nameOf(directive);
    if (name === COOKIES.session) plain = tokenOf(directive);
    else if (name === names.session) suffixed = tokenOf(directive);
    if (anyName || names.wanted.has(name)) lines.push(['set-cookie', directive]);
  }
  return { lines, sessionToken: suffixed ?? plain };
}

function nameOf(directive: string): string {
  const equals = directive.indexOf('=');
  return equals === -1 ? '' : directive.slice(0, equals).trim();
}

function tokenOf(directive: string): string {
  const start = directive.indexOf('=') + 1;
  const end = directive.indexOf(';', start);
  return directive.slice(start, end === -1 ? undefined : end).trim();
}

/** Without line breaks and NUL a text stays within its header line (RFC 9110 section 5.5); only ASCII travels everywhere. */
function isHeaderSafe(text: string): boolean {
  return /^[\t\x20-\x7e]*$/.test(text);
}
