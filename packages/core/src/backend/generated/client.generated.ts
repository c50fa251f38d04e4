// Generated from packages/core/contract by `npm run generate`. Do not edit.

import type {
  ActorTokensCreateParams,
  AddRolesToRoleSetParams,
  AdjustOrganizationCreditBalanceParams,
  AdjustUserCreditBalanceParams,
  AgentTasksCreateParams,
  ApiKeysCreateParams,
  ApiKeysListParams,
  ApiKeysRevokeParams,
  ApiKeysUpdateParams,
  AssignPermissionToOrganizationRoleParams,
  BanUsersParams,
  CancelSubscriptionItemParams,
  ChangeDomainParams,
  CreateAllowlistIdentifierParams,
  CreateBlocklistIdentifierParams,
  CreateBulkParams,
  CreateEmailAddressParams,
  CreateEnterpriseConnectionParams,
  CreateInvitationBulkParams,
  CreateInvitationParams,
  CreateOrganizationDomainParams,
  CreateOrganizationInvitationBulkParams,
  CreateOrganizationInvitationParams,
  CreateOrganizationMembershipParams,
  CreateOrganizationParams,
  CreateOrganizationPermissionParams,
  CreateOrganizationRoleParams,
  CreatePhoneNumberParams,
  CreatePriceParams,
  CreateRedirectUrlParams,
  CreateRoleSetParams,
  CreateSamlConnectionParams,
  CreateSessionParams,
  CreateSignInTokenParams,
  CreateSubscriptionItemPriceTransitionParams,
  CreateTokenParams,
  CreateUserParams,
  DeleteOrganizationDomainParams,
  DeleteOrganizationMembershipParams,
  DeleteUserExternalAccountParams,
  DeleteUserPasskeyParams,
  DeleteUserWeb3WalletParams,
  DomainsAddParams,
  DomainsUpdateParams,
  ExtendSubscriptionItemFreeTrialParams,
  GetAllowlistIdentifierListParams,
  GetBlocklistIdentifierListParams,
  GetClientListParams,
  GetCountParams,
  GetEnterpriseConnectionListParams,
  GetHandshakePayloadParams,
  GetInstanceOrganizationDomainListParams,
  GetInstanceOrganizationInvitationListParams,
  GetInstanceOrganizationMembershipListParams,
  GetInterstitialParams,
  GetInvitationListParams,
  GetOrganizationDomainListParams,
  GetOrganizationInvitationParams,
  GetOrganizationListParams,
  GetOrganizationParams,
  GetOrganizationPermissionListParams,
  GetOrganizationRoleListParams,
  GetPendingOrganizationInvitationListParams,
  GetPlanListParams,
  GetPriceListParams,
  GetRedirectUrlListParams,
  GetRoleSetListParams,
  GetSamlConnectionListParams,
  GetSessionListParams,
  GetStatementListParams,
  GetStatementPaymentAttemptListParams,
  GetSubscriptionItemListParams,
  GetTemplateListParams,
  GetUserListParams,
  GetUserOauthAccessTokenParams,
  InstanceUpdateParams,
  JwtTemplatesCreateParams,
  JwtTemplatesListParams,
  JwtTemplatesUpdateParams,
  M2mListParams,
  M2mVerifyParams,
  MachinesCreateParams,
  MachinesListParams,
  MachinesUpdateParams,
  OauthApplicationsCreateParams,
  OauthApplicationsListParams,
  OauthApplicationsUpdateParams,
  OrganizationsGetOrganizationInvitationListParams,
  OrganizationsGetOrganizationMembershipListParams,
  PreviewTemplateParams,
  ProxyChecksVerifyParams,
  RefreshSessionParams,
  RefreshSessionWireParams,
  RemovePermissionFromOrganizationRoleParams,
  ReplaceRoleInRoleSetParams,
  ReplaceRoleSetParams,
  RevokeOrganizationInvitationParams,
  RevokeTokenParams,
  RotateSecretKeyParams,
  SetPasswordCompromisedParams,
  SignUpsUpdateParams,
  ToggleTemplateDeliveryParams,
  UnbanUsersParams,
  UpdateDomainParams,
  UpdateEmailAddressParams,
  UpdateEnterpriseConnectionParams,
  UpdateInstanceSettingsParams,
  UpdateOAuthApplicationSettingsParams,
  UpdateOrganizationDomainParams,
  UpdateOrganizationLogoParams,
  UpdateOrganizationMembershipMetadataParams,
  UpdateOrganizationMembershipParams,
  UpdateOrganizationMetadataParams,
  UpdateOrganizationParams,
  UpdateOrganizationPermissionParams,
  UpdateOrganizationRoleParams,
  UpdateOrganizationSettingsParams,
  UpdatePhoneNumberParams,
  UpdateProtectSettingsParams,
  UpdateRestrictionsParams,
  UpdateRoleSetParams,
  UpdateSamlConnectionParams,
  UpdateTemplateParams,
  UpdateUserMetadataParams,
  UpdateUserParams,
  UpdateUserProfileImageParams,
  UsersGetOrganizationInvitationListParams,
  UsersGetOrganizationMembershipListParams,
  VerifyPasswordParams,
  VerifyTOTPParams,
  WaitlistEntriesCreateParams,
  WaitlistEntriesInviteParams,
  WaitlistEntriesListParams,
} from './parameters.generated.ts';

import type {
  ActorToken,
  AgentTask,
  AllowlistIdentifier,
  ApiKey,
  ApiKeySecret,
  ApiKeyWithSecret,
  BillingPaymentAttempt,
  BillingPlan,
  BillingPrice,
  BillingPriceTransition,
  BillingStatement,
  BillingSubscription,
  BillingSubscriptionItem,
  BillingSubscriptionItemWithSource,
  BlocklistIdentifier,
  Client,
  CreditBalance,
  CreditLedgerEntry,
  DeletedObject,
  DeletedResource,
  Domain,
  EmailAddress,
  EnterpriseConnection,
  HandshakePayload,
  IdPOAuthAccessToken,
  Instance,
  InstanceProtectSettings,
  InstanceRestrictions,
  InstanceSettings,
  Invitation,
  Jwks,
  JwtTemplate,
  M2MToken,
  M2MTokenWithToken,
  Machine,
  MachineScope,
  MachineScopeDeleted,
  MachineSecretKey,
  MachineWithSecretKey,
  OAuthAccessToken,
  OAuthApplication,
  OAuthApplicationSettings,
  OAuthApplicationWithSecret,
  Organization,
  OrganizationDomain,
  OrganizationInvitation,
  OrganizationInvitationWithOrganization,
  OrganizationMembership,
  OrganizationSettings,
  PasswordVerification,
  Permission,
  PhoneNumber,
  ProxyCheck,
  RedirectUrl,
  Role,
  RoleSet,
  SamlConnection,
  Session,
  SessionCookies,
  SessionToken,
  SignInToken,
  SignUp,
  SvixUrl,
  Template,
  TestingToken,
  TotpVerification,
  User,
  UserIdResult,
  WaitlistEntry,
} from './resources.generated.ts';

