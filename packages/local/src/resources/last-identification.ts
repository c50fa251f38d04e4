import { conflict } from '../api-error.ts';
import type { Context } from '../context.ts';

/**
 * A user who could not be told from others, or never sign in again, is no user: the last identification stays.
 *
 * @throws {ApiError} 409
 */
export async function assertNotLastIdentification({ db }: Context, userId: string): Promise<void> {
  const user = await db.selectFrom('users').select('username').where('id', '=', userId).executeTakeFirstOrThrow();
  if (user.username !== null) return;
  let count = 0;
  for (const table of ['email_addresses', 'phone_numbers', 'web3_wallets', 'external_accounts'] as const) {
    const rows = await db.selectFrom(table).select('id').where('user_id', '=', userId).limit(2).execute();
    count += rows.length;
  }
  if (count <= 1)
    throw conflict('last_identification_deletion_failed', 'The last identification of a user cannot be deleted.');
}
