import type { AuthObject } from '../auth/auth-object.ts';
import { createSignedOutAuth } from '../auth/create-session-auth.ts';
import type { RequestState as CoreState } from '../request-state.ts';
import { signedOut } from '../session/outcome.ts';
import type { AuthReason } from '../session/reason.ts';
import { stateHeaders } from '../session/state-headers.ts';
import type { TokenType } from '../tokens/token-type.ts';
import { rethrowApiError } from './api-error.ts';
import type { PendingSessionOptions } from './auth-types.ts';
import { AuthStatus } from './constants.ts';

/** What the request was authenticated with; each `''` or false where it was not given. */
interface StateConfig {
  readonly proxyUrl: string;
  readonly publishableKey: string;
  readonly isSatellite: boolean;
  readonly domain: string;
  readonly signInUrl: string;
  readonly signUpUrl: string;
  readonly afterSignInUrl: string;
  readonly afterSignUpUrl: string;
}

interface StateBase extends StateConfig {
  /** The headers that the response has to carry. */
  readonly headers: Headers;
}

export interface AuthenticatedState<Type extends TokenType = TokenType> extends StateBase {
  readonly status: typeof AuthStatus.SignedIn;
  readonly reason: null;
  readonly message: null;
  readonly isAuthenticated: true;
  /** @deprecated Use `isAuthenticated`. */
  readonly isSignedIn: true;
  readonly tokenType: Type;
  readonly token: string;
  toAuth(options?: PendingSessionOptions): Extract<AuthObject, { tokenType: Type }>;
}

export interface UnauthenticatedState<Type extends TokenType | null = TokenType | null> extends StateBase {
  readonly status: typeof AuthStatus.SignedOut;
  readonly reason: AuthReason;
  readonly message: string;
  readonly isAuthenticated: false;
  /** @deprecated Use `isAuthenticated`. */
  readonly isSignedIn: false;
  readonly tokenType: Type;
  readonly token: null;
  toAuth(options?: PendingSessionOptions): Extract<AuthObject, { tokenType: Type; isAuthenticated: false }>;
}

export interface HandshakeState extends StateBase {
  readonly status: typeof AuthStatus.Handshake;
  readonly reason: AuthReason;
  readonly message: string;
  readonly isAuthenticated: false;
  /** @deprecated Use `isAuthenticated`. */
  readonly isSignedIn: false;
  readonly tokenType: 'session_token';
  readonly token: null;
  toAuth(): null;
}

export type SignedInState = AuthenticatedState<'session_token'>;
export type SignedOutState = UnauthenticatedState<'session_token'>;

/** The outcome of authenticating a request; handshakes concern sessions alone. */
export type RequestState<Type extends TokenType | null = TokenType | null> = Type extends TokenType
  ? AuthenticatedState<Type> | UnauthenticatedState<Type> | (Type extends 'session_token' ? HandshakeState : never)
  : UnauthenticatedState<null>;

/** The options of the call, as far as a state repeats them. */
export type StateOptions = { readonly [Option in keyof StateConfig]?: StateConfig[Option] | undefined };

/** Core's state by this entry's names. */
export function toClerkState(state: CoreState, options: StateOptions): RequestState {
  // A route that takes several kinds, and was shown none of them, gets to know nothing of the configuration.
  const config = toStateConfig(state.tokenType === null ? {} : options);
  const { status, reason, message, isAuthenticated, tokenType, token } = state;
  return {
    status,
    reason,
    message,
    ...config,
    isSignedIn: isAuthenticated,
    isAuthenticated,
    tokenType,
    token,
    toAuth: ({ treatPendingAsSignedOut = true }: PendingSessionOptions = {}) =>
      withApiErrors(state.toAuth({ acceptsToken: 'any', treatPendingAsSignedOut })),
    get headers() {
      return state.headers;
    },
  } as RequestState;
}

export function toStateConfig(options: StateOptions): StateConfig {
  return {
    proxyUrl: options.proxyUrl ?? '',
    publishableKey: options.publishableKey ?? '',
    isSatellite: options.isSatellite ?? false,
    domain: options.domain ?? '',
    signInUrl: options.signInUrl ?? '',
    signUpUrl: options.signUpUrl ?? '',
    afterSignInUrl: options.afterSignInUrl ?? '',
    afterSignUpUrl: options.afterSignUpUrl ?? '',
  };
}

/** `getToken` of a session may call the backend, whose errors have another class here. */
function withApiErrors(auth: AuthObject | null): AuthObject | null {
  if (auth?.tokenType !== 'session_token' || !auth.isAuthenticated) return auth;
  return { ...auth, getToken: (options) => auth.getToken(options).catch(rethrowApiError) };
}

/** What of a state helps to see why a request is not signed in. */
export function debugRequestState(state: RequestState) {
  const { isSignedIn, isAuthenticated, proxyUrl, reason, message, publishableKey, isSatellite, domain } = state;
  return { isSignedIn, isAuthenticated, proxyUrl, reason, message, publishableKey, isSatellite, domain };
}

export type BootstrapStateOptions = StateOptions & {
  /** Default `session-token-and-uat-missing`. */
  readonly reason?: AuthReason;
  readonly message?: string;
  /** Headers that the response has to carry besides. */
  readonly headers?: Headers;
};

/**
 * A signed-out state for where there are no keys yet.
 * @deprecated
 */
export function createBootstrapSignedOutState({
  reason = 'session-token-and-uat-missing',
  message = '',
  headers,
  ...options
}: BootstrapStateOptions = {}): SignedOutState {
  const answered = new Headers(headers);
  const outcome = signedOut('session_token', reason, message);
  for (const [name, value] of stateHeaders(outcome, true)) answered.set(name, value);
  return {
    status: AuthStatus.SignedOut,
    reason,
    message,
    ...toStateConfig(options),
    isSignedIn: false,
    isAuthenticated: false,
    tokenType: 'session_token',
    token: null,
    toAuth: () => createSignedOutAuth(null, () => ({})),
    headers: answered,
  };
}
