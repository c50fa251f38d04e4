import { type AcceptsToken, isTokenTypeAccepted } from '../tokens/token-type.ts';
import type { AuthObject } from './auth-object.ts';
import { createInvalidTokenAuth, createUnauthenticatedMachineAuth } from './create-machine-auth.ts';
import { createSignedOutAuth } from './create-session-auth.ts';

/**
 * Narrows what a request turned out to be to what a caller accepts (protocol section 6.3). What is of another kind becomes
 * the empty object of the kind asked for: a caller that wants sessions is never handed a machine.
 */
export function selectAuth(auth: AuthObject, acceptsToken: AcceptsToken = 'session_token'): AuthObject {
  if (acceptsToken === 'any') return auth;
  if (auth.tokenType !== null && isTokenTypeAccepted(auth.tokenType, acceptsToken)) return auth;
  if (typeof acceptsToken !== 'string') return createInvalidTokenAuth();
  return acceptsToken === 'session_token'
    ? createSignedOutAuth(null, auth.debug)
    : createUnauthenticatedMachineAuth(acceptsToken, auth.debug);
}
