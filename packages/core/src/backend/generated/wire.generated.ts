// Generated from packages/core/contract by `npm run generate`. Do not edit.

export interface ActorTokenJSON {
  object: 'actor_token';
  id: string;
  status: 'pending' | 'accepted' | 'revoked' | (string & {});
  user_id: string;
  actor: Record<string, unknown>;
  token?: string;
  url?: string;
  created_at: number;
  updated_at: number;
}

export interface AgentTaskJSON {
  object: 'agent_task';
  agent_id: string;
  agent_task_id: string;
  task_id: string;
  url: string;
}

export interface AllowlistIdentifierJSON {
  object: 'allowlist_identifier';
  id: string;
  invitation_id?: string;
  identifier: string;
  identifier_type: 'email_address' | 'phone_number' | 'web3_wallet' | (string & {});
  instance_id?: string;
  created_at: number;
  updated_at: number;
}

export interface ApiErrorJSON {
  code: string;
  message: string;
  long_message?: string;
  meta?: Record<string, unknown>;
}

export interface ApiKeyJSON {
  object: 'api_key';
  id: string;
  type: string;
  subject: string;
  name: string;
  description: string | null;
  claims: unknown;
  scopes: string[];
  revoked: boolean;
  revocation_reason: string | null;
  expired: boolean;
  expiration: number | null;
  created_by: string | null;
  last_used_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface ApiKeySecretJSON {
  secret: string;
}

export interface ApiKeyWithSecretJSON extends ApiKeyJSON {
  secret: string;
}

export interface AttributeMappingJSON {
  user_id: string;
  email_address: string;
  first_name: string;
  last_name: string;
}

export interface BillingNextPaymentJSON {
  date: number;
  amount: MoneyAmountJSON;
}

export interface BillingPayeeJSON {
  id: string;
  gateway_type: string;
  gateway_external_id: string;
  gateway_status: 'active' | 'pending' | 'restricted' | 'disconnected' | (string & {});
}

export interface BillingPayerJSON {
  object: 'commerce_payer';
  id: string;
  instance_id: string;
  user_id?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  email: string | null;
  organization_id?: string | null;
  organization_name?: string | null;
  image_url: string;
  credits_balance: MoneyAmountJSON;
  created_at: number;
  updated_at: number;
}

export interface BillingPaymentAttemptJSON {
  object: 'commerce_payment_attempt';
  id: string;
  instance_id: string;
  payment_id: string;
  statement_id: string;
  gateway_external_id: string;
  status: 'pending' | 'paid' | 'failed' | (string & {});
  created_at: number;
  updated_at: number;
  paid_at?: number;
  failed_at?: number;
  failed_reason?: { code: string; decline_code: string };
  billing_date: number;
  charge_type: 'checkout' | 'recurring' | (string & {});
  payee: BillingPayeeJSON;
  payer: BillingPayerJSON;
  totals: BillingTotalsJSON;
  payment_source: BillingPaymentSourceJSON;
  subscription_items: BillingSubscriptionItemJSON[];
}

export interface BillingPaymentMethodJSON {
  object: 'commerce_payment_method';
  id: string;
  payer_id: string;
  payment_type: string;
  is_default: boolean;
  gateway: string;
  gateway_external_id: string;
  gateway_external_account_id: string | null;
  last4: string | null;
  status: string;
  wallet_type: string | null;
  card_type: string | null;
  expiry_year: number | null;
  expiry_month: number | null;
  created_at: number;
  updated_at: number;
  is_removable: boolean;
}

export interface BillingPaymentSourceJSON {
  id: string;
  gateway: string;
  gateway_external_id: string;
  gateway_external_account_id?: string;
  payment_method: string;
  status: 'active' | 'disconnected' | (string & {});
  card_type?: string;
  last4?: string;
}

export interface BillingPlanJSON {
  object: 'commerce_plan';
  id: string;
  name: string;
  fee: MoneyAmountJSON | null;
  annual_monthly_fee: MoneyAmountJSON | null;
  annual_fee: MoneyAmountJSON | null;
  amount: number;
  amount_formatted: string;
  annual_monthly_amount: number;
  annual_monthly_amount_formatted: string;
  annual_amount: number;
  annual_amount_formatted: string;
  currency_symbol: string;
  currency: string;
  description: string;
  product_id: string;
  is_default: boolean;
  is_recurring: boolean;
  publicly_visible: boolean;
  has_base_fee: boolean;
  payer_type: string[];
  for_payer_type: 'org' | 'user' | (string & {});
  slug: string;
  avatar_url: string;
  period: string;
  interval: number;
  features?: FeatureJSON[];
  free_trial_enabled: boolean;
  free_trial_days: number | null;
}

export interface BillingPriceJSON {
  object: 'commerce_price';
  id: string;
  plan_id: string;
  instance_id: string;
  currency: string;
  currency_symbol: string;
  amount: number;
  annual_monthly_amount: number;
  fee: MoneyAmountJSON | null;
  annual_monthly_fee: MoneyAmountJSON | null;
  description: string | null;
  is_default: boolean;
  created_at: number;
}

export interface BillingPriceTransitionJSON {
  object: string;
  subscription_item: BillingSubscriptionItemWithSourceJSON;
  transition: BillingPriceTransitionDetailsJSON;
}

export interface BillingPriceTransitionDetailsJSON {
  previous_plan: BillingPlanJSON;
  previous_price: BillingPriceJSON;
  effective_at: number;
  effective_mode: string;
  next_billing_date: number | null;
  charged_immediately: boolean;
  immediate_charge: MoneyAmountJSON | null;
  previous_subscription_item_status: string;
  previous_subscription_item_id: string;
}

export interface BillingSeatTierJSON {
  quantity: number | null;
  fee_per_block: MoneyAmountJSON;
  total: MoneyAmountJSON;
}

export interface BillingSeatsJSON {
  quantity: number | null;
  tiers?: BillingSeatTierJSON[];
}

export interface BillingStatementJSON {
  object: 'commerce_statement';
  id: string;
  instance_id: string;
  timestamp: number;
  payer: BillingPayerJSON;
  status: 'open' | 'closed' | (string & {});
  totals: BillingStatementTotalsJSON;
  groups: BillingStatementGroupJSON[];
}

export interface BillingStatementGroupJSON {
  object?: 'commerce_statement_group';
  id?: string;
  timestamp: number;
  items: BillingPaymentAttemptJSON[];
}

export interface BillingStatementTotalsJSON {
  grand_total: MoneyAmountJSON;
  subtotal: MoneyAmountJSON;
  base_fee: MoneyAmountJSON;
  tax_total: MoneyAmountJSON;
}

export interface BillingSubscriptionJSON {
  object: 'commerce_subscription';
  id: string;
  instance_id: string;
  status: 'active' | 'past_due' | 'canceled' | 'ended' | 'abandoned' | 'incomplete' | (string & {});
  payer_id: string;
  created_at: number;
  updated_at: number;
  active_at: number | null;
  past_due_at: number | null;
  subscription_items: BillingSubscriptionItemJSON[];
  next_payment?: BillingNextPaymentJSON;
  eligible_for_free_trial?: boolean;
}

export interface BillingSubscriptionItemJSON {
  object: 'commerce_subscription_item';
  id: string;
  instance_id: string;
  status: 'abandoned' | 'active' | 'canceled' | 'ended' | 'expired' | 'incomplete' | 'past_due' | 'upcoming' | (string & {});
  credit: BillingSubscriptionItemCreditJSON;
  credits: unknown;
  plan_id?: string | null;
  price_id?: string;
  plan?: BillingPlanJSON | null;
  plan_period: 'month' | 'annual' | (string & {});
  payment_method: BillingPaymentMethodJSON;
  lifetime_paid?: MoneyAmountJSON;
  next_payment?: BillingNextPaymentJSON | null;
  payer_id?: string;
  payer: BillingPayerJSON;
  is_free_trial: boolean;
  period_start: number;
  period_end: number | null;
  proration_date: string;
  canceled_at: number | null;
  past_due_at: number | null;
  ended_at: number | null;
  created_at: number;
  updated_at: number;
  seats?: BillingSeatsJSON | null;
  totals: unknown;
  amount?: MoneyAmountJSON | null;
}

export interface BillingSubscriptionItemCreditJSON {
  amount: MoneyAmountJSON | null;
  cycle_remaining_percent: number;
}

export interface BillingSubscriptionItemWithSourceJSON {
  object: 'commerce_subscription_item';
  id: string;
  instance_id: string;
  status: 'abandoned' | 'active' | 'canceled' | 'ended' | 'expired' | 'incomplete' | 'past_due' | 'upcoming' | (string & {});
  credit: unknown;
  plan_id: string;
  price_id: string;
  plan: BillingPlanJSON | null;
  plan_period: 'month' | 'annual' | (string & {});
  payment_source_id: string;
  payment_source: unknown;
  lifetime_paid: MoneyAmountJSON | null;
  amount: MoneyAmountJSON | null;
  next_invoice: unknown;
  next_payment: BillingNextPaymentJSON | null;
  payer_id: string;
  payer: BillingPayerJSON | null;
  is_free_trial: boolean;
  period_start: number | null;
  period_end: number | null;
  proration_date: string;
  canceled_at: number | null;
  past_due_at: number | null;
  ended_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface BillingTotalsJSON {
  subtotal: MoneyAmountJSON;
  tax_total: MoneyAmountJSON;
  grand_total: MoneyAmountJSON;
}

export interface BlocklistIdentifierJSON {
  object: 'blocklist_identifier';
  id: string;
  identifier: string;
  identifier_type: 'email_address' | 'phone_number' | 'web3_wallet' | (string & {});
  instance_id?: string;
  created_at: number;
  updated_at: number;
}

export interface ClientJSON {
  object: 'client';
  id: string;
  session_ids: string[];
  sessions: SessionJSON[];
  sign_in_id: string | null;
  sign_up_id: string | null;
  last_active_session_id: string | null;
  last_authentication_strategy: string | null;
  updated_at: number;
  created_at: number;
}

export interface CnameTargetJSON {
  host: string;
  value: string;
  required: boolean;
}

export interface CreditBalanceJSON {
  object: 'commerce_credit_balance';
  balance: MoneyAmountJSON | null;
}

export interface CreditLedgerEntryJSON {
  object: 'commerce_credit_ledger';
  id: string;
  payer_id: string;
  amount: number;
  currency: string;
  source_type: string;
  source_id: string;
  note: string | null;
  created_at: string;
}

export interface DeletedObjectJSON {
  object: string;
  id?: string;
  slug?: string;
  deleted: boolean;
  external_id?: string;
}

export interface DeletedResourceJSON {
  object: string;
  id: string;
  deleted: boolean;
}

export interface DomainJSON {
  object: 'domain';
  id: string;
  name: string;
  is_satellite: boolean;
  frontend_api_url: string;
  accounts_portal_url?: string | null;
  proxy_url?: string | null;
  development_origin: string;
  cname_targets: CnameTargetJSON[] | null;
}

export interface EmailAddressJSON {
  id: string;
  object: 'email_address';
  email_address: string;
  reserved: boolean;
  verification: VerificationJSON | null;
  linked_to: IdentificationLinkJSON[];
  matches_sso_connection: boolean;
  created_at: number;
  updated_at: number;
}

export interface EnterpriseAccountJSON {
  object: 'enterprise_account';
  id: string;
  active: boolean;
  email_address: string;
  enterprise_connection: EnterpriseAccountConnectionJSON | null;
  enterprise_connection_id: string | null;
  first_name: string | null;
  last_name: string | null;
  last_authenticated_at: number | null;
  protocol: string;
  provider: string;
  provider_user_id: string | null;
  public_metadata: Record<string, unknown>;
  verification: VerificationJSON | null;
}

export interface EnterpriseAccountConnectionJSON {
  object?: string;
  id: string;
  active: boolean;
  allow_idp_initiated: boolean;
  allow_subdomains: boolean;
  disable_additional_identifications: boolean;
  domain: string;
  logo_public_url: string | null;
  name: string;
  protocol: string;
  provider: string;
  sync_user_attributes: boolean;
  created_at: number;
  updated_at: number;
}

export interface EnterpriseConnectionJSON {
  id: string;
  name: string;
  active: boolean;
  domains: string[];
  organization_id?: string | null;
  sync_user_attributes: boolean;
  disable_additional_identifications: boolean;
  allow_organization_account_linking: boolean;
  custom_attributes?: EnterpriseConnectionCustomAttributeJSON[];
  saml_connection?: EnterpriseConnectionSamlJSON | null;
  oauth_config?: EnterpriseConnectionOAuthJSON | null;
  created_at: number;
  updated_at: number;
  object?: 'enterprise_connection';
  provider?: string;
  logo_public_url?: string;
  allow_subdomains?: boolean;
  authenticatable?: boolean;
  disable_jit_provisioning?: boolean;
}

export interface EnterpriseConnectionCustomAttributeJSON {
  name: string;
  key: string;
  sso_path: string;
  scim_path: string;
  multi_valued?: boolean;
}

export interface EnterpriseConnectionOAuthJSON {
  id: string;
  name: string;
  provider_key: string;
  client_id: string | null;
  discovery_url: string | null;
  logo_public_url: string | null;
  created_at: number;
  updated_at: number;
  auth_url?: string;
  token_url?: string;
  user_info_url?: string;
  requires_pkce?: boolean;
}

export interface EnterpriseConnectionSamlJSON {
  id: string;
  name: string;
  idp_entity_id: string | null;
  idp_sso_url: string | null;
  idp_metadata_url: string | null;
  acs_url: string | null;
  sp_entity_id: string | null;
  sp_metadata_url: string | null;
  active: boolean;
  allow_idp_initiated: boolean;
  allow_subdomains: boolean;
  force_authn: boolean;
  idp_certificate?: string;
  idp_certificate_issued_at?: number;
  idp_certificate_expires_at?: number;
  idp_metadata?: string;
  sync_user_attributes?: boolean;
  login_hint?: { mode: 'email_address' | 'custom_attribute' | 'off'; source?: string };
}

export interface ErrorResponseJSON {
  errors: ApiErrorJSON[];
  clerk_trace_id?: string;
}

export interface ExternalAccountJSON {
  object: 'external_account' | 'facebook_account' | 'google_account';
  id: string;
  external_account_id?: string;
  provider: string;
  identification_id: string;
  provider_user_id: string;
  approved_scopes: string;
  email_address: string;
  first_name: string;
  last_name: string;
  image_url?: string;
  username: string | null;
  phone_number: string | null;
  public_metadata?: Record<string, unknown> | null;
  label: string | null;
  verification: VerificationJSON | null;
}

export interface FeatureJSON {
  object: 'feature';
  id: string;
  name: string;
  description?: string | null;
  slug: string;
  avatar_url?: string | null;
}

export interface IdPOAuthAccessTokenJSON {
  object: 'clerk_idp_oauth_access_token';
  id: string;
  client_id: string;
  type: string;
  subject: string;
  scopes: string[];
  revoked: boolean;
  revocation_reason: string | null;
  expired: boolean;
  expiration: number | null;
  created_at: number;
  updated_at: number;
}

export interface IdentificationLinkJSON {
  id: string;
  type: string;
}

export interface InstanceJSON {
  object: 'instance';
  id: string;
  environment_type: string;
  allowed_origins: string[] | null;
}

export interface InstanceProtectSettingsJSON {
  object: string;
  rules_enabled: boolean;
  specter_enabled: boolean;
}

export interface InstanceRestrictionsJSON {
  object: 'instance_restrictions';
  allowlist: boolean;
  blocklist: boolean;
  allowlist_blocklist_disabled_on_sign_in: boolean;
  block_email_subaddresses: boolean;
  block_disposable_email_domains: boolean;
  ignore_dots_for_gmail_addresses?: boolean;
}

export interface InstanceSettingsJSON {
  object: 'instance_settings';
  id: string;
  restricted_to_allowlist: boolean;
  from_email_address: string;
  progressive_sign_up: boolean;
  enhanced_email_deliverability: boolean;
}

export interface InvitationJSON {
  object: 'invitation';
  id: string;
  email_address: string;
  public_metadata: Record<string, unknown>;
  revoked?: boolean;
  status: 'pending' | 'accepted' | 'revoked' | 'expired' | (string & {});
  url?: string;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface JwkJSON {
  use: string;
  kty: string;
  kid: string;
  alg: string;
  n: string;
  e: string;
}

export interface JwksJSON {
  keys: JwkJSON[];
}

export interface JwtTemplateJSON {
  object: 'jwt_template';
  id: string;
  name: string;
  claims: Record<string, unknown>;
  lifetime: number;
  allowed_clock_skew: number;
  custom_signing_key: boolean;
  signing_algorithm: string;
  created_at: number;
  updated_at: number;
}

export interface M2MTokenJSON {
  object: 'machine_to_machine_token';
  id: string;
  subject: string;
  claims: unknown;
  scopes: string[];
  revoked: boolean;
  revocation_reason: string | null;
  expired: boolean;
  expiration: number | null;
  last_used_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface M2MTokenWithTokenJSON extends M2MTokenJSON {
  token: string;
}

export interface MachineJSON {
  object: 'machine';
  id: string;
  name: string;
  instance_id: string;
  created_at: number;
  updated_at: number;
  default_token_ttl: number;
  scoped_machines: MachineJSON[];
}

export interface MachineScopeJSON {
  object: 'machine_scope';
  from_machine_id: string;
  to_machine_id: string;
  created_at: number;
}

export interface MachineScopeDeletedJSON {
  object: 'machine_scope';
  from_machine_id: string;
  to_machine_id: string;
  deleted: boolean;
}

export interface MachineSecretKeyJSON {
  object: 'machine_secret_key';
  secret: string;
}

export interface MachineWithSecretKeyJSON extends MachineJSON {
  secret_key: string;
}

export interface MoneyAmountJSON {
  amount: number;
  amount_formatted: string;
  currency: string;
  currency_symbol: string;
}

export interface OAuthAccessTokenJSON {
  object: 'oauth_access_token';
  external_account_id: string;
  provider: string;
  token: string;
  public_metadata: Record<string, unknown>;
  label: string | null;
  scopes?: string[];
  token_secret?: string;
  expires_at?: number;
  id_token?: string;
}

export interface OAuthApplicationJSON {
  object: 'oauth_application';
  id: string;
  instance_id: string;
  name: string;
  client_id: string;
  client_uri: string | null;
  client_image_url: string | null;
  dynamically_registered: boolean;
  consent_screen_enabled: boolean;
  pkce_required: boolean;
  public: boolean;
  scopes: string;
  redirect_uris: string[];
  callback_url: string;
  authorize_url: string;
  token_fetch_url: string;
  user_info_url: string;
  discovery_url: string;
  token_introspection_url: string;
  created_at: number;
  updated_at: number;
}

export interface OAuthApplicationSettingsJSON {
  object: string;
  dynamic_oauth_client_registration: boolean;
  oauth_jwt_access_tokens: boolean;
}

export interface OAuthApplicationWithSecretJSON extends OAuthApplicationJSON {
  client_secret: string;
}

export interface OrganizationJSON {
  object: 'organization';
  id: string;
  name: string;
  slug: string;
  image_url?: string;
  has_image: boolean;
  members_count?: number;
  missing_member_with_elevated_permissions?: boolean;
  pending_invitations_count?: number;
  max_allowed_memberships: number;
  admin_delete_enabled: boolean;
  public_metadata: Record<string, unknown>;
  private_metadata?: Record<string, unknown>;
  created_by?: string;
  created_at: number;
  updated_at: number;
  last_active_at?: number;
  role_set_key?: string | null;
}

export interface OrganizationDomainJSON {
  object: 'organization_domain';
  id: string;
  organization_id: string;
  name: string;
  enrollment_mode: 'manual_invitation' | 'automatic_invitation' | 'automatic_suggestion' | (string & {});
  affiliation_email_address: string | null;
  verification: OrganizationDomainVerificationJSON | null;
  total_pending_invitations: number;
  total_pending_suggestions: number;
  public_organization_data: PublicOrganizationDataJSON | null;
  created_at: number;
  updated_at: number;
}

export interface OrganizationDomainVerificationJSON {
  status: 'unverified' | 'verified' | (string & {});
  strategy: 'email_code' | (string & {});
  attempts: number;
  expires_at: number;
}

export interface OrganizationInvitationJSON {
  object: 'organization_invitation';
  id: string;
  email_address: string;
  role: string;
  role_name: string;
  organization_id: string;
  inviter_id: string | null;
  public_inviter_data: PublicInviterDataJSON | null;
  status?: 'pending' | 'accepted' | 'revoked' | 'expired' | (string & {});
  public_metadata: Record<string, unknown>;
  private_metadata: Record<string, unknown>;
  url: string | null;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
  public_organization_data?: PublicOrganizationDataJSON | null;
}

export interface OrganizationInvitationWithOrganizationJSON extends OrganizationInvitationJSON {
  public_organization_data?: PublicOrganizationDataJSON | null;
}

export interface OrganizationMembershipJSON {
  id: string;
  object: 'organization_membership';
  role: string;
  role_name: string;
  permissions: string[];
  public_metadata: Record<string, unknown>;
  private_metadata?: Record<string, unknown>;
  organization: OrganizationJSON;
  public_user_data: PublicUserDataJSON;
  created_at: number;
  updated_at: number;
}

export interface OrganizationSettingsJSON {
  object: 'organization_settings';
  enabled: boolean;
  max_allowed_memberships: number;
  max_allowed_roles: number;
  max_role_sets_allowed: number;
  max_allowed_permissions: number;
  creator_role: string;
  admin_delete_enabled: boolean;
  domains_enabled: boolean;
  slug_disabled: boolean;
  domains_enrollment_modes: ('manual_invitation' | 'automatic_invitation' | 'automatic_suggestion' | (string & {}))[];
  domains_default_role: string;
  initial_role_set_key: string | null;
}

export interface PasskeyJSON {
  object: 'passkey';
  id: string;
  name: string | null;
  verification: VerificationJSON | null;
  last_used_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface PasswordVerificationJSON {
  verified: boolean;
}

export interface PermissionJSON {
  object: 'permission';
  id: string;
  name: string;
  key: string;
  description: string;
  type: string;
  created_at: number;
  updated_at: number;
}

export interface PhoneNumberJSON {
  id: string;
  object: 'phone_number';
  phone_number: string;
  reserved_for_second_factor: boolean;
  default_second_factor: boolean;
  reserved: boolean;
  verification: VerificationJSON | null;
  linked_to: IdentificationLinkJSON[];
  backup_codes: string[] | null;
  created_at: number;
  updated_at: number;
}

export interface ProxyCheckJSON {
  object: 'proxy_check';
  id: string;
  domain_id: string;
  last_run_at: number | null;
  proxy_url: string;
  successful: boolean;
  created_at: number;
  updated_at: number;
}

export interface PublicInviterDataJSON {
  user_id: string;
  first_name: string | null;
  last_name: string | null;
  image_url: string;
  has_image: boolean;
  identifier: string;
}

export interface PublicOrganizationDataJSON {
  object?: string;
  id: string;
  name: string;
  slug: string;
  image_url?: string;
  has_image: boolean;
}

export interface PublicUserDataJSON {
  user_id: string;
  first_name: string | null;
  last_name: string | null;
  profile_image_url: string | null;
  image_url: string;
  has_image: boolean;
  identifier: string | null;
  username: string | null;
}

export interface RedirectUrlJSON {
  object: 'redirect_url';
  id: string;
  url: string;
  created_at: number;
  updated_at: number;
}

export interface RoleJSON {
  object: 'role';
  id: string;
  name: string;
  key: string;
  description: string | null;
  is_creator_eligible: boolean;
  permissions: PermissionJSON[];
  created_at: number;
  updated_at: number;
}

export interface RoleSetJSON {
  object: 'role_set';
  id: string;
  name: string;
  key: string;
  description: string | null;
  roles: RoleSetItemJSON[];
  default_role: RoleSetItemJSON | null;
  creator_role: RoleSetItemJSON | null;
  type: 'initial' | 'custom' | (string & {});
  role_set_migration: RoleSetMigrationJSON | null;
  created_at: number;
  updated_at: number;
}

export interface RoleSetItemJSON {
  object: 'role_set_item';
  id: string;
  name: string;
  key: string;
  description: string | null;
  members_count?: number | null;
  has_members?: boolean | null;
  created_at: number;
  updated_at: number;
}

export interface RoleSetMigrationJSON {
  object: 'role_set_migration';
  id: string;
  organization_id: string | null;
  instance_id: string;
  source_role_set_id: string;
  dest_role_set_id: string | null;
  trigger_type: string;
  status: string;
  migrated_members: number;
  mappings: Record<string, string> | null;
  started_at?: number;
  completed_at?: number;
  created_at: number;
  updated_at: number;
}

export interface SamlConnectionJSON {
  object: 'saml_connection';
  id: string;
  name: string;
  domain: string;
  domains: string[];
  idp_entity_id: string | null;
  idp_sso_url: string | null;
  idp_certificate: string | null;
  idp_metadata_url: string | null;
  idp_metadata: string | null;
  acs_url: string;
  sp_entity_id: string;
  sp_metadata_url: string;
  organization_id: string | null;
  attribute_mapping: AttributeMappingJSON;
  active: boolean;
  provider: string;
  user_count: number;
  sync_user_attributes: boolean;
  allow_subdomains: boolean;
  allow_idp_initiated: boolean;
  disable_additional_identifications: boolean;
  allow_organization_account_linking: boolean;
  force_authn: boolean;
  enterprise_connection_id: string | null;
  created_at: number;
  updated_at: number;
  idp_certificate_issued_at?: number;
  idp_certificate_expires_at?: number;
}

export interface SessionJSON {
  object: 'session';
  id: string;
  user_id: string;
  client_id: string;
  actor: Record<string, unknown> | null;
  status: 'abandoned' | 'active' | 'ended' | 'expired' | 'removed' | 'replaced' | 'revoked' | (string & {});
  last_active_organization_id?: string | null;
  last_active_at: number;
  latest_activity?: SessionActivityJSON | null;
  expire_at: number;
  abandon_at: number;
  updated_at: number;
  created_at: number;
  tasks: SessionTaskJSON[] | null;
}

export interface SessionActivityJSON {
  object: string;
  id: string;
  device_type?: string;
  is_mobile: boolean;
  browser_name?: string;
  browser_version?: string;
  ip_address?: string;
  city?: string;
  country?: string;
}

export interface SessionCookiesJSON {
  object: 'cookies';
  cookies: string[];
}

export interface SessionTaskJSON {
  key: 'choose-organization' | 'reset-password' | 'setup-mfa' | (string & {});
}

export interface SessionTokenJSON {
  object: 'token';
  jwt: string;
}

export interface SignInTokenJSON {
  object: 'sign_in_token';
  id: string;
  status: 'pending' | 'accepted' | 'revoked' | (string & {});
  user_id: string;
  token: string;
  url: string | null;
  created_at: number;
  updated_at: number;
}

export interface SignUpJSON {
  object: 'sign_up_attempt';
  id: string;
  status: 'missing_requirements' | 'complete' | 'abandoned' | (string & {});
  required_fields: string[];
  optional_fields: string[];
  missing_fields: string[];
  unverified_fields: string[];
  verifications: SignUpVerificationsJSON;
  username: string | null;
  email_address: string | null;
  phone_number: string | null;
  web3_wallet: string | null;
  password_enabled: boolean;
  first_name: string | null;
  last_name: string | null;
  unsafe_metadata?: Record<string, unknown>;
  public_metadata?: Record<string, unknown>;
  custom_action: boolean;
  external_id: string | null;
  created_session_id: string | null;
  created_user_id: string | null;
  abandon_at: number;
  legal_accepted_at: number | null;
  locale: string | null;
  external_account: Record<string, unknown>;
}

export interface SignUpVerificationJSON {
  next_action: 'needs_prepare' | 'needs_attempt' | '' | (string & {});
  supported_strategies: string[];
}

export interface SignUpVerificationsJSON {
  email_address: SignUpVerificationJSON | null;
  phone_number: SignUpVerificationJSON | null;
  web3_wallet: SignUpVerificationJSON | null;
  external_account: VerificationJSON | null;
}

export interface SvixUrlJSON {
  svix_url: string;
}

export interface TemplateJSON {
  id: string;
  object: string;
  instance_id: string | null;
  resource_type: string;
  template_type: 'email' | 'sms' | (string & {});
  name: string;
  slug: string;
  position: number;
  can_revert: boolean;
  can_delete: boolean;
  can_edit_body: boolean;
  can_toggle: boolean;
  subject: string | null;
  markup: string;
  body: string;
  available_variables: string[];
  required_variables: string[];
  from_email_name: string;
  reply_to_email_name: string;
  delivered_by_clerk: boolean;
  enabled: boolean;
  flagged_as_suspicious: boolean;
  updated_at: number;
  created_at: number;
}

export interface TestingTokenJSON {
  object: 'testing_token';
  token: string;
  expires_at: number;
}

export interface TotalCountJSON {
  object: 'total_count';
  total_count: number;
}

export interface TotpVerificationJSON {
  verified: boolean;
  code_type: 'totp' | (string & {});
}

export interface UserJSON {
  id: string;
  object: 'user';
  external_id: string | null;
  primary_email_address_id: string | null;
  primary_phone_number_id: string | null;
  primary_web3_wallet_id: string | null;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  locale: string | null;
  profile_image_url: string;
  image_url: string;
  has_image: boolean;
  public_metadata: Record<string, unknown>;
  private_metadata: Record<string, unknown> | null;
  unsafe_metadata: Record<string, unknown>;
  email_addresses: EmailAddressJSON[];
  phone_numbers: PhoneNumberJSON[];
  web3_wallets: Web3WalletJSON[];
  passkeys: PasskeyJSON[];
  password_enabled: boolean;
  two_factor_enabled: boolean;
  totp_enabled: boolean;
  backup_code_enabled: boolean;
  mfa_enabled_at: number | null;
  mfa_disabled_at: number | null;
  password_last_updated_at: number | null;
  external_accounts: ExternalAccountJSON[];
  saml_accounts: Record<string, unknown>[];
  enterprise_accounts: EnterpriseAccountJSON[];
  organization_memberships: OrganizationMembershipJSON[];
  last_sign_in_at: number | null;
  banned: boolean;
  locked: boolean;
  lockout_expires_in_seconds: number | null;
  verification_attempts_remaining: number | null;
  updated_at: number;
  created_at: number;
  delete_self_enabled: boolean;
  create_organization_enabled: boolean;
  create_organizations_limit: number | null;
  last_active_at: number | null;
  legal_accepted_at: number | null;
  bypass_client_trust: boolean;
}

export interface UserIdResultJSON {
  user_id: string;
}

export interface VerificationJSON {
  object?: string;
  id?: string;
  status: 'unverified' | 'verified' | 'transferable' | 'failed' | 'expired' | (string & {});
  strategy: string;
  attempts: number | null;
  expire_at: number | null;
  verified_at_client?: string;
  external_verification_redirect_url?: string | null;
  nonce?: string | null;
  message?: string | null;
}

export interface WaitlistEntryJSON {
  object: 'waitlist_entry';
  id: string;
  email_address: string;
  status: 'pending' | 'invited' | 'completed' | 'rejected' | (string & {});
  is_locked: boolean;
  created_at: number;
  updated_at: number;
  invitation: InvitationJSON | null;
}

export interface Web3WalletJSON {
  object: 'web3_wallet';
  id: string;
  web3_wallet: string;
  verification: VerificationJSON | null;
}
