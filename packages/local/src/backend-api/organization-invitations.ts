import { badRequest, invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { createTicket } from '../issuing/ticket.ts';
import { assertRole, assertRoomForMember } from '../resources/create-organization.ts';
import { normalizeEmail } from '../resources/email-address.ts';
import { findOrganization } from '../resources/find-organization.ts';
import { assertManagingMember } from '../resources/managing-member.ts';
import { assertMetadata } from '../resources/metadata.ts';
import {
  invitationStatus,
  toOrganizationInvitation,
  toOrganizationInvitations,
} from '../resources/organization-invitation.ts';
import { findUser } from '../resources/user.ts';
import { toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers, Input } from './handler.ts';
import { contains, type PageQuery, readPage } from './list.ts';

type NewInvitation = Input<'organizations.createOrganizationInvitation'>['body'];

const day = 24 * 60 * 60 * 1000;

/** Most invitations in one request. */
const largestBulk = 10;

export const organizationInvitations = {
  async 'organizations.createOrganizationInvitation'(context, { path, body }) {
    const organization = await findOrganization(context, path.organization_id);
    return toOrganizationInvitation(context, await invite(context, organization, body));
  },

  async 'organizations.createOrganizationInvitationBulk'(context, { path, body }) {
    const organization = await findOrganization(context, path.organization_id);
    if (body.length === 0 || body.length > largestBulk) {
      throw badRequest('form_param_invalid', `Between 1 and ${largestBulk} invitations can be made at once.`);
    }
    const rows = [];
    for (const one of body) rows.push(await invite(context, organization, one));
    return { data: await toOrganizationInvitations(context, rows), total_count: rows.length };
  },

  async 'organizations.getOrganizationInvitationList'(context, { path, query }) {
    const organization = await findOrganization(context, path.organization_id);
    return list(context, { ...query, organizationId: organization.id, email: query.email_address?.toLowerCase() });
  },

  async 'organizations.getPendingOrganizationInvitationList'(context, { path, query }) {
    const organization = await findOrganization(context, path.organization_id);
    return list(context, { ...query, organizationId: organization.id, status: 'pending' });
  },

  'organizations.getInstanceOrganizationInvitationList': (context, { query }) => list(context, query),

  async 'users.getOrganizationInvitationList'(context, { path, query }) {
    await findUser(context, path.user_id);
    return list(context, { ...query, userId: path.user_id });
  },

  async 'organizations.getOrganizationInvitation'(context, { path }) {
    return toOrganizationInvitation(context, await findInvitation(context, path.organization_id, path.invitation_id));
  },

  async 'organizations.revokeOrganizationInvitation'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findInvitation(context, path.organization_id, path.invitation_id);
    if (body.requesting_user_id !== undefined) {
      await assertManagingMember(context, row.organization_id, body.requesting_user_id, 'requesting_user_id');
    }
    if (invitationStatus(row, clock.now()) !== 'pending') {
      throw badRequest('organization_invitation_not_pending', 'Only a pending invitation can be revoked.');
    }
    const revoked = { ...row, status: 'revoked', updated_at: clock.now() };
    await db
      .updateTable('organization_invitations')
      .set({ status: 'revoked', updated_at: revoked.updated_at })
      .where('id', '=', row.id)
      .execute();
    const invitation = await toOrganizationInvitation(context, revoked);
    await context.emit('organizationInvitation.revoked', invitation);
    return invitation;
  },
} satisfies Partial<Handlers>;

