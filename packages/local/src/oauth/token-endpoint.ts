import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { authenticate } from '../server/authenticate.ts';
import { fromJson, fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { authenticateClient } from './client-authentication.ts';
import { grants } from './grants.ts';
import { OAuthError } from './oauth-error.ts';
import { readFormParameters } from './parameters.ts';
import { revokeFamily } from './token-family.ts';

/** Endpoints that clients call for tokens: exchange, revocation (RFC 7009), introspection (RFC 7662). */
export function createTokenEndpoints(context: Context): Hono {
  const app = new Hono();

  app.post('/oauth/token', async (c) => {
    const parameters = await readFormParameters(c);
    const application = await authenticateClient(context, c.req, parameters);
    const type = parameters.get('grant_type') ?? '';
    const grant = Object.hasOwn(grants, type) ? grants[type] : undefined;
    if (grant === undefined)
      throw new OAuthError('unsupported_grant_type', `grant_type must be one of ${Object.keys(grants).join(', ')}.`);
    const outcome = await context.transaction((tx) => grant(tx, application, parameters));
    if ('refusal' in outcome) throw outcome.refusal;
    return c.json(outcome.response, 200, { 'cache-control': 'no-store', pragma: 'no-cache' });
  });

  app.post('/oauth/token/revoke', async (c) => {
    const parameters = await readFormParameters(c);
    const application = await authenticateClient(context, c.req, parameters);
    const token = parameters.get('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing.');
    await context.transaction((tx) => revoke(tx, application.client_id, token));
    // The same for a token that is none: the client wants it gone, and it is (RFC 7009 section 2.2).
    return c.body(null, 200, { 'cache-control': 'no-store' });
  });

  app.post('/oauth/token_info', async (c) => {
    const parameters = await readFormParameters(c);
    const clientId = await introspectingClient(context, c.req.header('authorization'), () =>
      authenticateClient(context, c.req, parameters),
    );
    const token = parameters.get('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing.');
    return c.json(await introspect(context, clientId, token), 200, { 'cache-control': 'no-store' });
  });

  return app;
}

async function revoke(context: Context, clientId: string, token: string): Promise<void> {
  const { db, clock } = context;
  const hash = hashSecret(token);
  const refresh = await db
    .selectFrom('oauth_refresh_tokens')
    .select('family_id')
    .where('token_hash', '=', hash)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (refresh !== undefined) return revokeFamily(context, refresh.family_id, 'The client revoked its refresh token.');
  const change = { revoked: 1, revocation_reason: 'The client revoked it.', updated_at: clock.now() };
  await db
    .updateTable('oauth_access_tokens')
    .set(change)
    .where('token_hash', '=', hash)
    .where('client_id', '=', clientId)
    .where('revoked', '=', 0)
    .execute();
}

/**
 * Who introspects: the holder of the secret key may look at every token (undefined), a client at its own. A public client has
 * proven nothing and may look at none.
 */
async function introspectingClient(
  context: Context,
  authorization: string | undefined,
  client: () => Promise<Row<'oauth_applications'>>,
): Promise<string | undefined> {
  if (/^bearer /i.test(authorization ?? '')) {
    await authenticate(context, 'oauth_applications', authorization).catch(() => {
      throw new OAuthError('invalid_client', 'The secret key is not right.', {
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
      });
    });
    return undefined;
  }
  const application = await client();
  if (application.public === 1)
    throw new OAuthError('unauthorized_client', 'A public client cannot introspect tokens.', { status: 403 });
  return application.client_id;
}

async function introspect(
  { db, clock, instance }: Context,
  clientId: string | undefined,
  token: string,
): Promise<object> {
  const hash = hashSecret(token);
  const now = clock.now();
  const access = await db
    .selectFrom('oauth_access_tokens')
    .selectAll()
    .where('token_hash', '=', hash)
    .executeTakeFirst();
  if (access !== undefined && isUsable(access, now) && (clientId ?? access.client_id) === access.client_id) {
    const audience = fromJsonOrNull<string[]>(access.audience);
    return {
      active: true,
      ...toMembers(access, instance.url),
      jti: access.id,
      token_type: 'Bearer',
      ...(audience !== null && { aud: audience }),
    };
  }
  const refresh = await db
    .selectFrom('oauth_refresh_tokens')
    .selectAll()
    .where('token_hash', '=', hash)
    .executeTakeFirst();
  if (
    refresh !== undefined &&
    refresh.used_at === null &&
    isUsable(refresh, now) &&
    (clientId ?? refresh.client_id) === refresh.client_id
  ) {
    return {
      active: true,
      ...toMembers({ ...refresh, subject: refresh.user_id }, instance.url),
      token_type: 'refresh_token',
    };
  }
  return { active: false };
}

const isUsable = ({ revoked, expires_at }: { revoked: number; expires_at: number | null }, now: number) =>
  revoked === 0 && (expires_at === null || expires_at > now);

function toMembers(
  row: { client_id: string; subject: string; scopes: string; expires_at: number | null; created_at: number },
  issuer: string,
) {
  return {
    iss: issuer,
    client_id: row.client_id,
    sub: row.subject,
    scope: fromJson<string[]>(row.scopes).join(' '),
    iat: Math.floor(row.created_at / 1000),
    ...(row.expires_at !== null && { exp: Math.floor(row.expires_at / 1000) }),
  };
}
