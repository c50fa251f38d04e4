import { Hono } from 'hono';
import type { Context } from '../context.ts';
import type { AttemptLimiter } from '../frontend-api/sign-in/attempt-limiter.ts';
import { createOAuthApplication } from '../resources/create-oauth-application.ts';
import { isLoopbackHost } from '../server/loopback-host.ts';
import { readSettings } from '../store/settings.ts';
import { OAuthError } from './oauth-error.ts';
import { isScope, splitScopes } from './scopes.ts';

/** What a client may say of itself at most. */
const limits = { redirectUris: 10, uriLength: 2048, nameLength: 256 };

/** How a client can authenticate itself at the token endpoint. */
const authenticationMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** Schemes that run or read something instead of leading somewhere. */
const dangerousSchemes = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:', 'view-source:']);

/**
 * Dynamic client registration (RFC 7591), where the instance allows it. Anybody can register, so a client gets nothing by it
 * but a name: its users are always asked, it always uses PKCE, and it never sees private metadata.
 */
export function createRegistration(context: Context, attempts: AttemptLimiter): Hono {
  const app = new Hono();
  app.post('/oauth/register', async (c) => {
    const { oauth } = await readSettings(context.db);
    if (!oauth.dynamicClientRegistration)
      throw new OAuthError('access_denied', 'This instance does not let clients register themselves.', { status: 403 });
    const wait = attempts.take('oauth-registration');
    if (wait > 0) {
      throw new OAuthError('temporarily_unavailable', 'Too many registrations.', {
        status: 429,
        headers: { 'retry-after': String(wait) },
      });
    }
    const metadata: unknown = await c.req.json().catch(() => undefined);
    const client = readMetadata(metadata);
    const { row, clientSecret } = await context.transaction((tx) =>
      createOAuthApplication(tx, {
        name: client.name,
        clientUri: client.uri,
        redirectUris: client.redirectUris,
        scopes: client.scopes.join(' '),
        public: client.method === 'none',
        pkceRequired: true,
        consentScreenEnabled: true,
        dynamicallyRegistered: true,
      }),
    );
    const answer = {
      client_id: row.client_id,
      client_id_issued_at: Math.floor(row.created_at / 1000),
      ...(clientSecret !== undefined && { client_secret: clientSecret, client_secret_expires_at: 0 }),
      client_name: row.name,
      ...(client.uri !== undefined && { client_uri: client.uri }),
      redirect_uris: client.redirectUris,
      token_endpoint_auth_method: client.method,
      grant_types: client.scopes.includes('offline_access')
        ? ['authorization_code', 'refresh_token']
        : ['authorization_code'],
      response_types: ['code'],
      scope: client.scopes.join(' '),
    };
    return c.json(answer, 201, { 'cache-control': 'no-store' });
  });
  return app;
}

function readMetadata(metadata: unknown) {
  if (typeof metadata !== 'object' || metadata === null)
    throw invalid('Send the metadata of the client as a JSON object.');
  const given = metadata as Record<string, unknown>;
  const method = authenticationMethods.find(
    (each) => each === (given.token_endpoint_auth_method ?? 'client_secret_basic'),
  );
  if (method === undefined)
    throw invalid(`token_endpoint_auth_method must be one of ${authenticationMethods.join(', ')}.`);
  assertSubset(given.grant_types, ['authorization_code', 'refresh_token'], 'grant_types');
  assertSubset(given.response_types, ['code'], 'response_types');
  const { client_name: name = 'Unnamed client', client_uri: uri, scope = 'profile email' } = given;
  if (typeof name !== 'string' || name.trim() === '' || name.length > limits.nameLength)
    throw invalid('client_name must be text of up to 256 characters.');
  if (uri !== undefined && !(typeof uri === 'string' && uri.length <= limits.uriLength && isWebUri(uri)))
    throw invalid('client_uri must be an http or https URL.');
  if (typeof scope !== 'string') throw invalid('scope must be text.');
  const scopes = splitScopes(scope);
  if (scopes.length === 0 || !scopes.every((each) => isScope(each) && each !== 'private_metadata'))
    throw invalid('scope names one that a registered client cannot have.');
  return { name, uri, method, scopes, redirectUris: readRedirectUris(given.redirect_uris) };
}

function readRedirectUris(value: unknown): string[] {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= limits.redirectUris;
  if (!isList || !value.every((uri): uri is string => typeof uri === 'string' && isRedirectUri(uri))) {
    throw new OAuthError(
      'invalid_redirect_uri',
      'redirect_uris must be https URLs, http URLs of this machine, or URIs of a scheme of the application, without fragments.',
    );
  }
  return value;
}

/** RFC 8252 sections 7.1 and 7.3: https, http on loopback, or a scheme that is the application's own, with a dot in it. */
function isRedirectUri(text: string): boolean {
  if (text.length > limits.uriLength || text.includes('#') || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return isLoopbackHost(hostname);
  return protocol.includes('.') && !dangerousSchemes.has(protocol);
}

const isWebUri = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

function assertSubset(value: unknown, allowed: readonly string[], name: string): void {
  if (value === undefined) return;
  if (!Array.isArray(value) || !value.every((each) => allowed.includes(each as string)))
    throw invalid(`${name} may hold ${allowed.join(', ')}.`);
}

const invalid = (description: string) => new OAuthError('invalid_client_metadata', description);
