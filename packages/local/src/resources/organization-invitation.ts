import { badRequest, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { OrganizationInvitationWithOrganization, OrganizationMembership } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { createMembership } from './create-organization.ts';
import { findOrganization } from './find-organization.ts';
import { imageUrl } from './image.ts';
import { toMemberships, toPublicOrganizationData } from './organization.ts';

/** `pending`, `accepted`, `revoked`, or `expired` once its time has run out. */
export function invitationStatus(row: { status: string; expires_at: number | null }, now: number): string {
  return row.status === 'pending' && row.expires_at !== null && row.expires_at <= now ? 'expired' : row.status;
}

/** Invitations with their organization and inviter; three more queries however many there are. */
export async function toOrganizationInvitations(
  context: Context,
  rows: readonly Row<'organization_invitations'>[],
): Promise<OrganizationInvitationWithOrganization[]> {
  if (rows.length === 0) return [];
  const { db, clock, instance } = context;
  const organizations = await db
    .selectFrom('organizations')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.organization_id))])
    .execute();
  const roles = await db
    .selectFrom('roles')
    .select(['key', 'name'])
    .where('key', 'in', [...new Set(rows.map((row) => row.role))])
    .execute();
  const inviterIds = rows.flatMap((row) => (row.inviter_id === null ? [] : [row.inviter_id]));
  const inviters =
    inviterIds.length === 0
      ? []
      : await db
          .selectFrom('users')
          .leftJoin('email_addresses', 'email_addresses.id', 'users.primary_email_address_id')
          .select([
            'users.id',
            'users.first_name',
            'users.last_name',
            'users.image_id',
            'users.username',
            'email_addresses.email_address',
          ])
          .where('users.id', 'in', inviterIds)
          .execute();
  return rows.map((row) => {
    const organization = organizations.find(({ id }) => id === row.organization_id);
    const inviter = inviters.find(({ id }) => id === row.inviter_id);
    return {
      object: 'organization_invitation',
      id: row.id,
      email_address: row.email_address,
      role: row.role,
      role_name: roles.find(({ key }) => key === row.role)?.name ?? row.role,
      organization_id: row.organization_id,
      inviter_id: row.inviter_id,
      public_inviter_data:
        inviter === undefined
          ? null
          : {
              user_id: inviter.id,
              first_name: inviter.first_name,
              last_name: inviter.last_name,
              image_url: imageUrl(instance, inviter.image_id, inviter.id),
              has_image: inviter.image_id !== null,
              identifier: inviter.email_address ?? inviter.username ?? inviter.id,
            },
      ...(organization !== undefined && { public_organization_data: toPublicOrganizationData(context, organization) }),
      status: invitationStatus(row, clock.now()),
      public_metadata: fromJson<Record<string, unknown>>(row.public_metadata),
      private_metadata: fromJson<Record<string, unknown>>(row.private_metadata),
      url: row.url,
      expires_at: row.expires_at,
      created_at: row.created_at,
      updated_at: row.updated_at,
    };
  });
}

/** An invitation as the API shows it. */
export async function toOrganizationInvitation(context: Context, row: Row<'organization_invitations'>) {
  const [invitation] = await toOrganizationInvitations(context, [row]);
  if (invitation === undefined) throw notFound('organization invitation', row.id);
  return invitation;
}

/**
 * Makes the user a member, with the role and metadata of the invitation.
 *
 * @throws {ApiError} 400 when the invitation is not pending any more, 422 when the organization is full.
 */
export async function acceptOrganizationInvitation(
  context: Context,
  invitation: Row<'organization_invitations'>,
  userId: string,
): Promise<OrganizationMembership> {
  const { db, clock } = context;
  if (invitationStatus(invitation, clock.now()) !== 'pending') {
    throw badRequest('organization_invitation_not_pending', 'The invitation is not pending any more.');
  }
  const row = await createMembership(context, {
    organization: await findOrganization(context, invitation.organization_id),
    userId,
    role: invitation.role,
    publicMetadata: fromJson(invitation.public_metadata),
    privateMetadata: fromJson(invitation.private_metadata),
  });
  const accepted = { ...invitation, status: 'accepted', user_id: userId, updated_at: clock.now() };
  await db
    .updateTable('organization_invitations')
    .set({ status: 'accepted', user_id: userId, updated_at: accepted.updated_at })
    .where('id', '=', invitation.id)
    .execute();
  const [membership] = await toMemberships(context, [row]);
  if (membership === undefined) throw notFound('membership', row.id);
  await context.emit('organizationInvitation.accepted', await toOrganizationInvitation(context, accepted));
  await context.emit('organizationMembership.created', membership);
  return membership;
}
