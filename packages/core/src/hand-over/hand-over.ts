import { readSessionIdentity } from '../auth/session-identity.ts';
import { createRequestState, outcomeOf } from '../create-request-state.ts';
import type { Instance } from '../instance.ts';
import { Refusal } from '../jwt/refusal.ts';
import { isSessionCategory } from '../jwt/token-category.ts';
import { verifyClaims } from '../jwt/verify-claims.ts';
import type { RequestState } from '../request-state.ts';
import { type Outcome, signedOut } from '../session/outcome.ts';
import type { AuthReason } from '../session/reason.ts';
import type { MachineIdentity } from '../tokens/machine-identity.ts';
import { readPresentedToken } from '../tokens/presented-token.ts';
import type { TokenType } from '../tokens/token-type.ts';

/**
 * What one part of an application tells another about a request that it has authenticated: plain JSON. It is worth as much
 * as the channel that carries it, which has to prove that it comes from the application itself.
 */
export type HandedOver =
  | { readonly kind: 'session'; readonly token: string }
  | { readonly kind: 'machine'; readonly token: string; readonly machine: MachineIdentity }
  | { readonly kind: 'signed-out'; readonly tokenType: TokenType | null; readonly reason: AuthReason };

/**
 * What there is to tell of a state.
 * @returns undefined where the receiver has to find out by itself: a machine token that nobody has verified yet
 */
export function handOver(state: RequestState): HandedOver | undefined {
  const outcome = outcomeOf(state);
  if (outcome.status !== 'signed-in') {
    if (outcome.status === 'signed-out' && outcome.verifyLater !== undefined) return undefined;
    return { kind: 'signed-out', tokenType: outcome.tokenType, reason: outcome.reason };
  }
  return 'machine' in outcome
    ? { kind: 'machine', token: outcome.token, machine: outcome.machine }
    : { kind: 'session', token: outcome.token };
}

/**
 * The state that was handed over. Signatures were verified by whoever handed it over, and are not again; claims and times
 * are, since a session may have ended on the way.
 *
 * @param handedOver - out of a channel that nobody but the application can write to
 * @param now - in milliseconds since the epoch
 */
export function takeOver(handedOver: HandedOver, instance: Instance, now: number): RequestState {
  return createRequestState(toOutcome(handedOver, instance, now), instance);
}

function toOutcome(handedOver: HandedOver, instance: Instance, now: number): Outcome {
  switch (handedOver.kind) {
    case 'session':
      return takeOverSession(handedOver.token, instance, now);
    case 'machine':
      return takeOverMachine(handedOver.token, handedOver.machine, instance, now);
    case 'signed-out':
      return signedOut(handedOver.tokenType, handedOver.reason);
  }
}

function takeOverSession(text: string, { config }: Instance, now: number): Outcome {
  const { jwt } = readPresentedToken(text);
  if (jwt instanceof Refusal) return signedOut('session_token', jwt.reason, jwt.message);
  if (!isSessionCategory(jwt.header)) return signedOut('session_token', 'token-type-mismatch');
  const refusal = verifyClaims(jwt.payload, config.claimsPolicy, now);
  if (refusal !== undefined) return signedOut('session_token', refusal.reason, refusal.message);
  const identity = readSessionIdentity(jwt.payload);
  if (identity === undefined) return signedOut('session_token', 'unexpected-error');
  return { status: 'signed-in', tokenType: 'session_token', token: text, remembered: true, identity };
}

function takeOverMachine(token: string, machine: MachineIdentity, { config }: Instance, now: number): Outcome {
  const { tokenType, expiration } = machine;
  if (expiration !== null && expiration <= now - config.claimsPolicy.clockSkewInMs) {
    return signedOut(tokenType, 'token-invalid', 'The machine token has expired.');
  }
  return { status: 'signed-in', tokenType, token, remembered: true, machine };
}
