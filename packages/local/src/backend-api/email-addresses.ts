import { notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { announceUserUpdate } from '../resources/announce-user-update.ts';
import { assertIdentifiersFree } from '../resources/create-user.ts';
import { toDeleted } from '../resources/deleted.ts';
import { normalizeEmail, toEmailAddress } from '../resources/email-address.ts';
import { assertNotLastIdentification } from '../resources/last-identification.ts';
import { findUser } from '../resources/user.ts';
import { isVerified, verifiedByAdmin } from '../resources/verification.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';

export const emailAddresses = {
  async 'emailAddresses.createEmailAddress'(context, { body }) {
    const { db, clock, ids } = context;
    const user = await findUser(context, body.user_id);
    const address = normalizeEmail(body.email_address);
    if (address === undefined)
      throw unprocessable('form_param_format_invalid', 'email_address', 'email_address must be a valid email address.');
    await assertIdentifiersFree(context, { emails: [address] });
    const isFirst = user.primary_email_address_id === null;
    const now = clock.now();
    const row = await db
      .insertInto('email_addresses')
      .values({
        id: ids.create('idn'),
        user_id: user.id,
        email_address: address,
        verification: body.verified === true ? verifiedByAdmin : null,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    if (body.primary ?? isFirst) await makePrimary(context, row);
    await announceUserUpdate(context, user.id);
    return toEmailAddress(row);
  },

  async 'emailAddresses.getEmailAddress'(context, { path }) {
    return toEmailAddress(await findEmailAddress(context, path.email_address_id));
  },

  async 'emailAddresses.updateEmailAddress'(context, { path, body }) {
    const { db, clock } = context;
    const before = await findEmailAddress(context, path.email_address_id);
    const verification = body.verified === undefined ? before.verification : body.verified ? verifiedByAdmin : null;
    const row = { ...before, verification, updated_at: clock.now() };
    await db
      .updateTable('email_addresses')
      .set({ verification, updated_at: row.updated_at })
      .where('id', '=', row.id)
      .execute();
    if (body.primary === true) {
      if (!isVerified(verification))
        throw unprocessable('form_param_invalid', 'primary', 'A primary email address must be verified.');
      await makePrimary(context, row);
    }
    await announceUserUpdate(context, row.user_id);
    return toEmailAddress(row);
  },

  async 'emailAddresses.deleteEmailAddress'(context, { path }) {
    const { db, clock } = context;
    const row = await findEmailAddress(context, path.email_address_id);
    await assertNotLastIdentification(context, row.user_id);
    await db.deleteFrom('email_addresses').where('id', '=', row.id).execute();
    const user = await findUser(context, row.user_id);
    if (user.primary_email_address_id === row.id) {
      // The oldest verified one moves up.
      const rest = await db
        .selectFrom('email_addresses')
        .selectAll()
        .where('user_id', '=', user.id)
        .orderBy('id')
        .execute();
      const next = rest.find((one) => isVerified(one.verification)) ?? rest[0];
      await db
        .updateTable('users')
        .set({ primary_email_address_id: next?.id ?? null, updated_at: clock.now() })
        .where('id', '=', user.id)
        .execute();
    }
    await announceUserUpdate(context, user.id);
    return toDeleted('email_address', row.id);
  },
} satisfies Partial<Handlers>;

async function findEmailAddress({ db }: Context, id: string): Promise<Row<'email_addresses'>> {
  const row = await db.selectFrom('email_addresses').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('email address', id);
  return row;
}

async function makePrimary({ db, clock }: Context, row: Row<'email_addresses'>): Promise<void> {
  await db
    .updateTable('users')
    .set({ primary_email_address_id: row.id, updated_at: clock.now() })
    .where('id', '=', row.user_id)
    .execute();
}
