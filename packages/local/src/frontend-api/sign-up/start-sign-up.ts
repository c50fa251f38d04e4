import { forbidden, unprocessable } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import type { PasswordDigest } from '../../passwords/hash-password.ts';
import { normalizeEmail } from '../../resources/email-address.ts';
import { toJson } from '../../store/json-column.ts';
import type { Row } from '../../store/rows.ts';
import { isAllowedIn } from '../restrictions.ts';
import { codeLifetime, sendEmailCode } from '../sign-in/verification-code.ts';

/** What somebody signs up with. */
export interface SignUpData {
  readonly emailAddress: string;
  readonly password: PasswordDigest;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

/** Characters that a password has at least (NIST SP 800-63B section 5.1.1.2). */
const shortestPassword = 8;

/** How long a sign-up can be gone on with, in milliseconds. */
const signUpLifetime = 24 * 60 * 60 * 1000;

/** @throws {ApiError} 422 for a password that is too short. */
export function assertPassword(password: string): void {
  if (password.length < shortestPassword) {
    throw unprocessable(
      'form_password_length_too_short',
      'password',
      `Choose a password of ${shortestPassword} characters or more.`,
    );
  }
}

/**
 * The form in which an address signs up.
 *
 * @param isInvited Whether an invitation was sent to it, which the allow list then does not matter to.
 * @throws {ApiError} 422 for what is no address, 403 for one that the restrictions keep out.
 */
export async function assertMaySignUp(context: Context, text: string, isInvited = false): Promise<string> {
  const emailAddress = normalizeEmail(text);
  if (emailAddress === undefined)
    throw unprocessable('form_param_format_invalid', 'email_address', 'Enter a valid email address.');
  if (!(await isAllowedIn(context, { emailAddress }, isInvited ? 'invited-sign-up' : 'sign-up'))) {
    throw forbidden('not_allowed_access', 'This address may not sign up here.', 'email_address');
  }
  return emailAddress;
}

/**
 * Begins a sign-up and sends a code to its address. To one that has an account already goes a message that says so, and no code
 * is right: who signs up does not learn who has an account.
 */
export async function startSignUp(
  context: Context,
  client: Row<'clients'>,
  data: SignUpData,
): Promise<Row<'sign_ups'>> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const id = ids.create('sua');
  const { emailAddress } = data;
  const taken = await db
    .selectFrom('email_addresses')
    .select('user_id')
    .where('email_address', '=', emailAddress)
    .executeTakeFirst();
  const code = taken === undefined ? await sendEmailCode(context, emailAddress, id) : undefined;
  if (taken !== undefined) await tellOfAccount(context, emailAddress, taken.user_id);
  const row = await db
    .insertInto('sign_ups')
    .values({
      id,
      client_id: client.id,
      status: 'missing_requirements',
      email_address: emailAddress,
      first_name: data.firstName ?? null,
      last_name: data.lastName ?? null,
      password_digest: data.password.digest,
      password_hasher: data.password.hasher,
      verifications: toJson({ email_address: 'unverified' }),
      code_hash: code?.hash ?? null,
      code_expires_at: now + codeLifetime,
      abandon_at: now + signUpLifetime,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await db.updateTable('clients').set({ sign_up_id: id, updated_at: now }).where('id', '=', client.id).execute();
  return row;
}

/** Sends a new code for a sign-up that is under way. */
export async function resendCode(context: Context, signUp: Row<'sign_ups'>): Promise<void> {
  const { db, clock } = context;
  const emailAddress = signUp.email_address ?? '';
  const taken = await db
    .selectFrom('email_addresses')
    .select('user_id')
    .where('email_address', '=', emailAddress)
    .executeTakeFirst();
  const code = taken === undefined ? await sendEmailCode(context, emailAddress, signUp.id) : undefined;
  await db
    .updateTable('sign_ups')
    .set({ code_hash: code?.hash ?? null, code_expires_at: clock.now() + codeLifetime, failed_attempts: 0 })
    .where('id', '=', signUp.id)
    .execute();
}

/** The sign-up that a client has under way. */
export async function signUpUnderWay(
  { db, clock }: Context,
  client: Row<'clients'> | undefined,
): Promise<Row<'sign_ups'> | undefined> {
  if (client === undefined || client.sign_up_id === null) return undefined;
  return db
    .selectFrom('sign_ups')
    .selectAll()
    .where('id', '=', client.sign_up_id)
    .where('status', '=', 'missing_requirements')
    .where('abandon_at', '>', clock.now())
    .executeTakeFirst();
}

async function tellOfAccount(context: Context, emailAddress: string, userId: string): Promise<void> {
  await context.send({
    channel: 'email',
    recipient: emailAddress,
    template: 'account_exists',
    subject: 'You have an account already',
    body: `Somebody, probably you, tried to sign up with this address. You have an account: sign in at ${context.instance.url}/sign-in.`,
    data: {},
    userId,
  });
}
