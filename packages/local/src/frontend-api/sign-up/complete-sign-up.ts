import type { Context } from '../../context.ts';
import { createUser, type NewUser } from '../../resources/create-user.ts';
import { acceptOrganizationInvitation } from '../../resources/organization-invitation.ts';
import { readUser } from '../../resources/user.ts';
import { fromJson, toJson } from '../../store/json-column.ts';
import type { Row } from '../../store/rows.ts';
import type { Ticket } from '../sign-in/ticket.ts';
import type { SignInRefusal } from '../sign-in/verdict.ts';
import { codeAttempts, isCode } from '../sign-in/verification-code.ts';
import type { SignUpData } from './start-sign-up.ts';

/** An invitation that somebody signs up with. */
export type Invitation = Exclude<Ticket, { kind: 'session' }>;

/** Checks the code of a sign-up. Each try is counted before it is judged. undefined: the code is right. */
export async function refuseSignUpCode(
  { db, clock }: Context,
  signUp: Row<'sign_ups'>,
  code: string,
): Promise<SignInRefusal | undefined> {
  const counted = await db
    .updateTable('sign_ups')
    .set((eb) => ({ failed_attempts: eb('failed_attempts', '+', 1) }))
    .where('id', '=', signUp.id)
    .where('status', '=', 'missing_requirements')
    .where('failed_attempts', '<', codeAttempts)
    .where('code_expires_at', '>', clock.now())
    .returning('code_hash')
    .executeTakeFirst();
  if (counted === undefined) return { code: 'verification_expired' };
  return isCode(code, signUp.id, counted.code_hash) ? undefined : { code: 'form_code_incorrect' };
}

/**
 * Makes the user of a sign-up whose address has been verified by a code.
 *
 * @throws {ApiError} 422 when somebody else has taken the address meanwhile.
 */
export async function completeSignUp(context: Context, signUp: Row<'sign_ups'>): Promise<Row<'users'>> {
  const user = await makeUser(context, 'email_code', {
    externalId: signUp.external_id ?? undefined,
    firstName: signUp.first_name ?? undefined,
    lastName: signUp.last_name ?? undefined,
    emailAddresses: [signUp.email_address ?? ''],
    password: { digest: signUp.password_digest ?? '', hasher: signUp.password_hasher ?? '' },
    unsafeMetadata: fromJson(signUp.unsafe_metadata),
    publicMetadata: fromJson(signUp.public_metadata),
  });
  await context.db
    .updateTable('sign_ups')
    .set({
      status: 'complete',
      created_user_id: user.id,
      code_hash: null,
      verifications: toJson({ email_address: 'verified' }),
      updated_at: context.clock.now(),
    })
    .where('id', '=', signUp.id)
    .execute();
  return user;
}

/**
 * Makes the user of an invitation, whose link has proven the address, and accepts the invitation.
 *
 * @throws {ApiError} 422 for an address that is taken or an organization that is full.
 */
export async function signUpInvited(
  context: Context,
  { kind, invitation }: Invitation,
  data: SignUpData,
): Promise<Row<'users'>> {
  const { db, clock } = context;
  const user = await makeUser(context, 'ticket', {
    firstName: data.firstName,
    lastName: data.lastName,
    emailAddresses: [invitation.email_address],
    password: data.password,
    // That of an organization's invitation is for the membership.
    publicMetadata: kind === 'invitation' ? fromJson(invitation.public_metadata) : undefined,
  });
  if (kind === 'organization-invitation') {
    await acceptOrganizationInvitation(context, invitation, user.id);
  } else {
    await db
      .updateTable('invitations')
      .set({ status: 'accepted', user_id: user.id, updated_at: clock.now() })
      .where('id', '=', invitation.id)
      .execute();
  }
  return user;
}

async function makeUser(context: Context, strategy: 'email_code' | 'ticket', data: NewUser): Promise<Row<'users'>> {
  const user = await createUser(context, data);
  const verification = toJson({ status: 'verified', strategy, attempts: 1, expire_at: null });
  await context.db.updateTable('email_addresses').set({ verification }).where('user_id', '=', user.id).execute();
  await context.emit('user.created', await readUser(context, user.id));
  return user;
}
