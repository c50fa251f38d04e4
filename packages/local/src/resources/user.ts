import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { User } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { readSettings } from '../store/settings.ts';
import { toEmailAddress } from './email-address.ts';
import { toEnterpriseAccount, toExternalAccount, toPasskey, toWeb3Wallet } from './external-account.ts';
import { imageUrl } from './image.ts';
import { toMemberships } from './organization.ts';
import { toPhoneNumber } from './phone-number.ts';
import { readUserParts } from './user-parts.ts';

/** @throws {ApiError} 404 */
export async function findUser({ db }: Context, id: string): Promise<Row<'users'>> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('user', id);
  return row;
}

/** A user as the API shows it, by id. */
export async function readUser(context: Context, id: string): Promise<User> {
  const [user] = await toUsers(context, [await findUser(context, id)]);
  if (user === undefined) throw notFound('user', id);
  return user;
}

/** Users with all that hangs on them; no more queries however many there are. */
export async function toUsers(context: Context, rows: readonly Row<'users'>[]): Promise<User[]> {
  if (rows.length === 0) return [];
  const { db, clock } = context;
  const ids = rows.map((row) => row.id);
  const parts = await readUserParts(db, ids);
  const memberships = await toMemberships(context, parts.all('organization_memberships'));
  const { lockout } = await readSettings(db);
  const now = clock.now();

  return rows.map((row) => {
    const lockedUntil = lockEnd(row, now);
    const totp = row.totp_secret_sealed !== null;
    const userPhones = parts.of('phone_numbers', row.id);
    return {
      id: row.id,
      object: 'user',
      external_id: row.external_id,
      primary_email_address_id: row.primary_email_address_id,
      primary_phone_number_id: row.primary_phone_number_id,
      primary_web3_wallet_id: row.primary_web3_wallet_id,
      username: row.username,
      first_name: row.first_name,
      last_name: row.last_name,
      locale: row.locale,
      profile_image_url: imageUrl(context.instance, row.image_id, row.id),
      image_url: imageUrl(context.instance, row.image_id, row.id),
      has_image: row.image_id !== null,
      public_metadata: fromJson(row.public_metadata),
      private_metadata: fromJson(row.private_metadata),
      unsafe_metadata: fromJson(row.unsafe_metadata),
      email_addresses: parts.of('email_addresses', row.id).map(toEmailAddress),
      phone_numbers: userPhones.map(toPhoneNumber),
      web3_wallets: parts.of('web3_wallets', row.id).map(toWeb3Wallet),
      passkeys: parts.of('passkeys', row.id).map(toPasskey),
      password_enabled: row.password_digest !== null,
      two_factor_enabled: totp || userPhones.some((phone) => phone.reserved_for_second_factor === 1),
      totp_enabled: totp,
      backup_code_enabled: parts.of('backup_codes', row.id).some(({ used_at }) => used_at === null),
      mfa_enabled_at: row.mfa_enabled_at,
      mfa_disabled_at: row.mfa_disabled_at,
      password_last_updated_at: row.password_last_updated_at,
      external_accounts: parts.of('external_accounts', row.id).map(toExternalAccount),
      saml_accounts: [],
      enterprise_accounts: parts.of('enterprise_accounts', row.id).map(toEnterpriseAccount),
      organization_memberships: memberships.filter((membership) => membership.public_user_data.user_id === row.id),
      last_sign_in_at: row.last_sign_in_at,
      banned: row.banned === 1,
      locked: lockedUntil !== undefined,
      lockout_expires_in_seconds: lockedUntil === undefined ? null : Math.ceil((lockedUntil - now) / 1000),
      verification_attempts_remaining: lockedUntil === undefined ? lockout.maxAttempts - row.failed_attempts : 0,
      updated_at: row.updated_at,
      created_at: row.created_at,
      delete_self_enabled: row.delete_self_enabled === 1,
      create_organization_enabled: row.create_organization_enabled === 1,
      create_organizations_limit: row.create_organizations_limit,
      last_active_at: row.last_active_at,
      legal_accepted_at: row.legal_accepted_at,
      bypass_client_trust: row.bypass_client_trust === 1,
    };
  });
}

/** When the lock on a user ends (epoch milliseconds), or undefined when it is not locked at this moment. */
export function lockEnd(row: Pick<Row<'users'>, 'lockout_expires_at'>, now: number): number | undefined {
  return row.lockout_expires_at !== null && row.lockout_expires_at > now ? row.lockout_expires_at : undefined;
}
