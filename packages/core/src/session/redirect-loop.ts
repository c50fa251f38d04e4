import { Refusal } from '../jwt/refusal.ts';
import { COOKIES } from '../keys/cookie-names.ts';
import type { HeaderLine } from '../response-patch.ts';
import type { Facts, RedirectCount } from './facts.ts';
import type { SessionReason } from './reason.ts';

/** How many redirects in a row a browser is led through before it is left alone. */
export const MAXIMUM_REDIRECTS = 3;

/**
 * How often in a row the browser has been redirected. A count that we never write stands for the maximum: whoever tosses
 * a cookie at us can end a chain of redirects, never lengthen it.
 */
export function readRedirectCount(cookie: string | undefined): RedirectCount {
  switch (cookie) {
    case undefined:
    case '0':
      return 0;
    case '1':
      return 1;
    case '2':
      return 2;
    default:
      return MAXIMUM_REDIRECTS;
  }
}

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
    return `The handshake brought a token that does not verify: ${facts.handshake.message}`;
  switch (reason) {
    case 'session-token-nbf':
    case 'session-token-iat-in-the-future':
      return `${CLOCK} it is ${secondsAhead(facts)} s behind the issuer's.`;
    case 'dev-browser-missing':
    case 'dev-browser-sync':
      return `${COOKIES_REFUSED} allow cookies for this site, and do not open it in a frame of another one.`;
    case 'client-uat-but-no-session-token':
      return `${COOKIES_REFUSED} is the session token larger than the 4 kB that browsers keep, or the page in a frame of another site?`;
    case 'session-token-but-no-client-uat':
      return `${COOKIES_REFUSED} __client_uat belongs to the registrable domain, so the frontend API must share it with the application.`;
    case 'session-token-iat-before-client-uat':
      return 'The browser keeps sending an older session token than its client has: two applications write the same cookies, or new ones are refused.';
    case 'satellite-needs-syncing':
      return 'The primary does not answer: compare signInUrl and domain with what the dashboard has, and allow cookies for both sites.';
    case 'active-organization-mismatch':
      return 'The session could not be switched to the organisation that the URL names.';
    default:
      return reason.startsWith('session-token-expired')
        ? `The browser keeps sending an expired token: it refuses the new one, or the clock of this server is ahead. The token was issued ${-secondsAhead(facts)} s ago.`
        : 'Look at the cookies and the clock of the browser.';
  }
}

const CLOCK = 'Set the clock of this server:';
const COOKIES_REFUSED = 'The browser seems to refuse our cookies:';

/** How far the token's time of issue lies ahead of our clock, in seconds. */
function secondsAhead({ token, now }: Facts): number {
  if (token === undefined || token.jwt instanceof Refusal) return 0;
  const { iat, nbf } = token.jwt.payload;
  const issuedAt = typeof iat === 'number' ? iat : typeof nbf === 'number' ? nbf : now / 1000;
  return Math.round(issuedAt - now / 1000);
}
