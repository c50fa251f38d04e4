import type { MaybePromise } from '../crypto/index.ts';
import type { RequestState } from '../request-state.ts';
import { type AcceptsToken, isTokenTypeAccepted } from '../tokens/token-type.ts';

/**
 * The state with nothing left open that matters to a route: with `machineTokens: 'lazy'`, a machine token of a kind that the
 * route takes is verified now. One of another kind costs no call to the backend.
 */
export function settleState(
  state: RequestState,
  acceptsToken: AcceptsToken = 'session_token',
): MaybePromise<RequestState> {
  if (state.status !== 'signed-out' || state.verify === undefined || state.tokenType === null) return state;
  return isTokenTypeAccepted(state.tokenType, acceptsToken) ? state.verify() : state;
}
