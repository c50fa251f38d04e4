import type { AcceptsToken, AuthenticatedFor, AuthObject } from '@keystile/core';
import { isAllowedOrigin } from '@keystile/core/adapter';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { BackendClient } from './auth-variables.ts';
import { assertContext } from './request-context.ts';
import { type RequireAuthOptions, requireAuth } from './require-auth.ts';

/** What a socket demands of whoever opens it. */
export interface UpgradeOptions<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined>
  extends Omit<RequireAuthOptions<Accepts>, 'mode' | 'signInUrl' | 'refusal'> {
  /**
   * The origins whose pages may open a socket, for example `https://app.example.com`. Default: `authorizedParties` and
   * `publicOrigin` of the middleware, or without those the host that the socket is opened to.
   */
  readonly origins?: readonly string[] | undefined;
}

/** What the handler of a socket sees. */
export interface UpgradeEnv<Accepts extends AcceptsToken | undefined> {
  Variables: {
    auth: AuthenticatedFor<Accepts>;
    backend: BackendClient;
    /** When the session token expires, in milliseconds since the epoch; undefined for tokens of other kinds. */
    authExpiresAt: number | undefined;
  };
}

/**
 * Guards the upgrade to a WebSocket.
 *
 * Browsers send cookies along whichever page opens a socket, so `Origin` has to be one of ours; programs send none.
 *
 * ```ts
 * app.get('/live', authenticateUpgrade(), upgradeWebSocket((c) => {
 *   const { auth, authExpiresAt } = c.var;
 *   return { onOpen: (_event, socket) => serve(socket, auth, authExpiresAt) };
 * }));
 * ```
 *
 * A socket may outlive its token: end it at `authExpiresAt`, or have the client prove itself again. Needs `authMiddleware()`
 * before it.
 *
 * @throws ConfigurationError when it is built, naming an option that is unknown or malformed
 */
export function authenticateUpgrade<const Accepts extends AcceptsToken | undefined = undefined>({
  origins,
  ...demands
}: UpgradeOptions<Accepts> = {}): MiddlewareHandler<UpgradeEnv<Accepts>> {
  const guard = requireAuth({ ...demands, mode: 'api', refusal: 'return' } as RequireAuthOptions<Accepts>);
  return createMiddleware<UpgradeEnv<Accepts>>(async function authenticateUpgrade(c, next) {
    const { view, authenticator } = assertContext(c, 'authenticateUpgrade');
    // Whatever cookies say: who knows what page is behind it.
    if (!isAllowedOrigin(view, authenticator.config, origins)) {
      return c.body(null, 401, { 'www-authenticate': 'Bearer' });
    }
    return guard(c as never, () => {
      c.set('authExpiresAt', readExpiry(c.get('auth')));
      return next();
    });
  });
}

function readExpiry(auth: AuthObject): number | undefined {
  return auth.tokenType === 'session_token' && auth.isAuthenticated ? auth.sessionClaims.exp * 1000 : undefined;
}
