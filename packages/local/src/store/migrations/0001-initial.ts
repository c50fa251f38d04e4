import type { Migration } from './migration.ts';

/**
 * The first schema, in the SQL that SQLite and PostgreSQL share: text ids, bigint times (epoch milliseconds), flags as
 * integers 0 and 1, JSON as text. Secrets are SHA-256 hashes in `*_hash` and AES-GCM boxes in `*_sealed` columns.
 */
export const initial: Migration = {
  version: 1,
  sql: `
CREATE TABLE instances (
  id TEXT PRIMARY KEY,
  frontend_host TEXT NOT NULL,
  secret_key TEXT NOT NULL,
  private_key_pem TEXT NOT NULL,
  sealing_key TEXT NOT NULL,
  settings TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  external_id TEXT UNIQUE,
  username TEXT,
  username_key TEXT UNIQUE,
  first_name TEXT,
  last_name TEXT,
  locale TEXT,
  image_id TEXT,
  primary_email_address_id TEXT,
  primary_phone_number_id TEXT,
  primary_web3_wallet_id TEXT,
  public_metadata TEXT NOT NULL DEFAULT '{}',
  private_metadata TEXT NOT NULL DEFAULT '{}',
  unsafe_metadata TEXT NOT NULL DEFAULT '{}',
  password_digest TEXT,
  password_hasher TEXT,
  password_last_updated_at BIGINT,
  password_compromised INTEGER NOT NULL DEFAULT 0,
  totp_secret_sealed TEXT,
  mfa_enabled_at BIGINT,
  mfa_disabled_at BIGINT,
  banned INTEGER NOT NULL DEFAULT 0,
  locked_at BIGINT,
  lockout_expires_at BIGINT,
  failed_attempts INTEGER NOT NULL DEFAULT 0,
  delete_self_enabled INTEGER NOT NULL DEFAULT 1,
  create_organization_enabled INTEGER NOT NULL DEFAULT 1,
  create_organizations_limit INTEGER,
  bypass_client_trust INTEGER NOT NULL DEFAULT 0,
  legal_accepted_at BIGINT,
  last_sign_in_at BIGINT,
  last_active_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX users_by_created ON users (created_at, id);

CREATE TABLE email_addresses (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  email_address TEXT NOT NULL UNIQUE,
  reserved INTEGER NOT NULL DEFAULT 0,
  verification TEXT,
  code_hash TEXT,
  linked_to TEXT NOT NULL DEFAULT '[]',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX email_addresses_by_user ON email_addresses (user_id);

CREATE TABLE phone_numbers (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  phone_number TEXT NOT NULL UNIQUE,
  reserved INTEGER NOT NULL DEFAULT 0,
  reserved_for_second_factor INTEGER NOT NULL DEFAULT 0,
  default_second_factor INTEGER NOT NULL DEFAULT 0,
  verification TEXT,
  code_hash TEXT,
  linked_to TEXT NOT NULL DEFAULT '[]',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX phone_numbers_by_user ON phone_numbers (user_id);

CREATE TABLE web3_wallets (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  web3_wallet TEXT NOT NULL UNIQUE,
  verification TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX web3_wallets_by_user ON web3_wallets (user_id);

CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT,
  verification TEXT,
  last_used_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX passkeys_by_user ON passkeys (user_id);

CREATE TABLE external_accounts (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  provider TEXT NOT NULL,
  provider_user_id TEXT NOT NULL,
  identification_id TEXT NOT NULL,
  approved_scopes TEXT NOT NULL DEFAULT '',
  email_address TEXT NOT NULL DEFAULT '',
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  image_url TEXT NOT NULL DEFAULT '',
  username TEXT,
  phone_number TEXT,
  label TEXT,
  public_metadata TEXT NOT NULL DEFAULT '{}',
  access_token_sealed TEXT,
  token_expires_at BIGINT,
  verification TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (provider, provider_user_id)
);
CREATE INDEX external_accounts_by_user ON external_accounts (user_id);

CREATE TABLE backup_codes (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  digest TEXT NOT NULL,
  used_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX backup_codes_by_user ON backup_codes (user_id);

CREATE TABLE images (
  id TEXT PRIMARY KEY,
  content_type TEXT NOT NULL,
  base64 TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  token_hash TEXT UNIQUE,
  sign_in_id TEXT,
  sign_up_id TEXT,
  last_active_session_id TEXT,
  last_authentication_strategy TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX clients_by_created ON clients (created_at, id);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  actor TEXT,
  last_active_organization_id TEXT,
  last_active_at BIGINT NOT NULL,
  latest_activity TEXT,
  tasks TEXT,
  first_factor_verified_at BIGINT,
  second_factor_verified_at BIGINT,
  expire_at BIGINT NOT NULL,
  abandon_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_client ON sessions (client_id, created_at);

CREATE TABLE refresh_tokens (
  token_hash TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE handshake_payloads (
  nonce_hash TEXT PRIMARY KEY,
  directives TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE permissions (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE roles (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  description TEXT,
  is_creator_eligible INTEGER NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE role_permissions (
  role_id TEXT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
  permission_id TEXT NOT NULL REFERENCES permissions (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (role_id, permission_id)
);

CREATE TABLE role_sets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  description TEXT,
  type TEXT NOT NULL,
  default_role_id TEXT,
  creator_role_id TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE role_set_roles (
  role_set_id TEXT NOT NULL REFERENCES role_sets (id) ON DELETE CASCADE,
  role_id TEXT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (role_set_id, role_id)
);

CREATE TABLE role_set_migrations (
  id TEXT PRIMARY KEY,
  organization_id TEXT,
  source_role_set_id TEXT NOT NULL,
  dest_role_set_id TEXT,
  trigger_type TEXT NOT NULL,
  status TEXT NOT NULL,
  migrated_members INTEGER NOT NULL DEFAULT 0,
  mappings TEXT,
  started_at BIGINT,
  completed_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE organizations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  image_id TEXT,
  max_allowed_memberships INTEGER NOT NULL,
  admin_delete_enabled INTEGER NOT NULL,
  public_metadata TEXT NOT NULL DEFAULT '{}',
  private_metadata TEXT NOT NULL DEFAULT '{}',
  created_by TEXT,
  role_set_key TEXT,
  last_active_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX organizations_by_created ON organizations (created_at, id);

CREATE TABLE organization_memberships (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  public_metadata TEXT NOT NULL DEFAULT '{}',
  private_metadata TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (organization_id, user_id)
);
CREATE INDEX organization_memberships_by_user ON organization_memberships (user_id);

CREATE TABLE organization_invitations (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  email_address TEXT NOT NULL,
  role TEXT NOT NULL,
  inviter_id TEXT,
  status TEXT NOT NULL,
  public_metadata TEXT NOT NULL DEFAULT '{}',
  private_metadata TEXT NOT NULL DEFAULT '{}',
  ticket_hash TEXT UNIQUE,
  url TEXT,
  redirect_url TEXT,
  user_id TEXT,
  expires_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX organization_invitations_by_organization ON organization_invitations (organization_id, created_at);
CREATE INDEX organization_invitations_by_email ON organization_invitations (email_address);

CREATE TABLE organization_domains (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  enrollment_mode TEXT NOT NULL,
  affiliation_email_address TEXT,
  verification TEXT,
  code_hash TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (organization_id, name)
);
CREATE INDEX organization_domains_by_name ON organization_domains (name);

CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  email_address TEXT NOT NULL,
  status TEXT NOT NULL,
  public_metadata TEXT NOT NULL DEFAULT '{}',
  ticket_hash TEXT UNIQUE,
  url TEXT,
  redirect_url TEXT,
  user_id TEXT,
  expires_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX invitations_by_email ON invitations (email_address);

CREATE TABLE allowlist_identifiers (
  id TEXT PRIMARY KEY,
  identifier TEXT NOT NULL UNIQUE,
  identifier_type TEXT NOT NULL,
  invitation_id TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE blocklist_identifiers (
  id TEXT PRIMARY KEY,
  identifier TEXT NOT NULL UNIQUE,
  identifier_type TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE actor_tokens (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  actor TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  session_max_duration_in_seconds INTEGER NOT NULL,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE sign_in_tokens (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE testing_tokens (
  token_hash TEXT PRIMARY KEY,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE agent_tasks (
  id TEXT PRIMARY KEY,
  agent_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  agent_name TEXT NOT NULL,
  task_description TEXT NOT NULL,
  permissions TEXT NOT NULL,
  redirect_url TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  session_max_duration_in_seconds INTEGER NOT NULL,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE sign_ups (
  id TEXT PRIMARY KEY,
  client_id TEXT,
  status TEXT NOT NULL,
  username TEXT,
  email_address TEXT,
  phone_number TEXT,
  web3_wallet TEXT,
  first_name TEXT,
  last_name TEXT,
  password_digest TEXT,
  password_hasher TEXT,
  unsafe_metadata TEXT NOT NULL DEFAULT '{}',
  public_metadata TEXT NOT NULL DEFAULT '{}',
  verifications TEXT NOT NULL DEFAULT '{}',
  code_hash TEXT,
  ticket TEXT,
  custom_action INTEGER NOT NULL DEFAULT 0,
  external_id TEXT,
  created_session_id TEXT,
  created_user_id TEXT,
  legal_accepted_at BIGINT,
  locale TEXT,
  abandon_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE jwt_templates (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  claims TEXT NOT NULL,
  lifetime INTEGER NOT NULL,
  allowed_clock_skew INTEGER NOT NULL,
  custom_signing_key INTEGER NOT NULL,
  signing_algorithm TEXT NOT NULL,
  signing_key_sealed TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE machines (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  default_token_ttl INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE machine_secrets (
  secret_hash TEXT PRIMARY KEY,
  machine_id TEXT NOT NULL REFERENCES machines (id) ON DELETE CASCADE,
  secret_sealed TEXT NOT NULL,
  expires_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX machine_secrets_by_machine ON machine_secrets (machine_id);

CREATE TABLE machine_scopes (
  from_machine_id TEXT NOT NULL REFERENCES machines (id) ON DELETE CASCADE,
  to_machine_id TEXT NOT NULL REFERENCES machines (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (from_machine_id, to_machine_id)
);
CREATE INDEX machine_scopes_by_target ON machine_scopes (to_machine_id);

CREATE TABLE m2m_tokens (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL REFERENCES machines (id) ON DELETE CASCADE,
  format TEXT NOT NULL,
  scopes TEXT NOT NULL,
  claims TEXT,
  revoked INTEGER NOT NULL DEFAULT 0,
  revocation_reason TEXT,
  expires_at BIGINT,
  last_used_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX m2m_tokens_by_subject ON m2m_tokens (subject, created_at);

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  secret_sealed TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  claims TEXT,
  scopes TEXT NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0,
  revocation_reason TEXT,
  expires_at BIGINT,
  created_by TEXT,
  last_used_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX api_keys_by_subject ON api_keys (subject, created_at);

CREATE TABLE oauth_applications (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  client_id TEXT NOT NULL UNIQUE,
  client_secret_hash TEXT,
  client_uri TEXT,
  client_image_url TEXT,
  dynamically_registered INTEGER NOT NULL DEFAULT 0,
  consent_screen_enabled INTEGER NOT NULL DEFAULT 1,
  pkce_required INTEGER NOT NULL DEFAULT 0,
  public INTEGER NOT NULL DEFAULT 0,
  scopes TEXT NOT NULL,
  redirect_uris TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE oauth_authorizations (
  code_hash TEXT PRIMARY KEY,
  family_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id TEXT,
  redirect_uri TEXT NOT NULL,
  redirect_uri_given INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  nonce TEXT,
  resources TEXT,
  code_challenge TEXT,
  used_at BIGINT,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE oauth_consents (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, client_id)
);

CREATE TABLE oauth_access_tokens (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  family_id TEXT,
  client_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  scopes TEXT NOT NULL,
  audience TEXT,
  actor TEXT,
  format TEXT NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0,
  revocation_reason TEXT,
  expires_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX oauth_access_tokens_by_family ON oauth_access_tokens (family_id);
CREATE INDEX oauth_access_tokens_by_client ON oauth_access_tokens (client_id);

CREATE TABLE oauth_refresh_tokens (
  token_hash TEXT PRIMARY KEY,
  family_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  resources TEXT,
  used_at BIGINT,
  revoked INTEGER NOT NULL DEFAULT 0,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX oauth_refresh_tokens_by_family ON oauth_refresh_tokens (family_id);

CREATE TABLE redirect_urls (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE domains (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  is_satellite INTEGER NOT NULL,
  is_secondary INTEGER NOT NULL DEFAULT 0,
  proxy_url TEXT,
  development_origin TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE proxy_checks (
  id TEXT PRIMARY KEY,
  domain_id TEXT NOT NULL,
  proxy_url TEXT NOT NULL,
  successful INTEGER NOT NULL,
  last_run_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE enterprise_connections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  provider TEXT NOT NULL,
  protocol TEXT NOT NULL,
  domains TEXT NOT NULL,
  organization_id TEXT,
  active INTEGER NOT NULL DEFAULT 0,
  sync_user_attributes INTEGER NOT NULL DEFAULT 1,
  disable_additional_identifications INTEGER NOT NULL DEFAULT 0,
  allow_organization_account_linking INTEGER NOT NULL DEFAULT 0,
  saml TEXT,
  oidc TEXT,
  custom_attributes TEXT NOT NULL DEFAULT '[]',
  options TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE saml_connections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  provider TEXT NOT NULL,
  domains TEXT NOT NULL,
  organization_id TEXT,
  active INTEGER NOT NULL DEFAULT 0,
  idp TEXT NOT NULL,
  attribute_mapping TEXT NOT NULL,
  options TEXT NOT NULL,
  enterprise_connection_id TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE enterprise_accounts (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  enterprise_connection_id TEXT,
  active INTEGER NOT NULL DEFAULT 1,
  email_address TEXT NOT NULL,
  first_name TEXT,
  last_name TEXT,
  protocol TEXT NOT NULL,
  provider TEXT NOT NULL,
  provider_user_id TEXT,
  public_metadata TEXT NOT NULL DEFAULT '{}',
  verification TEXT,
  last_authenticated_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX enterprise_accounts_by_user ON enterprise_accounts (user_id);

CREATE TABLE templates (
  id TEXT PRIMARY KEY,
  template_type TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT,
  subject TEXT,
  markup TEXT,
  body TEXT,
  from_email_name TEXT,
  reply_to_email_name TEXT,
  delivered_by_clerk INTEGER NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (template_type, slug)
);

CREATE TABLE waitlist_entries (
  id TEXT PRIMARY KEY,
  email_address TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  is_locked INTEGER NOT NULL DEFAULT 0,
  invitation_id TEXT,
  invited_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE billing_plans (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  payer_type TEXT NOT NULL,
  amount BIGINT NOT NULL,
  annual_monthly_amount BIGINT,
  currency TEXT NOT NULL,
  is_default INTEGER NOT NULL DEFAULT 0,
  publicly_visible INTEGER NOT NULL DEFAULT 1,
  free_trial_days INTEGER,
  features TEXT NOT NULL DEFAULT '[]',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (payer_type, slug)
);

CREATE TABLE billing_prices (
  id TEXT PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES billing_plans (id) ON DELETE CASCADE,
  amount BIGINT NOT NULL,
  annual_monthly_amount BIGINT,
  currency TEXT NOT NULL,
  description TEXT,
  is_default INTEGER NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX billing_prices_by_plan ON billing_prices (plan_id);

CREATE TABLE billing_payers (
  id TEXT PRIMARY KEY,
  user_id TEXT UNIQUE REFERENCES users (id) ON DELETE CASCADE,
  organization_id TEXT UNIQUE REFERENCES organizations (id) ON DELETE CASCADE,
  credits_balance BIGINT NOT NULL DEFAULT 0,
  credits_currency TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE billing_subscriptions (
  id TEXT PRIMARY KEY,
  payer_id TEXT NOT NULL UNIQUE REFERENCES billing_payers (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  active_at BIGINT,
  past_due_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE billing_subscription_items (
  id TEXT PRIMARY KEY,
  subscription_id TEXT NOT NULL REFERENCES billing_subscriptions (id) ON DELETE CASCADE,
  payer_id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  price_id TEXT NOT NULL,
  plan_period TEXT NOT NULL,
  status TEXT NOT NULL,
  is_free_trial INTEGER NOT NULL DEFAULT 0,
  lifetime_paid BIGINT NOT NULL DEFAULT 0,
  period_start BIGINT NOT NULL,
  period_end BIGINT,
  canceled_at BIGINT,
  past_due_at BIGINT,
  ended_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX billing_subscription_items_by_subscription ON billing_subscription_items (subscription_id);

CREATE TABLE billing_credit_entries (
  id TEXT PRIMARY KEY,
  payer_id TEXT NOT NULL REFERENCES billing_payers (id) ON DELETE CASCADE,
  amount BIGINT NOT NULL,
  currency TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  note TEXT,
  created_at BIGINT NOT NULL,
  UNIQUE (payer_id, idempotency_key)
);

CREATE TABLE billing_statements (
  id TEXT PRIMARY KEY,
  payer_id TEXT NOT NULL REFERENCES billing_payers (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  timestamp BIGINT NOT NULL,
  subtotal BIGINT NOT NULL,
  tax_total BIGINT NOT NULL,
  currency TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE billing_payment_attempts (
  id TEXT PRIMARY KEY,
  statement_id TEXT NOT NULL REFERENCES billing_statements (id) ON DELETE CASCADE,
  subscription_item_id TEXT,
  payment_id TEXT NOT NULL,
  status TEXT NOT NULL,
  charge_type TEXT NOT NULL,
  amount BIGINT NOT NULL,
  currency TEXT NOT NULL,
  paid_at BIGINT,
  failed_at BIGINT,
  failed_reason TEXT,
  billing_date BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX billing_payment_attempts_by_statement ON billing_payment_attempts (statement_id);

CREATE TABLE events (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX events_by_created ON events (created_at, id);

CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  template_slug TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  data TEXT NOT NULL,
  user_id TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX messages_by_created ON messages (created_at, id);
CREATE INDEX messages_by_recipient ON messages (recipient, created_at);
`,
};
