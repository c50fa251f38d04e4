import { badRequest, invalidParam, notFound, unauthenticated } from '../api-error.ts';
import type { Context } from '../context.ts';
import { rotateRefreshToken } from '../issuing/refresh-token.ts';
import { sessionStatus, startSession } from '../issuing/session.ts';
import { sessionCookies } from '../issuing/session-cookies.ts';
import { issueSessionToken } from '../issuing/session-token.ts';
import { issueTemplateToken } from '../issuing/template-token.ts';
import { endSession } from '../resources/end-sessions.ts';
import { findSession, toSession } from '../resources/session.ts';
import { findUser } from '../resources/user.ts';
import type { Row } from '../store/rows.ts';
import { type Handlers, type Input, withoutTransaction } from './handler.ts';
import { readPage } from './list.ts';

/** Bounds of `expires_in_seconds`: half a minute to ten years, as the hosted service has them. */
const tokenLifetime = { least: 30, most: 315_360_000 };

export const sessions = {
  async 'sessions.getSessionList'({ db, clock }, { query }) {
    const now = clock.now();
    const { client_id, user_id, status } = query;
    let rows = db.selectFrom('sessions');
    if (client_id !== undefined) rows = rows.where('client_id', '=', client_id);
    if (user_id !== undefined) rows = rows.where('user_id', '=', user_id);
    if (status === 'active')
      rows = rows.where('status', '=', status).where('expire_at', '>', now).where('abandon_at', '>', now);
    else if (status === 'abandoned') {
      rows = rows.where((eb) =>
        eb.or([eb('status', '=', status), eb.and([eb('status', '=', 'active'), eb('abandon_at', '<=', now)])]),
      );
    } else if (status === 'expired') {
      const runOut = [
        ['status', '=', 'active'] as const,
        ['expire_at', '<=', now] as const,
        ['abandon_at', '>', now] as const,
      ];
      rows = rows.where((eb) =>
        eb.or([eb('status', '=', status), eb.and(runOut.map(([column, op, value]) => eb(column, op, value)))]),
      );
    } else if (status !== undefined) rows = rows.where('status', '=', status);
    const { rows: page, total } = await readPage(rows, query);
    return { data: page.map((row) => toSession(row, now)), total_count: total };
  },

  async 'sessions.createSession'(context, { body }) {
    const user = await findUser(context, body.user_id);
    if (user.banned === 1) throw badRequest('user_banned', 'The user is banned and cannot have a session.', 'user_id');
    if (body.active_organization_id !== undefined) await assertMember(context, user.id, body.active_organization_id);
    const row = await startSession(context, { userId: user.id, organizationId: body.active_organization_id });
    const session = toSession(row, context.clock.now());
    await context.emit('session.created', session);
    return session;
  },

  async 'sessions.getSession'(context, { path }) {
    return toSession(await findSession(context, path.session_id), context.clock.now());
  },

  async 'sessions.revokeSession'(context, { path }) {
    const session = await findSession(context, path.session_id);
    if (sessionStatus(session, context.clock.now()) !== 'active') {
      throw badRequest('session_not_active', 'Only an active session can be revoked.', 'session_id');
    }
    return toSession(await endSession(context, session, 'revoked'), context.clock.now());
  },

  async 'sessions.getToken'(context, { path, body }) {
    const session = await activeSession(context, path.session_id);
    return {
      object: 'token',
      jwt: await issueSessionToken(context, session, { expiresInSeconds: readLifetime(body.expires_in_seconds) }),
    };
  },

  async 'sessions.getTokenFromTemplate'(context, { path, body }) {
    const session = await activeSession(context, path.session_id);
    const expiresInSeconds = readLifetime(body.expires_in_seconds);
    return {
      object: 'token',
      jwt: await issueTemplateToken(context, session, path.template_name, { expiresInSeconds }),
    };
  },

  // Brings its own transaction: the reuse of a refresh token is answered with an error, and must leave its mark all the same.
  'sessions.refreshSession': withoutTransaction(
    async (context: Context, { path, query, body }: Input<'sessions.refreshSession'>) => {
      const { db, clock } = context;
      if (readSessionId(body.expired_token) !== path.session_id) {
        throw badRequest('invalid_expired_token', 'The token is none of this session.');
      }
      const session = await db.selectFrom('sessions').selectAll().where('id', '=', path.session_id).executeTakeFirst();
      if (session === undefined || sessionStatus(session, clock.now()) !== 'active') {
        throw unauthenticated('session_not_active', 'The session has ended.');
      }
      const refreshToken = await context.transaction((tx) => rotateRefreshToken(tx, session.id, body.refresh_token));
      if (refreshToken === undefined)
        throw unauthenticated('refresh_token_invalid', 'The refresh token is not valid any more.');
      const jwt = await issueSessionToken(context, session, { authorizedParty: body.request_origin });
      if (body.format === 'token') return { object: 'token', jwt };
      return {
        object: 'cookies',
        cookies: sessionCookies(context, { jwt, refreshToken, suffixed: query.suffixed_cookies ?? false }),
      };
    },
  ),
} satisfies Partial<Handlers>;

async function activeSession(context: Context, id: string): Promise<Row<'sessions'>> {
  const session = await findSession(context, id);
  if (sessionStatus(session, context.clock.now()) !== 'active') throw notFound('active session', id);
  return session;
}

async function assertMember({ db }: Context, userId: string, organizationId: string): Promise<void> {
  const membership = await db
    .selectFrom('organization_memberships')
    .select('id')
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  if (membership === undefined) throw notFound('organization of the user', organizationId);
}

function readLifetime(seconds: number | undefined): number | undefined {
  if (seconds !== undefined && (seconds < tokenLifetime.least || seconds > tokenLifetime.most)) {
    throw invalidParam('expires_in_seconds', `must be from ${tokenLifetime.least} to ${tokenLifetime.most}.`);
  }
  return seconds;
}

/** The `sid` that a token claims. Its signature does not matter here: the refresh token is what proves. */
function readSessionId(jwt: string): unknown {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).sid;
  } catch {
    return undefined;
  }
}
