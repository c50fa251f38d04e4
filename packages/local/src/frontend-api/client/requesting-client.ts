import type { HonoRequest } from 'hono';
import { notFound, unauthenticated } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { sessionStatus } from '../../issuing/session.ts';
import type { Row } from '../../store/rows.ts';
import { findClient } from '../browser/client.ts';
import { applicationCookies } from '../browser/cookie-names.ts';
import { findClientOfDevBrowser } from '../browser/dev-browser.ts';

/** The client that a script speaks for: that of its development token, or of our cookie where the browser sends it. */
export async function requestingClient(context: Context, request: HonoRequest): Promise<Row<'clients'> | undefined> {
  const token = request.query(applicationCookies.devBrowser);
  return token === undefined ? findClient(context, request) : findClientOfDevBrowser(context, token);
}

/** @throws {ApiError} 401 `dev_browser_unauthenticated` when nobody knows the browser. */
export async function assertClient(context: Context, request: HonoRequest): Promise<Row<'clients'>> {
  const client = await requestingClient(context, request);
  if (client === undefined) throw unauthenticated('dev_browser_unauthenticated', 'Browser unauthenticated');
  return client;
}

/**
 * A session of the client that is active.
 *
 * @throws {ApiError} 401 when the client is unknown, 404 when the session is not its own or not active any more.
 */
export async function assertOwnSession(context: Context, request: HonoRequest, id: string): Promise<Row<'sessions'>> {
  const client = await assertClient(context, request);
  const session = await context.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('sessions')
    .where('sessions.id', '=', id)
    .where('sessions.client_id', '=', client.id)
    .where('users.banned', '=', 0)
    .executeTakeFirst();
  if (session === undefined || sessionStatus(session, context.clock.now()) !== 'active') throw notFound('session', id);
  return session;
}
