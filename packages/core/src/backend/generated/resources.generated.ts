// Generated from packages/core/contract by `npm run generate`. Do not edit.

import type * as Wire from './wire.generated.ts';

export interface ActorToken {
  object: 'actor_token';
  id: string;
  status: 'pending' | 'accepted' | 'revoked' | (string & {});
  userId: string;
  actor: Record<string, unknown>;
  token?: string;
  url?: string;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.ActorTokenJSON;
}

export interface AgentTask {
  object: 'agent_task';
  agentId: string;
  agentTaskId: string;
  taskId: string;
  url: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.AgentTaskJSON;
}

export interface AllowlistIdentifier {
  object: 'allowlist_identifier';
  id: string;
  invitationId?: string;
  identifier: string;
  identifierType: 'email_address' | 'phone_number' | 'web3_wallet' | (string & {});
  instanceId?: string;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.AllowlistIdentifierJSON;
}

export interface ApiError {
  code: string;
  message: string;
  longMessage?: string;
  meta?: Record<string, unknown>;
}

export interface ApiKey {
  object: 'api_key';
  id: string;
  type: string;
  subject: string;
  name: string;
  description: string | null;
  claims: unknown;
  scopes: string[];
  revoked: boolean;
  revocationReason: string | null;
  expired: boolean;
  expiration: number | null;
  createdBy: string | null;
  lastUsedAt: number | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.ApiKeyJSON;
}

export interface ApiKeySecret {
  secret: string;
}

export interface ApiKeyWithSecret extends ApiKey {
  secret: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.ApiKeyWithSecretJSON;
}

export interface AttributeMapping {
  userId: string;
  emailAddress: string;
  firstName: string;
  lastName: string;
}

export interface BillingNextPayment {
  date: number;
  amount: MoneyAmount;
}

export interface BillingPayee {
  id: string;
  gatewayType: string;
  gatewayExternalId: string;
  gatewayStatus: 'active' | 'pending' | 'restricted' | 'disconnected' | (string & {});
}

export interface BillingPayer {
  object: 'commerce_payer';
  id: string;
  instanceId: string;
  userId?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  email: string | null;
  organizationId?: string | null;
  organizationName?: string | null;
  imageUrl: string;
  creditsBalance: MoneyAmount;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingPayerJSON;
}

export interface BillingPaymentAttempt {
  object: 'commerce_payment_attempt';
  id: string;
  instanceId: string;
  paymentId: string;
  statementId: string;
  gatewayExternalId: string;
  status: 'pending' | 'paid' | 'failed' | (string & {});
  createdAt: number;
  updatedAt: number;
  paidAt?: number;
  failedAt?: number;
  failedReason?: { code: string; declineCode: string };
  billingDate: number;
  chargeType: 'checkout' | 'recurring' | (string & {});
  payee: BillingPayee;
  payer: BillingPayer;
  totals: BillingTotals;
  paymentSource: BillingPaymentSource;
  subscriptionItems: BillingSubscriptionItem[];
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingPaymentAttemptJSON;
}

export interface BillingPaymentMethod {
  object: 'commerce_payment_method';
  id: string;
  payerId: string;
  paymentType: string;
  isDefault: boolean;
  gateway: string;
  gatewayExternalId: string;
  gatewayExternalAccountId: string | null;
  last4: string | null;
  status: string;
  walletType: string | null;
  cardType: string | null;
  expiryYear: number | null;
  expiryMonth: number | null;
  createdAt: number;
  updatedAt: number;
  isRemovable: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingPaymentMethodJSON;
}

export interface BillingPaymentSource {
  id: string;
  gateway: string;
  gatewayExternalId: string;
  gatewayExternalAccountId?: string;
  paymentMethod: string;
  status: 'active' | 'disconnected' | (string & {});
  cardType?: string;
  last4?: string;
}

