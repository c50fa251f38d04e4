import { alreadyExists, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { PasswordDigest } from '../passwords/hash-password.ts';
import { readPassword } from '../passwords/read-password.ts';
import { announceUserUpdate } from '../resources/announce-user-update.ts';
import { digestBackupCodes, replaceBackupCodes } from '../resources/backup-codes.ts';
import { assertUsername, createUser } from '../resources/create-user.ts';
import { deleteUser } from '../resources/delete-user.ts';
import { toDeleted } from '../resources/deleted.ts';
import { endSessionsOf } from '../resources/end-sessions.ts';
import { lockUser } from '../resources/lock-user.ts';
import { assertMetadata, mergeMetadata } from '../resources/metadata.ts';
import { toMemberships } from '../resources/organization.ts';
import { findUser, readUser, toUsers } from '../resources/user.ts';
import { isVerified } from '../resources/verification.ts';
import { toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { type Handlers, type Input, withoutTransaction } from './handler.ts';
import { readOrder, sortBy } from './list.ts';
import { userConditions } from './user-filters.ts';

/** What users can be sorted by: `order_by` to SQL. */
const sortColumns: Readonly<Record<string, string>> = {
  email_address: 'email_addresses.email_address',
  phone_number: 'phone_numbers.phone_number',
  web3wallet: 'web3_wallets.web3_wallet',
  username: 'users.username_key',
};

export const users = {
  async 'users.getUserList'(context, { query }) {
    const { key, direction } = readOrder(query.order_by);
    const rows = await context.db
      .selectFrom('users')
      .leftJoin('email_addresses', 'email_addresses.id', 'users.primary_email_address_id')
      .leftJoin('phone_numbers', 'phone_numbers.id', 'users.primary_phone_number_id')
      .leftJoin('web3_wallets', 'web3_wallets.id', 'users.primary_web3_wallet_id')
      .selectAll('users')
      .where('users.id', 'in', (eb) =>
        eb
          .selectFrom('users')
          .select('users.id')
          .where((inner) => userConditions(inner, query)),
      )
      .orderBy(sortBy(sortColumns[key] ?? `users.${key}`, direction))
      .orderBy('users.id', direction)
      .limit(query.limit)
      .offset(query.offset)
      .execute();
    return toUsers(context, rows);
  },

  async 'users.getCount'({ db }, { query }) {
    const { count } = await db
      .selectFrom('users')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where((eb) => userConditions(eb, query))
      .executeTakeFirstOrThrow();
    return { object: 'total_count', total_count: Number(count) };
  },

  'users.getUser': (context, { path }) => readUser(context, path.user_id),

  'users.createUser': withoutTransaction(async (context: Context, { body }: Input<'users.createUser'>) => {
    const password = await readPassword(body);
    if (body.skip_user_requirement !== true) assertIdentified(body);
    return context.transaction(async (tx) => {
      const row = await createUser(tx, {
        externalId: body.external_id,
        username: body.username,
        firstName: body.first_name,
        lastName: body.last_name,
        locale: body.locale,
        emailAddresses: body.email_address,
        phoneNumbers: body.phone_number,
        web3Wallets: body.web3_wallet,
        password,
        totpSecret: body.totp_secret,
        backupCodes: digestBackupCodes(tx, body.backup_codes ?? []),
        publicMetadata: body.public_metadata,
        privateMetadata: body.private_metadata,
        unsafeMetadata: body.unsafe_metadata,
        deleteSelfEnabled: body.delete_self_enabled,
        createOrganizationEnabled: body.create_organization_enabled,
        createOrganizationsLimit: body.create_organizations_limit,
        bypassClientTrust: body.bypass_client_trust,
        banned: body.banned,
        legalAcceptedAt: readTime(body.legal_accepted_at),
        createdAt: readTime(body.created_at),
      });
      if (body.locked === true) await lockUser(tx, row.id);
      const user = await readUser(tx, row.id);
      await tx.emit('user.created', user);
      return user;
    });
  }),

  'users.updateUser': withoutTransaction(async (context: Context, { path, body }: Input<'users.updateUser'>) => {
    if (
      body.password === undefined &&
      (body.skip_password_checks !== undefined || body.sign_out_of_other_sessions !== undefined)
    ) {
      throw unprocessable(
        'form_param_missing',
        'password',
        'skip_password_checks and sign_out_of_other_sessions go with a password.',
      );
    }
    const password = await readPassword(body);
    return context.transaction(async (tx) => {
      const row = await findUser(tx, path.user_id);
      await tx.db
        .updateTable('users')
        .set({ ...(await changes(tx, row, body, password)), updated_at: tx.clock.now() })
        .where('id', '=', row.id)
        .execute();
      if (body.backup_codes !== undefined)
        await replaceBackupCodes(tx, row.id, digestBackupCodes(tx, body.backup_codes));
      if (body.notify_primary_email_address_changed === true && body.primary_email_address_id !== undefined) {
        await tellOfNewAddress(tx, row, body.primary_email_address_id);
      }
      if (body.sign_out_of_other_sessions === true) await endSessionsOf(tx, [row.id]);
      return announceUserUpdate(tx, row.id);
    });
  }),

  async 'users.deleteUser'(context, { path }) {
    const row = await findUser(context, path.user_id);
    await deleteUser(context, row);
    return toDeleted('user', row.id, row.external_id === null ? {} : { external_id: row.external_id });
  },

  async 'users.updateUserMetadata'(context, { path, body }) {
    const row = await findUser(context, path.user_id);
    await context.db
      .updateTable('users')
      .set({
        public_metadata: mergeMetadata(row.public_metadata, body.public_metadata, 'public_metadata'),
        private_metadata: mergeMetadata(row.private_metadata, body.private_metadata, 'private_metadata'),
        unsafe_metadata: mergeMetadata(row.unsafe_metadata, body.unsafe_metadata, 'unsafe_metadata'),
        updated_at: context.clock.now(),
      })
      .where('id', '=', row.id)
      .execute();
    return announceUserUpdate(context, row.id);
  },

  async 'users.getOrganizationMembershipList'(context, { path, query }) {
    await findUser(context, path.user_id);
    const rows = await context.db
      .selectFrom('organization_memberships')
      .selectAll()
      .where('user_id', '=', path.user_id)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return {
      data: await toMemberships(context, rows.slice(query.offset, query.offset + query.limit)),
      total_count: rows.length,
    };
  },
} satisfies Partial<Handlers>;

/** Tells the address that was primary until now: whoever lost an account this way learns of it there. */
async function tellOfNewAddress({ db, send }: Context, before: Row<'users'>, newId: string): Promise<void> {
  if (before.primary_email_address_id === null || before.primary_email_address_id === newId) return;
  const ids = [before.primary_email_address_id, newId];
  const rows = await db.selectFrom('email_addresses').select(['id', 'email_address']).where('id', 'in', ids).execute();
  const old = rows.find(({ id }) => id !== newId)?.email_address;
  const now = rows.find(({ id }) => id === newId)?.email_address;
  if (old === undefined || now === undefined) return;
  await send({
    channel: 'email',
    recipient: old,
    template: 'primary_email_address_changed',
    subject: 'Your primary email address has been changed',
    body: `Your primary email address is ${now} now.`,
    data: { new_email_address: now },
    userId: before.id,
  });
}

const readTime = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

function assertIdentified(body: Input<'users.createUser'>['body']): void {
  const { email_address: emails = [], phone_number: phones = [], web3_wallet: wallets = [], username } = body;
  if (emails.length + phones.length + wallets.length === 0 && username === undefined) {
    throw unprocessable(
      'form_data_missing',
      'email_address',
      'A user needs an email address, a phone number, a wallet or a username.',
    );
  }
}

async function changes(
  context: Context,
  row: Row<'users'>,
  body: Input<'users.updateUser'>['body'],
  password: PasswordDigest | undefined,
) {
  const { db, clock, sealer } = context;
  assertMetadata(body.public_metadata, 'public_metadata');
  assertMetadata(body.private_metadata, 'private_metadata');
  assertMetadata(body.unsafe_metadata, 'unsafe_metadata');
  if (body.username !== undefined) {
    assertUsername(body.username);
    const taken = await db
      .selectFrom('users')
      .select('id')
      .where('username_key', '=', body.username.toLowerCase())
      .executeTakeFirst();
    if (taken !== undefined && taken.id !== row.id) throw alreadyExists('username');
  }
  if (body.external_id !== undefined) {
    const taken = await db
      .selectFrom('users')
      .select('id')
      .where('external_id', '=', body.external_id)
      .executeTakeFirst();
    if (taken !== undefined && taken.id !== row.id) throw alreadyExists('external_id');
  }
  if (body.primary_email_address_id !== undefined) {
    await assertPrimary(context, 'email_addresses', row.id, body.primary_email_address_id, 'primary_email_address_id');
  }
  if (body.primary_phone_number_id !== undefined) {
    await assertPrimary(context, 'phone_numbers', row.id, body.primary_phone_number_id, 'primary_phone_number_id');
  }
  if (body.primary_web3_wallet_id !== undefined) {
    await assertPrimary(context, 'web3_wallets', row.id, body.primary_web3_wallet_id, 'primary_web3_wallet_id');
  }
  if (body.profile_image_id !== undefined) {
    const image = await db.selectFrom('images').select('id').where('id', '=', body.profile_image_id).executeTakeFirst();
    if (image === undefined) throw notFound('image', body.profile_image_id);
  }
  const now = clock.now();
  return {
    ...(body.external_id !== undefined && { external_id: body.external_id }),
    ...(body.first_name !== undefined && { first_name: body.first_name }),
    ...(body.last_name !== undefined && { last_name: body.last_name }),
    ...(body.locale !== undefined && { locale: body.locale }),
    ...(body.primary_email_address_id !== undefined && { primary_email_address_id: body.primary_email_address_id }),
    ...(body.primary_phone_number_id !== undefined && { primary_phone_number_id: body.primary_phone_number_id }),
    ...(body.primary_web3_wallet_id !== undefined && { primary_web3_wallet_id: body.primary_web3_wallet_id }),
    ...(body.username !== undefined && { username: body.username, username_key: body.username.toLowerCase() }),
    ...(body.profile_image_id !== undefined && { image_id: body.profile_image_id }),
    ...(password !== undefined && {
      password_digest: password.digest,
      password_hasher: password.hasher,
      password_last_updated_at: now,
      password_compromised: 0,
    }),
    ...(body.totp_secret !== undefined && {
      totp_secret_sealed: sealer.seal(body.totp_secret),
      mfa_enabled_at: row.mfa_enabled_at ?? now,
    }),
    ...(body.public_metadata !== undefined && { public_metadata: toJson(body.public_metadata) }),
    ...(body.private_metadata !== undefined && { private_metadata: toJson(body.private_metadata) }),
    ...(body.unsafe_metadata !== undefined && { unsafe_metadata: toJson(body.unsafe_metadata) }),
    ...(body.delete_self_enabled !== undefined && { delete_self_enabled: toFlag(body.delete_self_enabled) }),
    ...(body.create_organization_enabled !== undefined && {
      create_organization_enabled: toFlag(body.create_organization_enabled),
    }),
    ...(body.create_organizations_limit !== undefined && {
      create_organizations_limit: body.create_organizations_limit,
    }),
    ...(body.bypass_client_trust !== undefined && { bypass_client_trust: toFlag(body.bypass_client_trust) }),
    ...(body.legal_accepted_at !== undefined && { legal_accepted_at: Date.parse(body.legal_accepted_at) }),
    ...(body.created_at !== undefined && { created_at: Date.parse(body.created_at) }),
  };
}

async function assertPrimary(
  { db }: Context,
  table: 'email_addresses' | 'phone_numbers' | 'web3_wallets',
  userId: string,
  id: string,
  param: string,
): Promise<void> {
  const row = await db
    .selectFrom(table)
    .select(['verification'])
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) throw notFound('identification', id);
  if (!isVerified(row.verification))
    throw unprocessable('form_param_invalid', param, `${param} must be verified first.`);
}
