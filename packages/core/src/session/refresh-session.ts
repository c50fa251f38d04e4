import { BackendError } from '../backend/backend-error.ts';
import { Refusal } from '../jwt/refusal.ts';
import { isSessionCategory } from '../jwt/token-category.ts';
import { verifySessionToken } from '../tokens/verify-session-token.ts';
import { readCookieDirectives } from './cookie-directives.ts';
import type { SignedInOutcome } from './outcome.ts';
import type { RequestFacts } from './request-facts.ts';

/** What became of a session whose token has expired; `reason` is the wire's (protocol section 9.1). */
export type RefreshResult =
  | { readonly status: 'refreshed'; readonly outcome: SignedInOutcome }
  | { readonly status: 'failed'; readonly reason: string };

/**
 * Exchanges an expired session token, whose signature has been verified, for a fresh one. Never rejects, and sets no cookie
 * unless the fresh token is of the same session and the same user.
 */
export async function refreshSession(request: RequestFacts): Promise<RefreshResult> {
  const { token: expired, refreshToken, instance, names } = request;
  if (instance.config.secretKey === undefined) return failed('missing-api-client');
  if (expired === undefined) return failed('missing-session-token');
  if (refreshToken === undefined) return failed('missing-refresh-token');
  if (expired.jwt instanceof Refusal) return failed('expired-session-token-decode-failed');
  const { sid, sub } = expired.jwt.payload;
  if (typeof sid !== 'string' || sid === '') return failed('expired-session-token-missing-sid-claim');

  const cookies = await instance.session.refreshes.share(
    [sid, refreshToken, request.publicOrigin, String(request.hasSuffixedCookies)],
    () => fetchCookies(request, sid, expired.text, refreshToken),
  );
  if (typeof cookies === 'string') return failed(cookies);
  const directives = readCookieDirectives(cookies, names, instance.config.anyHandshakeCookie);
  if (directives === undefined || directives.sessionToken === '') return failed('invalid-session-token');

  const fresh = instance.verifiedTokens.read(directives.sessionToken);
  if (fresh.jwt instanceof Refusal || fresh.type !== 'session_token' || !isSessionCategory(fresh.jwt.header)) {
    return failed('invalid-session-token');
  }
  const identity = await verifySessionToken(fresh, instance.sessionTokens, request.now);
  if (identity instanceof Refusal || identity.sessionId !== sid || identity.userId !== sub)
    return failed('invalid-session-token');
  const { text, remembered } = fresh;
  const outcome: SignedInOutcome = {
    status: 'signed-in',
    tokenType: 'session_token',
    token: text,
    remembered,
    identity,
    responseHeaders: directives.lines,
  };
  return { status: 'refreshed', outcome };
}

function failed(reason: string): RefreshResult {
  return { status: 'failed', reason };
}

/** Asks the backend; a text is the reason why there are no cookies. */
async function fetchCookies(
  request: RequestFacts,
  sid: string,
  expiredToken: string,
  refreshToken: string,
): Promise<readonly string[] | string> {
  const { instance } = request;
  try {
    const answer = await instance.backend.sessions.refreshSession(sid, {
      format: 'cookie',
      expiredToken,
      refreshToken,
      requestOrigin: request.publicUrl.origin,
      requestHeaders: forwardedHeaders(request),
      suffixedCookies: request.hasSuffixedCookies,
    });
    const cookies = 'cookies' in answer ? answer.cookies : [];
    return Array.isArray(cookies) && cookies.length > 0 ? cookies : 'unexpected-sdk-error';
  } catch (error) {
    return toReason(error);
  }
}

/** What a refresh needs to know of the browser: whose it is and where it stands, nothing that opens a door. */
const NEEDED_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'origin',
  'referer',
  'user-agent',
  'accept-language',
  'x-forwarded-for',
]);

function forwardedHeaders({ view, instance }: RequestFacts): Record<string, readonly string[]> {
  const headers: [string, readonly string[]][] = [];
  for (const [name, value] of view.headers()) {
    const wireName = name.toLowerCase();
    if (instance.config.forwardAllHeadersOnRefresh || NEEDED_HEADERS.has(wireName)) headers.push([wireName, [value]]);
  }
  return Object.fromEntries(headers);
}

function toReason(error: unknown): string {
  if (!(error instanceof BackendError)) return 'unexpected-bapi-error';
  const [first] = error.errors;
  if (first === undefined)
    return error.code === 'backend-unreachable' || error.code === 'backend-timeout'
      ? 'fetch-error'
      : 'unexpected-bapi-error';
  if (first.code === 'unexpected_error') return 'fetch-error';
  // The code becomes part of a header and of a URL.
  return /^[\w.-]{1,100}$/.test(first.code) ? first.code : 'unexpected-bapi-error';
}
