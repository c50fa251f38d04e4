import { badRequest } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { User } from '../contract/wire.generated.ts';
import { announceUserUpdate } from '../resources/announce-user-update.ts';
import { endSessionsOf } from '../resources/end-sessions.ts';
import { lockUser } from '../resources/lock-user.ts';
import { findUser, readUser } from '../resources/user.ts';
import { toFlag } from '../store/json-column.ts';
import type { Handlers } from './handler.ts';

export const userModeration = {
  async 'users.banUser'(context, { path }) {
    await findUser(context, path.user_id);
    const [user] = await setBanned(context, [path.user_id], true);
    return user ?? readUser(context, path.user_id);
  },

  async 'users.unbanUser'(context, { path }) {
    await findUser(context, path.user_id);
    const [user] = await setBanned(context, [path.user_id], false);
    return user ?? readUser(context, path.user_id);
  },

  async 'users.banUsers'(context, { body }) {
    return setBanned(context, await knownUsers(context, body.user_ids), true);
  },

  async 'users.unbanUsers'(context, { body }) {
    return setBanned(context, await knownUsers(context, body.user_ids), false);
  },

  async 'users.lockUser'(context, { path }) {
    await findUser(context, path.user_id);
    await lockUser(context, path.user_id);
    return announceUserUpdate(context, path.user_id);
  },

  async 'users.unlockUser'(context, { path }) {
    await findUser(context, path.user_id);
    await context.db
      .updateTable('users')
      .set({ locked_at: null, lockout_expires_at: null, failed_attempts: 0, updated_at: context.clock.now() })
      .where('id', '=', path.user_id)
      .execute();
    return announceUserUpdate(context, path.user_id);
  },
} satisfies Partial<Handlers>;

async function knownUsers({ db }: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) throw badRequest('form_param_missing', 'user_ids must name at least one user.', 'user_ids');
  const rows = await db.selectFrom('users').select('id').where('id', 'in', ids).execute();
  const known = new Set(rows.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw badRequest('resource_not_found', `No user was found with id ${unknown.slice(0, 64)}.`, 'user_ids');
  return [...new Set(ids)];
}

async function setBanned(context: Context, ids: readonly string[], banned: boolean): Promise<User[]> {
  await context.db
    .updateTable('users')
    .set({ banned: toFlag(banned), updated_at: context.clock.now() })
    .where('id', 'in', ids)
    .execute();
  if (banned) await endSessionsOf(context, ids);
  const list: User[] = [];
  for (const id of ids) list.push(await announceUserUpdate(context, id));
  return list;
}
