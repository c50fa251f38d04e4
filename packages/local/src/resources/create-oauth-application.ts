import type { Context } from '../context.ts';
import { randomBase62 } from '../ids.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

/** What an OAuth application is made of. */
export interface NewOAuthApplication {
  readonly id?: string | undefined;
  readonly name: string;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly clientUri?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  /** Separated by spaces. */
  readonly scopes?: string | undefined;
  /** A public client has no secret and must use PKCE. */
  readonly public?: boolean | undefined;
  readonly pkceRequired?: boolean | undefined;
  readonly consentScreenEnabled?: boolean | undefined;
  readonly dynamicallyRegistered?: boolean | undefined;
}

/** Stores an OAuth application; a confidential one gets a secret, which is kept as a hash. */
export async function createOAuthApplication(
  { db, clock, ids }: Context,
  data: NewOAuthApplication,
): Promise<{ row: Row<'oauth_applications'>; clientSecret: string | undefined }> {
  const now = clock.now();
  const isPublic = data.public ?? false;
  const clientSecret = isPublic ? undefined : (data.clientSecret ?? createClientSecret());
  const row: Row<'oauth_applications'> = {
    id: data.id ?? ids.create('oa'),
    name: data.name,
    client_id: data.clientId ?? randomBase62(16),
    client_secret_hash: clientSecret === undefined ? null : hashSecret(clientSecret),
    client_uri: data.clientUri ?? null,
    client_image_url: null,
    dynamically_registered: toFlag(data.dynamicallyRegistered ?? false),
    consent_screen_enabled: toFlag(data.consentScreenEnabled ?? true),
    pkce_required: toFlag(data.pkceRequired ?? isPublic),
    public: toFlag(isPublic),
    scopes: data.scopes ?? 'profile email',
    redirect_uris: toJson(data.redirectUris ?? []),
    created_at: now,
    updated_at: now,
  };
  await db.insertInto('oauth_applications').values(row).execute();
  return { row, clientSecret };
}

/** A new client secret: 256 bits. */
export const createClientSecret = (): string => randomBase62(43);
