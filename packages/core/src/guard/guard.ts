import type { AuthenticatedFor, AuthObject } from '../auth/auth-object.ts';
import type { Requirement } from '../auth/requirement.ts';
import type { Instance } from '../instance.ts';
import type { RequestView } from '../request/request-view.ts';
import type { RequestState } from '../request-state.ts';
import { PRIVATE_PATCH, type ResponsePatch } from '../response-patch.ts';
import type { AcceptsToken } from '../tokens/token-type.ts';
import { refuseUnauthenticated, refuseUnauthorized } from './refuse.ts';

/** What a route demands. Everything that is named must hold. */
export interface GuardOptions<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined> extends Requirement {
  /** The kinds of token that the route takes. Default `session_token`. */
  readonly acceptsToken?: Accepts;
  /** Scopes that the machine token must carry, each exactly. A session carries none. */
  readonly scopes?: string | readonly string[];
  /** Whether a session that is not complete yet counts as none. Default true. */
  readonly treatPendingAsSignedOut?: boolean;
  /** Whether someone may act in the user's place (`act`). Default true. */
  readonly allowImpersonation?: boolean;
  /**
   * How a request without authentication is answered: `api` with 401 and a challenge, `redirect` with a redirect to the
   * sign-in page, `auto` (default) with whichever fits: page loads are redirected.
   */
  readonly mode?: 'auto' | 'api' | 'redirect';
  /** The sign-in page for this route, in place of the configured one. */
  readonly signInUrl?: string;
  /** The protected resource's metadata (RFC 9728), named in challenges. A path is taken on the public origin. */
  readonly resourceMetadata?: string;
  /** Answer 503 with `Retry-After` where the backend could not be asked. Default: 401 like any other. */
  readonly unavailable?: 'unauthorized' | 'service-unavailable';
}

/** The route may run, and for whom; or not. The patch then answers in its place, else it keeps the answer out of shared caches. */
export type GuardVerdict<Accepts extends AcceptsToken | undefined> =
  | { readonly allowed: true; readonly auth: AuthenticatedFor<Accepts>; readonly patch: ResponsePatch }
  | { readonly allowed: false; readonly patch: ResponsePatch };

/**
 * Decides whether a request may reach a route: 401 or a redirect to sign-in if it proved nothing, 403 if it lacks a demand.
 *
 * @param state - of the same request, settled for what the route takes; a handshake must have been answered before
 */
export function guard<const Accepts extends AcceptsToken | undefined = undefined>(
  state: RequestState,
  view: RequestView,
  options: GuardOptions<Accepts>,
  instance: Instance,
): GuardVerdict<Accepts> {
  const { acceptsToken, treatPendingAsSignedOut } = options;
  const auth: AuthObject | null = state.toAuth({
    ...(acceptsToken !== undefined && { acceptsToken }),
    ...(treatPendingAsSignedOut !== undefined && { treatPendingAsSignedOut }),
  });
  if (auth === null || !auth.isAuthenticated) {
    return { allowed: false, patch: refuseUnauthenticated(state, view, options, instance) };
  }
  const lacking = findLacking(auth, options);
  if (lacking !== undefined) return { allowed: false, patch: refuseUnauthorized(lacking, options, view, instance) };
  return { allowed: true, auth: auth as AuthenticatedFor<Accepts>, patch: PRIVATE_PATCH };
}

/** What an authenticated request lacks. */
export type Lacking =
  | { readonly kind: 'scope'; readonly scopes: readonly string[] }
  | { readonly kind: 'reverification'; readonly reverification: NonNullable<Requirement['reverification']> }
  | { readonly kind: 'permission' };

type AuthenticatedAuth = Extract<AuthObject, { isAuthenticated: true }>;

function findLacking(auth: AuthenticatedAuth, options: GuardOptions): Lacking | undefined {
  if (options.allowImpersonation === false && 'actor' in auth && auth.actor !== undefined)
    return { kind: 'permission' };
  const missing = toList(options.scopes).filter((scope) => !('hasScope' in auth && auth.hasScope(scope)));
  if (missing.length > 0) return { kind: 'scope', scopes: missing };
  const requirement = pickRequirement(options);
  if (requirement === undefined || auth.has(requirement)) return undefined;
  const { reverification, ...others } = requirement;
  // Only the age of the verification is at fault: the browser can mend that, and is told so.
  const isStale =
    reverification !== undefined && (Object.keys(others).length === 0 || auth.has(others)) && 'userId' in auth;
  return isStale && auth.tokenType === 'session_token'
    ? { kind: 'reverification', reverification }
    : { kind: 'permission' };
}

const DEMANDS = ['role', 'permission', 'feature', 'plan', 'reverification'] as const;

/** The demands that `has()` decides. One that is there but null counts as asked, and fails. */
function pickRequirement(options: GuardOptions): Requirement | undefined {
  const asked = DEMANDS.filter((demand) => options[demand] !== undefined);
  return asked.length === 0 ? undefined : Object.fromEntries(asked.map((demand) => [demand, options[demand]]));
}

/** What is no list is one demand, so that null from plain JavaScript is one that nobody meets. */
function toList(scopes: string | readonly string[] | undefined): readonly string[] {
  if (scopes === undefined) return [];
  return Array.isArray(scopes) ? scopes : [scopes as string];
}
