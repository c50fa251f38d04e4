import type { AuthReason } from './session/reason.ts';
import type { TokenType } from './tokens/token-type.ts';

/** What the `onAuthenticate` hook is told of each request: enough to see why someone was signed out, never a secret. */
export interface AuthenticationEvent {
  readonly status: 'signed-in' | 'signed-out' | 'handshake';
  readonly reason: AuthReason | null;
  readonly message: string | null;
  readonly tokenType: TokenType | null;
  /** How long the decision took, in milliseconds. */
  readonly durationMs: number;
  /** Whether the verdict on the token came from the cache. */
  readonly cacheHit: boolean;
}
