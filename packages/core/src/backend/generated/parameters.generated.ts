// Generated from packages/core/contract by `npm run generate`. Do not edit.

import type { OrderBy } from '../order-by.ts';

/** Parameters of `actorTokens.create`. */
export interface ActorTokensCreateParams {
  userId: string;
  /** sub holds the acting user id. Further keys allowed. Copied into the session JWT. */
  actor: { sub: string; [key: string]: unknown };
  /** In seconds. Default: `3600`. */
  expiresInSeconds?: number | undefined;
  /** In seconds. Default: `1800`. */
  sessionMaxDurationInSeconds?: number | undefined;
}

/** Parameters of `agentTasks.create`. */
export interface AgentTasksCreateParams {
  /** Exactly one of user_id, identifier. */
  onBehalfOf: { userId?: string | undefined; identifier?: string | undefined };
  /** Only "*". */
  permissions: string;
  agentName: string;
  taskDescription: string;
  /** Absolute https URL; http also on development instances. Host limited to primary and satellite domains. */
  redirectUrl: string;
  /** In seconds. Default: `1800`. */
  sessionMaxDurationInSeconds?: number | undefined;
}

/** Parameters of `allowlistIdentifiers.createAllowlistIdentifier`. */
export interface CreateAllowlistIdentifierParams {
  /** Email address, phone number or web3 wallet. */
  identifier: string;
  /** Email and phone identifiers only. Default: `false`. */
  notify?: boolean | undefined;
}

/** Parameters of `allowlistIdentifiers.getAllowlistIdentifierList`. */
export interface GetAllowlistIdentifierListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `apiKeys.create`. */
export interface ApiKeysCreateParams {
  name: string;
  /** User or organization id. */
  subject: string;
  /** Default: `api_key`. */
  type?: string | undefined;
  description?: string | null | undefined;
  claims?: unknown;
  /** Default: `[]`. */
  scopes?: readonly string[] | undefined;
  createdBy?: string | null | undefined;
  secondsUntilExpiration?: number | null | undefined;
}

/** Parameters of `apiKeys.list`. */
export interface ApiKeysListParams {
  /** User or organization id. */
  subject: string;
  /** Default: `api_key`. */
  type?: string | undefined;
  /** Default: `false`. */
  includeInvalid?: boolean | 'true' | 'false' | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  query?: string | undefined;
}

/** Parameters of `apiKeys.revoke`. */
export interface ApiKeysRevokeParams {
  apiKeyId: string;
  revocationReason?: string | null | undefined;
}

/** Parameters of `apiKeys.update`. */
export interface ApiKeysUpdateParams {
  apiKeyId: string;
  claims?: unknown;
  scopes?: readonly string[] | undefined;
  description?: string | null | undefined;
  /** User or organization id. */
  subject?: string | undefined;
  secondsUntilExpiration?: number | null | undefined;
}

/** Parameters of `betaFeatures.updateDomain`. */
export interface UpdateDomainParams {
  homeUrl?: string | undefined;
  isSecondary?: boolean | undefined;
}

/** Parameters of `betaFeatures.updateInstanceSettings`. */
export interface UpdateInstanceSettingsParams {
  /** Default: `false`. */
  restrictedToAllowlist?: boolean | undefined;
  /** Local part only, alphanumeric. */
  fromEmailAddress?: string | undefined;
  /** @deprecated no replacement named */
  progressiveSignUp?: boolean | undefined;
  /** True by default on development instances. */
  testMode?: boolean | undefined;
}

/** Parameters of `billing.adjustOrganizationCreditBalance`. */
export interface AdjustOrganizationCreditBalanceParams {
  /** In cents. At least 1. */
  amount: number;
  action: 'increase' | 'decrease';
  /** Replaying a key answers the first ledger entry. */
  idempotencyKey: string;
  /** USD when absent. */
  currency?: string | undefined;
  note?: string | undefined;
}

/** Parameters of `billing.adjustUserCreditBalance`. */
export interface AdjustUserCreditBalanceParams {
  /** In cents. At least 1. */
  amount: number;
  action: 'increase' | 'decrease';
  /** Replaying a key answers the first ledger entry. */
  idempotencyKey: string;
  /** USD when absent. */
  currency?: string | undefined;
  note?: string | undefined;
}

/** Parameters of `billing.cancelSubscriptionItem`. */
export interface CancelSubscriptionItemParams {
  /** False cancels at period end. Default: `false`. */
  endNow?: boolean | undefined;
}

/** Parameters of `billing.createPrice`. */
export interface CreatePriceParams {
  planId: string;
  /** In cents per month. At least 100. */
  amount: number | null;
  /** Default: `USD`. */
  currency?: string | undefined;
  /** In cents per month when billed yearly. At least 100. */
  annualMonthlyAmount?: number | null | undefined;
  description?: string | undefined;
}

/** Parameters of `billing.createSubscriptionItemPriceTransition`. */
export interface CreateSubscriptionItemPriceTransitionParams {
  fromPriceId: string;
  toPriceId: string;
}

/** Parameters of `billing.extendSubscriptionItemFreeTrial`. */
export interface ExtendSubscriptionItemFreeTrialParams {
  /** In the future, at most 365 days ahead. */
  extendTo: Date | string;
}

/** Parameters of `billing.getPlanList`. */
export interface GetPlanListParams {
  /** Spec lists { data, total_count } either way. */
  paginated?: boolean | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  payerType?: 'user' | 'org' | undefined;
}

/** Parameters of `billing.getPriceList`. */
export interface GetPriceListParams {
  /** Spec lists { data, total_count } either way. */
  paginated?: boolean | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  planId?: string | undefined;
}

