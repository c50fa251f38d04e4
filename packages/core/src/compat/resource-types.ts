import type { EnterpriseConnectionSaml } from '../backend/generated/resources.generated.ts';

export type {
  ActorToken,
  AgentTask,
  AllowlistIdentifier,
  ApiKey as APIKey,
  BillingPlan,
  BillingSubscription,
  BillingSubscriptionItem,
  BlocklistIdentifier,
  Client,
  CnameTarget,
  Domain,
  EmailAddress,
  EnterpriseConnection,
  EnterpriseConnectionCustomAttribute,
  EnterpriseConnectionOAuth as EnterpriseConnectionOauthConfig,
  EnterpriseConnectionSaml as EnterpriseConnectionSamlConnection,
  ExternalAccount,
  Feature,
  Instance,
  InstanceRestrictions,
  InstanceSettings,
  Invitation,
  JwtTemplate,
  M2MToken,
  Machine,
  OAuthAccessToken as OauthAccessToken,
  OAuthApplication,
  Organization,
  OrganizationDomain,
  OrganizationDomainVerification,
  OrganizationInvitation,
  OrganizationMembership,
  OrganizationSettings,
  PhoneNumber,
  PublicUserData as OrganizationMembershipPublicUserData,
  SamlConnection,
  Session,
  SessionToken as Token,
  SignInToken,
  SignUp as SignUpAttempt,
  TestingToken,
  User,
  WaitlistEntry,
} from '../backend/generated/resources.generated.ts';

/** An application that was made before anybody had an account for it. */
export interface AccountlessApplication {
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly claimUrl: string;
  readonly apiKeysUrl: string;
}

/** A text message that the instance has sent. */
export interface SMSMessage {
  readonly id: string;
  readonly fromPhoneNumber: string;
  readonly toPhoneNumber: string;
  readonly message: string;
  readonly status: string;
  readonly phoneNumberId: string | null;
  readonly data?: Readonly<Record<string, unknown>> | null;
}

export type EnterpriseConnectionSamlConnectionLoginHint = NonNullable<EnterpriseConnectionSaml['loginHint']>;
