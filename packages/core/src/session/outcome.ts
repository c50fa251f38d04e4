import type { SessionIdentity } from '../auth/session-identity.ts';
import type { MaybePromise } from '../crypto/index.ts';
import type { HeaderLine } from '../response-patch.ts';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import type { TokenType } from '../tokens/token-type.ts';
import type { AuthReason } from './reason.ts';

/** What was decided about a request; a `RequestState` is made of it. */
export type Outcome = SignedInOutcome | MachineOutcome | SignedOutOutcome | HandshakeOutcome;

export interface SignedInOutcome {
  readonly status: 'signed-in';
  readonly tokenType: 'session_token';
  readonly token: string;
  /** Whether the verdict on the token was remembered from an earlier request. */
  readonly remembered: boolean;
  readonly identity: SessionIdentity;
  /** Lines for the response, for example cookies of a refreshed session or a completed handshake. */
  readonly responseHeaders?: readonly HeaderLine[];
  /** Where the browser has to go now (a completed handshake in development cleans the URL). */
  readonly location?: string;
}

export interface MachineOutcome {
  readonly status: 'signed-in';
  readonly tokenType: MachineIdentity['tokenType'];
  readonly token: string;
  /** Whether the verdict on the token was remembered from an earlier request. */
  readonly remembered: boolean;
  readonly machine: MachineIdentity;
}

export interface SignedOutOutcome {
  readonly status: 'signed-out';
  readonly tokenType: TokenType | null;
  readonly reason: AuthReason;
  readonly message: string;
  readonly responseHeaders?: readonly HeaderLine[];
  readonly location?: string;
  /** Verifies a machine token that was left for a guard to ask about. */
  readonly verifyLater?: () => MaybePromise<Outcome>;
}

export interface HandshakeOutcome {
  readonly status: 'handshake';
  readonly tokenType: 'session_token';
  readonly reason: AuthReason;
  readonly message: string;
  readonly responseHeaders: readonly HeaderLine[];
  /** Where the browser is sent; undefined when a page is shown in its place. */
  readonly location?: string;
  /** The interstitial page, which restores the session in the browser and reloads. */
  readonly page?: string;
}

/** A signed-out outcome; without a message, an empty one. */
export function signedOut(tokenType: TokenType | null, reason: AuthReason, message = ''): SignedOutOutcome {
  return { status: 'signed-out', tokenType, reason, message };
}
