import type { Context } from '../context.ts';
import { fromJson, toJson, toJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { createSecret, hashSecret } from './secrets.ts';
import { tokenCategory } from './signing-key.ts';

/** How a machine's token is made. */
export interface M2mTokenOptions {
  readonly format?: 'opaque' | 'jwt' | undefined;
  /** Lifetime in seconds; null or absent takes the machine's default. */
  readonly expiresInSeconds?: number | null | undefined;
  /** User data, at most one object deep into the token. */
  readonly claims?: unknown;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/** A token of a machine for the machines it may call, and the row that is kept of it. */
export async function issueM2mToken(
  context: Context,
  machine: Row<'machines'>,
  options: M2mTokenOptions = {},
): Promise<{ token: string; row: Row<'m2m_tokens'> }> {
  const { db, clock, ids, instance, signingKey } = context;
  const now = clock.now();
  const lifetime = options.expiresInSeconds ?? machine.default_token_ttl;
  const expiresAt = now + lifetime * 1000;
  const targets = await db
    .selectFrom('machine_scopes')
    .select('to_machine_id')
    .where('from_machine_id', '=', machine.id)
    .orderBy('created_at')
    .execute();
  const scopes = targets.map(({ to_machine_id }) => to_machine_id);
  const id = ids.create('mt');
  const seconds = Math.floor(now / 1000);
  const token =
    options.format === 'jwt'
      ? signingKey.signJwt(
          {
            ...(options.claims as object | null),
            aud: scopes,
            exp: Math.floor(expiresAt / 1000),
            iat: seconds,
            iss: instance.url,
            jti: id,
            nbf: seconds - 10,
            scopes: scopes.join(' '),
            sub: machine.id,
          },
          { cat: tokenCategory.m2m, ...options.header },
        )
      : createSecret('mt');
  const row: Row<'m2m_tokens'> = {
    id,
    token_hash: hashSecret(token),
    subject: machine.id,
    format: options.format ?? 'opaque',
    scopes: toJson(scopes),
    claims: toJsonOrNull(options.claims),
    revoked: 0,
    revocation_reason: null,
    expires_at: expiresAt,
    last_used_at: null,
    created_at: now,
    updated_at: now,
  };
  await db.insertInto('m2m_tokens').values(row).execute();
  return { token, row };
}

/** The machines that a token may be shown to. */
export const m2mScopes = (row: Row<'m2m_tokens'>): string[] => fromJson<string[]>(row.scopes);
