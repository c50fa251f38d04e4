import type { Outcome } from './session/outcome.ts';
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
  /** Whether the verdict on the token was remembered from an earlier request. */
  readonly cacheHit: boolean;
}

/** Tells the hook of a decision. Its failure is its own affair and changes no verdict. */
export function notify(hook: (event: AuthenticationEvent) => void, outcome: Outcome, durationMs: number): void {
  const isSignedIn = outcome.status === 'signed-in';
  try {
    const told: unknown = hook({
      status: outcome.status,
      reason: isSignedIn ? null : outcome.reason,
      message: isSignedIn ? null : outcome.message,
      tokenType: outcome.tokenType,
      durationMs,
      cacheHit: isSignedIn && outcome.remembered,
    });
    if (told instanceof Promise) told.catch(ignore);
  } catch {
    // Observing must not decide.
  }
}

/** A hook may be asynchronous; nobody waits for it, and a rejection nobody handles would end the process. */
function ignore(): void {}
