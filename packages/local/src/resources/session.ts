import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Client, Session, SessionActivity, SessionTask } from '../contract/wire.generated.ts';
import { sessionStatus } from '../issuing/session.ts';
import { fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

/** @param now Epoch milliseconds: an active session whose time has run out shows as expired. */
export function toSession(row: Row<'sessions'>, now: number): Session {
  return {
    object: 'session',
    id: row.id,
    user_id: row.user_id,
    client_id: row.client_id,
    actor: fromJsonOrNull<Record<string, unknown>>(row.actor),
    status: sessionStatus(row, now),
    last_active_organization_id: row.last_active_organization_id,
    last_active_at: row.last_active_at,
    latest_activity: fromJsonOrNull<SessionActivity>(row.latest_activity) ?? undefined,
    expire_at: row.expire_at,
    abandon_at: row.abandon_at,
    updated_at: row.updated_at,
    created_at: row.created_at,
    tasks: fromJsonOrNull<SessionTask[]>(row.tasks),
  };
}

/** @throws {ApiError} 404 */
export async function findSession({ db }: Context, id: string): Promise<Row<'sessions'>> {
  const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('session', id);
  return row;
}

/** Clients with their sessions; one more query however many there are. */
export async function toClients({ db, clock }: Context, rows: readonly Row<'clients'>[]): Promise<Client[]> {
  if (rows.length === 0) return [];
  const now = clock.now();
  const sessions = await db
    .selectFrom('sessions')
    .selectAll()
    .where(
      'client_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const own = sessions.filter((session) => session.client_id === row.id).map((session) => toSession(session, now));
    return {
      object: 'client',
      id: row.id,
      session_ids: own.map(({ id }) => id),
      sessions: own,
      sign_in_id: row.sign_in_id,
      sign_up_id: row.sign_up_id,
      last_active_session_id: own.some(({ id }) => id === row.last_active_session_id)
        ? row.last_active_session_id
        : null,
      last_authentication_strategy: row.last_authentication_strategy,
      updated_at: row.updated_at,
      created_at: row.created_at,
    };
  });
}