export interface BillingPlan {
  object: 'commerce_plan';
  id: string;
  name: string;
  fee: MoneyAmount | null;
  annualMonthlyFee: MoneyAmount | null;
  annualFee: MoneyAmount | null;
  amount: number;
  amountFormatted: string;
  annualMonthlyAmount: number;
  annualMonthlyAmountFormatted: string;
  annualAmount: number;
  annualAmountFormatted: string;
  currencySymbol: string;
  currency: string;
  description: string;
  productId: string;
  isDefault: boolean;
  isRecurring: boolean;
  publiclyVisible: boolean;
  hasBaseFee: boolean;
  payerType: string[];
  forPayerType: 'org' | 'user' | (string & {});
  slug: string;
  avatarUrl: string;
  period: string;
  interval: number;
  features?: Feature[];
  freeTrialEnabled: boolean;
  freeTrialDays: number | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingPlanJSON;
}

export interface BillingPrice {
  object: 'commerce_price';
  id: string;
  planId: string;
  instanceId: string;
  currency: string;
  currencySymbol: string;
  amount: number;
  annualMonthlyAmount: number;
  fee: MoneyAmount | null;
  annualMonthlyFee: MoneyAmount | null;
  description: string | null;
  isDefault: boolean;
  createdAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingPriceJSON;
}

export interface BillingPriceTransition {
  object: string;
  subscriptionItem: BillingSubscriptionItemWithSource;
  transition: BillingPriceTransitionDetails;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingPriceTransitionJSON;
}

export interface BillingPriceTransitionDetails {
  previousPlan: BillingPlan;
  previousPrice: BillingPrice;
  effectiveAt: number;
  effectiveMode: string;
  nextBillingDate: number | null;
  chargedImmediately: boolean;
  immediateCharge: MoneyAmount | null;
  previousSubscriptionItemStatus: string;
  previousSubscriptionItemId: string;
}

export interface BillingSeatTier {
  quantity: number | null;
  feePerBlock: MoneyAmount;
  total: MoneyAmount;
}

export interface BillingSeats {
  quantity: number | null;
  tiers?: BillingSeatTier[];
}

export interface BillingStatement {
  object: 'commerce_statement';
  id: string;
  instanceId: string;
  timestamp: number;
  payer: BillingPayer;
  status: 'open' | 'closed' | (string & {});
  totals: BillingStatementTotals;
  groups: BillingStatementGroup[];
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingStatementJSON;
}

export interface BillingStatementGroup {
  object?: 'commerce_statement_group';
  id?: string;
  timestamp: number;
  items: BillingPaymentAttempt[];
}

export interface BillingStatementTotals {
  grandTotal: MoneyAmount;
  subtotal: MoneyAmount;
  baseFee: MoneyAmount;
  taxTotal: MoneyAmount;
}

export interface BillingSubscription {
  object: 'commerce_subscription';
  id: string;
  instanceId: string;
  status: 'active' | 'past_due' | 'canceled' | 'ended' | 'abandoned' | 'incomplete' | (string & {});
  payerId: string;
  createdAt: number;
  updatedAt: number;
  activeAt: number | null;
  pastDueAt: number | null;
  subscriptionItems: BillingSubscriptionItem[];
  nextPayment?: BillingNextPayment;
  eligibleForFreeTrial?: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingSubscriptionJSON;
}

export interface BillingSubscriptionItem {
  object: 'commerce_subscription_item';
  id: string;
  instanceId: string;
  status: 'abandoned' | 'active' | 'canceled' | 'ended' | 'expired' | 'incomplete' | 'past_due' | 'upcoming' | (string & {});
  credit: BillingSubscriptionItemCredit;
  credits: unknown;
  planId?: string | null;
  priceId?: string;
  plan?: BillingPlan | null;
  planPeriod: 'month' | 'annual' | (string & {});
  paymentMethod: BillingPaymentMethod;
  lifetimePaid?: MoneyAmount;
  nextPayment?: BillingNextPayment | null;
  payerId?: string;
  payer: BillingPayer;
  isFreeTrial: boolean;
  periodStart: number;
  periodEnd: number | null;
  prorationDate: string;
  canceledAt: number | null;
  pastDueAt: number | null;
  endedAt: number | null;
  createdAt: number;
  updatedAt: number;
  seats?: BillingSeats | null;
  totals: unknown;
  amount?: MoneyAmount | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingSubscriptionItemJSON;
}

export interface BillingSubscriptionItemCredit {
  amount: MoneyAmount | null;
  cycleRemainingPercent: number;
}

