import type { ActorClaim, SessionClaims } from '../jwt/claims.ts';
import type { AcceptsToken, MachineTokenType, TokenType } from '../tokens/token-type.ts';
import type { RegisteredClaims, RegisteredPermission, RegisteredRole } from './register.ts';
import type { Requirement } from './requirement.ts';

/** What `getToken()` of a session may be asked for. */
export interface GetTokenOptions {
  /** The JWT template to fill; without one, a session token. */
  readonly template?: string;
  /** The lifetime of the token, in seconds. */
  readonly expiresInSeconds?: number;
  readonly signal?: AbortSignal;
}

/** A redacted view of how the object came about, for logs. */
export type DebugData = Readonly<Record<string, unknown>>;

/** A user with a verified session (protocol section 4.5). */
export interface SignedInAuth {
  readonly tokenType: 'session_token';
  readonly isAuthenticated: true;
  readonly userId: string;
  /** null when the token belongs to no session. */
  readonly sessionId: string | null;
  readonly sessionClaims: Readonly<SessionClaims & RegisteredClaims>;
  readonly sessionStatus: 'active' | 'pending' | null;
  /** Who acts in the user's place, if someone does. */
  readonly actor: ActorClaim | undefined;
  readonly orgId: string | undefined;
  readonly orgRole: RegisteredRole | undefined;
  readonly orgSlug: string | undefined;
  readonly orgPermissions: readonly RegisteredPermission[] | undefined;
  /** Minutes since the first and since the second factor were verified; -1 where that factor is not enrolled. */
  readonly factorVerificationAge: readonly [number, number] | null;
  /** The request's own token, or one made by the backend where options are given; null without a session. */
  getToken(options?: GetTokenOptions): Promise<string | null>;
  /** Whether the session meets every demand. Never throws; nothing asked is not met. */
  has(requirement: Requirement): boolean;
  debug(): DebugData;
}

/** Nobody with a session; `sessionStatus` is `pending` when there is one that is not complete yet. */
export interface SignedOutAuth {
  readonly tokenType: 'session_token';
  readonly isAuthenticated: false;
  readonly userId: null;
  readonly sessionId: null;
  readonly sessionClaims: null;
  readonly sessionStatus: 'pending' | null;
  readonly actor: null;
  readonly orgId: null;
  readonly orgRole: null;
  readonly orgSlug: null;
  readonly orgPermissions: null;
  readonly factorVerificationAge: null;
  getToken(options?: GetTokenOptions): Promise<null>;
  has(requirement: Requirement): false;
  debug(): DebugData;
}

export type SessionAuth = SignedInAuth | SignedOutAuth;

interface AuthenticatedMachine<Type extends MachineTokenType> {
  readonly tokenType: Type;
  readonly isAuthenticated: true;
  readonly id: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** The token that was presented. */
  getToken(): Promise<string>;
  /** Always false: roles and permissions belong to sessions. */
  has(requirement: Requirement): false;
  /** Whether the token carries this exact scope. */
  hasScope(scope: string): boolean;
  debug(): DebugData;
}

interface UnauthenticatedMachine<Type extends MachineTokenType> {
  readonly tokenType: Type;
  readonly isAuthenticated: false;
  readonly id: null;
  readonly subject: null;
  readonly scopes: null;
  getToken(): Promise<null>;
  has(requirement: Requirement): false;
  hasScope(scope: string): false;
  debug(): DebugData;
}

/** The claims that whoever made a machine token attached to it. */
export type MachineClaims = Readonly<Record<string, unknown>>;

/** An API key: it acts for the user or for the organisation that is its subject. */
export interface ApiKeyAuth extends AuthenticatedMachine<'api_key'> {
  readonly name: string;
  readonly claims: MachineClaims | null;
  readonly userId: string | null;
  readonly orgId: string | null;
}

export interface UnauthenticatedApiKeyAuth extends UnauthenticatedMachine<'api_key'> {
  readonly name: null;
  readonly claims: null;
  readonly userId: null;
  readonly orgId: null;
}

/** A machine of the instance. It never has a `userId`. */
export interface M2MTokenAuth extends AuthenticatedMachine<'m2m_token'> {
  readonly claims: MachineClaims | null;
  readonly machineId: string;
}

export interface UnauthenticatedM2MTokenAuth extends UnauthenticatedMachine<'m2m_token'> {
  readonly claims: null;
  readonly machineId: null;
}

/** An OAuth client that acts for a user (RFC 9068). */
export interface OAuthTokenAuth extends AuthenticatedMachine<'oauth_token'> {
  readonly userId: string;
  readonly clientId: string;
  /** Who acts in the user's place, if someone does. */
  readonly actor: ActorClaim | undefined;
}

export interface UnauthenticatedOAuthTokenAuth extends UnauthenticatedMachine<'oauth_token'> {
  readonly userId: null;
  readonly clientId: null;
}

export type MachineAuth =
  | ApiKeyAuth
  | UnauthenticatedApiKeyAuth
  | M2MTokenAuth
  | UnauthenticatedM2MTokenAuth
  | OAuthTokenAuth
  | UnauthenticatedOAuthTokenAuth;

/** A token of a kind that the route does not take, where it takes several. */
export interface InvalidTokenAuth {
  readonly tokenType: null;
  readonly isAuthenticated: false;
  getToken(): Promise<null>;
  has(requirement: Requirement): false;
  debug(): DebugData;
}

export type AuthObject = SessionAuth | MachineAuth | InvalidTokenAuth;

/** The objects that a kind of token can yield. */
export type AuthOf<Type extends TokenType> = Type extends 'session_token'
  ? SessionAuth
  : Extract<MachineAuth, { tokenType: Type }>;

/** The object that a getter gives for what it accepts (protocol section 6.3). */
export type AuthFor<Accepts extends AcceptsToken | undefined> = Accepts extends 'any'
  ? AuthObject
  : Accepts extends readonly (infer Type extends TokenType)[]
    ? AuthOf<Type> | InvalidTokenAuth
    : Accepts extends TokenType
      ? AuthOf<Accepts>
      : SessionAuth;

/** The same once a guard has let the request pass. */
export type AuthenticatedFor<Accepts extends AcceptsToken | undefined> = Extract<
  AuthFor<Accepts>,
  { isAuthenticated: true }
>;

/** How a getter chooses among what a request may be. */
export interface AuthSelection<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined> {
  /** The kinds of token that count; default `session_token`. */
  readonly acceptsToken?: Accepts;
  /** Whether a session that is not complete yet counts as none; default true. */
  readonly treatPendingAsSignedOut?: boolean;
}
