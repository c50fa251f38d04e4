import { badRequest, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import { createInvitation } from '../resources/create-invitation.ts';
import { toInvitation } from '../resources/invitation.ts';
import { invitationStatus } from '../resources/organization-invitation.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers, Input } from './handler.ts';
import { contains, readPage } from './list.ts';

/** Most invitations in one request. */
const largestBulk = 10;

export const invitations = {
  async 'invitations.createInvitation'(context, { body }) {
    return toInvitation(await invite(context, body), context.clock.now());
  },

  async 'invitations.createInvitationBulk'(context, { body }) {
    if (body.length === 0 || body.length > largestBulk) {
      throw badRequest('form_param_invalid', `Between 1 and ${largestBulk} invitations can be made at once.`);
    }
    const rows = [];
    for (const one of body) rows.push(await invite(context, one));
    return rows.map((row) => toInvitation(row, context.clock.now()));
  },

  async 'invitations.getInvitationList'({ db, clock }, { query }) {
    const now = clock.now();
    const { status, query: text } = query;
    let invitations = db.selectFrom('invitations');
    if (text) invitations = invitations.where((eb) => eb.or([eb('id', '=', text), contains('email_address', text)]));
    if (status === 'pending' || status === 'expired') {
      invitations = invitations
        .where('status', '=', 'pending')
        .where((eb) =>
          status === 'pending'
            ? eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)])
            : eb('expires_at', '<=', now),
        );
    } else if (status !== undefined) invitations = invitations.where('status', '=', status);
    const { rows, total } = await readPage(invitations, query);
    return { data: rows.map((row) => toInvitation(row, now)), total_count: total };
  },

  async 'invitations.revokeInvitation'(context, { path }) {
    const { db, clock } = context;
    const row = await db.selectFrom('invitations').selectAll().where('id', '=', path.invitation_id).executeTakeFirst();
    if (row === undefined) throw notFound('invitation', path.invitation_id);
    const status = invitationStatus(row, clock.now());
    if (status === 'accepted')
      throw badRequest('invitation_already_accepted', 'The invitation has been accepted already.');
    if (status === 'revoked')
      throw badRequest('invitation_already_revoked', 'The invitation has been revoked already.');
    const revoked = await db
      .updateTable('invitations')
      .set({ status: 'revoked', updated_at: clock.now() })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toInvitation(revoked, clock.now());
  },
} satisfies Partial<Handlers>;

function invite(context: Context, body: Input<'invitations.createInvitation'>['body']): Promise<Row<'invitations'>> {
  return createInvitation(context, {
    emailAddress: body.email_address,
    publicMetadata: body.public_metadata,
    redirectUrl: body.redirect_url,
    expiresInDays: body.expires_in_days,
    notify: body.notify,
    ignoreExisting: body.ignore_existing,
    template: body.template_slug,
  });
}
