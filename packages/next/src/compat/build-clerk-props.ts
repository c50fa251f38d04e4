import type { AuthObject } from '@keystile/core';
import { makeAuthObjectSerializable, stripPrivateDataFromObject } from '@keystile/core/compat/internal';
import type { GetAuth, RequestLike } from './get-auth.ts';

/** What of the Backend API a page is to be rendered with. */
export interface InitialState {
  readonly user?: unknown;
  readonly session?: unknown;
  readonly organization?: unknown;
}

/** The props by which the Pages Router tells the browser script who is signed in. */
export interface ClerkProps {
  readonly __clerk_ssr_state: Readonly<Record<string, unknown>>;
}

/** Makes {@link ClerkProps} of a request; users and organisations come without their private metadata. */
export function createBuildClerkProps(getAuth: GetAuth): (request: RequestLike, state?: InitialState) => ClerkProps {
  return (request, state = {}) => {
    const auth = getAuth(request) as AuthObject;
    return {
      __clerk_ssr_state: toPlain({ ...makeAuthObjectSerializable(auth), ...stripPrivateDataFromObject(state) }),
    };
  };
}

/** What can be sent: Next refuses props that JSON has no word for, `undefined` among them. */
function toPlain(value: object): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(value));
}
