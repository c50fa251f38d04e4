import { badRequest, forbidden, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { issueM2mToken } from '../issuing/m2m-token.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { findMachine } from '../resources/create-machine.ts';
import { toM2mToken } from '../resources/m2m-token.ts';
import { fromJson } from '../store/json-column.ts';
import { type Caller, type Handlers, type Input, withoutTransaction } from './handler.ts';
import { readPage } from './list.ts';

/** Claims that the token format itself sets. */
const reservedClaims = ['sub', 'iss', 'exp', 'iat', 'nbf', 'jti', 'aud', 'scopes'];

export const m2mTokens = {
  async 'm2m.createToken'(context, { body, caller }) {
    if (caller.kind !== 'machine') {
      throw badRequest(
        'machine_secret_key_required',
        'A machine makes its own tokens: authenticate with its secret key.',
      );
    }
    const { claims, seconds_until_expiration: seconds } = body;
    if (seconds != null && seconds <= 0)
      throw badRequest('form_param_invalid', 'must be more than 0', 'seconds_until_expiration');
    if (claims != null && !isClaims(claims))
      throw badRequest('form_param_invalid', 'claims must be an object without reserved claims.', 'claims');
    const machine = await findMachine(context, caller.machineId);
    const { token, row } = await issueM2mToken(context, machine, {
      format: body.token_format,
      expiresInSeconds: seconds,
      claims,
    });
    return { ...toM2mToken(row, context.clock.now()), token };
  },

  async 'm2m.list'({ db, clock }, { query, caller }) {
    assertOwn(caller, query.subject);
    const now = clock.now();
    let rows = db.selectFrom('m2m_tokens').where('subject', '=', query.subject);
    if (!query.revoked) rows = rows.where('revoked', '=', 0);
    if (!query.expired) rows = rows.where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]));
    const { rows: page, total } = await readPage(rows, query);
    return { m2m_tokens: page.map((row) => toM2mToken(row, now)), total_count: total };
  },

  async 'm2m.revokeToken'(context, { path, body, caller }) {
    const { db, clock } = context;
    const row = await db.selectFrom('m2m_tokens').selectAll().where('id', '=', path.m2m_token_id).executeTakeFirst();
    if (row === undefined) throw notFound('m2m token', path.m2m_token_id);
    assertOwn(caller, row.subject);
    if (row.revoked === 1) throw badRequest('token_already_revoked', 'The token has been revoked already.');
    const revoked = await db
      .updateTable('m2m_tokens')
      .set({ revoked: 1, revocation_reason: body.revocation_reason ?? null, updated_at: clock.now() })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toM2mToken(revoked, clock.now());
  },

  'm2m.verify': withoutTransaction(async ({ db, clock }: Context, { body, caller }: Input<'m2m.verify'>) => {
    const now = clock.now();
    const row = await db
      .selectFrom('m2m_tokens')
      .selectAll()
      .where('token_hash', '=', hashSecret(body.token))
      .limit(1)
      .executeTakeFirst();
    // One answer for unknown, revoked, expired and not meant for this machine: who asks learns nothing about others' tokens.
    const usable =
      row !== undefined &&
      row.revoked === 0 &&
      (row.expires_at === null || row.expires_at > now) &&
      (caller.kind !== 'machine' ||
        caller.machineId === row.subject ||
        fromJson<string[]>(row.scopes).includes(caller.machineId));
    if (!usable) throw notFound('m2m token');
    return toM2mToken(row, now);
  }),
} satisfies Partial<Handlers>;

function assertOwn(caller: Caller, subject: string): void {
  if (caller.kind === 'machine' && caller.machineId !== subject)
    throw forbidden('not_own_token', 'A machine manages its own tokens only.', 'subject');
}

function isClaims(claims: unknown): boolean {
  return (
    typeof claims === 'object' &&
    !Array.isArray(claims) &&
    !reservedClaims.some((name) => Object.hasOwn(claims as object, name))
  );
}