export interface BillingSubscriptionItemWithSource {
  object: 'commerce_subscription_item';
  id: string;
  instanceId: string;
  status: 'abandoned' | 'active' | 'canceled' | 'ended' | 'expired' | 'incomplete' | 'past_due' | 'upcoming' | (string & {});
  credit: unknown;
  planId: string;
  priceId: string;
  plan: BillingPlan | null;
  planPeriod: 'month' | 'annual' | (string & {});
  paymentSourceId: string;
  paymentSource: unknown;
  lifetimePaid: MoneyAmount | null;
  amount: MoneyAmount | null;
  nextInvoice: unknown;
  nextPayment: BillingNextPayment | null;
  payerId: string;
  payer: BillingPayer | null;
  isFreeTrial: boolean;
  periodStart: number | null;
  periodEnd: number | null;
  prorationDate: string;
  canceledAt: number | null;
  pastDueAt: number | null;
  endedAt: number | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BillingSubscriptionItemWithSourceJSON;
}

export interface BillingTotals {
  subtotal: MoneyAmount;
  taxTotal: MoneyAmount;
  grandTotal: MoneyAmount;
}

export interface BlocklistIdentifier {
  object: 'blocklist_identifier';
  id: string;
  identifier: string;
  identifierType: 'email_address' | 'phone_number' | 'web3_wallet' | (string & {});
  instanceId?: string;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.BlocklistIdentifierJSON;
}

export interface Client {
  object: 'client';
  id: string;
  sessionIds: string[];
  sessions: Session[];
  signInId: string | null;
  signUpId: string | null;
  lastActiveSessionId: string | null;
  lastAuthenticationStrategy: string | null;
  updatedAt: number;
  createdAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.ClientJSON;
}

export interface CnameTarget {
  host: string;
  value: string;
  required: boolean;
}

export interface CreditBalance {
  object: 'commerce_credit_balance';
  balance: MoneyAmount | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.CreditBalanceJSON;
}

export interface CreditLedgerEntry {
  object: 'commerce_credit_ledger';
  id: string;
  payerId: string;
  amount: number;
  currency: string;
  sourceType: string;
  sourceId: string;
  note: string | null;
  createdAt: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.CreditLedgerEntryJSON;
}

export interface DeletedObject {
  object: string;
  id?: string;
  slug?: string;
  deleted: boolean;
  externalId?: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.DeletedObjectJSON;
}

export interface DeletedResource {
  object: string;
  id: string;
  deleted: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.DeletedResourceJSON;
}

export interface Domain {
  object: 'domain';
  id: string;
  name: string;
  isSatellite: boolean;
  frontendApiUrl: string;
  accountsPortalUrl?: string | null;
  proxyUrl?: string | null;
  developmentOrigin: string;
  cnameTargets: CnameTarget[] | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.DomainJSON;
}

export interface EmailAddress {
  id: string;
  object: 'email_address';
  emailAddress: string;
  reserved: boolean;
  verification: Verification | null;
  linkedTo: IdentificationLink[];
  matchesSsoConnection: boolean;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.EmailAddressJSON;
}

export interface EnterpriseAccount {
  object: 'enterprise_account';
  id: string;
  active: boolean;
  emailAddress: string;
  enterpriseConnection: EnterpriseAccountConnection | null;
  enterpriseConnectionId: string | null;
  firstName: string | null;
  lastName: string | null;
  lastAuthenticatedAt: number | null;
  protocol: string;
  provider: string;
  providerUserId: string | null;
  publicMetadata: Record<string, unknown>;
  verification: Verification | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.EnterpriseAccountJSON;
}

export interface EnterpriseAccountConnection {
  object?: string;
  id: string;
  active: boolean;
  allowIdpInitiated: boolean;
  allowSubdomains: boolean;
  disableAdditionalIdentifications: boolean;
  domain: string;
  logoPublicUrl: string | null;
  name: string;
  protocol: string;
  provider: string;
  syncUserAttributes: boolean;
  createdAt: number;
  updatedAt: number;
}

