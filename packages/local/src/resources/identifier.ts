import { unprocessable } from '../api-error.ts';
import { normalizeEmail } from './email-address.ts';
import { normalizePhone } from './phone-number.ts';

/** An entry of the allow or block list: one identifier, or all addresses of a domain as `*@example.com`. */
export interface ListedIdentifier {
  readonly identifier: string;
  readonly type: 'email_address' | 'phone_number' | 'web3_wallet';
}

/** @throws {ApiError} 422 for what is none of the three. */
export function readListedIdentifier(text: string): ListedIdentifier {
  const trimmed = text.trim();
  const domain = /^\*?@([a-z0-9.-]+\.[a-z]{2,})$/i.exec(trimmed);
  if (domain !== null) return { identifier: `*@${domain[1]?.toLowerCase()}`, type: 'email_address' };
  const email = normalizeEmail(trimmed);
  if (email !== undefined) return { identifier: email, type: 'email_address' };
  const phone = normalizePhone(trimmed);
  if (phone !== undefined) return { identifier: phone, type: 'phone_number' };
  if (/^0x[0-9a-f]{40}$/i.test(trimmed)) return { identifier: trimmed.toLowerCase(), type: 'web3_wallet' };
  throw unprocessable(
    'form_param_format_invalid',
    'identifier',
    'identifier must be an email address, a phone number or a web3 wallet.',
  );
}
