import type { HonoRequest } from 'hono';
import type { Context } from '../context.ts';
import { equalInConstantTime } from '../issuing/equal-in-constant-time.ts';
import { hashSecret } from '../issuing/secrets.ts';
import type { Row } from '../store/rows.ts';
import { OAuthError } from './oauth-error.ts';
import type { Parameters } from './parameters.ts';

/**
 * The client that calls: by HTTP Basic or by `client_id` and `client_secret` in the form, one of the two (RFC 6749 section 2.3).
 * A public client has no secret and gives its id alone.
 *
 * @throws {OAuthError} 401 `invalid_client`
 */
export async function authenticateClient(
  { db }: Context,
  request: HonoRequest,
  parameters: Parameters,
): Promise<Row<'oauth_applications'>> {
  const basic = readBasic(request.header('authorization'));
  const posted = { id: parameters.get('client_id'), secret: parameters.get('client_secret') };
  if (basic !== undefined && (posted.secret !== undefined || (posted.id !== undefined && posted.id !== basic.id))) {
    throw new OAuthError('invalid_request', 'Authenticate the client in one way only.');
  }
  const { id, secret } = basic ?? posted;
  const application =
    id === undefined
      ? undefined
      : await db.selectFrom('oauth_applications').selectAll().where('client_id', '=', id).executeTakeFirst();
  if (application === undefined || !isRightSecret(application, secret)) {
    throw new OAuthError('invalid_client', 'The client is unknown, or its secret is not right.', {
      status: 401,
      headers: basic === undefined ? {} : { 'www-authenticate': 'Basic realm="keystile"' },
    });
  }
  return application;
}

function isRightSecret(
  { public: isPublic, client_secret_hash: hash }: Row<'oauth_applications'>,
  secret: string | undefined,
): boolean {
  if (isPublic === 1) return secret === undefined;
  return secret !== undefined && hash !== null && equalInConstantTime(hashSecret(secret), hash);
}

/** Id and secret are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function readBasic(authorization: string | undefined): { id: string; secret: string | undefined } | undefined {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  const secret = colon === -1 ? '' : decode(text.slice(colon + 1));
  return { id: decode(colon === -1 ? text : text.slice(0, colon)), secret: secret === '' ? undefined : secret };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
