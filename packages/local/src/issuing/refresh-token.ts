import type { Context } from '../context.ts';
import { createSecret, hashSecret } from './secrets.ts';

/** Lifetime of a refresh token; the session's own end may come first. */
const lifetime = 30 * 24 * 60 * 60 * 1000;

/**
 * How long a used token still counts. Two servers of an application may refresh with the same cookie at the same moment,
 * and neither may lose the session over it.
 */
const grace = 30_000;

/** A new refresh token of a session; kept as a hash. */
export async function issueRefreshToken({ db, clock }: Context, sessionId: string): Promise<string> {
  const now = clock.now();
  const token = createSecret('rt');
  await db.deleteFrom('refresh_tokens').where('session_id', '=', sessionId).where('expires_at', '<=', now).execute();
  await db
    .insertInto('refresh_tokens')
    .values({
      token_hash: hashSecret(token),
      session_id: sessionId,
      expires_at: now + lifetime,
      used_at: null,
      created_at: now,
    })
    .execute();
  return token;
}

/**
 * Uses up a refresh token and gives the next one. Requests of one page load come with the same token, so it lives on for
 * a moment; one that comes later has leaked, and with it all of the session's are dropped.
 *
 * Not to be undone: what answers undefined with an error must not run in the same transaction.
 *
 * @returns undefined when it is none of the session's, used, or too old.
 */
export async function rotateRefreshToken(
  context: Context,
  sessionId: string,
  token: string,
): Promise<string | undefined> {
  const { db, clock } = context;
  const now = clock.now();
  const row = await db
    .selectFrom('refresh_tokens')
    .selectAll()
    .where('token_hash', '=', hashSecret(token))
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  if (row === undefined || row.expires_at <= now) return undefined;
  if (row.used_at !== null && row.used_at + grace <= now) {
    await db.deleteFrom('refresh_tokens').where('session_id', '=', sessionId).execute();
    return undefined;
  }
  if (row.used_at === null) {
    await db.updateTable('refresh_tokens').set({ used_at: now }).where('token_hash', '=', row.token_hash).execute();
  }
  return issueRefreshToken(context, sessionId);
}
