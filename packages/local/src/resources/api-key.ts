import type { ApiKey } from '../contract/wire.generated.ts';
import { fromJson, fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

export function toApiKey(row: Row<'api_keys'>, now: number): ApiKey {
  return {
    object: 'api_key',
    id: row.id,
    type: row.type,
    subject: row.subject,
    name: row.name,
    description: row.description,
    claims: fromJsonOrNull(row.claims),
    scopes: fromJson<string[]>(row.scopes),
    revoked: row.revoked === 1,
    revocation_reason: row.revocation_reason,
    expired: row.expires_at !== null && row.expires_at <= now,
    expiration: row.expires_at,
    created_by: row.created_by,
    last_used_at: row.last_used_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
