import type { AcceptsToken, SessionAuth } from '@keystile/core';
import type { ReturnOptions } from '@keystile/core/adapter';
import type { AuthOptions, GetAuthFnNoRequest } from '@keystile/core/compat/internal';
import { type AuthFunctionParts, leaveForPage, type SignPage } from '../auth-function.ts';
import { readAuth } from '../caller.ts';
import { createProtect, type Protect } from './protect.ts';

/** What sessions carry besides: each ends the request by throwing, and need not be awaited. */
export interface SignRedirects {
  redirectToSignIn(options?: ReturnOptions): never;
  redirectToSignUp(options?: ReturnOptions): never;
}

/** A session, with a way to the pages for signing in and up. */
export type ClerkMiddlewareSessionAuthObject = SessionAuth & SignRedirects;

/** Says who makes the request, and guards it. */
export interface ClerkMiddlewareAuth extends GetAuthFnNoRequest<SignRedirects, true> {
  readonly protect: Protect;
}

export function createClerkAuth(parts: AuthFunctionParts): ClerkMiddlewareAuth {
  const auth = async (options: AuthOptions = {}) => {
    const caller = await parts.findCaller(options.acceptsToken);
    const object = await readAuth<AcceptsToken | undefined>(caller, options);
    if (object.tokenType !== 'session_token') return object;
    const leaveFor = (page: SignPage) => (returning?: ReturnOptions) =>
      leaveForPage(page, caller, parts.exitsFor(caller), returning);
    return { ...object, redirectToSignIn: leaveFor('toSignIn'), redirectToSignUp: leaveFor('toSignUp') };
  };
  return Object.assign(auth, { protect: createProtect(parts) }) as unknown as ClerkMiddlewareAuth;
}