export interface EnterpriseConnection {
  id: string;
  name: string;
  active: boolean;
  domains: string[];
  organizationId?: string | null;
  syncUserAttributes: boolean;
  disableAdditionalIdentifications: boolean;
  allowOrganizationAccountLinking: boolean;
  customAttributes?: EnterpriseConnectionCustomAttribute[];
  samlConnection?: EnterpriseConnectionSaml | null;
  oauthConfig?: EnterpriseConnectionOAuth | null;
  createdAt: number;
  updatedAt: number;
  object?: 'enterprise_connection';
  provider?: string;
  logoPublicUrl?: string;
  allowSubdomains?: boolean;
  authenticatable?: boolean;
  disableJitProvisioning?: boolean;
}

export interface EnterpriseConnectionCustomAttribute {
  name: string;
  key: string;
  ssoPath: string;
  scimPath: string;
  multiValued?: boolean;
}

export interface EnterpriseConnectionOAuth {
  id: string;
  name: string;
  providerKey: string;
  clientId: string | null;
  discoveryUrl: string | null;
  logoPublicUrl: string | null;
  createdAt: number;
  updatedAt: number;
  authUrl?: string;
  tokenUrl?: string;
  userInfoUrl?: string;
  requiresPkce?: boolean;
}

export interface EnterpriseConnectionSaml {
  id: string;
  name: string;
  idpEntityId: string | null;
  idpSsoUrl: string | null;
  idpMetadataUrl: string | null;
  acsUrl: string | null;
  spEntityId: string | null;
  spMetadataUrl: string | null;
  active: boolean;
  allowIdpInitiated: boolean;
  allowSubdomains: boolean;
  forceAuthn: boolean;
  idpCertificate?: string;
  idpCertificateIssuedAt?: number;
  idpCertificateExpiresAt?: number;
  idpMetadata?: string;
  syncUserAttributes?: boolean;
  loginHint?: { mode: 'email_address' | 'custom_attribute' | 'off'; source?: string };
}

export interface ErrorResponse {
  errors: ApiError[];
  clerkTraceId?: string;
}

export interface ExternalAccount {
  object: 'external_account' | 'facebook_account' | 'google_account';
  id: string;
  externalAccountId?: string;
  provider: string;
  identificationId: string;
  providerUserId: string;
  approvedScopes: string;
  emailAddress: string;
  firstName: string;
  lastName: string;
  imageUrl?: string;
  username: string | null;
  phoneNumber: string | null;
  publicMetadata?: Record<string, unknown> | null;
  label: string | null;
  verification: Verification | null;
  /** The ecosystem's name of `providerUserId`. */
  externalId: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.ExternalAccountJSON;
}

export interface Feature {
  object: 'feature';
  id: string;
  name: string;
  description?: string | null;
  slug: string;
  avatarUrl?: string | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.FeatureJSON;
}

export interface IdPOAuthAccessToken {
  object: 'clerk_idp_oauth_access_token';
  id: string;
  clientId: string;
  type: string;
  subject: string;
  scopes: string[];
  revoked: boolean;
  revocationReason: string | null;
  expired: boolean;
  expiration: number | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.IdPOAuthAccessTokenJSON;
}

export interface IdentificationLink {
  id: string;
  type: string;
}

export interface Instance {
  object: 'instance';
  id: string;
  environmentType: string;
  allowedOrigins: string[] | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.InstanceJSON;
}

export interface InstanceProtectSettings {
  object: string;
  rulesEnabled: boolean;
  specterEnabled: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.InstanceProtectSettingsJSON;
}

export interface InstanceRestrictions {
  object: 'instance_restrictions';
  allowlist: boolean;
  blocklist: boolean;
  allowlistBlocklistDisabledOnSignIn: boolean;
  blockEmailSubaddresses: boolean;
  blockDisposableEmailDomains: boolean;
  ignoreDotsForGmailAddresses?: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.InstanceRestrictionsJSON;
}

export interface InstanceSettings {
  object: 'instance_settings';
  id: string;
  restrictedToAllowlist: boolean;
  fromEmailAddress: string;
  progressiveSignUp: boolean;
  enhancedEmailDeliverability: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.InstanceSettingsJSON;
}

export interface Invitation {
  object: 'invitation';
  id: string;
  emailAddress: string;
  publicMetadata: Record<string, unknown>;
  revoked?: boolean;
  status: 'pending' | 'accepted' | 'revoked' | 'expired' | (string & {});
  url?: string;
  expiresAt: number | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.InvitationJSON;
}