/** Parameters of `billing.getStatementList`. */
export interface GetStatementListParams {
  /** Spec lists { data, total_count } either way. */
  paginated?: boolean | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `billing.getStatementPaymentAttemptList`. */
export interface GetStatementPaymentAttemptListParams {
  /** Spec lists { data, total_count } either way. */
  paginated?: boolean | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `billing.getSubscriptionItemList`. */
export interface GetSubscriptionItemListParams {
  /** Spec lists { data, total_count } either way. */
  paginated?: boolean | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  status?: 'active' | 'ended' | 'past_due' | 'upcoming' | 'free_trial' | undefined;
  payerType?: 'user' | 'org' | undefined;
  planId?: string | undefined;
  /** Default: `false`. */
  includeFree?: boolean | undefined;
  query?: string | undefined;
}

/** Parameters of `blocklistIdentifiers.createBlocklistIdentifier`. */
export interface CreateBlocklistIdentifierParams {
  /** Email address, phone number or web3 wallet. */
  identifier: string;
}

/** Parameters of `blocklistIdentifiers.getBlocklistIdentifierList`. */
export interface GetBlocklistIdentifierListParams {
  limit?: number | undefined;
  offset?: number | undefined;
}

/** Parameters of `clients.getClientList`. */
export interface GetClientListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `clients.getHandshakePayload`. */
export interface GetHandshakePayloadParams {
  nonce: string;
}

/** Parameters of `domains.add`. */
export type DomainsAddParams = {
  /** Port allowed on development instances. */
  name: string;
  /** Full URL. Production instances only. */
  proxyUrl?: string | null | undefined;
  /** The ecosystem's spelling of `proxyUrl`. */
  proxy_url?: string | null | undefined;
} & ({ isSatellite: boolean; is_satellite?: undefined } | { is_satellite: boolean; isSatellite?: undefined });

/** Parameters of `domains.update`. */
export interface DomainsUpdateParams {
  domainId: string;
  /** No scheme. Production: FQDN. Development: port allowed. */
  name?: string | undefined;
  /** Full URL. Production instances only. */
  proxyUrl?: string | null | undefined;
  /** The ecosystem's spelling of `proxyUrl`. */
  proxy_url?: string | null | undefined;
  isSecondary?: boolean | null | undefined;
  /** The ecosystem's spelling of `isSecondary`. */
  is_secondary?: boolean | null | undefined;
}

/** Parameters of `emailAddresses.createEmailAddress`. */
export interface CreateEmailAddressParams {
  userId: string;
  /** RFC 5322 address. */
  emailAddress: string;
  verified?: boolean | undefined;
  /** Defaults to false, or true for the first address. */
  primary?: boolean | undefined;
}

/** Parameters of `emailAddresses.updateEmailAddress`. */
export interface UpdateEmailAddressParams {
  verified?: boolean | undefined;
  primary?: boolean | undefined;
}

/** Parameters of `enterpriseConnections.createEnterpriseConnection`. */
export interface CreateEnterpriseConnectionParams {
  name: string;
  provider: 'saml_custom' | 'saml_okta' | 'saml_google' | 'saml_microsoft' | 'oidc_custom' | 'oidc_github_enterprise' | 'oidc_gitlab';
  /** FQDNs, lowercased. At least 1 values. */
  domains: readonly string[];
  organizationId?: string | undefined;
  allowOrganizationAccountLinking?: boolean | undefined;
  /** True needs IdP metadata in saml. */
  active?: boolean | undefined;
  /** SAML providers only. */
  saml?: { idpEntityId?: string | undefined; idpSsoUrl?: string | undefined; idpCertificate?: string | undefined; idpMetadataUrl?: string | undefined; idpMetadata?: string | undefined; attributeMapping?: { userId?: string | null | undefined; emailAddress?: string | null | undefined; firstName?: string | null | undefined; lastName?: string | null | undefined } | undefined; allowSubdomains?: boolean | undefined; allowIdpInitiated?: boolean | undefined; forceAuthn?: boolean | undefined; loginHint?: { mode: 'custom_attribute' | 'email_address' | 'off'; source?: string | undefined } | undefined } | undefined;
  /** OIDC providers only. */
  oidc?: { clientId?: string | undefined; clientSecret?: string | undefined; discoveryUrl?: string | undefined; authUrl?: string | undefined; tokenUrl?: string | undefined; userInfoUrl?: string | undefined; requiresPkce?: boolean | undefined } | undefined;
  /** Needs the custom-attributes feature. */
  customAttributes?: readonly ({ name: string; key: string; ssoPath?: string | undefined; scimPath?: string | undefined; multiValued?: boolean | undefined })[] | undefined;
  /** @deprecated ignored on create */
  syncUserAttributes?: boolean | undefined;
  authenticatable?: boolean | undefined;
  disableJitProvisioning?: boolean | undefined;
}

/** Parameters of `enterpriseConnections.getEnterpriseConnectionList`. */
export interface GetEnterpriseConnectionListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  organizationId?: string | undefined;
  /** Absent: both active and inactive. */
  active?: boolean | undefined;
}

/** Parameters of `enterpriseConnections.updateEnterpriseConnection`. */
export interface UpdateEnterpriseConnectionParams {
  name?: string | undefined;
  /** Lowercased. Empty array: no change; otherwise replaces all. */
  domains?: readonly string[] | undefined;
  /** Enabling deletes verified organization domains of the same names. */
  active?: boolean | undefined;
  syncUserAttributes?: boolean | undefined;
  disableAdditionalIdentifications?: boolean | undefined;
  allowOrganizationAccountLinking?: boolean | undefined;
  /** Link or change only; no unlink. */
  organizationId?: string | undefined;
  /** SAML providers only. */
  saml?: { name?: string | undefined; idpEntityId?: string | undefined; idpSsoUrl?: string | undefined; idpCertificate?: string | undefined; idpMetadataUrl?: string | undefined; idpMetadata?: string | undefined; attributeMapping?: { userId?: string | null | undefined; emailAddress?: string | null | undefined; firstName?: string | null | undefined; lastName?: string | null | undefined } | undefined; allowSubdomains?: boolean | undefined; allowIdpInitiated?: boolean | undefined; forceAuthn?: boolean | undefined; loginHint?: { mode: 'custom_attribute' | 'email_address' | 'off'; source?: string | undefined } | undefined } | undefined;
  /** OIDC providers only. */
  oidc?: { clientId?: string | undefined; clientSecret?: string | undefined; discoveryUrl?: string | undefined; authUrl?: string | undefined; tokenUrl?: string | undefined; userInfoUrl?: string | undefined; requiresPkce?: boolean | undefined } | undefined;
  /** Needs the custom-attributes feature. */
  customAttributes?: readonly ({ name: string; key: string; ssoPath?: string | undefined; scimPath?: string | undefined; multiValued?: boolean | undefined })[] | undefined;
  /** @deprecated ignored on update */
  provider?: string | undefined;
  authenticatable?: boolean | undefined;
  disableJitProvisioning?: boolean | undefined;
}

/** Parameters of `instance.changeDomain`. */
export interface ChangeDomainParams {
  homeUrl?: string | undefined;
  isSecondary?: boolean | undefined;
}

/** Parameters of `instance.update`. */
export interface InstanceUpdateParams {
  /** True by default on development instances. */
  testMode?: boolean | null | undefined;
  hibp?: boolean | null | undefined;
  supportEmail?: string | null | undefined;
  clerkJsVersion?: string | null | undefined;
  developmentOrigin?: string | null | undefined;
  allowedOrigins?: readonly string[] | undefined;
  /** @deprecated use url_based_session_syncing */
  cookielessDev?: boolean | undefined;
  /** Development instances. */
  urlBasedSessionSyncing?: boolean | null | undefined;
  enhancedEmailDeliverability?: boolean | null | undefined;
  preferredSignInStrategyWhenPasswordRequired?: 'password' | 'otp' | '' | null | undefined;
}

/** Parameters of `instance.updateOAuthApplicationSettings`. */
export interface UpdateOAuthApplicationSettingsParams {
  dynamicOauthClientRegistration?: boolean | undefined;
  oauthJwtAccessTokens?: boolean | undefined;
}

/** Parameters of `instance.updateOrganizationSettings`. */
export interface UpdateOrganizationSettingsParams {
  enabled?: boolean | null | undefined;
  maxAllowedMemberships?: number | null | undefined;
  adminDeleteEnabled?: boolean | null | undefined;
  domainsEnabled?: boolean | null | undefined;
  slugDisabled?: boolean | undefined;
  domainsEnrollmentModes?: readonly ('automatic_invitation' | 'automatic_suggestion' | (string & {}))[] | undefined;
  creatorRoleId?: string | null | undefined;
  domainsDefaultRoleId?: string | null | undefined;
}

/** Parameters of `instance.updateProtectSettings`. */
export interface UpdateProtectSettingsParams {
  rulesEnabled?: boolean | undefined;
  specterEnabled?: boolean | undefined;
}

/** Parameters of `instance.updateRestrictions`. */
export interface UpdateRestrictionsParams {
  allowlist?: boolean | null | undefined;
  blocklist?: boolean | null | undefined;
  allowlistBlocklistDisabledOnSignIn?: boolean | undefined;
  blockEmailSubaddresses?: boolean | null | undefined;
  blockDisposableEmailDomains?: boolean | null | undefined;
  ignoreDotsForGmailAddresses?: boolean | null | undefined;
}

/** Parameters of `interstitial.getInterstitial`. */
export interface GetInterstitialParams {
  frontendApi?: string | undefined;
  publishableKey?: string | undefined;
  proxyUrl?: string | undefined;
  domain?: string | undefined;
  signInUrl?: string | undefined;
  useDomainForScript?: boolean | undefined;
}

/** Parameters of `invitations.createInvitation`. */
export interface CreateInvitationParams {
  emailAddress: string;
  /** Copied to the user at sign-up. */
  publicMetadata?: Record<string, unknown> | undefined;
  redirectUrl?: string | undefined;
  /** Default: `true`. */
  notify?: boolean | undefined;
  /** Default: `false`. */
  ignoreExisting?: boolean | undefined;
  /** 30 when absent. */
  expiresInDays?: number | undefined;
  templateSlug?: 'invitation' | 'waitlist_invitation' | undefined;
}

/** Parameters of `invitations.createInvitationBulk`. */
export interface CreateInvitationBulkParams {
  emailAddress: string;
  /** Copied to the user at sign-up. */
  publicMetadata?: Record<string, unknown> | undefined;
  redirectUrl?: string | undefined;
  /** Default: `true`. */
  notify?: boolean | undefined;
  /** Default: `false`. */
  ignoreExisting?: boolean | undefined;
  /** 30 when absent. */
  expiresInDays?: number | undefined;
  templateSlug?: 'invitation' | 'waitlist_invitation' | undefined;
}

/** Parameters of `invitations.getInvitationList`. */
export interface GetInvitationListParams {
  status?: 'pending' | 'accepted' | 'revoked' | 'expired' | undefined;
  /** Matches email_address or id. */
  query?: string | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'created_at' | 'email_address' | 'expires_at'> | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `jwtTemplates.create`. */
export interface JwtTemplatesCreateParams {
  name: string;
  claims: Record<string, unknown>;
  lifetime?: number | null | undefined;
  allowedClockSkew?: number | null | undefined;
  customSigningKey?: boolean | undefined;
  /** Required when custom_signing_key is true. */
  signingAlgorithm?: string | null | undefined;
  /** Required when custom_signing_key is true. Private key. */
  signingKey?: string | null | undefined;
}

/** Parameters of `jwtTemplates.list`. */
export interface JwtTemplatesListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `jwtTemplates.update`. */
export interface JwtTemplatesUpdateParams {
  templateId: string;
  name: string;
  claims: Record<string, unknown>;
  lifetime?: number | null | undefined;
  allowedClockSkew?: number | null | undefined;
  customSigningKey?: boolean | undefined;
  /** Required when custom_signing_key is true. */
  signingAlgorithm?: string | null | undefined;
  /** Required when custom_signing_key is true. Private key. */
  signingKey?: string | null | undefined;
}

/** Parameters of `m2m.createToken`. */
export interface CreateTokenParams {
  /** Default: `opaque`. */
  tokenFormat?: 'opaque' | 'jwt' | undefined;
  secondsUntilExpiration?: number | null | undefined;
  claims?: unknown;
  minRemainingTtlSeconds?: number | undefined;
  /** The secret key of the machine, in place of the one the client was created with. */
  machineSecretKey?: string | undefined;
}

/** Parameters of `m2m.list`. */
export interface M2mListParams {
  subject: string;
  /** Default: `false`. */
  revoked?: boolean | undefined;
  /** Default: `false`. */
  expired?: boolean | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  /** The secret key of the machine, in place of the one the client was created with. */
  machineSecretKey?: string | undefined;
}

/** Parameters of `m2m.revokeToken`. */
export interface RevokeTokenParams {
  m2mTokenId: string;
  revocationReason?: string | null | undefined;
  /** The secret key of the machine, in place of the one the client was created with. */
  machineSecretKey?: string | undefined;
}

/** Parameters of `m2m.verify`. */
export interface M2mVerifyParams {
  token: string;
  /** The secret key of the machine, in place of the one the client was created with. */
  machineSecretKey?: string | undefined;
}

/** Parameters of `machines.create`. */
export interface MachinesCreateParams {
  name: string;
  /** At most 150 values. */
  scopedMachines?: readonly string[] | undefined;
  /** In seconds. At least 1. Default: `3600`. */
  defaultTokenTtl?: number | undefined;
}

/** Parameters of `machines.list`. */
export interface MachinesListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  /** Exact on id, partial on name. */
  query?: string | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'name' | 'created_at'> | undefined;
}

/** Parameters of `machines.rotateSecretKey`. */
export interface RotateSecretKeyParams {
  machineId: string;
  /** In seconds. 0 expires the old key at once. At most 28800. */
  previousTokenTtl: number;
}

/** Parameters of `machines.update`. */
export interface MachinesUpdateParams {
  machineId: string;
  name?: string | undefined;
  /** In seconds. At least 1. */
  defaultTokenTtl?: number | undefined;
}

/** Parameters of `oauthApplications.create`. */
export interface OauthApplicationsCreateParams {
  /** At most 256 characters. */
  name: string;
  redirectUris?: readonly string[] | null | undefined;
  callbackUrl?: string | undefined;
  /** Space-separated. Scopes: profile, email, public_metadata, private_metadata. Default: `profile email`. */
  scopes?: string | null | undefined;
  /** Default: `true`. */
  consentScreenEnabled?: boolean | undefined;
  /** Default: `false`. */
  pkceRequired?: boolean | undefined;
  public?: boolean | null | undefined;
}

/** Parameters of `oauthApplications.list`. */
export interface OauthApplicationsListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  /** + prefix ascending (default), - prefix descending. First occurrence wins. Default: `+created_at`. */
  orderBy?: OrderBy<'created_at' | 'name'> | undefined;
  /** Case-insensitive substring. */
  nameQuery?: string | undefined;
}

