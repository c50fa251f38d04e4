import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { fromJson } from '../store/json-column.ts';
import { userClaims } from './user-claims.ts';

/** Who the user of an access token is (OpenID Connect Core section 5.3). */
export function createUserinfo(context: Context): Hono {
  const app = new Hono();
  app.on(['GET', 'POST'], '/oauth/userinfo', async (c) => {
    const token = /^bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
    // RFC 6750 section 3.1: without a token there is no error to name.
    if (token === undefined) return c.json({ error: 'invalid_request' }, 401, { 'www-authenticate': 'Bearer' });
    const row = await context.db
      .selectFrom('oauth_access_tokens')
      .innerJoin('users', 'users.id', 'oauth_access_tokens.subject')
      .select(['oauth_access_tokens.subject', 'oauth_access_tokens.scopes'])
      .where('oauth_access_tokens.token_hash', '=', hashSecret(token))
      .where('oauth_access_tokens.revoked', '=', 0)
      .where('oauth_access_tokens.expires_at', '>', context.clock.now())
      .where('users.banned', '=', 0)
      .executeTakeFirst();
    if (row === undefined) {
      return c.json({ error: 'invalid_token' }, 401, { 'www-authenticate': 'Bearer error="invalid_token"' });
    }
    const claims = await userClaims(context, row.subject, fromJson<string[]>(row.scopes));
    return c.json({ ...claims, user_id: row.subject }, 200, { 'cache-control': 'no-store' });
  });
  return app;
}
