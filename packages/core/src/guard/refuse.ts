import { reverificationError } from '../auth/reverification-error.ts';
import type { Instance } from '../instance.ts';
import { signInUrl } from '../redirects/sign-in-url.ts';
import { readBearerToken } from '../request/bearer-token.ts';
import { parseUrl, readPublicOrigin, toPublicUrl } from '../request/public-url.ts';
import type { RequestView } from '../request/request-view.ts';
import type { RequestState } from '../request-state.ts';
import { type HeaderLine, PRIVATE_HEADERS, PRIVATE_VARY, type ResponsePatch } from '../response-patch.ts';
import { mayRedirect } from '../session/eligibility.ts';
import { isTokenTypeAccepted } from '../tokens/token-type.ts';
import { type Challenge, toWwwAuthenticate } from './challenge.ts';
import type { GuardOptions, Lacking } from './guard.ts';

/** The answer to a request that did not prove who makes it: a redirect for page loads, 401 with a challenge for the rest. */
export function refuseUnauthenticated(
  state: RequestState,
  view: RequestView,
  options: GuardOptions,
  instance: Instance,
): ResponsePatch {
  const { mode = 'auto', acceptsToken = 'session_token', unavailable } = options;
  if (unavailable === 'service-unavailable' && isBackendAtFault(state)) {
    return problem(503, 'Service Unavailable', 'authentication-unavailable', [['retry-after', '5']]);
  }
  const takesSessions = isTokenTypeAccepted('session_token', acceptsToken);
  if (mode === 'redirect' || (mode === 'auto' && takesSessions && mayRedirect(view))) {
    return redirect(signInUrl(view, instance, state, options.signInUrl));
  }
  const presented = readBearerToken(view.header('authorization')) !== undefined;
  const challenge: Challenge = {
    ...(presented && { error: 'invalid_token' as const, errorDescription: describe(state) }),
    ...metadata(options, view, instance),
  };
  return problem(401, 'Unauthorized', state.reason ?? 'token-type-mismatch', [
    ['www-authenticate', toWwwAuthenticate(challenge)],
  ]);
}

/** The answer to a request that proved who makes it and may not do this. */
export function refuseUnauthorized(
  lacking: Lacking,
  options: GuardOptions,
  view: RequestView,
  instance: Instance,
): ResponsePatch {
  switch (lacking.kind) {
    case 'scope': {
      const challenge: Challenge = {
        error: 'insufficient_scope',
        scope: lacking.scopes.join(' '),
        ...metadata(options, view, instance),
      };
      return problem(403, 'Forbidden', 'insufficient-scope', [['www-authenticate', toWwwAuthenticate(challenge)]]);
    }
    case 'reverification':
      return answer(403, JSON.stringify(reverificationError(lacking.reverification)), 'application/json');
    case 'permission':
      return problem(403, 'Forbidden', 'insufficient-permission');
  }
}

/** The texts are few and fixed: a stranger learns no key id, no URL and no claim of ours. */
function describe({ reason }: RequestState): string {
  if (reason === null || reason === 'token-type-mismatch') return 'This route does not take this kind of token.';
  // Of a session, the reason also tells why it was not refreshed.
  if (reason === 'token-expired' || reason.startsWith('session-token-expired')) return 'The token has expired.';
  return 'The token is not valid.';
}

/** Reasons that say nothing about the token: the backend could not be asked for keys, for a verdict, or for a new session. */
const BACKEND_AT_FAULT: readonly unknown[] = [
  'jwk-remote-failed-to-load',
  'session-token-expired-refresh-fetch-error',
  'session-token-expired-refresh-unexpected-bapi-error',
];

function isBackendAtFault({ reason, tokenType }: RequestState): boolean {
  return BACKEND_AT_FAULT.includes(reason) || (reason === 'unexpected-error' && tokenType !== 'session_token');
}

function metadata(options: GuardOptions, view: RequestView, instance: Instance): Pick<Challenge, 'resourceMetadata'> {
  if (options.resourceMetadata === undefined) return {};
  const publicUrl = toPublicUrl(readPublicOrigin(view, instance.config), view);
  const url = parseUrl(options.resourceMetadata, publicUrl);
  return url === undefined ? {} : { resourceMetadata: url.href };
}

function redirect(location: string): ResponsePatch {
  return {
    set: [['location', location], ...PRIVATE_HEADERS],
    append: [],
    vary: PRIVATE_VARY,
    answer: { status: 307, body: null },
  };
}

/** A problem document, RFC 9457. */
function problem(status: number, title: string, code: string, headers: readonly HeaderLine[] = []): ResponsePatch {
  return answer(
    status,
    JSON.stringify({ type: 'about:blank', title, status, code }),
    'application/problem+json',
    headers,
  );
}

function answer(status: number, body: string, contentType: string, headers: readonly HeaderLine[] = []): ResponsePatch {
  return {
    set: [['content-type', contentType], ...headers, ...PRIVATE_HEADERS],
    append: [],
    vary: PRIVATE_VARY,
    answer: { status, body },
  };
}
