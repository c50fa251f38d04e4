import type { M2MToken } from '../contract/wire.generated.ts';
import { fromJson, fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

export function toM2mToken(row: Row<'m2m_tokens'>, now: number): M2MToken {
  return {
    object: 'machine_to_machine_token',
    id: row.id,
    subject: row.subject,
    claims: fromJsonOrNull(row.claims),
    scopes: fromJson<string[]>(row.scopes),
    revoked: row.revoked === 1,
    revocation_reason: row.revocation_reason,
    expired: row.expires_at !== null && row.expires_at <= now,
    expiration: row.expires_at,
    last_used_at: row.last_used_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
