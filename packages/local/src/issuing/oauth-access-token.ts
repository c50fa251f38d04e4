import type { Context } from '../context.ts';
import { toJson, toJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { createSecret, hashSecret } from './secrets.ts';

/** What an OAuth access token says. */
export interface OAuthAccessTokenOptions {
  readonly clientId: string;
  /** The user who consented. */
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly format?: 'opaque' | 'jwt' | undefined;
  /** Lifetime in seconds; a day by default. */
  readonly expiresInSeconds?: number | undefined;
  /** Resources that it is meant for (RFC 8707). */
  readonly audience?: readonly string[] | undefined;
  /** Who acts for the subject (RFC 8693 section 4.1). */
  readonly actor?: Readonly<Record<string, unknown>> | undefined;
  /** Ties the tokens of one authorization together, so that they can be revoked together. */
  readonly familyId?: string | undefined;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

const day = 24 * 60 * 60;

/** An access token, opaque (`oat_…`) or a JWT after RFC 9068, and the row that is kept of it. */
export async function issueOAuthAccessToken(
  context: Context,
  options: OAuthAccessTokenOptions,
): Promise<{ token: string; row: Row<'oauth_access_tokens'> }> {
  const now = context.clock.now();
  const seconds = Math.floor(now / 1000);
  const lifetime = options.expiresInSeconds ?? day;
  const id = context.ids.create('oat');
  const token =
    options.format === 'jwt'
      ? context.signingKey.signJwt(
          {
            ...(options.actor !== undefined && { act: options.actor }),
            ...(options.audience !== undefined && { aud: options.audience }),
            client_id: options.clientId,
            exp: seconds + lifetime,
            iat: seconds,
            iss: context.instance.url,
            jti: id,
            nbf: seconds - 10,
            scope: options.scopes.join(' '),
            sub: options.subject,
            ...options.claims,
          },
          { typ: 'at+jwt', ...options.header },
        )
      : createSecret('oat');
  const row: Row<'oauth_access_tokens'> = {
    id,
    token_hash: hashSecret(token),
    family_id: options.familyId ?? null,
    client_id: options.clientId,
    subject: options.subject,
    scopes: toJson(options.scopes),
    audience: toJsonOrNull(options.audience),
    actor: toJsonOrNull(options.actor),
    format: options.format ?? 'opaque',
    revoked: 0,
    revocation_reason: null,
    expires_at: now + lifetime * 1000,
    created_at: now,
    updated_at: now,
  };
  await context.db.insertInto('oauth_access_tokens').values(row).execute();
  return { token, row };
}