async function invite(
  context: Context,
  organization: Row<'organizations'>,
  body: NewInvitation,
): Promise<Row<'organization_invitations'>> {
  const { db, clock, ids, instance } = context;
  const email = normalizeEmail(body.email_address);
  if (email === undefined)
    throw unprocessable('form_param_format_invalid', 'email_address', 'email_address must be a valid email address.');
  assertMetadata(body.public_metadata, 'public_metadata');
  assertMetadata(body.private_metadata, 'private_metadata');
  await assertRole(context, organization, body.role);
  if (body.inviter_user_id !== undefined)
    await assertManagingMember(context, organization.id, body.inviter_user_id, 'inviter_user_id');
  if (body.redirect_url !== undefined && !URL.canParse(body.redirect_url))
    throw invalidParam('redirect_url', 'must be an absolute URL.');
  const days = body.expires_in_days ?? 30;
  if (days < 1 || days > 365) throw invalidParam('expires_in_days', 'must be from 1 to 365.');

  const member = await db
    .selectFrom('organization_memberships')
    .innerJoin('email_addresses', 'email_addresses.user_id', 'organization_memberships.user_id')
    .select('organization_memberships.id')
    .where('organization_memberships.organization_id', '=', organization.id)
    .where('email_addresses.email_address', '=', email)
    .executeTakeFirst();
  if (member !== undefined)
    throw unprocessable(
      'already_a_member_in_organization',
      'email_address',
      `${email} is a member of the organization already.`,
    );
  const now = clock.now();
  const pending = await db
    .selectFrom('organization_invitations')
    .select('id')
    .where('organization_id', '=', organization.id)
    .where('email_address', '=', email)
    .where('status', '=', 'pending')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst();
  if (pending !== undefined)
    throw unprocessable('duplicate_record', 'email_address', `${email} has been invited already.`);
  await assertRoomForMember(context, organization);

  const ticket = createTicket(instance, body.redirect_url);
  const row = await db
    .insertInto('organization_invitations')
    .values({
      id: ids.create('orginv'),
      organization_id: organization.id,
      email_address: email,
      role: body.role,
      inviter_id: body.inviter_user_id ?? null,
      status: 'pending',
      public_metadata: toJson(body.public_metadata ?? {}),
      private_metadata: toJson(body.private_metadata ?? {}),
      ticket_hash: ticket.hash,
      url: ticket.url,
      redirect_url: body.redirect_url ?? null,
      expires_at: now + days * day,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (body.notify) {
    await context.send({
      channel: 'email',
      recipient: email,
      template: 'organization_invitation',
      subject: `You are invited to join ${organization.name}`,
      body: `You are invited to join ${organization.name}. Accept the invitation: ${ticket.url}`,
      data: { organization: organization.name, url: ticket.url },
    });
  }
  await context.emit('organizationInvitation.created', await toOrganizationInvitation(context, row));
  return row;
}

interface InvitationQuery extends PageQuery {
  readonly order_by?: string | undefined;
  readonly status?: 'pending' | 'accepted' | 'revoked' | 'expired' | undefined;
  readonly query?: string | undefined;
  readonly email?: string | undefined;
  readonly organizationId?: string | undefined;
  /** Invitations to the user's verified addresses. */
  readonly userId?: string | undefined;
}

async function list(context: Context, query: InvitationQuery) {
  const { db, clock } = context;
  const { status, organizationId, email, userId } = query;
  let invitations = db.selectFrom('organization_invitations');
  if (organizationId !== undefined) invitations = invitations.where('organization_id', '=', organizationId);
  if (email !== undefined) invitations = invitations.where('email_address', '=', email);
  if (query.query) invitations = invitations.where(contains('email_address', query.query));
  if (userId !== undefined) {
    invitations = invitations.where('email_address', 'in', (eb) =>
      eb.selectFrom('email_addresses').select('email_addresses.email_address').where('user_id', '=', userId),
    );
  }
  if (status === 'pending' || status === 'expired') {
    invitations = invitations
      .where('status', '=', 'pending')
      .where((eb) =>
        status === 'pending'
          ? eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', clock.now())])
          : eb('expires_at', '<=', clock.now()),
      );
  } else if (status !== undefined) invitations = invitations.where('status', '=', status);
  const { rows, total } = await readPage(invitations, query);
  return { data: await toOrganizationInvitations(context, rows), total_count: total };
}

async function findInvitation(
  context: Context,
  organizationId: string,
  id: string,
): Promise<Row<'organization_invitations'>> {
  const organization = await findOrganization(context, organizationId);
  const row = await context.db
    .selectFrom('organization_invitations')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organization.id)
    .executeTakeFirst();
  if (row === undefined) throw notFound('organization invitation', id);
  return row;
}
