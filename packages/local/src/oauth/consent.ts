import type { Context } from '../context.ts';
import { fromJson, toJson } from '../store/json-column.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/**
 * Whether a user has to be asked. Who was asked once is asked again for further scopes; of a client that cannot prove who it is
 * every time, since anybody could send its request (RFC 8252 section 8.6).
 */
export async function needsConsent({ db }: Context, request: AuthorizationRequest, userId: string): Promise<boolean> {
  const { application, scopes, prompts } = request;
  if (prompts.includes('consent')) return true;
  if (application.consent_screen_enabled === 0) return false;
  if (application.public === 1) return true;
  const given = await db
    .selectFrom('oauth_consents')
    .select('scopes')
    .where('user_id', '=', userId)
    .where('client_id', '=', application.client_id)
    .executeTakeFirst();
  const granted = given === undefined ? [] : fromJson<string[]>(given.scopes);
  return given === undefined || scopes.some((scope) => !granted.includes(scope));
}

/** Remembers what a user has granted to a client, besides what was granted before. */
export async function rememberConsent(
  { db, clock }: Context,
  { application, scopes }: AuthorizationRequest,
  userId: string,
): Promise<void> {
  const now = clock.now();
  const key = { user_id: userId, client_id: application.client_id };
  const before = await db
    .selectFrom('oauth_consents')
    .select('scopes')
    .where('user_id', '=', key.user_id)
    .where('client_id', '=', key.client_id)
    .executeTakeFirst();
  const all = toJson([...new Set([...(before === undefined ? [] : fromJson<string[]>(before.scopes)), ...scopes])]);
  await db
    .insertInto('oauth_consents')
    .values({ ...key, scopes: all, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.columns(['user_id', 'client_id']).doUpdateSet({ scopes: all, updated_at: now }))
    .execute();
}
