import type { AcceptsToken, AuthFor, AuthSelection } from '@keystile/core';
import { type AdapterAuthenticator, type RequestState, type RequestView, settleState } from '@keystile/core/adapter';

/** Whoever makes a request, as far as it is known. */
export interface Caller {
  readonly authenticator: AdapterAuthenticator;
  readonly view: RequestView;
  /** Replaced when a machine token is verified that was left alone at first. */
  state: RequestState;
}

/** The auth object of a caller, once all is verified that a selection takes. */
export async function readAuth<const Accepts extends AcceptsToken | undefined = undefined>(
  caller: Caller,
  selection: AuthSelection<Accepts>,
): Promise<AuthFor<Accepts>> {
  caller.state = await settleState(caller.state, selection.acceptsToken);
  return caller.state.toAuth(selection) as AuthFor<Accepts>;
}
