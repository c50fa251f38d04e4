import type { Context } from '../context.ts';
import { issueOAuthAccessToken } from '../issuing/oauth-access-token.ts';
import { createSecret, hashSecret } from '../issuing/secrets.ts';
import { toJsonOrNull } from '../store/json-column.ts';
import { readSettings } from '../store/settings.ts';

/** What tokens are made for. */
export interface Granted {
  readonly familyId: string;
  readonly clientId: string;
  readonly userId: string;
  /** Of the access token. */
  readonly scopes: readonly string[];
  /** Of the authorization: what a refresh may ask for. */
  readonly grantedScopes: readonly string[];
  readonly resources: readonly string[] | null;
}

/** A token response (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** Seconds that an access token lives, and milliseconds that a refresh token does. */
const lifetimes = { accessToken: 24 * 60 * 60, refreshToken: 30 * 24 * 60 * 60 * 1000 };

/** An access token, opaque or a JWT as the instance has it, and a refresh token where `offline_access` was granted. */
export async function issueTokens(context: Context, granted: Granted): Promise<TokenResponse> {
  const { oauth } = await readSettings(context.db);
  const { token } = await issueOAuthAccessToken(context, {
    clientId: granted.clientId,
    subject: granted.userId,
    scopes: granted.scopes,
    familyId: granted.familyId,
    format: oauth.jwtAccessTokens ? 'jwt' : 'opaque',
    expiresInSeconds: lifetimes.accessToken,
    audience: granted.resources ?? undefined,
  });
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: lifetimes.accessToken,
    scope: granted.scopes.join(' '),
    ...(granted.grantedScopes.includes('offline_access') && {
      refresh_token: await issueRefreshToken(context, granted),
    }),
  };
}

async function issueRefreshToken({ db, clock }: Context, granted: Granted): Promise<string> {
  const token = createSecret('ort');
  const now = clock.now();
  await db
    .insertInto('oauth_refresh_tokens')
    .values({
      token_hash: hashSecret(token),
      family_id: granted.familyId,
      client_id: granted.clientId,
      user_id: granted.userId,
      scopes: JSON.stringify(granted.grantedScopes),
      resources: toJsonOrNull(granted.resources),
      used_at: null,
      expires_at: now + lifetimes.refreshToken,
      created_at: now,
    })
    .execute();
  return token;
}
