import type { Context } from '../context.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { lockEnd } from '../resources/user.ts';
import { fromJson, fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { issueIdToken } from './id-token.ts';
import { issueTokens, type TokenResponse } from './issue-tokens.ts';
import { OAuthError } from './oauth-error.ts';
import type { Parameters } from './parameters.ts';
import { provesChallenge } from './pkce.ts';
import { narrowScopes } from './scopes.ts';
import { revokeFamily } from './token-family.ts';

/** What an exchange leads to. A refusal is a value: the revocation that goes with it has to be committed. */
export type GrantOutcome = { readonly response: TokenResponse } | { readonly refusal: OAuthError };

type Grant = (
  context: Context,
  application: Row<'oauth_applications'>,
  parameters: Parameters,
) => Promise<GrantOutcome>;

/** The grants of the token endpoint, by `grant_type`. */
export const grants: Readonly<Record<string, Grant>> = {
  authorization_code: exchangeCode,
  refresh_token: exchangeRefreshToken,
};

const refuse = (description: string, code: 'invalid_grant' | 'invalid_target' = 'invalid_grant') => ({
  refusal: new OAuthError(code, description),
});

/** RFC 6749 section 4.1.3, RFC 7636 section 4.6. */
async function exchangeCode(
  context: Context,
  application: Row<'oauth_applications'>,
  parameters: Parameters,
): Promise<GrantOutcome> {
  const { db, clock } = context;
  const code = parameters.get('code');
  if (code === undefined) throw new OAuthError('invalid_request', 'code is missing.');
  const row = await db
    .selectFrom('oauth_authorizations')
    .selectAll()
    .where('code_hash', '=', hashSecret(code))
    .executeTakeFirst();
  if (row === undefined || row.client_id !== application.client_id) return refuse('The code is unknown.');
  if (row.used_at !== null) {
    // Two have the code, and one of them has stolen it: what the first got is revoked (RFC 6749 section 4.1.2).
    await revokeFamily(context, row.family_id, 'The authorization code was used twice.');
    return refuse('The code has been used.');
  }
  if (row.expires_at <= clock.now()) return refuse('The code has expired.');
  const redirectUri = parameters.get('redirect_uri');
  if (
    row.redirect_uri_given === 1
      ? redirectUri !== row.redirect_uri
      : redirectUri !== undefined && redirectUri !== row.redirect_uri
  ) {
    return refuse('redirect_uri is not that of the authorization request.');
  }
  const verifier = parameters.get('code_verifier');
  // A verifier without a challenge means that somebody has taken the challenge away (RFC 9700 section 4.8.2).
  if ((row.code_challenge === null) !== (verifier === undefined))
    return refuse('code_verifier is missing, or goes with no challenge.');
  if (verifier !== undefined && row.code_challenge !== null && !provesChallenge(verifier, row.code_challenge)) {
    return refuse('code_verifier is not that of the challenge.');
  }
  const resources = narrowResources(parameters.resources, fromJsonOrNull<string[]>(row.resources));
  if (resources instanceof OAuthError) return { refusal: resources };
  if (!(await mayHaveTokens(context, row.user_id))) return refuse('The user may not sign in.');
  // Transactions run one at a time: what was not used above is not used by anybody else now.
  await db
    .updateTable('oauth_authorizations')
    .set({ used_at: clock.now() })
    .where('code_hash', '=', row.code_hash)
    .execute();

  const scopes = fromJson<string[]>(row.scopes);
  const { user_id: userId, family_id: familyId, client_id: clientId } = row;
  const response = await issueTokens(context, { familyId, clientId, userId, scopes, grantedScopes: scopes, resources });
  if (!scopes.includes('openid')) return { response };
  const session = await db
    .selectFrom('sessions')
    .selectAll()
    .where('id', '=', row.session_id ?? '')
    .executeTakeFirst();
  const authenticatedAt = session?.first_factor_verified_at ?? null;
  const idToken = await issueIdToken(context, { clientId, userId, scopes, nonce: row.nonce, authenticatedAt });
  return { response: { ...response, id_token: idToken } };
}

/** RFC 6749 section 6, with rotation (RFC 9700 section 4.14.2): a token that comes back has been stolen, or its successor has. */
async function exchangeRefreshToken(
  context: Context,
  application: Row<'oauth_applications'>,
  parameters: Parameters,
): Promise<GrantOutcome> {
  const { db, clock } = context;
  const token = parameters.get('refresh_token');
  if (token === undefined) throw new OAuthError('invalid_request', 'refresh_token is missing.');
  const row = await db
    .selectFrom('oauth_refresh_tokens')
    .selectAll()
    .where('token_hash', '=', hashSecret(token))
    .executeTakeFirst();
  if (row === undefined || row.client_id !== application.client_id) return refuse('The refresh token is unknown.');
  if (row.revoked === 1) return refuse('The refresh token has been revoked.');
  if (row.used_at !== null) {
    await revokeFamily(context, row.family_id, 'A refresh token was used twice.');
    return refuse('The refresh token has been used.');
  }
  if (row.expires_at <= clock.now()) return refuse('The refresh token has expired.');
  const grantedScopes = fromJson<string[]>(row.scopes);
  const scopes = narrowScopes(parameters.get('scope'), grantedScopes);
  const resources = narrowResources(parameters.resources, fromJsonOrNull<string[]>(row.resources));
  if (resources instanceof OAuthError) return { refusal: resources };
  if (!(await mayHaveTokens(context, row.user_id))) return refuse('The user may not sign in.');
  await db
    .updateTable('oauth_refresh_tokens')
    .set({ used_at: clock.now() })
    .where('token_hash', '=', row.token_hash)
    .execute();
  const { family_id: familyId, client_id: clientId, user_id: userId } = row;
  return { response: await issueTokens(context, { familyId, clientId, userId, scopes, grantedScopes, resources }) };
}

/** A token request may name fewer resources than the authorization, never others (RFC 8707 section 2.2). */
function narrowResources(
  asked: readonly string[],
  granted: readonly string[] | null,
): readonly string[] | null | OAuthError {
  if (asked.length === 0) return granted;
  if (granted === null || asked.some((resource) => !granted.includes(resource))) {
    return new OAuthError('invalid_target', 'A resource is not one that was authorized.');
  }
  return asked;
}

async function mayHaveTokens({ db, clock }: Context, userId: string): Promise<boolean> {
  const user = await db
    .selectFrom('users')
    .select(['banned', 'lockout_expires_at'])
    .where('id', '=', userId)
    .executeTakeFirst();
  return user !== undefined && user.banned === 0 && lockEnd(user, clock.now()) === undefined;
}
