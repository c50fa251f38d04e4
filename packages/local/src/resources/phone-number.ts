import type { IdentificationLink, PhoneNumber } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { toVerification } from './verification.ts';

export function toPhoneNumber(row: Row<'phone_numbers'>): PhoneNumber {
  return {
    id: row.id,
    object: 'phone_number',
    phone_number: row.phone_number,
    reserved_for_second_factor: row.reserved_for_second_factor === 1,
    default_second_factor: row.default_second_factor === 1,
    reserved: row.reserved === 1,
    verification: toVerification(row.verification),
    linked_to: fromJson<IdentificationLink[]>(row.linked_to),
    backup_codes: null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

/** The E.164 form in which numbers are stored and compared, or undefined when it is no number. */
export function normalizePhone(text: string): string | undefined {
  const number = text.replaceAll(/[\s().-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}
