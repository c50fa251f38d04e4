import { badRequest, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { issueApiKey } from '../issuing/api-key.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { toApiKey } from '../resources/api-key.ts';
import { toJson, toJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { type Handlers, type Input, withoutTransaction } from './handler.ts';
import { contains, readPage } from './list.ts';

/** `last_used_at` is written at most this often, so that verifying a key stays a read. */
const lastUsedResolution = 60_000;

export const apiKeys = {
  async 'apiKeys.create'(context, { body }) {
    await assertSubject(context, body.subject);
    const { secret, row } = await issueApiKey(context, {
      name: body.name,
      subject: body.subject,
      type: body.type,
      description: body.description ?? undefined,
      claims: readClaims(body.claims),
      scopes: body.scopes,
      createdBy: body.created_by ?? undefined,
      expiresInSeconds: readLifetime(body.seconds_until_expiration),
    });
    return { ...toApiKey(row, context.clock.now()), secret };
  },

  async 'apiKeys.list'(context, { query }) {
    const now = context.clock.now();
    await assertSubject(context, query.subject);
    const text = query.query;
    let rows = context.db.selectFrom('api_keys').where('subject', '=', query.subject).where('type', '=', query.type);
    if (query.include_invalid !== 'true') {
      rows = rows
        .where('revoked', '=', 0)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]));
    }
    if (text) rows = rows.where((eb) => eb.or([eb('id', '=', text), contains('name', text)]));
    const { rows: page, total } = await readPage(rows, query);
    return { data: page.map((row) => toApiKey(row, now)), total_count: total };
  },

  async 'apiKeys.get'(context, { path }) {
    return toApiKey(await findApiKey(context, path.apiKeyID), context.clock.now());
  },

  async 'apiKeys.update'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findApiKey(context, path.apiKeyID);
    if (row.revoked === 1) throw badRequest('api_key_revoked', 'A revoked key cannot be changed.');
    if (body.subject !== undefined) await assertSubject(context, body.subject);
    const lifetime = readLifetime(body.seconds_until_expiration);
    const now = clock.now();
    const changed = await db
      .updateTable('api_keys')
      .set({
        ...(body.claims !== undefined && { claims: toJsonOrNull(readClaims(body.claims)) }),
        ...(body.scopes !== undefined && { scopes: toJson(body.scopes) }),
        ...(body.description !== undefined && { description: body.description }),
        ...(body.subject !== undefined && { subject: body.subject }),
        ...(lifetime !== undefined && { expires_at: lifetime === null ? null : now + lifetime * 1000 }),
        updated_at: now,
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toApiKey(changed, now);
  },

  async 'apiKeys.delete'(context, { path }) {
    const { id } = await findApiKey(context, path.apiKeyID);
    await context.db.deleteFrom('api_keys').where('id', '=', id).execute();
    return { object: 'api_key', id, deleted: true };
  },

  async 'apiKeys.getSecret'(context, { path }) {
    const row = await findApiKey(context, path.apiKeyID);
    return { secret: context.sealer.open(row.secret_sealed) };
  },

  async 'apiKeys.revoke'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findApiKey(context, path.apiKeyID);
    if (row.revoked === 1) throw badRequest('api_key_already_revoked', 'The key has been revoked already.');
    const revoked = await db
      .updateTable('api_keys')
      .set({ revoked: 1, revocation_reason: body.revocation_reason ?? null, updated_at: clock.now() })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toApiKey(revoked, clock.now());
  },

  'apiKeys.verify': withoutTransaction(async ({ db, clock }: Context, { body }: Input<'apiKeys.verify'>) => {
    const now = clock.now();
    const row = await db
      .selectFrom('api_keys')
      .selectAll()
      .where('secret_hash', '=', hashSecret(body.secret))
      .limit(1)
      .executeTakeFirst();
    if (row === undefined || row.revoked === 1 || (row.expires_at !== null && row.expires_at <= now))
      throw notFound('api key');
    if (row.last_used_at !== null && row.last_used_at + lastUsedResolution > now) return toApiKey(row, now);
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute();
    return toApiKey({ ...row, last_used_at: now }, now);
  }),
} satisfies Partial<Handlers>;

async function findApiKey({ db }: Context, id: string): Promise<Row<'api_keys'>> {
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('api key', id);
  return row;
}

/** A key acts for a user or an organization of this instance. */
async function assertSubject({ db }: Context, subject: string): Promise<void> {
  const table = subject.startsWith('org_') ? 'organizations' : 'users';
  const row = await db.selectFrom(table).select('id').where('id', '=', subject).executeTakeFirst();
  if (row === undefined)
    throw badRequest('form_param_invalid', 'subject must be the id of a user or an organization.', 'subject');
}

function readLifetime(seconds: number | null | undefined): number | null | undefined {
  if (seconds != null && seconds <= 0) {
    throw badRequest('form_param_invalid', 'seconds_until_expiration must be more than 0.', 'seconds_until_expiration');
  }
  return seconds;
}

function readClaims(claims: unknown): unknown {
  if (claims != null && (typeof claims !== 'object' || Array.isArray(claims))) {
    throw badRequest('form_param_invalid', 'claims must be an object.', 'claims');
  }
  return claims;
}
