import type { Context } from '../context.ts';
import { toJson, toJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { createSecret, hashSecret } from './secrets.ts';

/** What an API key is made of. */
export interface ApiKeyOptions {
  readonly name: string;
  /** The user or organization that it acts for. */
  readonly subject: string;
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly claims?: unknown;
  readonly scopes?: readonly string[] | undefined;
  readonly createdBy?: string | undefined;
  /** Lifetime in seconds; null or absent never expires. */
  readonly expiresInSeconds?: number | null | undefined;
  /** `ak_…`; made up when absent. */
  readonly secret?: string | undefined;
}

/** A new API key; its secret is handed out here, kept as a hash, and sealed for the one operation that shows it again. */
export async function issueApiKey(
  context: Context,
  options: ApiKeyOptions,
): Promise<{ secret: string; row: Row<'api_keys'> }> {
  const now = context.clock.now();
  const secret = options.secret ?? createSecret('ak');
  const row: Row<'api_keys'> = {
    id: context.ids.create('ak'),
    secret_hash: hashSecret(secret),
    secret_sealed: context.sealer.seal(secret),
    type: options.type ?? 'api_key',
    subject: options.subject,
    name: options.name,
    description: options.description ?? null,
    claims: toJsonOrNull(options.claims),
    scopes: toJson(options.scopes ?? []),
    revoked: 0,
    revocation_reason: null,
    expires_at: options.expiresInSeconds == null ? null : now + options.expiresInSeconds * 1000,
    created_by: options.createdBy ?? null,
    last_used_at: null,
    created_at: now,
    updated_at: now,
  };
  await context.db.insertInto('api_keys').values(row).execute();
  return { secret, row };
}
