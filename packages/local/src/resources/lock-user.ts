import type { Context } from '../context.ts';
import { readSettings } from '../store/settings.ts';

/** Locks a user for as long as the instance's settings say: no sign-in until then. */
export async function lockUser(context: Context, userId: string): Promise<void> {
  const { lockout } = await readSettings(context.db);
  const now = context.clock.now();
  await context.db
    .updateTable('users')
    .set({ locked_at: now, lockout_expires_at: now + lockout.duration * 1000, updated_at: now })
    .where('id', '=', userId)
    .execute();
}
