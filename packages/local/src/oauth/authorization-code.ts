import type { Context } from '../context.ts';
import { createSecret, hashSecret } from '../issuing/secrets.ts';
import { toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** How long a code can be exchanged, in milliseconds: as long as a redirect takes (RFC 6749 section 4.1.2 allows ten minutes). */
const codeLifetime = 60_000;

/** How long used and expired codes are kept, in milliseconds: as long as a second use can be told from an unknown code. */
const memory = 24 * 60 * 60 * 1000;

/** Makes the code of an authorization that a user has given. */
export async function issueCode(
  context: Context,
  request: AuthorizationRequest,
  session: Row<'sessions'>,
): Promise<string> {
  const { db, clock, ids } = context;
  const now = clock.now();
  const code = createSecret('oac');
  await db
    .deleteFrom('oauth_authorizations')
    .where('expires_at', '<=', now - memory)
    .execute();
  await db
    .insertInto('oauth_authorizations')
    .values({
      code_hash: hashSecret(code),
      family_id: ids.create('oagr'),
      client_id: request.application.client_id,
      user_id: session.user_id,
      session_id: session.id,
      redirect_uri: request.redirectUri,
      redirect_uri_given: request.redirectUriGiven ? 1 : 0,
      scopes: toJson(request.scopes),
      nonce: request.nonce ?? null,
      resources: request.resources.length === 0 ? null : toJson(request.resources),
      code_challenge: request.codeChallenge ?? null,
      expires_at: now + codeLifetime,
      created_at: now,
    })
    .execute();
  return code;
}
