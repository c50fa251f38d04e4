import type { Context } from '../context.ts';
import type { Row } from '../store/rows.ts';
import { toDeleted } from './deleted.ts';
import { endSessionsOf } from './end-sessions.ts';

/** Deletes a user and all that was only theirs: sessions, identifications, memberships, keys and tokens. */
export async function deleteUser(context: Context, user: Row<'users'>): Promise<void> {
  const { db } = context;
  await endSessionsOf(context, [user.id], 'removed');
  const memberships = await db
    .selectFrom('organization_memberships')
    .select(['id'])
    .where('user_id', '=', user.id)
    .execute();
  await db.deleteFrom('api_keys').where('subject', '=', user.id).execute();
  await db.deleteFrom('oauth_access_tokens').where('subject', '=', user.id).execute();
  if (user.image_id !== null) await db.deleteFrom('images').where('id', '=', user.image_id).execute();
  // All else goes by its foreign key.
  await db.deleteFrom('users').where('id', '=', user.id).execute();
  for (const { id } of memberships)
    await context.emit('organizationMembership.deleted', toDeleted('organization_membership', id));
  await context.emit(
    'user.deleted',
    toDeleted('user', user.id, user.external_id === null ? {} : { external_id: user.external_id }),
  );
}