/** Parameters of `oauthApplications.update`. */
export interface OauthApplicationsUpdateParams {
  oauthApplicationId: string;
  /** At most 256 characters. */
  name?: string | undefined;
  redirectUris?: readonly string[] | null | undefined;
  callbackUrl?: string | undefined;
  /** Space-separated. Scopes: profile, email, public_metadata, private_metadata. Default: `profile email`. */
  scopes?: string | null | undefined;
  /** Stays on for dynamically registered apps. */
  consentScreenEnabled?: boolean | undefined;
  pkceRequired?: boolean | undefined;
  public?: boolean | null | undefined;
}

/** Parameters of `organizationPermissions.createOrganizationPermission`. */
export interface CreateOrganizationPermissionParams {
  name: string;
  /** Form org:feature:action in lowercase letters, digits, underscores; prefix org:sys_ reserved. */
  key: string;
  description?: string | undefined;
}

/** Parameters of `organizationPermissions.getOrganizationPermissionList`. */
export interface GetOrganizationPermissionListParams {
  /** Exact on id, partial on name and key. */
  query?: string | undefined;
  /** + prefix ascending (default), - prefix descending. */
  orderBy?: OrderBy<'created_at' | 'name' | 'key'> | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizationPermissions.updateOrganizationPermission`. */
export interface UpdateOrganizationPermissionParams {
  permissionId: string;
  name?: string | undefined;
  /** Form org:feature:action in lowercase letters, digits, underscores; prefix org:sys_ reserved. */
  key?: string | undefined;
  description?: string | undefined;
}

/** Parameters of `organizationRoles.assignPermissionToOrganizationRole`. */
export interface AssignPermissionToOrganizationRoleParams {
  organizationRoleId: string;
  permissionId: string;
}

/** Parameters of `organizationRoles.createOrganizationRole`. */
export interface CreateOrganizationRoleParams {
  name: string;
  /** Unique. Prefix org: then lowercase letters, digits, underscores. */
  key: string;
  description?: string | null | undefined;
  /** Permission ids. */
  permissions?: readonly string[] | null | undefined;
  includeInInitialRoleSet?: boolean | null | undefined;
}

/** Parameters of `organizationRoles.getOrganizationRoleList`. */
export interface GetOrganizationRoleListParams {
  /** Exact on id, partial on name and key. */
  query?: string | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'created_at' | 'name' | 'key'> | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizationRoles.removePermissionFromOrganizationRole`. */
export interface RemovePermissionFromOrganizationRoleParams {
  organizationRoleId: string;
  permissionId: string;
}

/** Parameters of `organizationRoles.updateOrganizationRole`. */
export interface UpdateOrganizationRoleParams {
  organizationRoleId: string;
  name?: string | null | undefined;
  /** Unique. Prefix org: then lowercase letters, digits, underscores. */
  key?: string | null | undefined;
  description?: string | null | undefined;
  /** Permission ids. Replaces the current set. */
  permissions?: readonly string[] | null | undefined;
}

/** Parameters of `organizations.createOrganization`. */
export interface CreateOrganizationParams {
  /** No URLs or HTML. At most 256 characters. */
  name: string;
  /** User id; becomes the admin. */
  createdBy?: string | undefined;
  privateMetadata?: Record<string, unknown> | undefined;
  publicMetadata?: Record<string, unknown> | undefined;
  /** Lowercase letters, digits and -. Unique per instance. Only when slugs are enabled. */
  slug?: string | undefined;
  maxAllowedMemberships?: number | undefined;
  createdAt?: Date | string | undefined;
  roleSetKey?: string | undefined;
}

/** Parameters of `organizations.createOrganizationDomain`. */
export interface CreateOrganizationDomainParams {
  organizationId: string;
  name?: string | undefined;
  enrollmentMode?: 'automatic_invitation' | 'automatic_suggestion' | 'manual_invitation' | (string & {}) | undefined;
  /** True when absent. */
  verified?: boolean | undefined;
}

/** Parameters of `organizations.createOrganizationInvitation`. */
export interface CreateOrganizationInvitationParams {
  organizationId: string;
  emailAddress: string;
  role: string;
  /** User must be an admin of the organization. */
  inviterUserId?: string | undefined;
  /** Moved to the membership on acceptance. */
  publicMetadata?: Record<string, unknown> | undefined;
  /** Moved to the membership on acceptance. */
  privateMetadata?: Record<string, unknown> | undefined;
  redirectUrl?: string | undefined;
  /** 30 when absent. */
  expiresInDays?: number | undefined;
  /** Default: `true`. */
  notify?: boolean | undefined;
}

/** Parameters of `organizations.createOrganizationInvitationBulk`. */
export interface CreateOrganizationInvitationBulkParams {
  emailAddress: string;
  role: string;
  /** User must be an admin of the organization. */
  inviterUserId?: string | undefined;
  /** Moved to the membership on acceptance. */
  publicMetadata?: Record<string, unknown> | undefined;
  /** Moved to the membership on acceptance. */
  privateMetadata?: Record<string, unknown> | undefined;
  redirectUrl?: string | undefined;
  /** 30 when absent. */
  expiresInDays?: number | undefined;
  /** Default: `true`. */
  notify?: boolean | undefined;
}

/** Parameters of `organizations.createOrganizationMembership`. */
export interface CreateOrganizationMembershipParams {
  organizationId: string;
  /** Same instance; not yet a member. */
  userId: string;
  role: string;
  publicMetadata?: Record<string, unknown> | undefined;
  privateMetadata?: Record<string, unknown> | undefined;
}

/** Parameters of `organizations.deleteOrganizationDomain`. */
export interface DeleteOrganizationDomainParams {
  organizationId: string;
  domainId: string;
}

/** Parameters of `organizations.deleteOrganizationMembership`. */
export interface DeleteOrganizationMembershipParams {
  organizationId: string;
  userId: string;
}

/** Parameters of `organizations.getInstanceOrganizationDomainList`. */
export interface GetInstanceOrganizationDomainListParams {
  organizationId?: string | undefined;
  verified?: boolean | 'true' | 'false' | undefined;
  enrollmentMode?: readonly ('automatic_invitation' | 'automatic_suggestion' | 'manual_invitation' | (string & {}))[] | undefined;
  /** org_ prefix: exact organization id. Otherwise case-insensitive substring of the name. Blank refused. */
  query?: string | undefined;
  /** Exact names. */
  domains?: readonly string[] | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'name' | 'created_at'> | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
}

/** Parameters of `organizations.getInstanceOrganizationInvitationList`. */
export interface GetInstanceOrganizationInvitationListParams {
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'created_at' | 'email_address'> | undefined;
  status?: 'pending' | 'accepted' | 'revoked' | 'expired' | undefined;
  /** Matches email_address. */
  query?: string | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizations.getInstanceOrganizationMembershipList`. */
export interface GetInstanceOrganizationMembershipListParams {
  /** + prefix ascending (default), - prefix descending. */
  orderBy?: OrderBy<'phone_number' | 'email_address' | 'created_at' | 'first_name' | 'last_name' | 'username'> | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizations.getOrganization`. */
export type GetOrganizationParams = {
  includeMembersCount?: boolean | undefined;
  includeMissingMemberWithElevatedPermissions?: boolean | undefined;
} & ({ organizationId: string; slug?: undefined } | { slug: string; organizationId?: undefined });

/** Parameters of `organizations.getOrganizationDomainList`. */
export interface GetOrganizationDomainListParams {
  organizationId: string;
  verified?: boolean | 'true' | 'false' | undefined;
  enrollmentMode?: 'automatic_invitation' | 'automatic_suggestion' | 'manual_invitation' | (string & {}) | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizations.getOrganizationInvitation`. */
export interface GetOrganizationInvitationParams {
  organizationId: string;
  invitationId: string;
}

/** Parameters of `organizations.getOrganizationInvitationList`. */
export interface OrganizationsGetOrganizationInvitationListParams {
  organizationId: string;
  status?: 'pending' | 'accepted' | 'revoked' | 'expired' | readonly ('pending' | 'accepted' | 'revoked' | 'expired')[] | undefined;
  emailAddress?: string | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'created_at' | 'email_address'> | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizations.getOrganizationList`. */
export interface GetOrganizationListParams {
  includeMembersCount?: boolean | undefined;
  includeMissingMemberWithElevatedPermissions?: boolean | undefined;
  /** Exact on id, partial on name and slug. */
  query?: string | undefined;
  /** Unknown values are skipped. Per value: + prefix includes, - prefix excludes. */
  userId?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. Per value: + prefix includes, - prefix excludes. At most 100 values. */
  organizationId?: readonly string[] | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'name' | 'created_at' | 'members_count'> | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizations.getOrganizationMembershipList`. */
export interface OrganizationsGetOrganizationMembershipListParams {
  organizationId: string;
  /** + prefix ascending (default), - prefix descending. */
  orderBy?: OrderBy<'phone_number' | 'email_address' | 'created_at' | 'first_name' | 'last_name' | 'username'> | undefined;
  /** Max 100 values. Unknown values are skipped. Per value: + prefix includes, - prefix excludes. At most 100 values. */
  userId?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  emailAddress?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  phoneNumber?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  username?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  web3Wallet?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  role?: readonly string[] | undefined;
  /** Partial match over email, phone, username, web3 wallet, user id, first and last name. */
  query?: string | undefined;
  /** Case-insensitive substring. */
  emailAddressQuery?: string | undefined;
  /** Case-insensitive substring. */
  phoneNumberQuery?: string | undefined;
  /** Case-insensitive substring. */
  usernameQuery?: string | undefined;
  /** Case-insensitive substring. */
  nameQuery?: string | undefined;
  /** In epoch milliseconds. */
  lastActiveAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  lastActiveAtAfter?: number | undefined;
  /** In epoch milliseconds. */
  createdAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  createdAtAfter?: number | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizations.getPendingOrganizationInvitationList`. */
export interface GetPendingOrganizationInvitationListParams {
  organizationId: string;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `organizations.revokeOrganizationInvitation`. */
export interface RevokeOrganizationInvitationParams {
  organizationId: string;
  invitationId: string;
  /** User must be an admin of the organization. */
  requestingUserId?: string | undefined;
}

/** Parameters of `organizations.updateOrganization`. */
export interface UpdateOrganizationParams {
  publicMetadata?: Record<string, unknown> | undefined;
  privateMetadata?: Record<string, unknown> | undefined;
  /** No URLs or HTML. At most 256 characters. */
  name?: string | undefined;
  /** Unique per instance. */
  slug?: string | undefined;
  maxAllowedMemberships?: number | undefined;
  adminDeleteEnabled?: boolean | undefined;
  createdAt?: Date | string | undefined;
  roleSetKey?: string | undefined;
}

/** Parameters of `organizations.updateOrganizationDomain`. */
export interface UpdateOrganizationDomainParams {
  organizationId: string;
  domainId: string;
  enrollmentMode?: 'automatic_invitation' | 'automatic_suggestion' | 'manual_invitation' | (string & {}) | undefined;
  verified?: boolean | undefined;
  name?: string | undefined;
}

/** Parameters of `organizations.updateOrganizationLogo`. */
export interface UpdateOrganizationLogoParams {
  file: Blob;
  uploaderUserId?: string | undefined;
}

/** Parameters of `organizations.updateOrganizationMembership`. */
export interface UpdateOrganizationMembershipParams {
  organizationId: string;
  userId: string;
  role: string;
}

/** Parameters of `organizations.updateOrganizationMembershipMetadata`. */
export interface UpdateOrganizationMembershipMetadataParams {
  organizationId: string;
  userId: string;
  /** Merged into the stored value. */
  publicMetadata?: Record<string, unknown> | undefined;
  /** Merged into the stored value. */
  privateMetadata?: Record<string, unknown> | undefined;
}

/** Parameters of `organizations.updateOrganizationMetadata`. */
export interface UpdateOrganizationMetadataParams {
  /** Merged into the stored value. */
  publicMetadata?: Record<string, unknown> | undefined;
  /** Merged into the stored value. */
  privateMetadata?: Record<string, unknown> | undefined;
}

/** Parameters of `phoneNumbers.createPhoneNumber`. */
export interface CreatePhoneNumberParams {
  userId: string;
  /** E.164 number. */
  phoneNumber: string;
  verified?: boolean | undefined;
  /** Defaults to false, or true for the first number. */
  primary?: boolean | undefined;
  /** Number must be verified. Becomes the default second factor when none is reserved. */
  reservedForSecondFactor?: boolean | undefined;
}

/** Parameters of `phoneNumbers.updatePhoneNumber`. */
export interface UpdatePhoneNumberParams {
  verified?: boolean | undefined;
  primary?: boolean | undefined;
  /** Number must be verified. Becomes the default second factor when none is reserved. */
  reservedForSecondFactor?: boolean | undefined;
}

/** Parameters of `proxyChecks.verify`. */
export interface ProxyChecksVerifyParams {
  domainId?: string | undefined;
  proxyUrl?: string | undefined;
}

/** Parameters of `redirectUrls.createRedirectUrl`. */
export interface CreateRedirectUrlParams {
  /** Https:// or custom-scheme URL. */
  url: string;
}

/** Parameters of `redirectUrls.getRedirectUrlList`. */
export interface GetRedirectUrlListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `roleSets.addRolesToRoleSet`. */
export interface AddRolesToRoleSetParams {
  roleSetKeyOrId: string;
  /** At least 1 values, at most 10 values. */
  roleKeys: readonly string[];
  /** One of the added roles. */
  defaultRoleKey?: string | undefined;
  /** One of the added roles. */
  creatorRoleKey?: string | undefined;
}

/** Parameters of `roleSets.createRoleSet`. */
export interface CreateRoleSetParams {
  name: string;
  /** Must be in roles. */
  defaultRoleKey: string;
  /** Must be in roles. */
  creatorRoleKey: string;
  /** Role keys. At least 1 values, at most 10 values. */
  roles: readonly string[];
  /** Unique. Prefix role_set: then lowercase letters, digits, underscores. Derived from name when absent. */
  key?: string | undefined;
  description?: string | null | undefined;
  /** One initial set per instance. */
  type?: 'initial' | 'custom' | undefined;
}

/** Parameters of `roleSets.getRoleSetList`. */
export interface GetRoleSetListParams {
  /** Exact on id, partial on name and key. */
  query?: string | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'created_at' | 'name' | 'key'> | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `roleSets.replaceRoleInRoleSet`. */
export interface ReplaceRoleInRoleSetParams {
  roleSetKeyOrId: string;
  roleKey: string;
  toRoleKey: string;
}

/** Parameters of `roleSets.replaceRoleSet`. */
export interface ReplaceRoleSetParams {
  roleSetKeyOrId: string;
  destRoleSetKey: string;
  /** Source role key to destination role key. Required when members hold roles the destination lacks. */
  reassignmentMappings?: Record<string, string> | undefined;
}

/** Parameters of `roleSets.updateRoleSet`. */
export interface UpdateRoleSetParams {
  roleSetKeyOrId: string;
  name?: string | null | undefined;
  /** Unique. Prefix role_set: then lowercase letters, digits, underscores. */
  key?: string | null | undefined;
  description?: string | null | undefined;
  /** One initial set per instance; the former one turns custom. */
  type?: 'initial' | (string & {}) | null | undefined;
  /** Must already be in the set. */
  defaultRoleKey?: string | null | undefined;
  /** Must already be in the set. */
  creatorRoleKey?: string | null | undefined;
}

/** Parameters of `samlConnections.createSamlConnection`. */
export interface CreateSamlConnectionParams {
  name: string;
  provider: 'saml_custom' | 'saml_okta' | 'saml_google' | 'saml_microsoft';
  domain?: string | undefined;
  domains?: readonly string[] | undefined;
  idpEntityId?: string | undefined;
  idpSsoUrl?: string | undefined;
  idpCertificate?: string | undefined;
  /** Overrides the individual idp_ fields. */
  idpMetadataUrl?: string | undefined;
  /** XML text. Overrides the individual idp_ fields. */
  idpMetadata?: string | undefined;
  organizationId?: string | undefined;
  attributeMapping?: { userId?: string | undefined; emailAddress?: string | undefined; firstName?: string | undefined; lastName?: string | undefined } | undefined;
  forceAuthn?: boolean | undefined;
}

/** Parameters of `samlConnections.getSamlConnectionList`. */
export interface GetSamlConnectionListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  /** Case-insensitive substring of name. */
  query?: string | undefined;
  /** + prefix ascending (default), - prefix descending. */
  orderBy?: OrderBy<'phone_number' | 'email_address' | 'created_at' | 'first_name' | 'last_name' | 'username'> | undefined;
  /** Max 100 values. Per value: + prefix includes, - prefix excludes. At most 100 values. */
  organizationId?: readonly string[] | undefined;
}

/** Parameters of `samlConnections.updateSamlConnection`. */
export interface UpdateSamlConnectionParams {
  name?: string | undefined;
  domain?: string | undefined;
  domains?: readonly string[] | undefined;
  idpEntityId?: string | undefined;
  idpSsoUrl?: string | undefined;
  idpCertificate?: string | undefined;
  /** Overrides the individual idp_ fields. */
  idpMetadataUrl?: string | undefined;
  /** XML text. Overrides the individual idp_ fields. */
  idpMetadata?: string | undefined;
  organizationId?: string | undefined;
  attributeMapping?: { userId?: string | undefined; emailAddress?: string | undefined; firstName?: string | undefined; lastName?: string | undefined } | undefined;
  active?: boolean | undefined;
  syncUserAttributes?: boolean | undefined;
  allowSubdomains?: boolean | undefined;
  allowIdpInitiated?: boolean | undefined;
  disableAdditionalIdentifications?: boolean | undefined;
  allowOrganizationAccountLinking?: boolean | undefined;
  forceAuthn?: boolean | undefined;
  /** True deletes clashing verified enrollment domains when enabling. False or absent: request fails on a clash. */
  consentVerifiedDomainsDeletion?: boolean | undefined;
  provider?: 'saml_okta' | 'saml_google' | 'saml_microsoft' | 'saml_custom' | undefined;
}

/** Parameters of `sessions.createSession`. */
export interface CreateSessionParams {
  userId: string;
  activeOrganizationId?: string | undefined;
}

/** Parameters of `sessions.getSessionList`. */
export interface GetSessionListParams {
  clientId?: string | undefined;
  userId?: string | undefined;
  status?: 'abandoned' | 'active' | 'ended' | 'expired' | 'removed' | 'replaced' | 'revoked' | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `sessions.refreshSession`. */
export interface RefreshSessionParams {
  /** Must belong to the session in the path. */
  expiredToken: string;
  /** Value of the __refresh cookie. */
  refreshToken: string;
  requestOrigin: string;
  /** Header name to list of values. */
  requestHeaders?: Record<string, readonly string[]> | undefined;
  /** Default: `token`. */
  format?: 'token' | 'cookie' | undefined;
  requestOriginatingIp?: string | undefined;
  suffixedCookies?: boolean | undefined;
}

/** Parameters of `sessions.refreshSession` by their wire names. */
export interface RefreshSessionWireParams {
  /** Must belong to the session in the path. */
  expired_token: string;
  /** Value of the __refresh cookie. */
  refresh_token: string;
  request_origin: string;
  /** Header name to list of values. */
  request_headers?: Record<string, readonly string[]> | undefined;
  /** Default: `token`. */
  format?: 'token' | 'cookie' | undefined;
  request_originating_ip?: string | undefined;
  suffixed_cookies?: boolean | undefined;
}

/** Parameters of `signInTokens.createSignInToken`. */
export interface CreateSignInTokenParams {
  userId: string;
  /** In seconds. Default: `2592000`. */
  expiresInSeconds?: number | undefined;
  orgId?: string | undefined;
}

/** Parameters of `signUps.update`. */
export interface SignUpsUpdateParams {
  signUpAttemptId: string;
  /** Copied to the user at completion. */
  externalId?: string | null | undefined;
  customAction?: boolean | null | undefined;
}

/** Parameters of `templates.getTemplateList`. */
export interface GetTemplateListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `templates.previewTemplate`. */
export interface PreviewTemplateParams {
  /** Email templates only. */
  subject?: string | undefined;
  body?: string | undefined;
  /** Local part only. Email templates only. */
  fromEmailName?: string | undefined;
  /** Local part only. Email templates only. */
  replyToEmailName?: string | undefined;
}

/** Parameters of `templates.toggleTemplateDelivery`. */
export interface ToggleTemplateDeliveryParams {
  deliveredByClerk?: boolean | undefined;
}

/** Parameters of `templates.updateTemplate`. */
export interface UpdateTemplateParams {
  name?: string | undefined;
  /** Email templates only. */
  subject?: string | undefined;
  markup?: string | undefined;
  body?: string | undefined;
  deliveredByClerk?: boolean | undefined;
  /** Local part only. Email templates only. */
  fromEmailName?: string | undefined;
  /** Local part only. Email templates only. */
  replyToEmailName?: string | undefined;
}

/** Parameters of `users.banUsers`. */
export interface BanUsersParams {
  userIds: readonly string[];
}

/** Parameters of `users.createUser`. */
export interface CreateUserParams {
  /** Unique per instance. */
  externalId?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
  locale?: string | undefined;
  /** Unique per instance. First becomes primary. */
  emailAddress?: readonly string[] | undefined;
  /** Unique per instance. First becomes primary. */
  phoneNumber?: readonly string[] | undefined;
  /** Unique per instance. First becomes primary. */
  web3Wallet?: readonly string[] | undefined;
  /** Unique per instance. */
  username?: string | undefined;
  /** Refused when on a breached-password list. At least 8 characters. */
  password?: string | undefined;
  /** Algorithm named by password_hasher. */
  passwordDigest?: string | undefined;
  /** Goes with password_digest. */
  passwordHasher?: 'argon2i' | 'argon2id' | 'bcrypt' | 'bcrypt_sha256_django' | 'ldap_ssha' | 'md5' | 'md5_phpass' | 'pbkdf2_sha1' | 'pbkdf2_sha256' | 'pbkdf2_sha256_django' | 'phpass' | 'scrypt_firebase' | 'scrypt_werkzeug' | 'sha256' | 'sha512_symfony' | (string & {}) | undefined;
  skipPasswordChecks?: boolean | undefined;
  /** Refused if no other sign-in method exists. */
  skipPasswordRequirement?: boolean | undefined;
  /** Period 30 s, 6 digits, SHA1. */
  totpSecret?: string | undefined;
  /** Plain text or bcrypt digest. */
  backupCodes?: readonly string[] | undefined;
  publicMetadata?: Record<string, unknown> | undefined;
  privateMetadata?: Record<string, unknown> | undefined;
  unsafeMetadata?: Record<string, unknown> | undefined;
  deleteSelfEnabled?: boolean | undefined;
  legalAcceptedAt?: Date | string | undefined;
  skipLegalChecks?: boolean | undefined;
  skipUserRequirement?: boolean | undefined;
  createOrganizationEnabled?: boolean | undefined;
  /** 0 means no limit. */
  createOrganizationsLimit?: number | undefined;
  createdAt?: Date | string | undefined;
  bypassClientTrust?: boolean | undefined;
  emailAddressIdentificationStatus?: readonly ('verified' | 'reserved')[] | undefined;
  phoneNumberIdentificationStatus?: readonly ('verified' | 'reserved')[] | undefined;
  banned?: boolean | undefined;
  locked?: boolean | undefined;
}

/** Parameters of `users.deleteUserExternalAccount`. */
export interface DeleteUserExternalAccountParams {
  userId: string;
  externalAccountId: string;
}

/** Parameters of `users.deleteUserPasskey`. */
export interface DeleteUserPasskeyParams {
  userId: string;
  passkeyIdentificationId: string;
}

/** Parameters of `users.deleteUserWeb3Wallet`. */
export interface DeleteUserWeb3WalletParams {
  userId: string;
  web3WalletIdentificationId: string;
}

/** Parameters of `users.getCount`. */
export interface GetCountParams {
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  emailAddress?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  phoneNumber?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  externalId?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  username?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  web3Wallet?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  userId?: readonly string[] | undefined;
  /** Max 100 values. Per value: + prefix includes, - prefix excludes. At most 100 values. */
  organizationId?: readonly string[] | undefined;
  /** Partial match over email, phone, username, web3 wallet, user id, first and last name. */
  query?: string | undefined;
  /** Case-insensitive substring. */
  emailAddressQuery?: string | undefined;
  /** Case-insensitive substring. */
  phoneNumberQuery?: string | undefined;
  /** Case-insensitive substring. */
  usernameQuery?: string | undefined;
  /** Case-insensitive substring. */
  nameQuery?: string | undefined;
  banned?: boolean | undefined;
  /** In epoch milliseconds. */
  lastActiveAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  lastActiveAtAfter?: number | undefined;
  /** @deprecated use last_active_at_after */
  lastActiveAtSince?: number | undefined;
  /** In epoch milliseconds. */
  createdAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  createdAtAfter?: number | undefined;
  /** In epoch milliseconds. */
  lastSignInAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  lastSignInAtAfter?: number | undefined;
  /** Max 100 values. Only together with provider_user_id. Oauth_ prefixed, e.g. oauth_google. At most 100 values. */
  provider?: string | undefined;
  /** Max 100 values. Unknown values are skipped. Only together with provider. At most 100 values. */
  providerUserId?: readonly string[] | undefined;
}

/** Parameters of `users.getOrganizationInvitationList`. */
export interface UsersGetOrganizationInvitationListParams {
  userId: string;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  status?: 'pending' | 'accepted' | 'revoked' | 'expired' | undefined;
}

/** Parameters of `users.getOrganizationMembershipList`. */
export interface UsersGetOrganizationMembershipListParams {
  userId: string;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `users.getUserList`. */
export interface GetUserListParams {
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  emailAddress?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  phoneNumber?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. Per value: + prefix includes, - prefix excludes. At most 100 values. */
  externalId?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  username?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. At most 100 values. */
  web3Wallet?: readonly string[] | undefined;
  /** Max 100 values. Unknown values are skipped. Per value: + prefix includes, - prefix excludes. At most 100 values. */
  userId?: readonly string[] | undefined;
  /** Max 100 values. Per value: + prefix includes, - prefix excludes. At most 100 values. */
  organizationId?: readonly string[] | undefined;
  /** Partial match over email, phone, username, web3 wallet, user id, first and last name. */
  query?: string | undefined;
  /** Case-insensitive substring. */
  emailAddressQuery?: string | undefined;
  /** Case-insensitive substring. */
  phoneNumberQuery?: string | undefined;
  /** Case-insensitive substring. */
  usernameQuery?: string | undefined;
  /** Case-insensitive substring. */
  nameQuery?: string | undefined;
  banned?: boolean | undefined;
  /** In epoch milliseconds. */
  lastActiveAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  lastActiveAtAfter?: number | undefined;
  /** @deprecated use last_active_at_after */
  lastActiveAtSince?: number | undefined;
  /** The ecosystem's spelling of `lastActiveAtSince`. */
  last_active_at_since?: number | undefined;
  /** In epoch milliseconds. */
  createdAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  createdAtAfter?: number | undefined;
  /** In epoch milliseconds. */
  lastSignInAtBefore?: number | undefined;
  /** In epoch milliseconds. */
  lastSignInAtAfter?: number | undefined;
  /** Only together with provider_user_id. Oauth_ prefixed, e.g. oauth_google. */
  provider?: string | undefined;
  /** Max 100 values. Unknown values are skipped. Only together with provider. At most 100 values. */
  providerUserId?: readonly string[] | undefined;
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  /** + prefix ascending (default), - prefix descending. First occurrence wins. Default: `-created_at`. */
  orderBy?: OrderBy<'created_at' | 'updated_at' | 'email_address' | 'web3wallet' | 'first_name' | 'last_name' | 'phone_number' | 'username' | 'last_active_at' | 'last_sign_in_at'> | undefined;
}

/** Parameters of `users.getUserOauthAccessToken`. */
export interface GetUserOauthAccessTokenParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
}

/** Parameters of `users.setPasswordCompromised`. */
export interface SetPasswordCompromisedParams {
  revokeAllSessions?: boolean | undefined;
}

/** Parameters of `users.unbanUsers`. */
export interface UnbanUsersParams {
  userIds: readonly string[];
}

/** Parameters of `users.updateUser`. */
export interface UpdateUserParams {
  /** Unique per instance. */
  externalId?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
  locale?: string | undefined;
  /** Must be verified and owned by the user. */
  primaryEmailAddressId?: string | undefined;
  /** The ecosystem's spelling of `primaryEmailAddressId`. */
  primaryEmailAddressID?: string | undefined;
  /** Default: `false`. */
  notifyPrimaryEmailAddressChanged?: boolean | undefined;
  /** Must be verified and owned by the user. */
  primaryPhoneNumberId?: string | undefined;
  /** The ecosystem's spelling of `primaryPhoneNumberId`. */
  primaryPhoneNumberID?: string | undefined;
  /** Must be verified and owned by the user. */
  primaryWeb3WalletId?: string | undefined;
  /** The ecosystem's spelling of `primaryWeb3WalletId`. */
  primaryWeb3WalletID?: string | undefined;
  /** Unique per instance. */
  username?: string | undefined;
  profileImageId?: string | undefined;
  /** The ecosystem's spelling of `profileImageId`. */
  profileImageID?: string | undefined;
  /** Refused when on a breached-password list. At least 8 characters. */
  password?: string | undefined;
  /** Algorithm named by password_hasher. */
  passwordDigest?: string | undefined;
  /** Goes with password_digest. */
  passwordHasher?: 'argon2i' | 'argon2id' | 'bcrypt' | 'bcrypt_sha256_django' | 'ldap_ssha' | 'md5' | 'md5_phpass' | 'pbkdf2_sha1' | 'pbkdf2_sha256' | 'pbkdf2_sha256_django' | 'phpass' | 'scrypt_firebase' | 'scrypt_werkzeug' | 'sha256' | 'sha512_symfony' | (string & {}) | undefined;
  /** Only with password. */
  skipPasswordChecks?: boolean | undefined;
  /** Only with password. */
  signOutOfOtherSessions?: boolean | undefined;
  /** Period 30 s, 6 digits, SHA1. */
  totpSecret?: string | undefined;
  /** Plain text or bcrypt digest. */
  backupCodes?: readonly string[] | undefined;
  publicMetadata?: Record<string, unknown> | undefined;
  privateMetadata?: Record<string, unknown> | undefined;
  unsafeMetadata?: Record<string, unknown> | undefined;
  deleteSelfEnabled?: boolean | undefined;
  createOrganizationEnabled?: boolean | undefined;
  legalAcceptedAt?: Date | string | undefined;
  skipLegalChecks?: boolean | undefined;
  /** 0 means no limit. */
  createOrganizationsLimit?: number | undefined;
  createdAt?: Date | string | undefined;
  bypassClientTrust?: boolean | undefined;
}

/** Parameters of `users.updateUserMetadata`. */
export interface UpdateUserMetadataParams {
  /** Merged into the stored value. */
  publicMetadata?: Record<string, unknown> | undefined;
  /** Merged into the stored value. */
  privateMetadata?: Record<string, unknown> | undefined;
  /** Merged into the stored value. */
  unsafeMetadata?: Record<string, unknown> | undefined;
}

/** Parameters of `users.updateUserProfileImage`. */
export interface UpdateUserProfileImageParams {
  file: Blob;
}

/** Parameters of `users.verifyPassword`. */
export interface VerifyPasswordParams {
  userId: string;
  password: string;
}

/** Parameters of `users.verifyTOTP`. */
export interface VerifyTOTPParams {
  userId: string;
  /** TOTP or backup code. */
  code: string;
}

/** Parameters of `waitlistEntries.create`. */
export interface WaitlistEntriesCreateParams {
  emailAddress: string;
  /** Default: `true`. */
  notify?: boolean | undefined;
}

/** Parameters of `waitlistEntries.createBulk`. */
export interface CreateBulkParams {
  emailAddress: string;
  /** Default: `true`. */
  notify?: boolean | undefined;
}

/** Parameters of `waitlistEntries.invite`. */
export interface WaitlistEntriesInviteParams {
  /** Default: `false`. */
  ignoreExisting?: boolean | undefined;
}

/** Parameters of `waitlistEntries.list`. */
export interface WaitlistEntriesListParams {
  /** 1 to 500. Default: `10`. */
  limit?: number | undefined;
  /** Default: `0`. */
  offset?: number | undefined;
  /** Matches email_address or id. */
  query?: string | undefined;
  status?: 'pending' | 'invited' | 'completed' | 'rejected' | undefined;
  /** + prefix ascending (default), - prefix descending. Default: `-created_at`. */
  orderBy?: OrderBy<'created_at' | 'email_address' | 'invited_at'> | undefined;
}
