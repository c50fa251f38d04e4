import { type AuthEnv, authenticateUpgrade } from '@keystile/hono';
import { Hono } from 'hono';
import { upgradeWebSocket } from 'hono/cloudflare-workers';

/** The code by which a socket is closed for what it may not do (RFC 6455 section 7.4.1). */
const POLICY_VIOLATION = 1008;

/** A socket for our own pages and for programs, which greets, echoes, and ends with the session token. */
export const live = new Hono<AuthEnv>().get(
  '/',
  authenticateUpgrade(),
  upgradeWebSocket((c) => {
    const { auth, authExpiresAt } = c.var;
    return {
      onMessage(event, socket) {
        if (authExpiresAt !== undefined && Date.now() > authExpiresAt) socket.close(POLICY_VIOLATION, 'expired');
        else socket.send(`${auth.userId}: ${event.data}`);
      },
    };
  }),
);
