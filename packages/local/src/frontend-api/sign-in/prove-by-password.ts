import type { Context } from '../../context.ts';
import { isAllowedIn } from '../restrictions.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';
import type { CheckPassword } from './check-password.ts';
import { admit, type SignInVerdict } from './verdict.ts';

/** What a password sign-in is judged with. */
export interface PasswordServices {
  readonly context: Context;
  readonly attempts: AttemptLimiter;
  readonly checkPassword: CheckPassword;
}

/** Judges an identifier and a password. How often is counted by identifier, whether somebody has it or not. */
export async function proveByPassword(
  services: PasswordServices,
  identifier: string,
  password: string,
): Promise<SignInVerdict> {
  const { context, attempts, checkPassword } = services;
  const key = `password:${identifier.trim().toLowerCase()}`;
  const wait = attempts.take(key);
  if (wait > 0) return { refusal: { code: 'too_many_requests', retryAfterSeconds: wait } };
  const user = await checkPassword(context, identifier, password);
  if (user === undefined) return { refusal: { code: 'form_password_incorrect' } };
  attempts.forgive(key);
  if (!(await isAllowedIn(context, await identify(context, user.id), 'sign-in')))
    return { refusal: { code: 'not_allowed_access' } };
  return admit(context, user);
}

/** A user is known by the primary address and number, whatever was typed. */
async function identify({ db }: Context, userId: string) {
  const row = await db
    .selectFrom('users')
    .leftJoin('email_addresses', 'email_addresses.id', 'users.primary_email_address_id')
    .leftJoin('phone_numbers', 'phone_numbers.id', 'users.primary_phone_number_id')
    .select(['email_addresses.email_address', 'phone_numbers.phone_number'])
    .where('users.id', '=', userId)
    .executeTakeFirst();
  return { emailAddress: row?.email_address ?? undefined, phoneNumber: row?.phone_number ?? undefined };
}