import type { Page } from '../page.ts';
import type { RequestOptions } from '../request-options.ts';

export interface ActorTokensApi {
  /** Creates a token with which one user may sign in as another. `POST /v1/actor_tokens` */
  readonly create: (params: ActorTokensCreateParams, options?: RequestOptions) => Promise<ActorToken>;

  /** Revokes an actor token that has not been used yet. `POST /v1/actor_tokens/{actorTokenId}/revoke` */
  readonly revoke: (actorTokenId: string, options?: RequestOptions) => Promise<ActorToken>;
}

export interface AgentTasksApi {
  /** Creates a task that lets an agent act on behalf of a user, and the URL that starts it. `POST /v1/agents/tasks` */
  readonly create: (params: AgentTasksCreateParams, options?: RequestOptions) => Promise<AgentTask>;

  /** Revokes an agent task. `POST /v1/agents/tasks/{agentTaskId}/revoke` */
  readonly revoke: (agentTaskId: string, options?: RequestOptions) => Promise<AgentTask>;
}

export interface AllowlistIdentifiersApi {
  /** Allows an email address, phone number or web3 wallet to sign up. `POST /v1/allowlist_identifiers` */
  readonly createAllowlistIdentifier: (params: CreateAllowlistIdentifierParams, options?: RequestOptions) => Promise<AllowlistIdentifier>;

  /** Takes an identifier off the allow-list. `DELETE /v1/allowlist_identifiers/{allowlistIdentifierId}` */
  readonly deleteAllowlistIdentifier: (allowlistIdentifierId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Lists the identifiers on the allow-list. `GET /v1/allowlist_identifiers` */
  readonly getAllowlistIdentifierList: (params?: GetAllowlistIdentifierListParams, options?: RequestOptions) => Promise<Page<AllowlistIdentifier>>;
}

export interface ApiKeysApi {
  /** Creates an API key for a user or an organization; the answer is where its secret is shown. `POST /v1/api_keys` */
  readonly create: (params: ApiKeysCreateParams, options?: RequestOptions) => Promise<ApiKeyWithSecret>;

  /** Deletes an API key. `DELETE /v1/api_keys/{apiKeyId}` */
  readonly delete: (apiKeyId: string, options?: RequestOptions) => Promise<DeletedResource>;

  /** Reads one API key, without its secret. `GET /v1/api_keys/{apiKeyId}` */
  readonly get: (apiKeyId: string, options?: RequestOptions) => Promise<ApiKey>;

  /** Reads the secret of an API key. `GET /v1/api_keys/{apiKeyId}/secret` */
  readonly getSecret: (apiKeyId: string, options?: RequestOptions) => Promise<ApiKeySecret>;

  /** Lists the API keys of a user or an organization. `GET /v1/api_keys` */
  readonly list: (params: ApiKeysListParams, options?: RequestOptions) => Promise<Page<ApiKey>>;

  /** Revokes an API key for good. `POST /v1/api_keys/{apiKeyId}/revoke` */
  readonly revoke: (params: ApiKeysRevokeParams, options?: RequestOptions) => Promise<ApiKey>;

  /** Changes the claims, scopes, description or expiry of an API key. `PATCH /v1/api_keys/{apiKeyId}` */
  readonly update: (params: ApiKeysUpdateParams, options?: RequestOptions) => Promise<ApiKey>;

  /** Asks the backend whether the secret of an API key is good, and for the key behind it. `POST /v1/api_keys/verify` */
  readonly verify: (secret: string, options?: RequestOptions) => Promise<ApiKey>;
}

export interface BetaFeaturesApi {
  /** Moves a production instance to another domain (the older way; see `instance.changeDomain`). `PUT /v1/beta_features/domain` */
  readonly updateDomain: (params?: UpdateDomainParams, options?: RequestOptions) => Promise<void>;

  /** Changes settings of the instance that are still in beta. `PATCH /v1/beta_features/instance_settings` */
  readonly updateInstanceSettings: (params?: UpdateInstanceSettingsParams, options?: RequestOptions) => Promise<InstanceSettings>;
}

export interface BillingApi {
  /** Adds to or takes from an organization's credit balance; safe to repeat with the same key. `POST /v1/organizations/{organizationId}/billing/credits` */
  readonly adjustOrganizationCreditBalance: (organizationId: string, params: AdjustOrganizationCreditBalanceParams, options?: RequestOptions) => Promise<CreditLedgerEntry>;

  /** Adds to or takes from a user's credit balance; safe to repeat with the same key. `POST /v1/users/{userId}/billing/credits` */
  readonly adjustUserCreditBalance: (userId: string, params: AdjustUserCreditBalanceParams, options?: RequestOptions) => Promise<CreditLedgerEntry>;

  /** Cancels a subscription item, at once or at the end of its period. `DELETE /v1/billing/subscription_items/{subscriptionItemId}` */
  readonly cancelSubscriptionItem: (subscriptionItemId: string, params?: CancelSubscriptionItemParams, options?: RequestOptions) => Promise<BillingSubscriptionItem>;

  /** Adds a price to a plan. `POST /v1/billing/prices` */
  readonly createPrice: (params: CreatePriceParams, options?: RequestOptions) => Promise<BillingPrice>;

  /** Moves a subscription item from one price to another. `POST /v1/billing/subscription_items/{subscriptionItemId}/price_transition` */
  readonly createSubscriptionItemPriceTransition: (subscriptionItemId: string, params: CreateSubscriptionItemPriceTransitionParams, options?: RequestOptions) => Promise<BillingPriceTransition>;

  /** Lets the free trial of a subscription item run longer. `POST /v1/billing/subscription_items/{subscriptionItemId}/extend_free_trial` */
  readonly extendSubscriptionItemFreeTrial: (subscriptionItemId: string, params: ExtendSubscriptionItemFreeTrialParams, options?: RequestOptions) => Promise<BillingSubscriptionItemWithSource>;

  /** Reads the subscription of an organization. `GET /v1/organizations/{organizationId}/billing/subscription` */
  readonly getOrganizationBillingSubscription: (organizationId: string, options?: RequestOptions) => Promise<BillingSubscription>;

  /** Reads the credit balance of an organization. `GET /v1/organizations/{organizationId}/billing/credits` */
  readonly getOrganizationCreditBalance: (organizationId: string, options?: RequestOptions) => Promise<CreditBalance>;

  /** Lists the billing plans. `GET /v1/billing/plans` */
  readonly getPlanList: (params?: GetPlanListParams, options?: RequestOptions) => Promise<Page<BillingPlan>>;

  /** Lists the prices, of all plans or of one. `GET /v1/billing/prices` */
  readonly getPriceList: (params?: GetPriceListParams, options?: RequestOptions) => Promise<Page<BillingPrice>>;

  /** Reads one billing statement. `GET /v1/billing/statements/{statementId}` */
  readonly getStatement: (statementId: string, options?: RequestOptions) => Promise<BillingStatement>;

  /** Lists the billing statements. `GET /v1/billing/statements` */
  readonly getStatementList: (params?: GetStatementListParams, options?: RequestOptions) => Promise<Page<BillingStatement>>;

