import { notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { announceUserUpdate } from '../resources/announce-user-update.ts';
import { assertIdentifiersFree } from '../resources/create-user.ts';
import { toDeleted } from '../resources/deleted.ts';
import { assertNotLastIdentification } from '../resources/last-identification.ts';
import { normalizePhone, toPhoneNumber } from '../resources/phone-number.ts';
import { findUser } from '../resources/user.ts';
import { isVerified, verifiedByAdmin } from '../resources/verification.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';

export const phoneNumbers = {
  async 'phoneNumbers.createPhoneNumber'(context, { body }) {
    const { db, clock, ids } = context;
    const user = await findUser(context, body.user_id);
    const number = normalizePhone(body.phone_number);
    if (number === undefined)
      throw unprocessable('form_param_format_invalid', 'phone_number', 'phone_number must be in E.164 format.');
    await assertIdentifiersFree(context, { phones: [number] });
    const isFirst = user.primary_phone_number_id === null;
    const now = clock.now();
    const row = await db
      .insertInto('phone_numbers')
      .values({
        id: ids.create('idn'),
        user_id: user.id,
        phone_number: number,
        verification: body.verified === true ? verifiedByAdmin : null,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    if (body.primary ?? isFirst) await makePrimary(context, row);
    if (body.reserved_for_second_factor === true) await reserve(context, row, true);
    await announceUserUpdate(context, user.id);
    return toPhoneNumber(await findPhoneNumber(context, row.id));
  },

  async 'phoneNumbers.getPhoneNumber'(context, { path }) {
    return toPhoneNumber(await findPhoneNumber(context, path.phone_number_id));
  },

  async 'phoneNumbers.updatePhoneNumber'(context, { path, body }) {
    const { db, clock } = context;
    const before = await findPhoneNumber(context, path.phone_number_id);
    const verification = body.verified === undefined ? before.verification : body.verified ? verifiedByAdmin : null;
    const row = { ...before, verification };
    await db
      .updateTable('phone_numbers')
      .set({ verification, updated_at: clock.now() })
      .where('id', '=', row.id)
      .execute();
    if (body.primary === true) {
      if (!isVerified(verification))
        throw unprocessable('form_param_invalid', 'primary', 'A primary phone number must be verified.');
      await makePrimary(context, row);
    }
    if (body.reserved_for_second_factor !== undefined) await reserve(context, row, body.reserved_for_second_factor);
    await announceUserUpdate(context, row.user_id);
    return toPhoneNumber(await findPhoneNumber(context, row.id));
  },

  async 'phoneNumbers.deletePhoneNumber'(context, { path }) {
    const { db, clock } = context;
    const row = await findPhoneNumber(context, path.phone_number_id);
    await assertNotLastIdentification(context, row.user_id);
    await db.deleteFrom('phone_numbers').where('id', '=', row.id).execute();
    if (row.default_second_factor === 1) await chooseDefaultFactor(context, row.user_id);
    const user = await findUser(context, row.user_id);
    if (user.primary_phone_number_id === row.id) {
      // The oldest verified one moves up.
      const rest = await db
        .selectFrom('phone_numbers')
        .selectAll()
        .where('user_id', '=', user.id)
        .orderBy('id')
        .execute();
      const next = rest.find((one) => isVerified(one.verification)) ?? rest[0];
      await db
        .updateTable('users')
        .set({ primary_phone_number_id: next?.id ?? null, updated_at: clock.now() })
        .where('id', '=', user.id)
        .execute();
    }
    await announceUserUpdate(context, user.id);
    return toDeleted('phone_number', row.id);
  },
} satisfies Partial<Handlers>;

async function findPhoneNumber({ db }: Context, id: string): Promise<Row<'phone_numbers'>> {
  const row = await db.selectFrom('phone_numbers').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('phone number', id);
  return row;
}

async function makePrimary({ db, clock }: Context, row: Row<'phone_numbers'>): Promise<void> {
  await db
    .updateTable('users')
    .set({ primary_phone_number_id: row.id, updated_at: clock.now() })
    .where('id', '=', row.user_id)
    .execute();
}

/** Sets a number aside for the second factor, or takes it back. The first one set aside is the default. */
async function reserve(context: Context, row: Row<'phone_numbers'>, reserved: boolean): Promise<void> {
  const { db, clock } = context;
  if (reserved && !isVerified(row.verification)) {
    throw unprocessable(
      'form_param_invalid',
      'reserved_for_second_factor',
      'A number for the second factor must be verified.',
    );
  }
  await db
    .updateTable('phone_numbers')
    .set({
      reserved_for_second_factor: reserved ? 1 : 0,
      ...(!reserved && { default_second_factor: 0 }),
      updated_at: clock.now(),
    })
    .where('id', '=', row.id)
    .execute();
  await chooseDefaultFactor(context, row.user_id);
  if (reserved) {
    await db
      .updateTable('users')
      .set({ mfa_enabled_at: clock.now() })
      .where('id', '=', row.user_id)
      .where('mfa_enabled_at', 'is', null)
      .execute();
  }
}

async function chooseDefaultFactor({ db }: Context, userId: string): Promise<void> {
  const reserved = await db
    .selectFrom('phone_numbers')
    .select(['id', 'default_second_factor'])
    .where('user_id', '=', userId)
    .where('reserved_for_second_factor', '=', 1)
    .orderBy('id')
    .execute();
  const [first] = reserved;
  if (first === undefined || reserved.some((one) => one.default_second_factor === 1)) return;
  await db.updateTable('phone_numbers').set({ default_second_factor: 1 }).where('id', '=', first.id).execute();
}
