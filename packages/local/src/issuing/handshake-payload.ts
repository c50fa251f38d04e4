import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { fromJson, toJson } from '../store/json-column.ts';
import { createSecret, hashSecret } from './secrets.ts';

/** A redirect and a page load fit into this. */
const lifetime = 60_000;

/** Keeps the directives of a handshake until the application asks for them; answers with the nonce to ask by. */
export async function storeHandshakePayload({ db, clock }: Context, directives: readonly string[]): Promise<string> {
  const nonce = createSecret('hsn');
  const now = clock.now();
  await db.deleteFrom('handshake_payloads').where('expires_at', '<=', now).execute();
  await db
    .insertInto('handshake_payloads')
    .values({ nonce_hash: hashSecret(nonce), directives: toJson(directives), expires_at: now + lifetime })
    .execute();
  return nonce;
}

/**
 * Hands out the directives of a handshake, once.
 *
 * @throws {ApiError} 404 for a nonce that is unknown, used or expired.
 */
export async function takeHandshakePayload({ db, clock }: Context, nonce: string): Promise<string[]> {
  const row = await db
    .deleteFrom('handshake_payloads')
    .where('nonce_hash', '=', hashSecret(nonce))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined || row.expires_at <= clock.now()) throw notFound('handshake payload');
  return fromJson<string[]>(row.directives);
}