  /** Lists the attempts to collect the payment of a statement. `GET /v1/billing/statements/{statementId}/payment_attempts` */
  readonly getStatementPaymentAttemptList: (statementId: string, params?: GetStatementPaymentAttemptListParams, options?: RequestOptions) => Promise<Page<BillingPaymentAttempt>>;

  /** Lists the subscription items. `GET /v1/billing/subscription_items` */
  readonly getSubscriptionItemList: (params?: GetSubscriptionItemListParams, options?: RequestOptions) => Promise<Page<BillingSubscriptionItem>>;

  /** Reads the subscription of a user. `GET /v1/users/{userId}/billing/subscription` */
  readonly getUserBillingSubscription: (userId: string, options?: RequestOptions) => Promise<BillingSubscription>;

  /** Reads the credit balance of a user. `GET /v1/users/{userId}/billing/credits` */
  readonly getUserCreditBalance: (userId: string, options?: RequestOptions) => Promise<CreditBalance>;
}

export interface BlocklistIdentifiersApi {
  /** Keeps an email address, phone number or web3 wallet from signing up. `POST /v1/blocklist_identifiers` */
  readonly createBlocklistIdentifier: (params: CreateBlocklistIdentifierParams, options?: RequestOptions) => Promise<BlocklistIdentifier>;

  /** Takes an identifier off the block-list. `DELETE /v1/blocklist_identifiers/{blocklistIdentifierId}` */
  readonly deleteBlocklistIdentifier: (blocklistIdentifierId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Lists the identifiers on the block-list. `GET /v1/blocklist_identifiers` */
  readonly getBlocklistIdentifierList: (params?: GetBlocklistIdentifierListParams, options?: RequestOptions) => Promise<Page<BlocklistIdentifier>>;
}

export interface ClientsApi {
  /** Reads one client, that is, one browser or device, with its sessions. `GET /v1/clients/{clientId}` */
  readonly getClient: (clientId: string, options?: RequestOptions) => Promise<Client>;

  /**
   * Lists the clients. `GET /v1/clients`
   *
   * @deprecated The Backend API means to drop it.
   */
  readonly getClientList: (params?: GetClientListParams, options?: RequestOptions) => Promise<Page<Client>>;

  /** Exchanges the nonce of a handshake for its cookie directives. `GET /v1/clients/handshake_payload` */
  readonly getHandshakePayload: (params: GetHandshakePayloadParams, options?: RequestOptions) => Promise<HandshakePayload>;

  /** Reads the client that a client token stands for. `POST /v1/clients/verify` */
  readonly verifyClient: (token: string, options?: RequestOptions) => Promise<Client>;
}

export interface DomainsApi {
  /** Adds a satellite domain. `POST /v1/domains` */
  readonly add: (params: DomainsAddParams, options?: RequestOptions) => Promise<Domain>;

