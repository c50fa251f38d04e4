import type { AcceptsToken, AuthFor, AuthSelection, SessionAuth } from '@keystile/core';
import type { Context } from 'hono';
import { assertContext } from './request-context.ts';

/**
 * Says who makes a request. Without options only sessions count: a machine is then a signed-out session.
 *
 * ```ts
 * app.get('/me', (c) => c.json({ userId: getAuth(c).userId }));
 * app.get('/report', (c) => {
 *   const caller = getAuth(c, { acceptsToken: ['session_token', 'api_key'] });
 *   return caller.isAuthenticated ? c.json({ as: caller.tokenType }) : c.body(null, 401);
 * });
 * ```
 *
 * It decides nothing: a request that proved nothing yields an object with `isAuthenticated: false`. To refuse it, see
 * `requireAuth`.
 *
 * @throws MiddlewareMissingError if `authMiddleware()` has not run for this request
 * @throws KeystileError `machine-token-not-verified` where `machineTokens` is `lazy` and no guard has had the token verified
 */
export function getAuth(c: Context): SessionAuth;
export function getAuth<const Accepts extends AcceptsToken | undefined = undefined>(
  c: Context,
  selection: AuthSelection<Accepts>,
): AuthFor<Accepts>;
export function getAuth(c: Context, selection: AuthSelection = {}): AuthFor<AcceptsToken> {
  return assertContext(c, 'getAuth').state.toAuth(selection) as AuthFor<AcceptsToken>;
}