export interface Jwk {
  use: string;
  kty: string;
  kid: string;
  alg: string;
  n: string;
  e: string;
}

export interface Jwks {
  keys: Jwk[];
}

export interface JwtTemplate {
  object: 'jwt_template';
  id: string;
  name: string;
  claims: Record<string, unknown>;
  lifetime: number;
  allowedClockSkew: number;
  customSigningKey: boolean;
  signingAlgorithm: string;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.JwtTemplateJSON;
}

export interface M2MToken {
  object: 'machine_to_machine_token';
  id: string;
  subject: string;
  claims: unknown;
  scopes: string[];
  revoked: boolean;
  revocationReason: string | null;
  expired: boolean;
  expiration: number | null;
  lastUsedAt: number | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.M2MTokenJSON;
}

export interface M2MTokenWithToken extends M2MToken {
  token: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.M2MTokenWithTokenJSON;
}

export interface Machine {
  object: 'machine';
  id: string;
  name: string;
  instanceId: string;
  createdAt: number;
  updatedAt: number;
  defaultTokenTtl: number;
  scopedMachines: Machine[];
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.MachineJSON;
}

export interface MachineScope {
  object: 'machine_scope';
  fromMachineId: string;
  toMachineId: string;
  createdAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.MachineScopeJSON;
}

export interface MachineScopeDeleted {
  object: 'machine_scope';
  fromMachineId: string;
  toMachineId: string;
  deleted: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.MachineScopeDeletedJSON;
}

export interface MachineSecretKey {
  object: 'machine_secret_key';
  secret: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.MachineSecretKeyJSON;
}

export interface MachineWithSecretKey extends Machine {
  secretKey: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.MachineWithSecretKeyJSON;
}

export interface MoneyAmount {
  amount: number;
  amountFormatted: string;
  currency: string;
  currencySymbol: string;
}

export interface OAuthAccessToken {
  object: 'oauth_access_token';
  externalAccountId: string;
  provider: string;
  token: string;
  publicMetadata: Record<string, unknown>;
  label: string | null;
  scopes?: string[];
  tokenSecret?: string;
  expiresAt?: number;
  idToken?: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OAuthAccessTokenJSON;
}

export interface OAuthApplication {
  object: 'oauth_application';
  id: string;
  instanceId: string;
  name: string;
  clientId: string;
  clientUri: string | null;
  clientImageUrl: string | null;
  dynamicallyRegistered: boolean;
  consentScreenEnabled: boolean;
  pkceRequired: boolean;
  public: boolean;
  scopes: string;
  redirectUris: string[];
  callbackUrl: string;
  authorizeUrl: string;
  tokenFetchUrl: string;
  userInfoUrl: string;
  discoveryUrl: string;
  tokenIntrospectionUrl: string;
  createdAt: number;
  updatedAt: number;
  /** The ecosystem's name of `public`. */
  isPublic: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OAuthApplicationJSON;
}

export interface OAuthApplicationSettings {
  object: string;
  dynamicOauthClientRegistration: boolean;
  oauthJwtAccessTokens: boolean;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OAuthApplicationSettingsJSON;
}

export interface OAuthApplicationWithSecret extends OAuthApplication {
  clientSecret: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OAuthApplicationWithSecretJSON;
}

export interface Organization {
  object: 'organization';
  id: string;
  name: string;
  slug: string;
  imageUrl?: string;
  hasImage: boolean;
  membersCount?: number;
  missingMemberWithElevatedPermissions?: boolean;
  pendingInvitationsCount?: number;
  maxAllowedMemberships: number;
  adminDeleteEnabled: boolean;
  publicMetadata: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
  createdBy?: string;
  createdAt: number;
  updatedAt: number;
  lastActiveAt?: number;
  roleSetKey?: string | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OrganizationJSON;
}

export interface OrganizationDomain {
  object: 'organization_domain';
  id: string;
  organizationId: string;
  name: string;
  enrollmentMode: 'manual_invitation' | 'automatic_invitation' | 'automatic_suggestion' | (string & {});
  affiliationEmailAddress: string | null;
  verification: OrganizationDomainVerification | null;
  totalPendingInvitations: number;
  totalPendingSuggestions: number;
  publicOrganizationData: PublicOrganizationData | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OrganizationDomainJSON;
}

