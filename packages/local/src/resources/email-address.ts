import type { EmailAddress, IdentificationLink } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { toVerification } from './verification.ts';

export function toEmailAddress(row: Row<'email_addresses'>): EmailAddress {
  return {
    id: row.id,
    object: 'email_address',
    email_address: row.email_address,
    reserved: row.reserved === 1,
    verification: toVerification(row.verification),
    linked_to: fromJson<IdentificationLink[]>(row.linked_to),
    matches_sso_connection: false,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

const emailPattern =
  /^[^\s@<>"(),:;[\]\\]{1,64}@(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** The form in which addresses are stored and compared, or undefined when it is no address. */
export function normalizeEmail(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  return address.length <= 254 && emailPattern.test(address) ? address : undefined;
}
