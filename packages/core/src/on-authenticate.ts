import { pathOf, type RequestView } from './request/request-view.ts';
import type { Outcome } from './session/outcome.ts';
import type { AuthReason } from './session/reason.ts';
import type { TokenType } from './tokens/token-type.ts';

/**
 * What the `onAuthenticate` hook is told of each request: enough to see why someone was signed out, never a secret. With
 * `machineTokens: 'lazy'` a request has a second event, when a guard asks about its machine token.
 */
export interface AuthenticationEvent {
  /** The method of the request. */
  readonly method: string;
  /** The path of the request as it was sent, without its query: that may hold tokens. */
  readonly path: string;
  readonly status: 'signed-in' | 'signed-out' | 'handshake';
  readonly reason: AuthReason | null;
  readonly message: string | null;
  readonly tokenType: TokenType | null;
  /** How long the decision took, in milliseconds. */
  readonly durationMs: number;
  /** Whether the verdict on the token was remembered from an earlier request. */
  readonly cacheHit: boolean;
}

/** Is told of every decision. */
export type AuthenticationHook = (event: AuthenticationEvent) => void;

/**
 * Tells the hook of a decision, and later of what a machine token turns out to be that was left for a guard.
 *
 * @param view - the request that it is about
 * @param startedAt - by `performance.now()`
 * @returns the decision
 */
export function announce(hook: AuthenticationHook, outcome: Outcome, view: RequestView, startedAt: number): Outcome {
  notify(hook, outcome, view, performance.now() - startedAt);
  if (outcome.status !== 'signed-out' || outcome.verifyLater === undefined) return outcome;
  const { verifyLater } = outcome;
  return {
    ...outcome,
    verifyLater: async () => {
      const askedAt = performance.now();
      return announce(hook, await verifyLater(), view, askedAt);
    },
  };
}

/** Its failure is its own affair and changes no verdict. */
function notify(hook: AuthenticationHook, outcome: Outcome, view: RequestView, durationMs: number): void {
  const isSignedIn = outcome.status === 'signed-in';
  try {
    const told: unknown = hook({
      method: view.method,
      path: pathOf(view.target),
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