export interface OrganizationDomainVerification {
  status: 'unverified' | 'verified' | (string & {});
  strategy: 'email_code' | (string & {});
  attempts: number;
  expiresAt: number;
}

export interface OrganizationInvitation {
  object: 'organization_invitation';
  id: string;
  emailAddress: string;
  role: string;
  roleName: string;
  organizationId: string;
  inviterId: string | null;
  publicInviterData: PublicInviterData | null;
  status?: 'pending' | 'accepted' | 'revoked' | 'expired' | (string & {});
  publicMetadata: Record<string, unknown>;
  privateMetadata: Record<string, unknown>;
  url: string | null;
  expiresAt: number | null;
  createdAt: number;
  updatedAt: number;
  publicOrganizationData?: PublicOrganizationData | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OrganizationInvitationJSON;
}

export interface OrganizationInvitationWithOrganization extends OrganizationInvitation {
  publicOrganizationData?: PublicOrganizationData | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OrganizationInvitationWithOrganizationJSON;
}

export interface OrganizationMembership {
  id: string;
  object: 'organization_membership';
  role: string;
  roleName: string;
  permissions: string[];
  publicMetadata: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
  organization: Organization;
  publicUserData: PublicUserData;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OrganizationMembershipJSON;
}

export interface OrganizationSettings {
  object: 'organization_settings';
  enabled: boolean;
  maxAllowedMemberships: number;
  maxAllowedRoles: number;
  maxRoleSetsAllowed: number;
  maxAllowedPermissions: number;
  creatorRole: string;
  adminDeleteEnabled: boolean;
  domainsEnabled: boolean;
  slugDisabled: boolean;
  domainsEnrollmentModes: ('manual_invitation' | 'automatic_invitation' | 'automatic_suggestion' | (string & {}))[];
  domainsDefaultRole: string;
  initialRoleSetKey: string | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.OrganizationSettingsJSON;
}

export interface Passkey {
  object: 'passkey';
  id: string;
  name: string | null;
  verification: Verification | null;
  lastUsedAt: number | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.PasskeyJSON;
}

export interface PasswordVerification {
  verified: boolean;
}

export interface Permission {
  object: 'permission';
  id: string;
  name: string;
  key: string;
  description: string;
  type: string;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.PermissionJSON;
}

export interface PhoneNumber {
  id: string;
  object: 'phone_number';
  phoneNumber: string;
  reservedForSecondFactor: boolean;
  defaultSecondFactor: boolean;
  reserved: boolean;
  verification: Verification | null;
  linkedTo: IdentificationLink[];
  backupCodes: string[] | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.PhoneNumberJSON;
}

export interface ProxyCheck {
  object: 'proxy_check';
  id: string;
  domainId: string;
  lastRunAt: number | null;
  proxyUrl: string;
  successful: boolean;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.ProxyCheckJSON;
}

export interface PublicInviterData {
  userId: string;
  firstName: string | null;
  lastName: string | null;
  imageUrl: string;
  hasImage: boolean;
  identifier: string;
}

export interface PublicOrganizationData {
  object?: string;
  id: string;
  name: string;
  slug: string;
  imageUrl?: string;
  hasImage: boolean;
}

export interface PublicUserData {
  userId: string;
  firstName: string | null;
  lastName: string | null;
  profileImageUrl: string | null;
  imageUrl: string;
  hasImage: boolean;
  identifier: string | null;
  username: string | null;
}

export interface RedirectUrl {
  object: 'redirect_url';
  id: string;
  url: string;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.RedirectUrlJSON;
}

export interface Role {
  object: 'role';
  id: string;
  name: string;
  key: string;
  description: string | null;
  isCreatorEligible: boolean;
  permissions: Permission[];
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.RoleJSON;
}

export interface RoleSet {
  object: 'role_set';
  id: string;
  name: string;
  key: string;
  description: string | null;
  roles: RoleSetItem[];
  defaultRole: RoleSetItem | null;
  creatorRole: RoleSetItem | null;
  type: 'initial' | 'custom' | (string & {});
  roleSetMigration: RoleSetMigration | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.RoleSetJSON;
}

