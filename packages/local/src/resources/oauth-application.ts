import type { OAuthApplication } from '../contract/wire.generated.ts';
import type { Instance } from '../instance.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

export function toOAuthApplication({ id, url }: Instance, row: Row<'oauth_applications'>): OAuthApplication {
  const redirectUris = fromJson<string[]>(row.redirect_uris);
  return {
    object: 'oauth_application',
    id: row.id,
    instance_id: id,
    name: row.name,
    client_id: row.client_id,
    client_uri: row.client_uri,
    client_image_url: row.client_image_url,
    dynamically_registered: row.dynamically_registered === 1,
    consent_screen_enabled: row.consent_screen_enabled === 1,
    pkce_required: row.pkce_required === 1,
    public: row.public === 1,
    scopes: row.scopes,
    redirect_uris: redirectUris,
    callback_url: redirectUris[0] ?? '',
    authorize_url: `${url}/oauth/authorize`,
    token_fetch_url: `${url}/oauth/token`,
    user_info_url: `${url}/oauth/userinfo`,
    discovery_url: `${url}/.well-known/openid-configuration`,
    token_introspection_url: `${url}/oauth/token_info`,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
