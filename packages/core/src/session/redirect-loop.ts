import { COOKIES } from '../keys/cookie-names.ts';
import type { HeaderLine } from '../response-patch.ts';
import { secondsAhead } from './explain-refusal.ts';
import type { Facts, RedirectCount } from './facts.ts';
import type { SessionReason } from './reason.ts';

/** How many redirects in a row a browser is led through before it is left alone. */
export const MAXIMUM_REDIRECTS = 3;

/**
 * How often in a row the browser has been redirected. Of several counts the highest is true, and one that we never write
 * stands for the maximum: whoever tosses cookies at us can end a chain of redirects, never lengthen it.
 *
 * @param cookies - the values of all cookies of the counter's name
 */
export function readRedirectCount(cookies: readonly string[]): RedirectCount {
  let highest: RedirectCount = 0;
  for (const cookie of cookies) {
    const count = COUNTS.get(cookie) ?? MAXIMUM_REDIRECTS;
    if (count > highest) highest = count;
  }
  return highest;
}

const COUNTS: ReadonlyMap<string, RedirectCount> = new Map([
  ['0', 0],
  ['1', 1],
  ['2', 2],
]);

/** The cookie that counts one redirect more; it lives as long as a redirect takes (protocol section 2.1). */
export function redirectCountCookie(count: number, isSecure: boolean): HeaderLine {
  const value = `${COOKIES.redirectCount}=${count}; SameSite=Lax; HttpOnly; Max-Age=2`;
  return ['set-cookie', isSecure ? `${value}; Secure` : value];
}

/** What an operator should look at when a browser comes back again and again in the same state. */
export function explainLoop(reason: SessionReason, facts: Facts): string {
  return `Redirected ${MAXIMUM_REDIRECTS} times in a row without result (${reason}). ${causeOf(reason, facts)}`;
}

function causeOf(reason: SessionReason, facts: Facts): string {
  if (facts.handshake?.status === 'failed')
    return `The handshake brought nothing that verifies: ${facts.handshake.message}`;
  const ahead = secondsAhead(facts.token, facts.now);
  if (reason.startsWith('session-token-expired')) {
    return `The browser keeps sending a token that was issued ${-ahead} s ago: it refuses the new one, or the clock of this server is ahead.`;
  }
  if (reason === 'session-token-nbf' || reason === 'session-token-iat-in-the-future') {
    return `The clock of this server is ${ahead} s behind the issuer's: set it.`;
  }
  return CAUSES[reason] ?? 'Look at the cookies and the clock of the browser.';
}

const COOKIES_REFUSED = 'The browser seems to refuse our cookies:';

const CAUSES: Partial<Record<SessionReason, string>> = {
  'dev-browser-missing': `${COOKIES_REFUSED} allow them for this site, and do not open it in a frame of another one.`,
  'dev-browser-sync': `${COOKIES_REFUSED} allow them for this site, and do not open it in a frame of another one.`,
  'client-uat-but-no-session-token': `${COOKIES_REFUSED} is the session token larger than the 4 kB that browsers keep, or the page in a frame of another site?`,
  'session-token-but-no-client-uat': `${COOKIES_REFUSED} __client_uat belongs to the registrable domain, which the frontend API must share with the application.`,
  'session-token-iat-before-client-uat':
    'The browser keeps sending an older session token than its client has: two applications write the same cookies, or new ones are refused.',
  'satellite-needs-syncing':
    'The primary does not answer: compare signInUrl and domain with those of the instance, and allow cookies for both sites.',
  'primary-responds-to-syncing':
    'The satellite asks again and again: allow cookies for both sites, and compare the domains with those of the instance.',
};
