import type { Context } from '../../context.ts';
import { verifyTotp } from '../../passwords/totp.ts';
import { useBackupCode } from '../../resources/backup-codes.ts';
import { findUser } from '../../resources/user.ts';
import type { Row } from '../../store/rows.ts';
import { admit, type SignInVerdict } from './verdict.ts';
import { codeAttempts, codeLifetime } from './verification-code.ts';

/** Whether a user signs in with a second factor: a code of an authenticator app, or a backup code. */
export const hasSecondFactor = (user: Row<'users'>): boolean => user.totp_secret_sealed !== null;

/** Keeps that a client has passed the first factor, until the second is given. */
export async function awaitSecondFactor(
  context: Context,
  client: Row<'clients'>,
  user: Row<'users'>,
  firstFactor: string,
): Promise<void> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const id = ids.create('sia');
  await db.deleteFrom('sign_ins').where('client_id', '=', client.id).execute();
  await db
    .insertInto('sign_ins')
    .values({
      id,
      client_id: client.id,
      user_id: user.id,
      identifier: '',
      status: 'needs_second_factor',
      first_factor_strategy: firstFactor,
      code_expires_at: now + codeLifetime,
      abandon_at: now + codeLifetime,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await db.updateTable('clients').set({ sign_in_id: id, updated_at: now }).where('id', '=', client.id).execute();
}

/** Checks the second factor of a sign-in. Each try is counted before it is judged. */
export async function proveBySecondFactor(
  context: Context,
  signIn: Row<'sign_ins'>,
  code: string,
): Promise<SignInVerdict> {
  const { db, clock, sealer } = context;
  const now = clock.now();
  const counted = await db
    .updateTable('sign_ins')
    .set((eb) => ({ failed_attempts: eb('failed_attempts', '+', 1), updated_at: now }))
    .where('id', '=', signIn.id)
    .where('status', '=', 'needs_second_factor')
    .where('failed_attempts', '<', codeAttempts)
    .where('code_expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst();
  if (counted === undefined || counted.user_id === null) return { refusal: { code: 'verification_expired' } };
  const user = await findUser(context, counted.user_id);
  const given = code.replaceAll(/\s/g, '');
  const secret = user.totp_secret_sealed;
  const isRight =
    (secret !== null && verifyTotp(sealer.open(secret), given, now)) || (await useBackupCode(context, user.id, given));
  if (!isRight) return { refusal: { code: 'form_code_incorrect' } };
  await db.updateTable('sign_ins').set({ status: 'complete' }).where('id', '=', signIn.id).execute();
  return admit(context, user);
}
