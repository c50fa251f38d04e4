import type { AuthObject, DebugData, GetTokenOptions, InvalidTokenAuth, MachineClaims } from '../auth/auth-object.ts';
import {
  createInvalidTokenAuth,
  createMachineAuth,
  createUnauthenticatedMachineAuth,
} from '../auth/create-machine-auth.ts';
import { createSignedInAuth, createSignedOutAuth, hidePending } from '../auth/create-session-auth.ts';
import { selectAuth } from '../auth/select-auth.ts';
import { readSessionIdentity } from '../auth/session-identity.ts';
import { createBackendClient } from '../backend/index.ts';
import type { JwtClaims } from '../jwt/claims.ts';
import { Refusal } from '../jwt/refusal.ts';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import type { AcceptsToken, MachineTokenType } from '../tokens/token-type.ts';
import { rethrowApiError } from './api-error.ts';
import type {
  AuthenticatedMachineObject,
  PendingSessionOptions,
  SessionAuthObject,
  SignedInAuthObject,
  SignedOutAuthObject,
  UnauthenticatedMachineObject,
} from './auth-types.ts';
import type { Jwt } from './jwt.ts';
import { rethrowTokenError } from './token-errors.ts';

/** What `getToken` of a session is made with. */
export interface SignedInAuthObjectOptions {
  readonly secretKey?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly apiVersion?: string | undefined;
}

/**
 * The auth object of a session whose token has been verified.
 * @throws TokenVerificationError `unexpected-error` if the claims contradict the wire's format
 */
export function signedInAuthObject(
  { secretKey, apiUrl, apiVersion }: SignedInAuthObjectOptions,
  sessionToken: string,
  sessionClaims: JwtClaims,
): SignedInAuthObject {
  const identity = readSessionIdentity(structuredClone(sessionClaims));
  if (identity === undefined) {
    return rethrowTokenError(
      new Refusal('unexpected-error', 'The claims of the session token are malformed.').toError(),
    );
  }
  const issue = async (sessionId: string, { template, expiresInSeconds, signal }: GetTokenOptions): Promise<string> => {
    const { sessions } = createBackendClient({ secretKey, apiUrl, apiVersion, allowInsecureApiUrl: true });
    const options = signal === undefined ? {} : { signal };
    const { jwt } = await sessions.getToken(sessionId, template, expiresInSeconds, options).catch(rethrowApiError);
    return jwt;
  };
  return createSignedInAuth(identity, sessionToken, issue, () => ({ tokenType: 'session_token' }));
}

/** The auth object of nobody, or with `pending` of a session that is not complete yet. */
export function signedOutAuthObject(debugData: DebugData = {}, sessionStatus?: 'pending' | null): SignedOutAuthObject {
  return createSignedOutAuth(sessionStatus ?? null, toDebug(debugData));
}

/** The session object of a decoded JWT that has been verified. */
export function getAuthObjectFromJwt(
  jwt: Jwt,
  { treatPendingAsSignedOut, ...context }: PendingSessionOptions & SignedInAuthObjectOptions,
): SessionAuthObject {
  return hidePending(signedInAuthObject(context, jwt.raw.text, jwt.payload), treatPendingAsSignedOut);
}

/** What a backend said of a machine token. */
export interface MachineData {
  readonly id: string;
  readonly subject: string;
  readonly scopes?: readonly string[] | null | undefined;
  readonly claims?: MachineClaims | null | undefined;
  /** Of an API key. */
  readonly name?: string | undefined;
  /** Of an OAuth access token. */
  readonly clientId?: string | undefined;
}

/** The auth object of a machine whose token has been verified. */
export function authenticatedMachineObject<Type extends MachineTokenType>(
  tokenType: Type,
  token: string,
  verificationResult: MachineData,
  debugData: DebugData = {},
): AuthenticatedMachineObject<Type> {
  const { id, subject, scopes, claims = null, name = '', clientId = '' } = verificationResult;
  const identity = {
    tokenType,
    id,
    subject,
    scopes: scopes ?? [],
    claims,
    name,
    clientId,
    audience: undefined,
    expiration: null,
  } as MachineIdentity;
  return createMachineAuth(identity, token, toDebug(debugData)) as AuthenticatedMachineObject<Type>;
}

/** The auth object of a machine that proved nothing. */
export function unauthenticatedMachineObject<Type extends MachineTokenType>(
  tokenType: Type,
  debugData: DebugData = {},
): UnauthenticatedMachineObject<Type> {
  return createUnauthenticatedMachineAuth(tokenType, toDebug(debugData)) as UnauthenticatedMachineObject<Type>;
}

/** The auth object where several kinds are taken and what came is none of them. */
export function invalidTokenAuthObject(): InvalidTokenAuth {
  return createInvalidTokenAuth();
}

/** Narrows an auth object to what a caller accepts (protocol section 6.3). */
export function getAuthObjectForAcceptedToken({
  authObject,
  acceptsToken,
}: {
  readonly authObject: AuthObject;
  readonly acceptsToken?: AcceptsToken | undefined;
}): AuthObject {
  return selectAuth(authObject, acceptsToken);
}

/** A copy without its functions, to hand to a browser or to store. */
export function makeAuthObjectSerializable<Auth extends object>(
  auth: Auth,
): Omit<Auth, 'getToken' | 'has' | 'hasScope' | 'debug'> {
  return Object.fromEntries(Object.entries(auth).filter(([, value]) => typeof value !== 'function')) as Auth;
}

/** Names only: what was handed in may hold keys and tokens. */
function toDebug(data: DebugData): () => DebugData {
  return () => Object.fromEntries(Object.keys(data).map((name) => [name, '[redacted]']));
}
