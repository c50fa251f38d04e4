import type { AuthFor, AuthObject, AuthSelection } from './auth/auth-object.ts';
import type { ResponsePatch } from './response-patch.ts';
import type { AuthReason } from './session/reason.ts';
import type { AcceptsToken, TokenType } from './tokens/token-type.ts';

/** How a state that is not a handshake's gives its auth object. */
interface ToAuth {
  (): AuthObject;
  <const Accepts extends AcceptsToken | undefined = undefined>(selection: AuthSelection<Accepts>): AuthFor<Accepts>;
}

interface RequestStateBase {
  /** What the answer should be, for an adapter to carry out. Built when first read. */
  readonly patch: ResponsePatch;
  /** The headers of {@link patch} as one `Headers`. Built when first read. */
  readonly headers: Headers;
  /** A redacted account of the decision, for logs; never a token, key or cookie value. */
  debug(): Readonly<Record<string, unknown>>;
}

/** The request proved who makes it. */
export interface SignedInState extends RequestStateBase {
  readonly status: 'signed-in';
  readonly isAuthenticated: true;
  readonly reason: null;
  readonly message: null;
  readonly tokenType: TokenType;
  /** The token that proved it. */
  readonly token: string;
  /** The auth object; without a selection, that of whichever kind was presented. */
  readonly toAuth: ToAuth;
}

/** The request proved nothing; `reason` says why. It is up to the application whether that matters. */
export interface SignedOutState extends RequestStateBase {
  readonly status: 'signed-out';
  readonly isAuthenticated: false;
  readonly reason: AuthReason;
  readonly message: string;
  /** null when several kinds are taken and what came is none of them. */
  readonly tokenType: TokenType | null;
  readonly token: null;
  /**
   * With `machineTokens: 'lazy'`: verifies the machine token that the request carries and gives the state that follows.
   * undefined where nothing is left to verify.
   */
  readonly verify: (() => Promise<RequestState>) | undefined;
  readonly toAuth: ToAuth;
}

/** Unknown until the browser has been sent to the frontend API (or has run the interstitial page) and come back. */
export interface HandshakeState extends RequestStateBase {
  readonly status: 'handshake';
  readonly isAuthenticated: false;
  readonly reason: AuthReason;
  readonly message: string;
  readonly tokenType: 'session_token';
  readonly token: null;
  /** Nobody knows yet. */
  toAuth(selection?: AuthSelection): null;
}

/** The outcome of authenticating a request. An expected outcome is a value: nothing that a client sends makes us throw. */
export type RequestState = SignedInState | SignedOutState | HandshakeState;
