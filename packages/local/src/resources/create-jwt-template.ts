import type { Context } from '../context.ts';
import { toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

/** What a JWT template is made of. */
export interface NewJwtTemplate {
  readonly name: string;
  readonly claims: object;
  /** Seconds; 60 by default. */
  readonly lifetime?: number | undefined;
  /** Seconds; 5 by default. */
  readonly allowedClockSkew?: number | undefined;
  readonly customSigningKey?: { readonly algorithm: string; readonly key: string } | undefined;
}

/** Stores a JWT template. Its claims and key have been checked by then. */
export async function createJwtTemplate(
  { db, clock, ids, sealer }: Context,
  data: NewJwtTemplate,
): Promise<Row<'jwt_templates'>> {
  const now = clock.now();
  const row: Row<'jwt_templates'> = {
    id: ids.create('jtmp'),
    name: data.name,
    claims: toJson(data.claims),
    lifetime: data.lifetime ?? 60,
    allowed_clock_skew: data.allowedClockSkew ?? 5,
    custom_signing_key: toFlag(data.customSigningKey !== undefined),
    signing_algorithm: data.customSigningKey?.algorithm ?? 'RS256',
    signing_key_sealed: data.customSigningKey === undefined ? null : sealer.seal(data.customSigningKey.key),
    created_at: now,
    updated_at: now,
  };
  await db.insertInto('jwt_templates').values(row).execute();
  return row;
}
