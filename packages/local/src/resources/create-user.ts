import { alreadyExists, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { PasswordDigest } from '../passwords/hash-password.ts';
import { toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { normalizeEmail } from './email-address.ts';
import { assertMetadata } from './metadata.ts';
import { normalizePhone } from './phone-number.ts';
import { verifiedByAdmin } from './verification.ts';

/** What a user is made of, whoever makes it: the Backend API, a sign-up, a seed. */
export interface NewUser {
  readonly id?: string | undefined;
  readonly externalId?: string | undefined;
  readonly username?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly locale?: string | undefined;
  /** The first becomes the primary one; all count as verified unless `verified` says otherwise. */
  readonly emailAddresses?: readonly string[] | undefined;
  readonly phoneNumbers?: readonly string[] | undefined;
  readonly web3Wallets?: readonly string[] | undefined;
  /** Whether addresses and numbers are verified. Default `true`. */
  readonly verified?: boolean | undefined;
  readonly password?: PasswordDigest | undefined;
  readonly totpSecret?: string | undefined;
  /** Digests of the codes. */
  readonly backupCodes?: readonly string[] | undefined;
  readonly publicMetadata?: object | undefined;
  readonly privateMetadata?: object | undefined;
  readonly unsafeMetadata?: object | undefined;
  readonly deleteSelfEnabled?: boolean | undefined;
  readonly createOrganizationEnabled?: boolean | undefined;
  readonly createOrganizationsLimit?: number | undefined;
  readonly bypassClientTrust?: boolean | undefined;
  readonly banned?: boolean | undefined;
  /** Epoch milliseconds. */
  readonly legalAcceptedAt?: number | undefined;
  /** Epoch milliseconds; now by default. */
  readonly createdAt?: number | undefined;
}

/**
 * Stores a user and its identifications. Neither emits `user.created` nor checks allow and block lists: that is the caller's.
 *
 * @throws {ApiError} 422 for a malformed or taken identifier, or metadata that is too large.
 */
export async function createUser(context: Context, data: NewUser): Promise<Row<'users'>> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const id = data.id ?? ids.create('user');
  const verification = data.verified === false ? null : verifiedByAdmin;
  const identification = { user_id: id, verification, created_at: now, updated_at: now };

  const emails = distinct('email_address', data.emailAddresses, normalizeEmail, 'a valid email address').map(
    (email_address) => ({
      id: ids.create('idn'),
      email_address,
      ...identification,
    }),
  );
  const phones = distinct('phone_number', data.phoneNumbers, normalizePhone, 'a phone number in E.164 format').map(
    (phone_number) => ({
      id: ids.create('idn'),
      phone_number,
      ...identification,
    }),
  );
  const wallets = distinct('web3_wallet', data.web3Wallets, normalizeWallet, 'a wallet address').map((web3_wallet) => ({
    id: ids.create('idn'),
    web3_wallet,
    ...identification,
  }));
  assertMetadata(data.publicMetadata, 'public_metadata');
  assertMetadata(data.privateMetadata, 'private_metadata');
  assertMetadata(data.unsafeMetadata, 'unsafe_metadata');
  if (data.username !== undefined) assertUsername(data.username);

  await assertIdentifiersFree(context, {
    emails: emails.map((row) => row.email_address),
    phones: phones.map((row) => row.phone_number),
    wallets: wallets.map((row) => row.web3_wallet),
    username: data.username,
    externalId: data.externalId,
  });

  const secondFactor = data.totpSecret !== undefined;
  const row = {
    id,
    external_id: data.externalId ?? null,
    username: data.username ?? null,
    username_key: data.username?.toLowerCase() ?? null,
    first_name: data.firstName ?? null,
    last_name: data.lastName ?? null,
    locale: data.locale ?? null,
    primary_email_address_id: emails[0]?.id ?? null,
    primary_phone_number_id: phones[0]?.id ?? null,
    primary_web3_wallet_id: wallets[0]?.id ?? null,
    public_metadata: toJson(data.publicMetadata ?? {}),
    private_metadata: toJson(data.privateMetadata ?? {}),
    unsafe_metadata: toJson(data.unsafeMetadata ?? {}),
    password_digest: data.password?.digest ?? null,
    password_hasher: data.password?.hasher ?? null,
    password_last_updated_at: data.password === undefined ? null : now,
    totp_secret_sealed: data.totpSecret === undefined ? null : context.sealer.seal(data.totpSecret),
    mfa_enabled_at: secondFactor ? now : null,
    banned: toFlag(data.banned ?? false),
    delete_self_enabled: toFlag(data.deleteSelfEnabled ?? true),
    create_organization_enabled: toFlag(data.createOrganizationEnabled ?? true),
    create_organizations_limit: data.createOrganizationsLimit ?? null,
    bypass_client_trust: toFlag(data.bypassClientTrust ?? false),
    legal_accepted_at: data.legalAcceptedAt ?? null,
    created_at: data.createdAt ?? now,
    updated_at: now,
  };
  const stored = await db.insertInto('users').values(row).returningAll().executeTakeFirstOrThrow();
  if (emails.length > 0) await db.insertInto('email_addresses').values(emails).execute();
  if (phones.length > 0) await db.insertInto('phone_numbers').values(phones).execute();
  if (wallets.length > 0) await db.insertInto('web3_wallets').values(wallets).execute();
  const codes = (data.backupCodes ?? []).map((digest) => ({
    id: ids.create('bcode'),
    user_id: id,
    digest,
    created_at: now,
  }));
  if (codes.length > 0) await db.insertInto('backup_codes').values(codes).execute();
  return stored;
}

/** Identifiers about to be taken. */
export interface Identifiers {
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly wallets?: readonly string[];
  readonly username?: string | undefined;
  readonly externalId?: string | undefined;
}

/** @throws {ApiError} 422 `form_identifier_exists` naming the parameter, when somebody has one of them already. */
export async function assertIdentifiersFree({ db }: Context, wanted: Identifiers): Promise<void> {
  const { emails = [], phones = [], wallets = [], username, externalId } = wanted;
  if (emails.length > 0) {
    const taken = await db
      .selectFrom('email_addresses')
      .select('id')
      .where('email_address', 'in', emails)
      .executeTakeFirst();
    if (taken !== undefined) throw alreadyExists('email_address');
  }
  if (phones.length > 0) {
    const taken = await db
      .selectFrom('phone_numbers')
      .select('id')
      .where('phone_number', 'in', phones)
      .executeTakeFirst();
    if (taken !== undefined) throw alreadyExists('phone_number');
  }
  if (wallets.length > 0) {
    const taken = await db
      .selectFrom('web3_wallets')
      .select('id')
      .where('web3_wallet', 'in', wallets)
      .executeTakeFirst();
    if (taken !== undefined) throw alreadyExists('web3_wallet');
  }
  if (username !== undefined) {
    const taken = await db
      .selectFrom('users')
      .select('id')
      .where('username_key', '=', username.toLowerCase())
      .executeTakeFirst();
    if (taken !== undefined) throw alreadyExists('username');
  }
  if (externalId !== undefined) {
    const taken = await db.selectFrom('users').select('id').where('external_id', '=', externalId).executeTakeFirst();
    if (taken !== undefined) throw alreadyExists('external_id');
  }
}

/** @throws {ApiError} 422 unless 4 to 64 letters, digits, `_`, `-` or `.`, not a number alone. */
export function assertUsername(username: string): void {
  if (!/^[a-z0-9_.-]{4,64}$/i.test(username) || /^\d+$/.test(username)) {
    throw unprocessable(
      'form_username_invalid',
      'username',
      'username must have 4 to 64 letters, digits, _, - or ., and not be a number.',
    );
  }
}

function normalizeWallet(text: string): string | undefined {
  const wallet = text.trim();
  return /^0x[0-9a-f]{40}$/i.test(wallet)
    ? wallet.toLowerCase()
    : /^[A-Za-z0-9]{20,128}$/.test(wallet)
      ? wallet
      : undefined;
}

function distinct(
  param: string,
  values: readonly string[] | undefined,
  normalize: (text: string) => string | undefined,
  what: string,
): string[] {
  const seen = new Set<string>();
  for (const value of values ?? []) {
    const normal = normalize(value);
    if (normal === undefined) throw unprocessable('form_param_format_invalid', param, `${param} must be ${what}.`);
    seen.add(normal);
  }
  return [...seen];
}
