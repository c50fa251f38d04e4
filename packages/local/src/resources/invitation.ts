import type { Invitation } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { invitationStatus } from './organization-invitation.ts';

export function toInvitation(row: Row<'invitations'>, now: number): Invitation {
  const status = invitationStatus(row, now);
  return {
    object: 'invitation',
    id: row.id,
    email_address: row.email_address,
    public_metadata: fromJson<Record<string, unknown>>(row.public_metadata),
    revoked: status === 'revoked',
    status,
    ...(row.url !== null && { url: row.url }),
    expires_at: row.expires_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
