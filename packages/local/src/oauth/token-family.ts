import type { Context } from '../context.ts';

/** Revokes all tokens that came of one authorization (RFC 9700 section 4.14.2). */
export async function revokeFamily({ db, clock }: Context, familyId: string, reason: string): Promise<void> {
  const change = { revoked: 1, revocation_reason: reason, updated_at: clock.now() };
  await db
    .updateTable('oauth_access_tokens')
    .set(change)
    .where('family_id', '=', familyId)
    .where('revoked', '=', 0)
    .execute();
  await db.updateTable('oauth_refresh_tokens').set({ revoked: 1 }).where('family_id', '=', familyId).execute();
}
