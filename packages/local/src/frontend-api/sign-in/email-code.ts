import type { Context } from '../../context.ts';
import { findUser } from '../../resources/user.ts';
import type { Row } from '../../store/rows.ts';
import { isAllowedIn } from '../restrictions.ts';
import { findUserByIdentifier } from './find-user.ts';
import { admit, type SignInVerdict } from './verdict.ts';
import { codeAttempts, codeLifetime, isCode, sendEmailCode } from './verification-code.ts';

/**
 * Begins a sign-in by a code sent to the user's e-mail address. When nobody has that identifier, the sign-in begins all the
 * same and no code is ever right: who asks does not learn who has an account.
 */
export async function startEmailCode(
  context: Context,
  client: Row<'clients'>,
  identifier: string,
): Promise<Row<'sign_ins'>> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const user = await findUserByIdentifier(context, identifier);
  const emailAddress = user === undefined ? undefined : await addressFor(context, user, identifier);
  const id = ids.create('sia');
  const code = emailAddress === undefined ? undefined : await sendEmailCode(context, emailAddress, id, user?.id);
  const row: Row<'sign_ins'> = {
    id,
    client_id: client.id,
    user_id: user?.id ?? null,
    identifier,
    status: 'needs_first_factor',
    first_factor_strategy: 'email_code',
    code_hash: code?.hash ?? null,
    code_expires_at: now + codeLifetime,
    failed_attempts: 0,
    abandon_at: now + 24 * 60 * 60 * 1000,
    created_at: now,
    updated_at: now,
  };
  await db.deleteFrom('sign_ins').where('client_id', '=', client.id).execute();
  await db.insertInto('sign_ins').values(row).execute();
  await db.updateTable('clients').set({ sign_in_id: id, updated_at: now }).where('id', '=', client.id).execute();
  return row;
}

/** The sign-in that a client has under way. */
export async function signInUnderWay(
  { db, clock }: Context,
  client: Row<'clients'> | undefined,
): Promise<Row<'sign_ins'> | undefined> {
  if (client === undefined || client.sign_in_id === null) return undefined;
  return db
    .selectFrom('sign_ins')
    .selectAll()
    .where('id', '=', client.sign_in_id)
    .where('abandon_at', '>', clock.now())
    .executeTakeFirst();
}

/** Checks the code of a sign-in. Each try is counted before it is judged, so that many at once are no more than one after the other. */
export async function proveByCode(context: Context, signIn: Row<'sign_ins'>, code: string): Promise<SignInVerdict> {
  const { db, clock } = context;
  const now = clock.now();
  const counted = await db
    .updateTable('sign_ins')
    .set((eb) => ({ failed_attempts: eb('failed_attempts', '+', 1), updated_at: now }))
    .where('id', '=', signIn.id)
    .where('failed_attempts', '<', codeAttempts)
    .where('code_expires_at', '>', now)
    .returning(['user_id', 'code_hash'])
    .executeTakeFirst();
  if (counted === undefined) return { refusal: { code: 'verification_expired' } };
  if (counted.user_id === null || !isCode(code, signIn.id, counted.code_hash))
    return { refusal: { code: 'form_code_incorrect' } };
  await db.updateTable('sign_ins').set({ code_hash: null }).where('id', '=', signIn.id).execute();
  return admit(context, await findUser(context, counted.user_id));
}

/** The address that was typed, or the primary one of who typed a user name. */
async function addressFor(context: Context, user: Row<'users'>, identifier: string): Promise<string | undefined> {
  const own = await context.db.selectFrom('email_addresses').selectAll().where('user_id', '=', user.id).execute();
  const typed = own.find(({ email_address }) => email_address === identifier.trim().toLowerCase());
  const address = (typed ?? own.find(({ id }) => id === user.primary_email_address_id))?.email_address;
  const isWelcome = address !== undefined && (await isAllowedIn(context, { emailAddress: address }, 'sign-in'));
  return isWelcome ? address : undefined;
}
