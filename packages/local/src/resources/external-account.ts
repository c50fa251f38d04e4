import type { EnterpriseAccount, ExternalAccount, Passkey, Web3Wallet } from '../contract/wire.generated.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { toVerification } from './verification.ts';

export function toExternalAccount(row: Row<'external_accounts'>): ExternalAccount {
  return {
    object: 'external_account',
    id: row.id,
    external_account_id: row.id,
    provider: row.provider,
    identification_id: row.identification_id,
    provider_user_id: row.provider_user_id,
    approved_scopes: row.approved_scopes,
    email_address: row.email_address,
    first_name: row.first_name,
    last_name: row.last_name,
    image_url: row.image_url,
    username: row.username,
    phone_number: row.phone_number,
    public_metadata: fromJson(row.public_metadata),
    label: row.label,
    verification: toVerification(row.verification),
  };
}

export function toWeb3Wallet(row: Row<'web3_wallets'>): Web3Wallet {
  return {
    object: 'web3_wallet',
    id: row.id,
    web3_wallet: row.web3_wallet,
    verification: toVerification(row.verification),
  };
}

export function toPasskey(row: Row<'passkeys'>): Passkey {
  return {
    object: 'passkey',
    id: row.id,
    name: row.name,
    verification: toVerification(row.verification),
    last_used_at: row.last_used_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

export function toEnterpriseAccount(row: Row<'enterprise_accounts'>): EnterpriseAccount {
  return {
    object: 'enterprise_account',
    id: row.id,
    active: row.active === 1,
    email_address: row.email_address,
    enterprise_connection: null,
    enterprise_connection_id: row.enterprise_connection_id,
    first_name: row.first_name,
    last_name: row.last_name,
    last_authenticated_at: row.last_authenticated_at,
    protocol: row.protocol,
    provider: row.provider,
    provider_user_id: row.provider_user_id,
    public_metadata: fromJson(row.public_metadata),
    verification: toVerification(row.verification),
  };
}
