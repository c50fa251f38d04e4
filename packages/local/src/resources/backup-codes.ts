import type { Context } from '../context.ts';
import { verifyPassword } from '../passwords/verify-password.ts';

const isBcrypt = (text: string) => /^\$2[aby]\$\d\d\$/.test(text);

/** What is stored for backup codes that come in the clear or as bcrypt digests. */
export function digestBackupCodes({ sealer }: Context, codes: readonly string[]): string[] {
  return codes.map((code) => (isBcrypt(code) ? code : sealer.fingerprint(code)));
}

/** Replaces all backup codes of a user. */
export async function replaceBackupCodes(
  { db, clock, ids }: Context,
  userId: string,
  digests: readonly string[],
): Promise<void> {
  await db.deleteFrom('backup_codes').where('user_id', '=', userId).execute();
  const rows = digests.map((digest) => ({ id: ids.create('bcode'), user_id: userId, digest, created_at: clock.now() }));
  if (rows.length > 0) await db.insertInto('backup_codes').values(rows).execute();
}

/** Takes a backup code: each works once. Answers whether it was one of the user's. */
export async function useBackupCode(context: Context, userId: string, code: string): Promise<boolean> {
  const { db, clock, sealer } = context;
  const rows = await db
    .selectFrom('backup_codes')
    .select(['id', 'digest'])
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
  const fingerprint = sealer.fingerprint(code);
  for (const { id, digest } of rows) {
    const matches = isBcrypt(digest)
      ? await verifyPassword({ digest, hasher: 'bcrypt' }, code)
      : digest === fingerprint;
    if (!matches) continue;
    await db.updateTable('backup_codes').set({ used_at: clock.now() }).where('id', '=', id).execute();
    return true;
  }
  return false;
}
