import type { Context } from '../../context.ts';
import { sessionStatus } from '../../issuing/session.ts';
import type { Row } from '../../store/rows.ts';

/** The sessions of a client that are active at this moment, the one used last first. Those of banned users do not count. */
export async function activeSessions({ db, clock }: Context, client: Row<'clients'>): Promise<Row<'sessions'>[]> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('sessions')
    .where('sessions.client_id', '=', client.id)
    .where('sessions.status', '=', 'active')
    .where('users.banned', '=', 0)
    .orderBy('sessions.created_at', 'desc')
    .execute();
  const now = clock.now();
  const active = rows.filter((row) => sessionStatus(row, now) === 'active');
  const last = active.find(({ id }) => id === client.last_active_session_id);
  return last === undefined ? active : [last, ...active.filter((row) => row !== last)];
}

/** The session that a client is signed in with. */
export async function activeSession(context: Context, client: Row<'clients'>): Promise<Row<'sessions'> | undefined> {
  return (await activeSessions(context, client))[0];
}
