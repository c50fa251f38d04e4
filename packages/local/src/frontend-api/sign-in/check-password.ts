import type { Context } from '../../context.ts';
import { hashPassword, type PasswordDigest } from '../../passwords/hash-password.ts';
import { verifyPassword } from '../../passwords/verify-password.ts';
import { lockUser } from '../../resources/lock-user.ts';
import type { Row } from '../../store/rows.ts';
import { readSettings } from '../../store/settings.ts';
import { findUserByIdentifier } from './find-user.ts';

/** Checks passwords of one backend. */
export type CheckPassword = (
  context: Context,
  identifier: string,
  password: string,
) => Promise<Row<'users'> | undefined>;

/**
 * Makes the check of identifier and password, which answers with the user, or undefined for both "nobody of that name" and
 * "not that password". It takes as long either way: for nobody, a digest is checked that no password fits.
 */
export function createPasswordCheck(): CheckPassword {
  let decoy: Promise<PasswordDigest> | undefined;
  return async (context, identifier, password) => {
    const user = await findUserByIdentifier(context, identifier);
    if (user === undefined || user.password_digest === null || user.password_hasher === null) {
      decoy ??= hashPassword(crypto.randomUUID());
      await verifyPassword(await decoy, password);
      return undefined;
    }
    const digest = { digest: user.password_digest, hasher: user.password_hasher };
    const isRight = await verifyPassword(digest, password);
    await (isRight ? forgetFailures(context, user) : countFailure(context, user));
    return isRight ? user : undefined;
  };
}

async function countFailure(context: Context, user: Row<'users'>): Promise<void> {
  await context.transaction(async (tx) => {
    const { lockout } = await readSettings(tx.db);
    const { failed_attempts } = await tx.db
      .updateTable('users')
      .set((eb) => ({ failed_attempts: eb('failed_attempts', '+', 1) }))
      .where('id', '=', user.id)
      .returning('failed_attempts')
      .executeTakeFirstOrThrow();
    if (failed_attempts < lockout.maxAttempts) return;
    await lockUser(tx, user.id);
    await tx.db.updateTable('users').set({ failed_attempts: 0 }).where('id', '=', user.id).execute();
  });
}

async function forgetFailures({ db }: Context, user: Row<'users'>): Promise<void> {
  if (user.failed_attempts > 0)
    await db.updateTable('users').set({ failed_attempts: 0 }).where('id', '=', user.id).execute();
}
