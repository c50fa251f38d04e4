import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AcceptsToken, AuthenticatedFor, AuthObject } from '@keystile/core';
import {
  assertGuardOptions,
  type GuardOptions,
  guard,
  type HeaderLine,
  isAllowedOrigin,
  NO_PATCH,
  type ResponsePatch,
  settleState,
  viewIncomingMessage,
} from '@keystile/core/adapter';
import type { Request } from 'express';
import type { AuthMiddleware } from './auth-middleware.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { toError } from './to-error.ts';

/** What a socket demands of whoever opens it. */
export interface UpgradeOptions<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined>
  extends Omit<GuardOptions<Accepts>, 'mode' | 'signInUrl'> {
  /** The application's `authMiddleware()`, whose keys and caches are used. A function of options gets the bare request. */
  readonly middleware: AuthMiddleware;
  /**
   * The origins whose pages may open a socket, for example `https://app.example.com`. Default: `authorizedParties` and
   * `publicOrigin` of the middleware, or without those the host that the socket is opened to.
   */
  readonly origins?: readonly string[] | undefined;
  /** Told what the function of options throws; the socket is answered with 500. Default: a warning of the process. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** Who opened a socket. */
export interface UpgradeCaller<Accepts extends AcceptsToken | undefined = undefined> {
  readonly auth: AuthenticatedFor<Accepts>;
  /** When the session token expires, in milliseconds since the epoch; undefined for tokens of other kinds. */
  readonly expiresAt: number | undefined;
}

/**
 * Authenticates an upgrade to another protocol, for example a WebSocket: Express never sees one. What is refused is answered
 * on the socket, which is closed then.
 *
 * Browsers send cookies along whichever page opens a socket, so `Origin` has to be one of ours; programs send none.
 *
 * ```ts
 * const auth = authMiddleware();
 * app.use(auth);
 * server.on('upgrade', async (req, socket, head) => {
 *   const caller = await authenticateUpgrade(req, socket, { middleware: auth });
 *   if (caller === undefined) return;
 *   sockets.handleUpgrade(req, socket, head, (ws) => serve(ws, caller.auth));
 * });
 * ```
 *
 * A socket may outlive its token: end it at `expiresAt`, or have the client prove itself again.
 *
 * @returns undefined if the socket has been refused
 * @throws ConfigurationError naming an option that is unknown or malformed
 */
export async function authenticateUpgrade<const Accepts extends AcceptsToken | undefined = undefined>(
  req: IncomingMessage,
  socket: Duplex,
  { middleware, origins, onError = process.emitWarning, ...demands }: UpgradeOptions<Accepts>,
): Promise<UpgradeCaller<Accepts> | undefined> {
  const options = { ...demands, mode: 'api' } as GuardOptions<Accepts>;
  assertGuardOptions(options);
  // Node has taken its own listener off, and an error that nobody hears ends the process.
  socket.on('error', ignore);
  try {
    const { authenticator } = await middleware.source.setupFor(req as Request);
    const view = viewIncomingMessage(req);
    if (!isAllowedOrigin(view, authenticator.config, origins)) {
      refuseUpgrade(socket, FOREIGN_ORIGIN);
      return undefined;
    }
    const state = await settleState(await authenticator.authenticateView(view, 'any'), options.acceptsToken);
    const verdict = guard(state, view, options, authenticator.instance);
    if (verdict.allowed) return { auth: verdict.auth, expiresAt: readExpiry(verdict.auth) };
    refuseUpgrade(socket, verdict.patch);
  } catch (error) {
    refuseUpgrade(socket, FAILURE);
    onError(toError(error));
  }
  return undefined;
}

/** Whatever cookies say: who knows what page is behind it. */
const FOREIGN_ORIGIN = answerOf(401, [['www-authenticate', 'Bearer']]);
const FAILURE = answerOf(500);

function answerOf(status: number, set: readonly HeaderLine[] = []): ResponsePatch {
  return { ...NO_PATCH, set, answer: { status, body: null } };
}

function readExpiry(auth: AuthObject): number | undefined {
  return auth.tokenType === 'session_token' && auth.isAuthenticated ? auth.sessionClaims.exp * 1000 : undefined;
}

function ignore(): void {}
