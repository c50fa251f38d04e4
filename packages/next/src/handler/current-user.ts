import type { Authenticator } from '@keystile/core';
import { type Caller, readAuth } from '../caller.ts';
import type { HandlerCallers } from './handler-callers.ts';

/** A user of the instance, as the Backend API describes it. */
export type User = Awaited<ReturnType<Authenticator['backend']['users']['getUser']>>;

/**
 * The signed-in user, asked of the Backend API once a request; null if nobody is signed in. It has the user's private
 * metadata: hand on to the browser what it needs, and not the whole.
 */
export type CurrentUser = (options?: { readonly treatPendingAsSignedOut?: boolean }) => Promise<User | null>;

export function createCurrentUser(callers: HandlerCallers): CurrentUser {
  const users = new WeakMap<Caller, Promise<User>>();
  return async (options = {}) => {
    const caller = await callers.current('currentUser()', undefined);
    const { userId } = await readAuth(caller, options);
    if (userId === null) return null;
    const user = users.get(caller) ?? caller.authenticator.backend.users.getUser(userId);
    users.set(caller, user);
    return user;
  };
}