export interface RoleSetItem {
  object: 'role_set_item';
  id: string;
  name: string;
  key: string;
  description: string | null;
  membersCount?: number | null;
  hasMembers?: boolean | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.RoleSetItemJSON;
}

export interface RoleSetMigration {
  object: 'role_set_migration';
  id: string;
  organizationId: string | null;
  instanceId: string;
  sourceRoleSetId: string;
  destRoleSetId: string | null;
  triggerType: string;
  status: string;
  migratedMembers: number;
  mappings: Record<string, string> | null;
  startedAt?: number;
  completedAt?: number;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.RoleSetMigrationJSON;
}

export interface SamlConnection {
  object: 'saml_connection';
  id: string;
  name: string;
  domain: string;
  domains: string[];
  idpEntityId: string | null;
  idpSsoUrl: string | null;
  idpCertificate: string | null;
  idpMetadataUrl: string | null;
  idpMetadata: string | null;
  acsUrl: string;
  spEntityId: string;
  spMetadataUrl: string;
  organizationId: string | null;
  attributeMapping: AttributeMapping;
  active: boolean;
  provider: string;
  userCount: number;
  syncUserAttributes: boolean;
  allowSubdomains: boolean;
  allowIdpInitiated: boolean;
  disableAdditionalIdentifications: boolean;
  allowOrganizationAccountLinking: boolean;
  forceAuthn: boolean;
  enterpriseConnectionId: string | null;
  createdAt: number;
  updatedAt: number;
  idpCertificateIssuedAt?: number;
  idpCertificateExpiresAt?: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.SamlConnectionJSON;
}

export interface Session {
  object: 'session';
  id: string;
  userId: string;
  clientId: string;
  actor: Record<string, unknown> | null;
  status: 'abandoned' | 'active' | 'ended' | 'expired' | 'removed' | 'replaced' | 'revoked' | (string & {});
  lastActiveOrganizationId?: string | null;
  lastActiveAt: number;
  latestActivity?: SessionActivity | null;
  expireAt: number;
  abandonAt: number;
  updatedAt: number;
  createdAt: number;
  tasks: SessionTask[] | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.SessionJSON;
}

export interface SessionActivity {
  object: string;
  id: string;
  deviceType?: string;
  isMobile: boolean;
  browserName?: string;
  browserVersion?: string;
  ipAddress?: string;
  city?: string;
  country?: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.SessionActivityJSON;
}

export interface SessionCookies {
  object: 'cookies';
  cookies: string[];
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.SessionCookiesJSON;
}

export interface SessionTask {
  key: 'choose-organization' | 'reset-password' | 'setup-mfa' | (string & {});
}

export interface SessionToken {
  object: 'token';
  jwt: string;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.SessionTokenJSON;
}

export interface SignInToken {
  object: 'sign_in_token';
  id: string;
  status: 'pending' | 'accepted' | 'revoked' | (string & {});
  userId: string;
  token: string;
  url: string | null;
  createdAt: number;
  updatedAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.SignInTokenJSON;
}

export interface SignUp {
  object: 'sign_up_attempt';
  id: string;
  status: 'missing_requirements' | 'complete' | 'abandoned' | (string & {});
  requiredFields: string[];
  optionalFields: string[];
  missingFields: string[];
  unverifiedFields: string[];
  verifications: SignUpVerifications;
  username: string | null;
  emailAddress: string | null;
  phoneNumber: string | null;
  web3Wallet: string | null;
  passwordEnabled: boolean;
  firstName: string | null;
  lastName: string | null;
  unsafeMetadata?: Record<string, unknown>;
  publicMetadata?: Record<string, unknown>;
  customAction: boolean;
  externalId: string | null;
  createdSessionId: string | null;
  createdUserId: string | null;
  abandonAt: number;
  legalAcceptedAt: number | null;
  locale: string | null;
  externalAccount: Record<string, unknown>;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.SignUpJSON;
}

export interface SignUpVerification {
  nextAction: 'needs_prepare' | 'needs_attempt' | '' | (string & {});
  supportedStrategies: string[];
}

export interface SignUpVerifications {
  emailAddress: SignUpVerification | null;
  phoneNumber: SignUpVerification | null;
  web3Wallet: SignUpVerification | null;
  externalAccount: Verification | null;
}

