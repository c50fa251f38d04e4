import type { IncomingMessage } from 'node:http';
import type { AcceptsToken, AuthFor, AuthSelection, SessionAuth } from '@keystile/core';
import { assertContext } from './request-context.ts';

/**
 * Says who makes a request. Without options only sessions count: a machine is then a signed-out session.
 *
 * ```ts
 * app.get('/me', (req, res) => {
 *   const { userId } = getAuth(req);
 *   res.json({ userId });
 * });
 * ```
 *
 * It decides nothing: a request that proved nothing yields an object with `isAuthenticated: false`. To refuse it, see
 * `requireAuth`.
 *
 * @throws MiddlewareMissingError if `authMiddleware()` has not run for this request
 * @throws KeystileError `machine-token-not-verified` where `machineTokens` is `lazy` and no guard has had the token verified
 */
export function getAuth(req: IncomingMessage): SessionAuth;
export function getAuth<const Accepts extends AcceptsToken | undefined = undefined>(
  req: IncomingMessage,
  selection: AuthSelection<Accepts>,
): AuthFor<Accepts>;
export function getAuth(req: IncomingMessage, selection: AuthSelection = {}): AuthFor<AcceptsToken> {
  const { state } = assertContext(req, 'getAuth');
  return state.toAuth(selection) as AuthFor<AcceptsToken>;
}
