import type { Context } from '../context.ts';
import type { User } from '../contract/wire.generated.ts';
import { readUser } from './user.ts';

/** Emits `user.updated` and answers with the user as it is now. */
export async function announceUserUpdate(context: Context, userId: string): Promise<User> {
  const user = await readUser(context, userId);
  await context.emit('user.updated', user);
  return user;
}
