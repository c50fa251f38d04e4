import { Refusal } from '../jwt/refusal.ts';
import { COOKIES, type CookieNames } from '../keys/cookie-names.ts';
import type { PresentedToken } from '../tokens/presented-token.ts';
import { isIssuedBy } from './issuer.ts';

/** The cookies of a session that count for a request, all of one family. */
export interface SessionCookies {
  /** Whether they are those whose names carry the instance's suffix. */
  readonly areSuffixed: boolean;
  /** The session cookie, decoded and unproven; undefined if there is none. */
  readonly token: PresentedToken | undefined;
  /** When the browser's client last changed, in unix seconds; 0: it is signed out, or nobody knows. */
  readonly clientUat: number;
  /** The development browser's token; undefined if there is none. */
  readonly devBrowser: string | undefined;
}

/** What the choice depends on besides the cookies. */
export interface CookieChoice {
  readonly names: CookieNames;
  /** The issuer of this instance's tokens, without a scheme. */
  readonly instanceHost: string;
  readonly isProduction: boolean;
  /** The request's one reading of the clock, in milliseconds. */
  readonly now: number;
  /** Where tokens are decoded, each once. */
  readonly tokens: { read(text: string): PresentedToken };
}

/**
 * Chooses between the cookies with and without the instance's suffix (protocol section 8.2): applications of several
 * instances may share a domain, and scripts that know no suffix may have written the plain ones. Whichever family is
 * chosen, nothing of the other is read.
 */
export function chooseCookies(cookies: ReadonlyMap<string, string>, choice: CookieChoice): SessionCookies {
  const { names, tokens } = choice;
  const plainText = cookies.get(COOKIES.session);
  const suffixedText = cookies.get(names.session);
  const plain = plainText ? tokens.read(plainText) : undefined;
  const suffixed = suffixedText ? (suffixedText === plainText ? plain : tokens.read(suffixedText)) : undefined;
  const plainUat = cookies.get(COOKIES.clientUat) ?? '';
  const suffixedUat = cookies.get(names.clientUat) ?? '';
  const areSuffixed = isSuffixedFamily({ plain, suffixed, plainUat, suffixedUat }, choice);
  return {
    areSuffixed,
    token: areSuffixed ? suffixed : plain,
    clientUat: Number.parseInt(areSuffixed ? suffixedUat : plainUat, 10) || 0,
    devBrowser: cookies.get(areSuffixed ? names.devBrowser : COOKIES.devBrowser) || undefined,
  };
}

interface Families {
  readonly plain: PresentedToken | undefined;
  readonly suffixed: PresentedToken | undefined;
  readonly plainUat: string;
  readonly suffixedUat: string;
}

/** The rows of section 8.2; the first that holds decides. */
function isSuffixedFamily(families: Families, { instanceHost, isProduction, now }: CookieChoice): boolean {
  const { plain, suffixed, plainUat, suffixedUat } = families;
  if (plain !== undefined) {
    if (plain.jwt instanceof Refusal || !plain.jwt.payload.iss) return false; // 1
    if (!isIssuedBy(instanceHost, plain.jwt.payload.iss)) return true; // 2
  }
  if (suffixedUat === '' && suffixed === undefined) return false; // 3
  if (suffixedUat !== '0') {
    if (plainUat !== '0' && issuedAt(plain) > issuedAt(suffixed)) return false; // 4
    if (!isProduction && plainUat === '0' && hasExpired(suffixed, now)) return false; // 6
  } else if (plainUat !== '0') {
    return false; // 5
  }
  return suffixedUat !== ''; // 7, 8: by row 3 there is a suffixed session where there is no time
}

function issuedAt(token: PresentedToken | undefined): number {
  if (token === undefined || token.jwt instanceof Refusal) return 0;
  const { iat } = token.jwt.payload;
  return typeof iat === 'number' ? iat : 0;
}

function hasExpired(token: PresentedToken | undefined, now: number): boolean {
  if (token === undefined || token.jwt instanceof Refusal) return false;
  const { exp } = token.jwt.payload;
  return typeof exp === 'number' && exp <= Math.floor(now / 1000);
}
