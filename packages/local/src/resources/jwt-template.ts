import type { JwtTemplate } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

export function toJwtTemplate(row: Row<'jwt_templates'>): JwtTemplate {
  return {
    object: 'jwt_template',
    id: row.id,
    name: row.name,
    claims: fromJson<Record<string, unknown>>(row.claims),
    lifetime: row.lifetime,
    allowed_clock_skew: row.allowed_clock_skew,
    custom_signing_key: row.custom_signing_key === 1,
    signing_algorithm: row.signing_algorithm,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
