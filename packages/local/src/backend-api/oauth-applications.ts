import { badRequest, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { createClientSecret, createOAuthApplication } from '../resources/create-oauth-application.ts';
import { toDeleted } from '../resources/deleted.ts';
import { toOAuthApplication } from '../resources/oauth-application.ts';
import { fromJson, toFlag, toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { type Handlers, type Input, withoutTransaction } from './handler.ts';
import { contains, readPage } from './list.ts';

const knownScopes = new Set(['profile', 'email', 'public_metadata', 'private_metadata', 'openid', 'offline_access']);

export const oauthApplications = {
  async 'oauthApplications.list'({ db, instance }, { query }) {
    let rows = db.selectFrom('oauth_applications');
    if (query.name_query) rows = rows.where(contains('name', query.name_query));
    const { rows: page, total } = await readPage(rows, query);
    return { data: page.map((row) => toOAuthApplication(instance, row)), total_count: total };
  },

  async 'oauthApplications.create'(context, { body }) {
    const redirectUris = readRedirectUris(body.redirect_uris, body.callback_url) ?? [];
    const { row, clientSecret } = await createOAuthApplication(context, {
      name: body.name,
      redirectUris,
      scopes: readScopes(body.scopes),
      public: body.public ?? false,
      pkceRequired: body.pkce_required || (body.public ?? false),
      consentScreenEnabled: body.consent_screen_enabled,
    });
    return { ...toOAuthApplication(context.instance, row), client_secret: clientSecret ?? '' };
  },

  async 'oauthApplications.get'(context, { path }) {
    return toOAuthApplication(context.instance, await findApplication(context, path.oauth_application_id));
  },

  async 'oauthApplications.update'(context, { path, body }) {
    const { db, clock, instance } = context;
    const row = await findApplication(context, path.oauth_application_id);
    if (row.dynamically_registered === 1 && body.consent_screen_enabled === false) {
      throw unprocessable(
        'form_param_invalid',
        'consent_screen_enabled',
        'The consent screen stays on for registered clients.',
      );
    }
    const redirectUris = readRedirectUris(body.redirect_uris, body.callback_url);
    const changed = await db
      .updateTable('oauth_applications')
      .set({
        ...(body.name !== undefined && { name: body.name }),
        ...(redirectUris !== undefined && { redirect_uris: toJson(redirectUris) }),
        ...(body.scopes != null && { scopes: readScopes(body.scopes) ?? row.scopes }),
        ...(body.consent_screen_enabled !== undefined && {
          consent_screen_enabled: toFlag(body.consent_screen_enabled),
        }),
        ...(body.pkce_required !== undefined && { pkce_required: toFlag(body.pkce_required) }),
        ...(body.public != null && { public: toFlag(body.public) }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toOAuthApplication(instance, changed);
  },

  async 'oauthApplications.delete'(context, { path }) {
    const { db } = context;
    const row = await findApplication(context, path.oauth_application_id);
    await db.deleteFrom('oauth_access_tokens').where('client_id', '=', row.client_id).execute();
    await db.deleteFrom('oauth_refresh_tokens').where('client_id', '=', row.client_id).execute();
    await db.deleteFrom('oauth_authorizations').where('client_id', '=', row.client_id).execute();
    await db.deleteFrom('oauth_consents').where('client_id', '=', row.client_id).execute();
    await db.deleteFrom('oauth_applications').where('id', '=', row.id).execute();
    return toDeleted('oauth_application', row.id);
  },

  async 'oauthApplications.rotateSecret'(context, { path }) {
    const { db, clock, instance } = context;
    const row = await findApplication(context, path.oauth_application_id);
    if (row.public === 1) throw badRequest('oauth_application_public', 'A public client has no secret.');
    const clientSecret = createClientSecret();
    const changed = await db
      .updateTable('oauth_applications')
      .set({ client_secret_hash: hashSecret(clientSecret), updated_at: clock.now() })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { ...toOAuthApplication(instance, changed), client_secret: clientSecret };
  },

  'idPOAuthAccessToken.verify': withoutTransaction(
    async ({ db, clock }: Context, { body }: Input<'idPOAuthAccessToken.verify'>) => {
      const token = body.access_token ?? body.secret;
      if (token === undefined || token === '')
        throw badRequest('form_param_missing', 'access_token must be included.', 'access_token');
      const now = clock.now();
      const row = await db
        .selectFrom('oauth_access_tokens')
        .selectAll()
        .where('token_hash', '=', hashSecret(token))
        .limit(1)
        .executeTakeFirst();
      if (row === undefined || row.revoked === 1 || (row.expires_at !== null && row.expires_at <= now))
        throw notFound('oauth access token');
      return {
        object: 'clerk_idp_oauth_access_token',
        id: row.id,
        client_id: row.client_id,
        type: 'oauth:access_token',
        subject: row.subject,
        scopes: fromJson<string[]>(row.scopes),
        revoked: false,
        revocation_reason: null,
        expired: false,
        expiration: row.expires_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
        ...(row.audience !== null && { aud: fromJson<string[]>(row.audience) }),
        ...(row.actor !== null && { act: fromJson<Record<string, unknown>>(row.actor) }),
      };
    },
  ),
} satisfies Partial<Handlers>;

async function findApplication({ db }: Context, id: string): Promise<Row<'oauth_applications'>> {
  const row = await db.selectFrom('oauth_applications').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('oauth application', id);
  return row;
}

function readRedirectUris(
  uris: readonly string[] | null | undefined,
  callbackUrl: string | undefined,
): string[] | undefined {
  const all = uris ?? (callbackUrl === undefined ? undefined : [callbackUrl]);
  for (const uri of all ?? []) {
    // Matched exactly later on, so a fragment or a relative one could never match (RFC 6749 section 3.1.2).
    if (!URL.canParse(uri) || uri.includes('#')) {
      throw unprocessable(
        'form_param_format_invalid',
        'redirect_uris',
        'Redirect URIs must be absolute URIs without a fragment.',
      );
    }
  }
  return all === undefined ? undefined : [...new Set(all)];
}

function readScopes(scopes: string | null | undefined): string | undefined {
  const list = scopes?.split(' ').filter(Boolean);
  const unknown = list?.find((scope) => !knownScopes.has(scope));
  if (unknown !== undefined)
    throw unprocessable('form_param_invalid', 'scopes', `scopes may be ${[...knownScopes].join(', ')}.`);
  return list?.join(' ');
}
