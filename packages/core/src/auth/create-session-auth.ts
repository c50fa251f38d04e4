import type { DebugData, GetTokenOptions, SessionAuth, SignedInAuth, SignedOutAuth } from './auth-object.ts';
import { meetsRequirement } from './has.ts';
import type { SessionIdentity } from './session-identity.ts';

/** Makes a token of a session on demand (protocol section 9.2). */
export type SessionTokenIssuer = (sessionId: string, options: GetTokenOptions) => Promise<string>;

/**
 * The auth object of a session.
 *
 * @param token - the request's own token, which `getToken()` without options gives back
 * @param issue - makes other tokens of the session
 */
export function createSignedInAuth(
  identity: SessionIdentity,
  token: string,
  issue: SessionTokenIssuer,
  debug: () => DebugData,
): SignedInAuth {
  const { sessionId } = identity;
  // Spelled out: spreading costs more than all else here.
  return {
    tokenType: 'session_token',
    isAuthenticated: true,
    userId: identity.userId,
    sessionId,
    sessionClaims: identity.claims as SignedInAuth['sessionClaims'],
    sessionStatus: identity.sessionStatus,
    actor: identity.actor,
    orgId: identity.orgId,
    orgRole: identity.orgRole as SignedInAuth['orgRole'],
    orgSlug: identity.orgSlug,
    orgPermissions: identity.orgPermissions as SignedInAuth['orgPermissions'],
    factorVerificationAge: identity.factorVerificationAge,
    getToken: async (options = {}) => {
      if (sessionId === null) return null;
      const isPlain = options.template === undefined && options.expiresInSeconds === undefined;
      return isPlain ? token : issue(sessionId, options);
    },
    has: (requirement) => meetsRequirement(identity, requirement),
    debug,
  };
}

/** The auth object of nobody. */
export function createSignedOutAuth(sessionStatus: 'pending' | null, debug: () => DebugData): SignedOutAuth {
  return {
    tokenType: 'session_token',
    isAuthenticated: false,
    userId: null,
    sessionId: null,
    sessionClaims: null,
    sessionStatus,
    actor: null,
    orgId: null,
    orgRole: null,
    orgSlug: null,
    orgPermissions: null,
    factorVerificationAge: null,
    getToken: async () => null,
    has: (): false => false,
    debug,
  };
}

/** A session that is not complete yet counts as none unless the caller wants to see it (protocol section 4.5). */
export function hidePending(auth: SessionAuth, treatPendingAsSignedOut: boolean | undefined): SessionAuth {
  // Nothing but false: what plain JavaScript passes for it by mistake shows nobody.
  return treatPendingAsSignedOut !== false && auth.isAuthenticated && auth.sessionStatus === 'pending'
    ? createSignedOutAuth('pending', auth.debug)
    : auth;
}
