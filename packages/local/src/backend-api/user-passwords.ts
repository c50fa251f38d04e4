import { badRequest, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { verifyPassword } from '../passwords/verify-password.ts';
import { announceUserUpdate } from '../resources/announce-user-update.ts';
import { endSessionsOf } from '../resources/end-sessions.ts';
import { findUser } from '../resources/user.ts';
import { type Handlers, type Input, withoutTransaction } from './handler.ts';

export const userPasswords = {
  'users.verifyPassword': withoutTransaction(
    async (context: Context, { path, body }: Input<'users.verifyPassword'>) => {
      const row = await findUser(context, path.user_id);
      if (row.password_digest === null || row.password_hasher === null) {
        throw badRequest('no_password_set', 'The user has no password.');
      }
      if (!(await verifyPassword({ digest: row.password_digest, hasher: row.password_hasher }, body.password))) {
        throw unprocessable('incorrect_password', 'password', 'The password is not correct.');
      }
      return { verified: true };
    },
  ),

  async 'users.setPasswordCompromised'(context, { path, body }) {
    const row = await findUser(context, path.user_id);
    if (row.password_digest === null) throw unprocessable('no_password_set', 'user_id', 'The user has no password.');
    await context.db
      .updateTable('users')
      .set({ password_compromised: 1, updated_at: context.clock.now() })
      .where('id', '=', row.id)
      .execute();
    if (body.revoke_all_sessions === true) await endSessionsOf(context, [row.id]);
    return announceUserUpdate(context, row.id);
  },

  async 'users.unsetPasswordCompromised'(context, { path }) {
    const row = await findUser(context, path.user_id);
    await context.db
      .updateTable('users')
      .set({ password_compromised: 0, updated_at: context.clock.now() })
      .where('id', '=', row.id)
      .execute();
    return announceUserUpdate(context, row.id);
  },
} satisfies Partial<Handlers>;