export interface SvixUrl {
  svixUrl: string;
}

export interface Template {
  id: string;
  object: string;
  instanceId: string | null;
  resourceType: string;
  templateType: 'email' | 'sms' | (string & {});
  name: string;
  slug: string;
  position: number;
  canRevert: boolean;
  canDelete: boolean;
  canEditBody: boolean;
  canToggle: boolean;
  subject: string | null;
  markup: string;
  body: string;
  availableVariables: string[];
  requiredVariables: string[];
  fromEmailName: string;
  replyToEmailName: string;
  deliveredByClerk: boolean;
  enabled: boolean;
  flaggedAsSuspicious: boolean;
  updatedAt: number;
  createdAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.TemplateJSON;
}

export interface TestingToken {
  object: 'testing_token';
  token: string;
  expiresAt: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.TestingTokenJSON;
}

export interface TotalCount {
  object: 'total_count';
  totalCount: number;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.TotalCountJSON;
}

export interface TotpVerification {
  verified: boolean;
  codeType: 'totp' | (string & {});
}

export interface User {
  id: string;
  object: 'user';
  externalId: string | null;
  primaryEmailAddressId: string | null;
  primaryPhoneNumberId: string | null;
  primaryWeb3WalletId: string | null;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  profileImageUrl: string;
  imageUrl: string;
  hasImage: boolean;
  publicMetadata: Record<string, unknown>;
  privateMetadata: Record<string, unknown> | null;
  unsafeMetadata: Record<string, unknown>;
  emailAddresses: EmailAddress[];
  phoneNumbers: PhoneNumber[];
  web3Wallets: Web3Wallet[];
  passkeys: Passkey[];
  passwordEnabled: boolean;
  twoFactorEnabled: boolean;
  totpEnabled: boolean;
  backupCodeEnabled: boolean;
  mfaEnabledAt: number | null;
  mfaDisabledAt: number | null;
  passwordLastUpdatedAt: number | null;
  externalAccounts: ExternalAccount[];
  samlAccounts: Record<string, unknown>[];
  enterpriseAccounts: EnterpriseAccount[];
  organizationMemberships: OrganizationMembership[];
  lastSignInAt: number | null;
  banned: boolean;
  locked: boolean;
  lockoutExpiresInSeconds: number | null;
  verificationAttemptsRemaining: number | null;
  updatedAt: number;
  createdAt: number;
  deleteSelfEnabled: boolean;
  createOrganizationEnabled: boolean;
  createOrganizationsLimit: number | null;
  lastActiveAt: number | null;
  legalAcceptedAt: number | null;
  bypassClientTrust: boolean;
  /** First and last name, or null if the user has neither. */
  fullName: string | null;
  /** The one of `emailAddresses` that `primaryEmailAddressId` names. */
  primaryEmailAddress: EmailAddress | null;
  /** The one of `phoneNumbers` that `primaryPhoneNumberId` names. */
  primaryPhoneNumber: PhoneNumber | null;
  /** The one of `web3Wallets` that `primaryWeb3WalletId` names. */
  primaryWeb3Wallet: Web3Wallet | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.UserJSON;
}

export interface UserIdResult {
  userId: string;
}

export interface Verification {
  object?: string;
  id?: string;
  status: 'unverified' | 'verified' | 'transferable' | 'failed' | 'expired' | (string & {});
  strategy: string;
  attempts: number | null;
  expireAt: number | null;
  verifiedAtClient?: string;
  externalVerificationRedirectUrl?: string | null;
  nonce?: string | null;
  message?: string | null;
}

export interface WaitlistEntry {
  object: 'waitlist_entry';
  id: string;
  emailAddress: string;
  status: 'pending' | 'invited' | 'completed' | 'rejected' | (string & {});
  isLocked: boolean;
  createdAt: number;
  updatedAt: number;
  invitation: Invitation | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.WaitlistEntryJSON;
}

export interface Web3Wallet {
  object: 'web3_wallet';
  id: string;
  web3Wallet: string;
  verification: Verification | null;
  /** What the backend sent, not enumerable. */
  readonly raw: Wire.Web3WalletJSON;
}

/** The cookies that a handshake asks for, as values of `Set-Cookie`. */
export interface HandshakePayload {
  directives: string[];
}
