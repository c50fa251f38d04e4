import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { readSettings } from '../store/settings.ts';
import { scopeDescriptions } from './scopes.ts';

/** What clients find out by themselves: RFC 8414, OpenID Connect Discovery section 3, and the public keys. */
export function createMetadata(context: Context): Hono {
  const app = new Hono();
  const describe = async () => {
    const { url } = context.instance;
    const { oauth } = await readSettings(context.db);
    return {
      issuer: url,
      authorization_endpoint: `${url}/oauth/authorize`,
      token_endpoint: `${url}/oauth/token`,
      revocation_endpoint: `${url}/oauth/token/revoke`,
      introspection_endpoint: `${url}/oauth/token_info`,
      userinfo_endpoint: `${url}/oauth/userinfo`,
      jwks_uri: `${url}/.well-known/jwks.json`,
      ...(oauth.dynamicClientRegistration && { registration_endpoint: `${url}/oauth/register` }),
      scopes_supported: Object.keys(scopeDescriptions),
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      authorization_response_iss_parameter_supported: true,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      prompt_values_supported: ['none', 'consent'],
      claims_supported: [
        'sub',
        'iss',
        'aud',
        'exp',
        'iat',
        'auth_time',
        'nonce',
        'name',
        'given_name',
        'family_name',
        'preferred_username',
        'picture',
        'email',
        'email_verified',
      ],
    };
  };
  for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']) {
    app.get(path, async (c) => c.json(await describe()));
  }
  app.get('/.well-known/jwks.json', (c) => c.json({ keys: [context.signingKey.jwk] }));
  return app;
}
