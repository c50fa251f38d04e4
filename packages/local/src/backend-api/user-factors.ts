import { badRequest, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { verifyTotp } from '../passwords/totp.ts';
import { announceUserUpdate } from '../resources/announce-user-update.ts';
import { useBackupCode } from '../resources/backup-codes.ts';
import { toDeleted } from '../resources/deleted.ts';
import { assertNotLastIdentification } from '../resources/last-identification.ts';
import { findUser } from '../resources/user.ts';
import { isVerified } from '../resources/verification.ts';
import { fromJson } from '../store/json-column.ts';
import type { Handlers } from './handler.ts';
import { readPage } from './list.ts';

export const userFactors = {
  async 'users.verifyTOTP'(context, { path, body }) {
    const user = await findUser(context, path.user_id);
    if (user.totp_secret_sealed === null) throw badRequest('totp_not_enabled', 'The user has no TOTP.');
    if (verifyTotp(context.sealer.open(user.totp_secret_sealed), body.code, context.clock.now()))
      return { verified: true, code_type: 'totp' };
    if (await useBackupCode(context, user.id, body.code)) return { verified: true, code_type: 'backup_code' };
    throw unprocessable('form_code_incorrect', 'code', 'The code is not correct.');
  },

  async 'users.disableUserMFA'(context, { path }) {
    const { db } = context;
    const user = await findUser(context, path.user_id);
    await db.deleteFrom('backup_codes').where('user_id', '=', user.id).execute();
    await db
      .updateTable('phone_numbers')
      .set({ reserved_for_second_factor: 0, default_second_factor: 0 })
      .where('user_id', '=', user.id)
      .execute();
    await db.updateTable('users').set({ totp_secret_sealed: null }).where('id', '=', user.id).execute();
    await noteFactorsGone(context, user.id);
    return { user_id: user.id };
  },

  async 'users.deleteUserTOTP'(context, { path }) {
    const { db } = context;
    const user = await findUser(context, path.user_id);
    if (user.totp_secret_sealed === null) throw notFound('TOTP of the user', user.id);
    await db.updateTable('users').set({ totp_secret_sealed: null }).where('id', '=', user.id).execute();
    await noteFactorsGone(context, user.id);
    return { user_id: user.id };
  },

  async 'users.deleteUserBackupCodes'(context, { path }) {
    const user = await findUser(context, path.user_id);
    const gone = await context.db.deleteFrom('backup_codes').where('user_id', '=', user.id).returning('id').execute();
    if (gone.length === 0) throw notFound('backup code of the user', user.id);
    await announceUserUpdate(context, user.id);
    return { user_id: user.id };
  },

  async 'users.deleteUserPasskey'(context, { path }) {
    await findUser(context, path.user_id);
    const gone = await context.db
      .deleteFrom('passkeys')
      .where('id', '=', path.passkey_identification_id)
      .where('user_id', '=', path.user_id)
      .returning('id')
      .executeTakeFirst();
    if (gone === undefined) throw notFound('passkey', path.passkey_identification_id);
    await announceUserUpdate(context, path.user_id);
    return toDeleted('passkey', gone.id);
  },

  async 'users.deleteUserWeb3Wallet'(context, { path }) {
    const { db } = context;
    const user = await findUser(context, path.user_id);
    const row = await db
      .selectFrom('web3_wallets')
      .select('id')
      .where('id', '=', path.web3_wallet_identification_id)
      .where('user_id', '=', user.id)
      .executeTakeFirst();
    if (row === undefined) throw notFound('web3 wallet', path.web3_wallet_identification_id);
    await assertNotLastIdentification(context, user.id);
    await db.deleteFrom('web3_wallets').where('id', '=', row.id).execute();
    if (user.primary_web3_wallet_id === row.id) {
      const rest = await db
        .selectFrom('web3_wallets')
        .selectAll()
        .where('user_id', '=', user.id)
        .orderBy('id')
        .execute();
      const next = rest.find((one) => isVerified(one.verification)) ?? rest[0];
      await db
        .updateTable('users')
        .set({ primary_web3_wallet_id: next?.id ?? null })
        .where('id', '=', user.id)
        .execute();
    }
    await announceUserUpdate(context, user.id);
    return toDeleted('web3_wallet', row.id);
  },

  async 'users.deleteUserExternalAccount'(context, { path }) {
    const { db } = context;
    const user = await findUser(context, path.user_id);
    const row = await db
      .selectFrom('external_accounts')
      .select('id')
      .where('id', '=', path.external_account_id)
      .where('user_id', '=', user.id)
      .executeTakeFirst();
    if (row === undefined) throw notFound('external account', path.external_account_id);
    await assertNotLastIdentification(context, user.id);
    await db.deleteFrom('external_accounts').where('id', '=', row.id).execute();
    await announceUserUpdate(context, user.id);
    return toDeleted('external_account', row.id);
  },

  async 'users.getUserOauthAccessToken'(context, { path, query }) {
    const { db, sealer, clock } = context;
    await findUser(context, path.user_id);
    const provider = path.provider.startsWith('oauth_') ? path.provider : `oauth_${path.provider}`;
    const accounts = db
      .selectFrom('external_accounts')
      .where('user_id', '=', path.user_id)
      .where('provider', 'in', [provider, provider.slice('oauth_'.length)])
      .where('access_token_sealed', 'is not', null);
    const { rows, total } = await readPage(accounts, query);
    const now = clock.now();
    return {
      data: rows.map((row) => ({
        object: 'oauth_access_token',
        external_account_id: row.id,
        provider,
        token: sealer.open(row.access_token_sealed ?? ''),
        public_metadata: fromJson<Record<string, unknown>>(row.public_metadata),
        label: row.label,
        scopes: row.approved_scopes.split(' ').filter(Boolean),
        ...(row.token_expires_at !== null && row.token_expires_at > now && { expires_at: row.token_expires_at }),
      })),
      total_count: total,
    };
  },
} satisfies Partial<Handlers>;

/** Notes when a user's last second factor went, and says that the user has changed. */
async function noteFactorsGone(context: Context, userId: string): Promise<void> {
  const { db, clock } = context;
  const reserved = await db
    .selectFrom('phone_numbers')
    .select('id')
    .where('user_id', '=', userId)
    .where('reserved_for_second_factor', '=', 1)
    .executeTakeFirst();
  const now = clock.now();
  await db
    .updateTable('users')
    .set({ updated_at: now, ...(reserved === undefined && { mfa_enabled_at: null, mfa_disabled_at: now }) })
    .where('id', '=', userId)
    .execute();
  await announceUserUpdate(context, userId);
}