  /** Deletes a satellite domain. `DELETE /v1/domains/{satelliteDomainId}` */
  readonly delete: (satelliteDomainId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** @deprecated Call `delete`. */
  readonly deleteDomain: (satelliteDomainId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Lists the domains of the instance. `GET /v1/domains` */
  readonly list: (options?: RequestOptions) => Promise<Page<Domain>>;

  /** Changes the name or the proxy URL of a domain. `PATCH /v1/domains/{domainId}` */
  readonly update: (params: DomainsUpdateParams, options?: RequestOptions) => Promise<Domain>;
}

export interface EmailAddressesApi {
  /** Adds an email address to a user. `POST /v1/email_addresses` */
  readonly createEmailAddress: (params: CreateEmailAddressParams, options?: RequestOptions) => Promise<EmailAddress>;

  /** Deletes an email address. `DELETE /v1/email_addresses/{emailAddressId}` */
  readonly deleteEmailAddress: (emailAddressId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one email address. `GET /v1/email_addresses/{emailAddressId}` */
  readonly getEmailAddress: (emailAddressId: string, options?: RequestOptions) => Promise<EmailAddress>;

  /** Marks an email address as verified, or makes it the primary one. `PATCH /v1/email_addresses/{emailAddressId}` */
  readonly updateEmailAddress: (emailAddressId: string, params?: UpdateEmailAddressParams, options?: RequestOptions) => Promise<EmailAddress>;
}

export interface EnterpriseConnectionsApi {
  /** Creates an enterprise connection (SAML or OIDC). `POST /v1/enterprise_connections` */
  readonly createEnterpriseConnection: (params: CreateEnterpriseConnectionParams, options?: RequestOptions) => Promise<EnterpriseConnection>;

  /** Deletes an enterprise connection. `DELETE /v1/enterprise_connections/{enterpriseConnectionId}` */
  readonly deleteEnterpriseConnection: (enterpriseConnectionId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one enterprise connection. `GET /v1/enterprise_connections/{enterpriseConnectionId}` */
  readonly getEnterpriseConnection: (enterpriseConnectionId: string, options?: RequestOptions) => Promise<EnterpriseConnection>;

  /** Lists the enterprise connections. `GET /v1/enterprise_connections` */
  readonly getEnterpriseConnectionList: (params?: GetEnterpriseConnectionListParams, options?: RequestOptions) => Promise<Page<EnterpriseConnection>>;

  /** Changes an enterprise connection. `PATCH /v1/enterprise_connections/{enterpriseConnectionId}` */
  readonly updateEnterpriseConnection: (enterpriseConnectionId: string, params?: UpdateEnterpriseConnectionParams, options?: RequestOptions) => Promise<EnterpriseConnection>;
}

export interface IdPOAuthAccessTokenApi {
  /** Asks the backend whether an OAuth access token that it issued is good, and what it grants. `POST /v1/oauth_applications/access_tokens/verify` */
  readonly verify: (accessToken: string, options?: RequestOptions) => Promise<IdPOAuthAccessToken>;
}

export interface InstanceApi {
  /** Moves a production instance to another domain. `POST /v1/instance/change_domain` */
  readonly changeDomain: (params?: ChangeDomainParams, options?: RequestOptions) => Promise<void>;

  /** Reads the instance that the secret key belongs to. `GET /v1/instance` */
  readonly get: (options?: RequestOptions) => Promise<Instance>;

  /** Reads the settings that hold for all OAuth applications. `GET /v1/instance/oauth_application_settings` */
  readonly getOAuthApplicationSettings: (options?: RequestOptions) => Promise<OAuthApplicationSettings>;

  /** Reads the settings of the protection against abuse. `GET /v1/instance/protect` */
  readonly getProtectSettings: (options?: RequestOptions) => Promise<InstanceProtectSettings>;

  /** Changes settings of the instance. `PATCH /v1/instance` */
  readonly update: (params?: InstanceUpdateParams, options?: RequestOptions) => Promise<void>;

  /** Changes the settings that hold for all OAuth applications. `PATCH /v1/instance/oauth_application_settings` */
  readonly updateOAuthApplicationSettings: (params?: UpdateOAuthApplicationSettingsParams, options?: RequestOptions) => Promise<OAuthApplicationSettings>;

  /** Changes the settings that hold for all organizations. `PATCH /v1/instance/organization_settings` */
  readonly updateOrganizationSettings: (params?: UpdateOrganizationSettingsParams, options?: RequestOptions) => Promise<OrganizationSettings>;

  /** Changes the settings of the protection against abuse. `PATCH /v1/instance/protect` */
  readonly updateProtectSettings: (params?: UpdateProtectSettingsParams, options?: RequestOptions) => Promise<InstanceProtectSettings>;

  /** Changes who may sign up: allow-list, block-list, kinds of email address. `PATCH /v1/instance/restrictions` */
  readonly updateRestrictions: (params?: UpdateRestrictionsParams, options?: RequestOptions) => Promise<InstanceRestrictions>;
}

export interface InterstitialApi {
  /** Reads the HTML page that older instances show while a session is restored. `GET /v1/public/interstitial` */
  readonly getInterstitial: (params?: GetInterstitialParams, options?: RequestOptions) => Promise<string>;
}

export interface InvitationsApi {
  /** Invites an email address to the application. `POST /v1/invitations` */
  readonly createInvitation: (params: CreateInvitationParams, options?: RequestOptions) => Promise<Invitation>;

  /** Invites several email addresses to the application. `POST /v1/invitations/bulk` */
  readonly createInvitationBulk: (params: readonly CreateInvitationBulkParams[], options?: RequestOptions) => Promise<Invitation[]>;

  /** Lists the invitations to the application. `GET /v1/invitations` */
  readonly getInvitationList: (params?: GetInvitationListParams, options?: RequestOptions) => Promise<Page<Invitation>>;

  /** Revokes an invitation that has not been accepted yet. `POST /v1/invitations/{invitationId}/revoke` */
  readonly revokeInvitation: (invitationId: string, options?: RequestOptions) => Promise<Invitation>;
}

export interface JwksApi {
  /** Reads the JSON Web Key Set of the instance, member names as in RFC 7517. `GET /v1/jwks` */
  readonly getJwks: (options?: RequestOptions) => Promise<Jwks>;
}

export interface JwtTemplatesApi {
  /** Creates a JWT template. `POST /v1/jwt_templates` */
  readonly create: (params: JwtTemplatesCreateParams, options?: RequestOptions) => Promise<JwtTemplate>;

  /** Deletes a JWT template. `DELETE /v1/jwt_templates/{templateId}` */
  readonly delete: (templateId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one JWT template. `GET /v1/jwt_templates/{templateId}` */
  readonly get: (templateId: string, options?: RequestOptions) => Promise<JwtTemplate>;

  /** Lists the JWT templates. `GET /v1/jwt_templates` */
  readonly list: (params?: JwtTemplatesListParams, options?: RequestOptions) => Promise<Page<JwtTemplate>>;

  /** Changes a JWT template. `PATCH /v1/jwt_templates/{templateId}` */
  readonly update: (params: JwtTemplatesUpdateParams, options?: RequestOptions) => Promise<JwtTemplate>;
}

export interface M2mApi {
  /** Issues a token for the machine whose secret key is used. `POST /v1/m2m_tokens` */
  readonly createToken: (params?: CreateTokenParams, options?: RequestOptions) => Promise<M2MTokenWithToken>;

  /** Lists the machine-to-machine tokens of a machine. `GET /v1/m2m_tokens` */
  readonly list: (params: M2mListParams, options?: RequestOptions) => Promise<Page<M2MToken>>;

  /** Revokes an opaque machine-to-machine token. `POST /v1/m2m_tokens/{m2mTokenId}/revoke` */
  readonly revokeToken: (params: RevokeTokenParams, options?: RequestOptions) => Promise<M2MToken>;

  /** Asks the backend whether a machine-to-machine token is good, and for the machine behind it. `POST /v1/m2m_tokens/verify` */
  readonly verify: (params: M2mVerifyParams, options?: RequestOptions) => Promise<M2MToken>;
}

export interface MachinesApi {
  /** Creates a machine; the answer is where its secret key is shown. `POST /v1/machines` */
  readonly create: (params: MachinesCreateParams, options?: RequestOptions) => Promise<MachineWithSecretKey>;

  /** Lets one machine call another. `POST /v1/machines/{machineId}/scopes` */
  readonly createScope: (machineId: string, toMachineId: string, options?: RequestOptions) => Promise<MachineScope>;

  /** Deletes a machine. `DELETE /v1/machines/{machineId}` */
  readonly delete: (machineId: string, options?: RequestOptions) => Promise<DeletedResource>;

  /** No longer lets one machine call another. `DELETE /v1/machines/{machineId}/scopes/{otherMachineId}` */
  readonly deleteScope: (machineId: string, otherMachineId: string, options?: RequestOptions) => Promise<MachineScopeDeleted>;

  /** Reads one machine. `GET /v1/machines/{machineId}` */
  readonly get: (machineId: string, options?: RequestOptions) => Promise<Machine>;

  /** Reads the secret key of a machine. `GET /v1/machines/{machineId}/secret_key` */
  readonly getSecretKey: (machineId: string, options?: RequestOptions) => Promise<MachineSecretKey>;

  /** Lists the machines. `GET /v1/machines` */
  readonly list: (params?: MachinesListParams, options?: RequestOptions) => Promise<Page<Machine>>;

  /** Gives a machine a new secret key; the old one stays good for the time you say. `POST /v1/machines/{machineId}/secret_key/rotate` */
  readonly rotateSecretKey: (params: RotateSecretKeyParams, options?: RequestOptions) => Promise<MachineSecretKey>;

  /** Changes the name of a machine or the lifetime of its tokens. `PATCH /v1/machines/{machineId}` */
  readonly update: (params: MachinesUpdateParams, options?: RequestOptions) => Promise<Machine>;
}

export interface OauthApplicationsApi {
  /** Registers an OAuth application; the answer is where its client secret is shown. `POST /v1/oauth_applications` */
  readonly create: (params: OauthApplicationsCreateParams, options?: RequestOptions) => Promise<OAuthApplicationWithSecret>;

  /** Deletes an OAuth application. `DELETE /v1/oauth_applications/{oauthApplicationId}` */
  readonly delete: (oauthApplicationId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one OAuth application. `GET /v1/oauth_applications/{oauthApplicationId}` */
  readonly get: (oauthApplicationId: string, options?: RequestOptions) => Promise<OAuthApplication>;

  /** Lists the OAuth applications. `GET /v1/oauth_applications` */
  readonly list: (params?: OauthApplicationsListParams, options?: RequestOptions) => Promise<Page<OAuthApplication>>;

  /** Gives an OAuth application a new client secret. `POST /v1/oauth_applications/{oauthApplicationId}/rotate_secret` */
  readonly rotateSecret: (oauthApplicationId: string, options?: RequestOptions) => Promise<OAuthApplicationWithSecret>;

  /** Changes an OAuth application. `PATCH /v1/oauth_applications/{oauthApplicationId}` */
  readonly update: (params: OauthApplicationsUpdateParams, options?: RequestOptions) => Promise<OAuthApplication>;
}

export interface OrganizationPermissionsApi {
  /** Creates a permission. `POST /v1/organization_permissions` */
  readonly createOrganizationPermission: (params: CreateOrganizationPermissionParams, options?: RequestOptions) => Promise<Permission>;

  /** Deletes a permission. `DELETE /v1/organization_permissions/{permissionId}` */
  readonly deleteOrganizationPermission: (permissionId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one permission. `GET /v1/organization_permissions/{permissionId}` */
  readonly getOrganizationPermission: (permissionId: string, options?: RequestOptions) => Promise<Permission>;

  /** Lists the permissions. `GET /v1/organization_permissions` */
  readonly getOrganizationPermissionList: (params?: GetOrganizationPermissionListParams, options?: RequestOptions) => Promise<Page<Permission>>;

  /** Changes a permission. `PATCH /v1/organization_permissions/{permissionId}` */
  readonly updateOrganizationPermission: (params: UpdateOrganizationPermissionParams, options?: RequestOptions) => Promise<Permission>;
}

export interface OrganizationRolesApi {
  /** Adds a permission to a role. `POST /v1/organization_roles/{organizationRoleId}/permissions/{permissionId}` */
  readonly assignPermissionToOrganizationRole: (params: AssignPermissionToOrganizationRoleParams, options?: RequestOptions) => Promise<Role>;

  /** Creates a role. `POST /v1/organization_roles` */
  readonly createOrganizationRole: (params: CreateOrganizationRoleParams, options?: RequestOptions) => Promise<Role>;

  /** Deletes a role. `DELETE /v1/organization_roles/{organizationRoleId}` */
  readonly deleteOrganizationRole: (organizationRoleId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one role with its permissions. `GET /v1/organization_roles/{organizationRoleId}` */
  readonly getOrganizationRole: (organizationRoleId: string, options?: RequestOptions) => Promise<Role>;

  /** Lists the roles. `GET /v1/organization_roles` */
  readonly getOrganizationRoleList: (params?: GetOrganizationRoleListParams, options?: RequestOptions) => Promise<Page<Role>>;

  /** Takes a permission from a role. `DELETE /v1/organization_roles/{organizationRoleId}/permissions/{permissionId}` */
  readonly removePermissionFromOrganizationRole: (params: RemovePermissionFromOrganizationRoleParams, options?: RequestOptions) => Promise<Role>;

  /** Changes a role. `PATCH /v1/organization_roles/{organizationRoleId}` */
  readonly updateOrganizationRole: (params: UpdateOrganizationRoleParams, options?: RequestOptions) => Promise<Role>;
}

export interface OrganizationsApi {
  /** Creates an organization; its creator becomes a member with the creator role. `POST /v1/organizations` */
  readonly createOrganization: (params: CreateOrganizationParams, options?: RequestOptions) => Promise<Organization>;

  /** Adds a domain to an organization. `POST /v1/organizations/{organizationId}/domains` */
  readonly createOrganizationDomain: (params: CreateOrganizationDomainParams, options?: RequestOptions) => Promise<OrganizationDomain>;

  /** Invites an email address to an organization. `POST /v1/organizations/{organizationId}/invitations` */
  readonly createOrganizationInvitation: (params: CreateOrganizationInvitationParams, options?: RequestOptions) => Promise<OrganizationInvitation>;

  /** Invites several email addresses to an organization. `POST /v1/organizations/{organizationId}/invitations/bulk` */
  readonly createOrganizationInvitationBulk: (organizationId: string, params: readonly CreateOrganizationInvitationBulkParams[], options?: RequestOptions) => Promise<Page<OrganizationInvitation>>;

  /** Makes a user a member of an organization. `POST /v1/organizations/{organizationId}/memberships` */
  readonly createOrganizationMembership: (params: CreateOrganizationMembershipParams, options?: RequestOptions) => Promise<OrganizationMembership>;

  /** Deletes an organization. `DELETE /v1/organizations/{organizationId}` */
  readonly deleteOrganization: (organizationId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Deletes a domain of an organization. `DELETE /v1/organizations/{organizationId}/domains/{domainId}` */
  readonly deleteOrganizationDomain: (params: DeleteOrganizationDomainParams, options?: RequestOptions) => Promise<DeletedObject>;

  /** Deletes the logo of an organization. `DELETE /v1/organizations/{organizationId}/logo` */
  readonly deleteOrganizationLogo: (organizationId: string, options?: RequestOptions) => Promise<Organization>;

  /** Removes a user from an organization. `DELETE /v1/organizations/{organizationId}/memberships/{userId}` */
  readonly deleteOrganizationMembership: (params: DeleteOrganizationMembershipParams, options?: RequestOptions) => Promise<OrganizationMembership>;

  /** Lists the domains of all organizations. `GET /v1/organization_domains` */
  readonly getInstanceOrganizationDomainList: (params?: GetInstanceOrganizationDomainListParams, options?: RequestOptions) => Promise<Page<OrganizationDomain>>;

  /** Lists the invitations to all organizations. `GET /v1/organization_invitations` */
  readonly getInstanceOrganizationInvitationList: (params?: GetInstanceOrganizationInvitationListParams, options?: RequestOptions) => Promise<Page<OrganizationInvitationWithOrganization>>;

  /** Lists the memberships of all organizations. `GET /v1/organization_memberships` */
  readonly getInstanceOrganizationMembershipList: (params?: GetInstanceOrganizationMembershipListParams, options?: RequestOptions) => Promise<Page<OrganizationMembership>>;

  /** Reads one organization, by id or by slug. `GET /v1/organizations/{organizationId}` */
  readonly getOrganization: (params: GetOrganizationParams, options?: RequestOptions) => Promise<Organization>;

  /** Lists the domains of an organization. `GET /v1/organizations/{organizationId}/domains` */
  readonly getOrganizationDomainList: (params: GetOrganizationDomainListParams, options?: RequestOptions) => Promise<Page<OrganizationDomain>>;

  /** Reads one invitation to an organization. `GET /v1/organizations/{organizationId}/invitations/{invitationId}` */
  readonly getOrganizationInvitation: (params: GetOrganizationInvitationParams, options?: RequestOptions) => Promise<OrganizationInvitation>;

  /** Lists the invitations to an organization. `GET /v1/organizations/{organizationId}/invitations` */
  readonly getOrganizationInvitationList: (params: OrganizationsGetOrganizationInvitationListParams, options?: RequestOptions) => Promise<Page<OrganizationInvitation>>;

  /** Lists the organizations. `GET /v1/organizations` */
  readonly getOrganizationList: (params?: GetOrganizationListParams, options?: RequestOptions) => Promise<Page<Organization>>;

  /** Lists the members of an organization. `GET /v1/organizations/{organizationId}/memberships` */
  readonly getOrganizationMembershipList: (params: OrganizationsGetOrganizationMembershipListParams, options?: RequestOptions) => Promise<Page<OrganizationMembership>>;

  /** Lists the invitations to an organization that wait for an answer. `GET /v1/organizations/{organizationId}/invitations/pending` */
  readonly getPendingOrganizationInvitationList: (params: GetPendingOrganizationInvitationListParams, options?: RequestOptions) => Promise<Page<OrganizationInvitation>>;

  /** Revokes an invitation to an organization. `POST /v1/organizations/{organizationId}/invitations/{invitationId}/revoke` */
  readonly revokeOrganizationInvitation: (params: RevokeOrganizationInvitationParams, options?: RequestOptions) => Promise<OrganizationInvitation>;

  /** Changes an organization; metadata given here replaces the stored value. `PATCH /v1/organizations/{organizationId}` */
  readonly updateOrganization: (organizationId: string, params?: UpdateOrganizationParams, options?: RequestOptions) => Promise<Organization>;

  /** Changes how the holders of a domain join the organization. `PATCH /v1/organizations/{organizationId}/domains/{domainId}` */
  readonly updateOrganizationDomain: (params: UpdateOrganizationDomainParams, options?: RequestOptions) => Promise<OrganizationDomain>;

  /** Uploads the logo of an organization. `PUT /v1/organizations/{organizationId}/logo` */
  readonly updateOrganizationLogo: (organizationId: string, params: UpdateOrganizationLogoParams, options?: RequestOptions) => Promise<Organization>;

  /** Gives a member another role. `PATCH /v1/organizations/{organizationId}/memberships/{userId}` */
  readonly updateOrganizationMembership: (params: UpdateOrganizationMembershipParams, options?: RequestOptions) => Promise<OrganizationMembership>;

  /** Merges metadata into a membership; a `null` removes a key. `PATCH /v1/organizations/{organizationId}/memberships/{userId}/metadata` */
  readonly updateOrganizationMembershipMetadata: (params: UpdateOrganizationMembershipMetadataParams, options?: RequestOptions) => Promise<OrganizationMembership>;

  /** Merges metadata into an organization; a `null` removes a key. `PATCH /v1/organizations/{organizationId}/metadata` */
  readonly updateOrganizationMetadata: (organizationId: string, params?: UpdateOrganizationMetadataParams, options?: RequestOptions) => Promise<Organization>;
}

export interface PhoneNumbersApi {
  /** Adds a phone number to a user. `POST /v1/phone_numbers` */
  readonly createPhoneNumber: (params: CreatePhoneNumberParams, options?: RequestOptions) => Promise<PhoneNumber>;

  /** Deletes a phone number. `DELETE /v1/phone_numbers/{phoneNumberId}` */
  readonly deletePhoneNumber: (phoneNumberId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one phone number. `GET /v1/phone_numbers/{phoneNumberId}` */
  readonly getPhoneNumber: (phoneNumberId: string, options?: RequestOptions) => Promise<PhoneNumber>;

  /** Marks a phone number as verified, primary, or reserved for the second factor. `PATCH /v1/phone_numbers/{phoneNumberId}` */
  readonly updatePhoneNumber: (phoneNumberId: string, params?: UpdatePhoneNumberParams, options?: RequestOptions) => Promise<PhoneNumber>;
}

export interface ProxyChecksApi {
  /** Checks that the proxy of a domain reaches the Frontend API. `POST /v1/proxy_checks` */
  readonly verify: (params?: ProxyChecksVerifyParams, options?: RequestOptions) => Promise<ProxyCheck>;
}

export interface RedirectUrlsApi {
  /** Allows a URL to be returned to after sign-in. `POST /v1/redirect_urls` */
  readonly createRedirectUrl: (params: CreateRedirectUrlParams, options?: RequestOptions) => Promise<RedirectUrl>;

  /** No longer allows a redirect URL. `DELETE /v1/redirect_urls/{redirectUrlId}` */
  readonly deleteRedirectUrl: (redirectUrlId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Reads one allowed redirect URL. `GET /v1/redirect_urls/{redirectUrlId}` */
  readonly getRedirectUrl: (redirectUrlId: string, options?: RequestOptions) => Promise<RedirectUrl>;

  /** Lists the allowed redirect URLs. `GET /v1/redirect_urls` */
  readonly getRedirectUrlList: (params?: GetRedirectUrlListParams, options?: RequestOptions) => Promise<Page<RedirectUrl>>;
}

export interface RoleSetsApi {
  /** Adds roles to a role set. `POST /v1/role_sets/{roleSetKeyOrId}/roles` */
  readonly addRolesToRoleSet: (params: AddRolesToRoleSetParams, options?: RequestOptions) => Promise<RoleSet>;

  /** Creates a role set. `POST /v1/role_sets` */
  readonly createRoleSet: (params: CreateRoleSetParams, options?: RequestOptions) => Promise<RoleSet>;

  /** Reads one role set. `GET /v1/role_sets/{roleSetKeyOrId}` */
  readonly getRoleSet: (roleSetKeyOrId: string, options?: RequestOptions) => Promise<RoleSet>;

  /** Lists the role sets. `GET /v1/role_sets` */
  readonly getRoleSetList: (params?: GetRoleSetListParams, options?: RequestOptions) => Promise<Page<RoleSet>>;

  /** Takes a role out of a role set and gives its members another. `POST /v1/role_sets/{roleSetKeyOrId}/roles/replace` */
  readonly replaceRoleInRoleSet: (params: ReplaceRoleInRoleSetParams, options?: RequestOptions) => Promise<RoleSet>;

  /** Deletes a role set and moves its organizations to another. `POST /v1/role_sets/{roleSetKeyOrId}/replace` */
  readonly replaceRoleSet: (params: ReplaceRoleSetParams, options?: RequestOptions) => Promise<DeletedObject>;

  /** Changes a role set. `PATCH /v1/role_sets/{roleSetKeyOrId}` */
  readonly updateRoleSet: (params: UpdateRoleSetParams, options?: RequestOptions) => Promise<RoleSet>;
}

export interface SamlConnectionsApi {
  /**
   * Creates a SAML connection. `POST /v1/saml_connections`
   *
   * @deprecated The Backend API means to drop it.
   */
  readonly createSamlConnection: (params: CreateSamlConnectionParams, options?: RequestOptions) => Promise<SamlConnection>;

  /**
   * Deletes a SAML connection. `DELETE /v1/saml_connections/{samlConnectionId}`
   *
   * @deprecated The Backend API means to drop it.
   */
  readonly deleteSamlConnection: (samlConnectionId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /**
   * Reads one SAML connection. `GET /v1/saml_connections/{samlConnectionId}`
   *
   * @deprecated The Backend API means to drop it.
   */
  readonly getSamlConnection: (samlConnectionId: string, options?: RequestOptions) => Promise<SamlConnection>;

  /**
   * Lists the SAML connections. `GET /v1/saml_connections`
   *
   * @deprecated The Backend API means to drop it.
   */
  readonly getSamlConnectionList: (params?: GetSamlConnectionListParams, options?: RequestOptions) => Promise<Page<SamlConnection>>;

  /**
   * Changes a SAML connection. `PATCH /v1/saml_connections/{samlConnectionId}`
   *
   * @deprecated The Backend API means to drop it.
   */
  readonly updateSamlConnection: (samlConnectionId: string, params?: UpdateSamlConnectionParams, options?: RequestOptions) => Promise<SamlConnection>;
}

export interface SessionsApi {
  /** Creates a session for a user; meant for tests of development instances. `POST /v1/sessions` */
  readonly createSession: (params: CreateSessionParams, options?: RequestOptions) => Promise<Session>;

  /** Reads one session. `GET /v1/sessions/{sessionId}` */
  readonly getSession: (sessionId: string, options?: RequestOptions) => Promise<Session>;

  /** Lists the sessions of a user or a client. `GET /v1/sessions` */
  readonly getSessionList: (params?: GetSessionListParams, options?: RequestOptions) => Promise<Page<Session>>;

  /** Issues a session token, or a token from a JWT template. `POST /v1/sessions/{sessionId}/tokens` */
  readonly getToken: (sessionId: string, template?: string, expiresInSeconds?: number, options?: RequestOptions) => Promise<SessionToken>;

  /** Issues a token for a session from a JWT template. `POST /v1/sessions/{sessionId}/tokens/{template}` */
  readonly getTokenFromTemplate: (sessionId: string, template: string, expiresInSeconds?: number, options?: RequestOptions) => Promise<SessionToken>;

  /** Exchanges an expired session token and its refresh token for a new session token. `POST /v1/sessions/{sessionId}/refresh` */
  readonly refreshSession: (sessionId: string, params: RefreshSessionParams | RefreshSessionWireParams, options?: RequestOptions) => Promise<SessionToken | SessionCookies>;

  /** Revokes a session; its tokens stay good until they expire. `POST /v1/sessions/{sessionId}/revoke` */
  readonly revokeSession: (sessionId: string, options?: RequestOptions) => Promise<Session>;
}

export interface SignInTokensApi {
  /** Creates a token that signs a user in once. `POST /v1/sign_in_tokens` */
  readonly createSignInToken: (params: CreateSignInTokenParams, options?: RequestOptions) => Promise<SignInToken>;

  /** Revokes a sign-in token that has not been used yet. `POST /v1/sign_in_tokens/{signInTokenId}/revoke` */
  readonly revokeSignInToken: (signInTokenId: string, options?: RequestOptions) => Promise<SignInToken>;
}

export interface SignUpsApi {
  /** Reads one attempt to sign up. `GET /v1/sign_ups/{signUpAttemptId}` */
  readonly get: (signUpAttemptId: string, options?: RequestOptions) => Promise<SignUp>;

  /** Changes the external id or the custom action of an attempt to sign up. `PATCH /v1/sign_ups/{signUpAttemptId}` */
  readonly update: (params: SignUpsUpdateParams, options?: RequestOptions) => Promise<SignUp>;
}

export interface TemplatesApi {
  /** Reads one email or SMS template. `GET /v1/templates/{templateType}/{slug}` */
  readonly getTemplate: (templateType: 'email' | 'sms', slug: string, options?: RequestOptions) => Promise<Template>;

  /** Lists the email or SMS templates. `GET /v1/templates/{templateType}` */
  readonly getTemplateList: (templateType: 'email' | 'sms', params?: GetTemplateListParams, options?: RequestOptions) => Promise<Page<Template>>;

  /** Renders a template with sample data. `POST /v1/templates/{templateType}/{slug}/preview` */
  readonly previewTemplate: (templateType: 'email' | 'sms', slug: string, params?: PreviewTemplateParams, options?: RequestOptions) => Promise<Record<string, unknown>>;

  /** Puts a template back to its default. `POST /v1/templates/{templateType}/{slug}/revert` */
  readonly revertTemplate: (templateType: 'email' | 'sms', slug: string, options?: RequestOptions) => Promise<Template>;

  /** Says whether the backend delivers the messages of a template or leaves that to you. `POST /v1/templates/{templateType}/{slug}/toggle_delivery` */
  readonly toggleTemplateDelivery: (templateType: 'email' | 'sms', slug: string, params?: ToggleTemplateDeliveryParams, options?: RequestOptions) => Promise<Template>;

  /** Changes an email or SMS template. `PUT /v1/templates/{templateType}/{slug}` */
  readonly updateTemplate: (templateType: 'email' | 'sms', slug: string, params?: UpdateTemplateParams, options?: RequestOptions) => Promise<Template>;
}

export interface TestingTokensApi {
  /** Creates a token that lets automated tests pass the bot protection. `POST /v1/testing_tokens` */
  readonly createTestingToken: (options?: RequestOptions) => Promise<TestingToken>;
}

export interface UsersApi {
  /** Bans a user and revokes their sessions. `POST /v1/users/{userId}/ban` */
  readonly banUser: (userId: string, options?: RequestOptions) => Promise<User>;

  /** Bans several users and revokes their sessions. `POST /v1/users/ban` */
  readonly banUsers: (params: BanUsersParams, options?: RequestOptions) => Promise<User[]>;

  /** Creates a user. `POST /v1/users` */
  readonly createUser: (params?: CreateUserParams, options?: RequestOptions) => Promise<User>;

  /** Deletes a user. `DELETE /v1/users/{userId}` */
  readonly deleteUser: (userId: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Deletes the backup codes of a user. `DELETE /v1/users/{userId}/backup_code` */
  readonly deleteUserBackupCodes: (userId: string, options?: RequestOptions) => Promise<UserIdResult>;

  /** Deletes an external account of a user. `DELETE /v1/users/{userId}/external_accounts/{externalAccountId}` */
  readonly deleteUserExternalAccount: (params: DeleteUserExternalAccountParams, options?: RequestOptions) => Promise<DeletedObject>;

  /** Deletes a passkey of a user. `DELETE /v1/users/{userId}/passkeys/{passkeyIdentificationId}` */
  readonly deleteUserPasskey: (params: DeleteUserPasskeyParams, options?: RequestOptions) => Promise<DeletedObject>;

  /** Deletes the profile image of a user. `DELETE /v1/users/{userId}/profile_image` */
  readonly deleteUserProfileImage: (userId: string, options?: RequestOptions) => Promise<User>;

  /** Deletes the TOTP secret of a user. `DELETE /v1/users/{userId}/totp` */
  readonly deleteUserTOTP: (userId: string, options?: RequestOptions) => Promise<UserIdResult>;

  /** Deletes a web3 wallet of a user. `DELETE /v1/users/{userId}/web3_wallets/{web3WalletIdentificationId}` */
  readonly deleteUserWeb3Wallet: (params: DeleteUserWeb3WalletParams, options?: RequestOptions) => Promise<DeletedObject>;

  /** Turns off every second factor of a user. `DELETE /v1/users/{userId}/mfa` */
  readonly disableUserMFA: (userId: string, options?: RequestOptions) => Promise<UserIdResult>;

  /** Counts the users that match. `GET /v1/users/count` */
  readonly getCount: (params?: GetCountParams, options?: RequestOptions) => Promise<number>;

  /** Lists the invitations to organizations that a user has. `GET /v1/users/{userId}/organization_invitations` */
  readonly getOrganizationInvitationList: (params: UsersGetOrganizationInvitationListParams, options?: RequestOptions) => Promise<Page<OrganizationInvitationWithOrganization>>;

  /** Lists the memberships of a user. `GET /v1/users/{userId}/organization_memberships` */
  readonly getOrganizationMembershipList: (params: UsersGetOrganizationMembershipListParams, options?: RequestOptions) => Promise<Page<OrganizationMembership>>;

  /** Reads one user. `GET /v1/users/{userId}` */
  readonly getUser: (userId: string, options?: RequestOptions) => Promise<User>;

  /** Lists the users that match; counts them with a second request at the same time. `GET /v1/users` */
  readonly getUserList: (params?: GetUserListParams, options?: RequestOptions) => Promise<Page<User>>;

  /** Reads the OAuth access tokens that a provider issued for a user. `GET /v1/users/{userId}/oauth_access_tokens/{provider}` */
  readonly getUserOauthAccessToken: (userId: string, provider: string, params?: GetUserOauthAccessTokenParams, options?: RequestOptions) => Promise<Page<OAuthAccessToken>>;

  /** Locks a user out until they are unlocked or the lock ends. `POST /v1/users/{userId}/lock` */
  readonly lockUser: (userId: string, options?: RequestOptions) => Promise<User>;

  /** Marks a user's password as compromised, so that they must reset it. `POST /v1/users/{userId}/password/set_compromised` */
  readonly setPasswordCompromised: (userId: string, params?: SetPasswordCompromisedParams, options?: RequestOptions) => Promise<User>;

  /** Lifts the ban of a user. `POST /v1/users/{userId}/unban` */
  readonly unbanUser: (userId: string, options?: RequestOptions) => Promise<User>;

  /** Lifts the ban of several users. `POST /v1/users/unban` */
  readonly unbanUsers: (params: UnbanUsersParams, options?: RequestOptions) => Promise<User[]>;

  /** Lifts the lock of a user. `POST /v1/users/{userId}/unlock` */
  readonly unlockUser: (userId: string, options?: RequestOptions) => Promise<User>;

  /** Takes back the mark that a user's password is compromised. `POST /v1/users/{userId}/password/unset_compromised` */
  readonly unsetPasswordCompromised: (userId: string, options?: RequestOptions) => Promise<User>;

  /** Changes a user; metadata given here replaces the stored value. `PATCH /v1/users/{userId}` */
  readonly updateUser: (userId: string, params?: UpdateUserParams, options?: RequestOptions) => Promise<User>;

  /** Merges metadata into a user; a `null` removes a key. `PATCH /v1/users/{userId}/metadata` */
  readonly updateUserMetadata: (userId: string, params?: UpdateUserMetadataParams, options?: RequestOptions) => Promise<User>;

  /** Uploads the profile image of a user. `POST /v1/users/{userId}/profile_image` */
  readonly updateUserProfileImage: (userId: string, params: UpdateUserProfileImageParams, options?: RequestOptions) => Promise<User>;

  /** Checks a user's password; a wrong one is refused with 422. `POST /v1/users/{userId}/verify_password` */
  readonly verifyPassword: (params: VerifyPasswordParams, options?: RequestOptions) => Promise<PasswordVerification>;

  /** Checks a TOTP or backup code of a user; a wrong one is refused with 422. `POST /v1/users/{userId}/verify_totp` */
  readonly verifyTOTP: (params: VerifyTOTPParams, options?: RequestOptions) => Promise<TotpVerification>;
}

export interface WaitlistEntriesApi {
  /** Puts an email address on the waitlist. `POST /v1/waitlist_entries` */
  readonly create: (params: WaitlistEntriesCreateParams, options?: RequestOptions) => Promise<WaitlistEntry>;

  /** Puts several email addresses on the waitlist. `POST /v1/waitlist_entries/bulk` */
  readonly createBulk: (params: readonly CreateBulkParams[], options?: RequestOptions) => Promise<WaitlistEntry[]>;

  /** Takes an entry off the waitlist. `DELETE /v1/waitlist_entries/{id}` */
  readonly delete: (id: string, options?: RequestOptions) => Promise<DeletedObject>;

  /** Invites the holder of a waitlist entry to sign up. `POST /v1/waitlist_entries/{id}/invite` */
  readonly invite: (id: string, params?: WaitlistEntriesInviteParams, options?: RequestOptions) => Promise<WaitlistEntry>;

  /** Lists the waitlist. `GET /v1/waitlist_entries` */
  readonly list: (params?: WaitlistEntriesListParams, options?: RequestOptions) => Promise<Page<WaitlistEntry>>;

  /** Rejects a waitlist entry. `POST /v1/waitlist_entries/{id}/reject` */
  readonly reject: (id: string, options?: RequestOptions) => Promise<WaitlistEntry>;
}

export interface WebhooksApi {
  /** Sets up webhook delivery for the instance, and answers with the URL of its dashboard. `POST /v1/webhooks/svix` */
  readonly createSvixApp: (options?: RequestOptions) => Promise<SvixUrl>;

  /** Takes down webhook delivery for the instance. `DELETE /v1/webhooks/svix` */
  readonly deleteSvixApp: (options?: RequestOptions) => Promise<void>;

  /** Creates a fresh sign-in URL for the webhook dashboard. `POST /v1/webhooks/svix_url` */
  readonly generateSvixAuthURL: (options?: RequestOptions) => Promise<SvixUrl>;
}

/** Every operation of the Backend API, by resource. */
export interface BackendClient {
  readonly actorTokens: ActorTokensApi;
  readonly agentTasks: AgentTasksApi;
  readonly allowlistIdentifiers: AllowlistIdentifiersApi;
  readonly apiKeys: ApiKeysApi;
  readonly betaFeatures: BetaFeaturesApi;
  readonly billing: BillingApi;
  readonly blocklistIdentifiers: BlocklistIdentifiersApi;
  readonly clients: ClientsApi;
  readonly domains: DomainsApi;
  readonly emailAddresses: EmailAddressesApi;
  readonly enterpriseConnections: EnterpriseConnectionsApi;
  readonly idPOAuthAccessToken: IdPOAuthAccessTokenApi;
  readonly instance: InstanceApi;
  readonly interstitial: InterstitialApi;
  readonly invitations: InvitationsApi;
  readonly jwks: JwksApi;
  readonly jwtTemplates: JwtTemplatesApi;
  readonly m2m: M2mApi;
  readonly machines: MachinesApi;
  readonly oauthApplications: OauthApplicationsApi;
  readonly organizationPermissions: OrganizationPermissionsApi;
  readonly organizationRoles: OrganizationRolesApi;
  readonly organizations: OrganizationsApi;
  readonly phoneNumbers: PhoneNumbersApi;
  readonly proxyChecks: ProxyChecksApi;
  readonly redirectUrls: RedirectUrlsApi;
  readonly roleSets: RoleSetsApi;
  readonly samlConnections: SamlConnectionsApi;
  readonly sessions: SessionsApi;
  readonly signInTokens: SignInTokensApi;
  readonly signUps: SignUpsApi;
  readonly templates: TemplatesApi;
  readonly testingTokens: TestingTokensApi;
  readonly users: UsersApi;
  readonly waitlistEntries: WaitlistEntriesApi;
  readonly webhooks: WebhooksApi;
}
