import type { Context } from '../../context.ts';
import { normalizeEmail } from '../../resources/email-address.ts';
import { normalizePhone } from '../../resources/phone-number.ts';
import { isVerified } from '../../resources/verification.ts';
import type { Row } from '../../store/rows.ts';

/** The user who has a verified e-mail address or phone number, or a user name, of that text. */
export async function findUserByIdentifier(context: Context, text: string): Promise<Row<'users'> | undefined> {
  const { db } = context;
  const email = normalizeEmail(text);
  if (email !== undefined) {
    return owner(
      context,
      await db.selectFrom('email_addresses').selectAll().where('email_address', '=', email).executeTakeFirst(),
    );
  }
  const phone = normalizePhone(text);
  if (phone !== undefined) {
    return owner(
      context,
      await db.selectFrom('phone_numbers').selectAll().where('phone_number', '=', phone).executeTakeFirst(),
    );
  }
  return db.selectFrom('users').selectAll().where('username_key', '=', text.trim().toLowerCase()).executeTakeFirst();
}

async function owner(
  { db }: Context,
  identification: { user_id: string; verification: string | null } | undefined,
): Promise<Row<'users'> | undefined> {
  if (identification === undefined || !isVerified(identification.verification)) return undefined;
  return db.selectFrom('users').selectAll().where('id', '=', identification.user_id).executeTakeFirst();
}
