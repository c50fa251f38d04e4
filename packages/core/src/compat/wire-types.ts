import type { BillingSubscriptionItemJSON, EnterpriseConnectionSamlJSON } from '../backend/generated/wire.generated.ts';

export type {
  ActorTokenJSON,
  AgentTaskJSON,
  AllowlistIdentifierJSON,
  BillingPlanJSON,
  BillingSubscriptionItemJSON,
  BillingSubscriptionJSON,
  BlocklistIdentifierJSON,
  ClientJSON,
  CnameTargetJSON,
  DeletedObjectJSON,
  DeletedObjectJSON as UserDeletedJSON,
  DomainJSON,
  EmailAddressJSON,
  EnterpriseConnectionCustomAttributeJSON,
  EnterpriseConnectionJSON,
  EnterpriseConnectionOAuthJSON as EnterpriseConnectionOauthConfigJSON,
  EnterpriseConnectionSamlJSON as EnterpriseConnectionSamlConnectionJSON,
  ExternalAccountJSON,
  IdentificationLinkJSON,
  InstanceJSON,
  InstanceRestrictionsJSON,
  InstanceSettingsJSON,
  InvitationJSON,
  JwtTemplateJSON,
  OAuthAccessTokenJSON as OauthAccessTokenJSON,
  OAuthApplicationJSON,
  OrganizationDomainJSON,
  OrganizationDomainVerificationJSON,
  OrganizationInvitationJSON,
  OrganizationJSON,
  OrganizationMembershipJSON,
  OrganizationSettingsJSON,
  PhoneNumberJSON,
  ProxyCheckJSON,
  PublicOrganizationDataJSON,
  PublicUserDataJSON as OrganizationMembershipPublicUserDataJSON,
  RedirectUrlJSON,
  RoleSetItemJSON,
  RoleSetJSON,
  RoleSetMigrationJSON,
  SessionJSON,
  SessionTokenJSON as TokenJSON,
  SignInTokenJSON,
  SignUpJSON,
  SignUpVerificationJSON,
  SignUpVerificationsJSON,
  SvixUrlJSON as WebhooksSvixJSON,
  TestingTokenJSON,
  UserJSON,
  VerificationJSON,
  WaitlistEntryJSON,
  Web3WalletJSON,
} from '../backend/generated/wire.generated.ts';
export type { EmailJSON, SMSMessageJSON } from '../webhooks/message-data.ts';

/** What most objects of the wire have. */
export interface ClerkResourceJSON {
  readonly object: string;
  readonly id: string;
}

/** A sign-in under way; what it holds is for the browser. */
export interface SignInJSON extends ClerkResourceJSON {
  readonly [member: string]: unknown;
}

export interface AccountlessApplicationJSON {
  readonly object: string;
  readonly publishable_key: string;
  readonly secret_key: string;
  readonly claim_url: string;
  readonly api_keys_url: string;
}

/** A page of a list. */
export interface PaginatedResponseJSON {
  readonly data: object[];
  readonly total_count?: number;
}

export type EnterpriseConnectionSamlConnectionLoginHintJSON = NonNullable<EnterpriseConnectionSamlJSON['login_hint']>;
export type BillingSubscriptionItemStatus = BillingSubscriptionItemJSON['status'];
