import type { Context } from '../context.ts';
import type { Row } from '../store/rows.ts';
import { toSession } from './session.ts';

/**
 * Ends the active sessions of users, with their refresh tokens, and says so: `session.revoked` when somebody else ended
 * them, `session.ended` when the user signed out, `session.removed` when they were put aside.
 */
export async function endSessionsOf(
  context: Context,
  userIds: readonly string[],
  status: 'revoked' | 'ended' | 'removed' = 'revoked',
): Promise<void> {
  const rows = await context.db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', 'in', userIds)
    .where('status', '=', 'active')
    .execute();
  for (const row of rows) await endSession(context, row, status);
}

/** As {@link endSessionsOf}, for one session. Answers with the row as it is afterwards. */
export async function endSession(
  context: Context,
  session: Row<'sessions'>,
  status: 'revoked' | 'ended' | 'removed' | 'replaced',
): Promise<Row<'sessions'>> {
  const { db, clock } = context;
  const row = { ...session, status, updated_at: clock.now() };
  await db.updateTable('sessions').set({ status, updated_at: row.updated_at }).where('id', '=', session.id).execute();
  await db.deleteFrom('refresh_tokens').where('session_id', '=', session.id).execute();
  await context.emit(`session.${status}`, toSession(row, clock.now()));
  return row;
}
