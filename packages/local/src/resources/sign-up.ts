import type { SignUp, SignUpVerification } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

/** Whether each identifier of a sign-up has been verified, by the names of the wire. */
export type SignUpState = Partial<Record<'email_address' | 'phone_number' | 'web3_wallet', 'unverified' | 'verified'>>;

export function toSignUp(row: Row<'sign_ups'>, now: number): SignUp {
  const state = fromJson<SignUpState>(row.verifications);
  const unverified = (['email_address', 'phone_number', 'web3_wallet'] as const).filter(
    (name) => row[name] !== null && state[name] !== 'verified',
  );
  const hasIdentifier =
    row.email_address !== null || row.phone_number !== null || row.username !== null || row.web3_wallet !== null;
  return {
    object: 'sign_up_attempt',
    id: row.id,
    status: row.status === 'missing_requirements' && row.abandon_at <= now ? 'abandoned' : row.status,
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name', 'username', 'phone_number'],
    missing_fields: [
      ...(hasIdentifier ? [] : ['email_address']),
      ...(row.password_digest === null && row.status !== 'complete' ? ['password'] : []),
    ],
    unverified_fields: [...unverified],
    verifications: {
      email_address: toVerificationStep(row.email_address, state.email_address, 'email_code'),
      phone_number: toVerificationStep(row.phone_number, state.phone_number, 'phone_code'),
      web3_wallet: toVerificationStep(row.web3_wallet, state.web3_wallet, 'web3_metamask_signature'),
      external_account: null,
    },
    username: row.username,
    email_address: row.email_address,
    phone_number: row.phone_number,
    web3_wallet: row.web3_wallet,
    password_enabled: row.password_digest !== null,
    first_name: row.first_name,
    last_name: row.last_name,
    unsafe_metadata: fromJson<Record<string, unknown>>(row.unsafe_metadata),
    public_metadata: fromJson<Record<string, unknown>>(row.public_metadata),
    custom_action: row.custom_action === 1,
    external_id: row.external_id,
    created_session_id: row.created_session_id,
    created_user_id: row.created_user_id,
    abandon_at: row.abandon_at,
    legal_accepted_at: row.legal_accepted_at,
    locale: row.locale,
    external_account: {},
  };
}

function toVerificationStep(
  value: string | null,
  state: 'unverified' | 'verified' | undefined,
  strategy: string,
): SignUpVerification | null {
  if (value === null) return null;
  const next = state === 'verified' ? '' : state === 'unverified' ? 'needs_attempt' : 'needs_prepare';
  return { next_action: next, supported_strategies: [strategy] };
}
