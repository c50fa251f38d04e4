// Generated from packages/core/contract by `npm run generate`. Do not edit.

export const actorTokens = {
  create: 'POST /actor_tokens params',
  revoke: 'POST /actor_tokens/{actorTokenId}/revoke',
} as const;

export const agentTasks = {
  create: 'POST /agents/tasks params',
  revoke: 'POST /agents/tasks/{agentTaskId}/revoke',
} as const;

export const allowlistIdentifiers = {
  createAllowlistIdentifier: 'POST /allowlist_identifiers params',
  deleteAllowlistIdentifier: 'DELETE /allowlist_identifiers/{allowlistIdentifierId}',
  getAllowlistIdentifierList: 'GET /allowlist_identifiers params paginated list',
} as const;

export const apiKeys = {
  create: 'POST /api_keys params',
  delete: 'DELETE /api_keys/{apiKeyId}',
  get: 'GET /api_keys/{apiKeyId}',
  getSecret: 'GET /api_keys/{apiKeyId}/secret',
  list: 'GET /api_keys params list',
  revoke: 'POST /api_keys/{apiKeyId}/revoke all',
  update: 'PATCH /api_keys/{apiKeyId} all',
  verify: 'POST /api_keys/verify field:secret',
} as const;

export const betaFeatures = {
  updateDomain: 'PUT /beta_features/domain params none',
  updateInstanceSettings: 'PATCH /beta_features/instance_settings params',
} as const;

export const billing = {
  adjustOrganizationCreditBalance: 'POST /organizations/{organizationId}/billing/credits params repeatable',
  adjustUserCreditBalance: 'POST /users/{userId}/billing/credits params repeatable',
  cancelSubscriptionItem: 'DELETE /billing/subscription_items/{subscriptionItemId} params',
  createPrice: 'POST /billing/prices params',
  createSubscriptionItemPriceTransition: 'POST /billing/subscription_items/{subscriptionItemId}/price_transition params',
  extendSubscriptionItemFreeTrial: 'POST /billing/subscription_items/{subscriptionItemId}/extend_free_trial params',
  getOrganizationBillingSubscription: 'GET /organizations/{organizationId}/billing/subscription',
  getOrganizationCreditBalance: 'GET /organizations/{organizationId}/billing/credits',
  getPlanList: 'GET /billing/plans params list',
  getPriceList: 'GET /billing/prices params list',
  getStatement: 'GET /billing/statements/{statementId}',
  getStatementList: 'GET /billing/statements params list',
  getStatementPaymentAttemptList: 'GET /billing/statements/{statementId}/payment_attempts params list',
  getSubscriptionItemList: 'GET /billing/subscription_items params list',
  getUserBillingSubscription: 'GET /users/{userId}/billing/subscription',
  getUserCreditBalance: 'GET /users/{userId}/billing/credits',
} as const;

export const blocklistIdentifiers = {
  createBlocklistIdentifier: 'POST /blocklist_identifiers params',
  deleteBlocklistIdentifier: 'DELETE /blocklist_identifiers/{blocklistIdentifierId}',
  getBlocklistIdentifierList: 'GET /blocklist_identifiers params list',
} as const;

export const clients = {
  getClient: 'GET /clients/{clientId}',
  getClientList: 'GET /clients params paginated list',
  getHandshakePayload: 'GET /clients/handshake_payload params once',
  verifyClient: 'POST /clients/verify field:token',
} as const;

export const domains = {
  add: 'POST /domains params',
  delete: 'DELETE /domains/{satelliteDomainId}',
  deleteDomain: 'DELETE /domains/{satelliteDomainId}',
  list: 'GET /domains list',
  update: 'PATCH /domains/{domainId} all',
} as const;

export const emailAddresses = {
  createEmailAddress: 'POST /email_addresses params',
  deleteEmailAddress: 'DELETE /email_addresses/{emailAddressId}',
  getEmailAddress: 'GET /email_addresses/{emailAddressId}',
  updateEmailAddress: 'PATCH /email_addresses/{emailAddressId} params',
} as const;

export const enterpriseConnections = {
  createEnterpriseConnection: 'POST /enterprise_connections params',
  deleteEnterpriseConnection: 'DELETE /enterprise_connections/{enterpriseConnectionId}',
  getEnterpriseConnection: 'GET /enterprise_connections/{enterpriseConnectionId}',
  getEnterpriseConnectionList: 'GET /enterprise_connections params list',
  updateEnterpriseConnection: 'PATCH /enterprise_connections/{enterpriseConnectionId} params',
} as const;

export const idPOAuthAccessToken = {
  verify: 'POST /oauth_applications/access_tokens/verify field:accessToken',
} as const;

export const instance = {
  changeDomain: 'POST /instance/change_domain params none',
  get: 'GET /instance',
  getOAuthApplicationSettings: 'GET /instance/oauth_application_settings',
  getProtectSettings: 'GET /instance/protect',
  update: 'PATCH /instance params none',
  updateOAuthApplicationSettings: 'PATCH /instance/oauth_application_settings params',
  updateOrganizationSettings: 'PATCH /instance/organization_settings params',
  updateProtectSettings: 'PATCH /instance/protect params',
  updateRestrictions: 'PATCH /instance/restrictions params',
} as const;

export const interstitial = {
  getInterstitial: 'GET /public/interstitial params text public',
} as const;

export const invitations = {
  createInvitation: 'POST /invitations params',
  createInvitationBulk: 'POST /invitations/bulk params body:array items',
  getInvitationList: 'GET /invitations params paginated list',
  revokeInvitation: 'POST /invitations/{invitationId}/revoke',
} as const;

export const jwks = {
  getJwks: 'GET /jwks verbatim',
} as const;

export const jwtTemplates = {
  create: 'POST /jwt_templates params',
  delete: 'DELETE /jwt_templates/{templateId}',
  get: 'GET /jwt_templates/{templateId}',
  list: 'GET /jwt_templates params paginated list',
  update: 'PATCH /jwt_templates/{templateId} all',
} as const;

export const m2m = {
  createToken: 'POST /m2m_tokens params machine',
  list: 'GET /m2m_tokens params list:m2m_tokens machine',
  revokeToken: 'POST /m2m_tokens/{m2mTokenId}/revoke all machine',
  verify: 'POST /m2m_tokens/verify params machine',
} as const;

export const machines = {
  create: 'POST /machines params',
  createScope: 'POST /machines/{machineId}/scopes field:toMachineId',
  delete: 'DELETE /machines/{machineId}',
  deleteScope: 'DELETE /machines/{machineId}/scopes/{otherMachineId}',
  get: 'GET /machines/{machineId}',
  getSecretKey: 'GET /machines/{machineId}/secret_key',
  list: 'GET /machines params list',
  rotateSecretKey: 'POST /machines/{machineId}/secret_key/rotate all',
  update: 'PATCH /machines/{machineId} all',
} as const;

export const oauthApplications = {
  create: 'POST /oauth_applications params',
  delete: 'DELETE /oauth_applications/{oauthApplicationId}',
  get: 'GET /oauth_applications/{oauthApplicationId}',
  list: 'GET /oauth_applications params list',
  rotateSecret: 'POST /oauth_applications/{oauthApplicationId}/rotate_secret',
  update: 'PATCH /oauth_applications/{oauthApplicationId} all',
} as const;

export const organizationPermissions = {
  createOrganizationPermission: 'POST /organization_permissions params',
  deleteOrganizationPermission: 'DELETE /organization_permissions/{permissionId}',
  getOrganizationPermission: 'GET /organization_permissions/{permissionId}',
  getOrganizationPermissionList: 'GET /organization_permissions params list',
  updateOrganizationPermission: 'PATCH /organization_permissions/{permissionId} all',
} as const;

export const organizationRoles = {
  assignPermissionToOrganizationRole: 'POST /organization_roles/{organizationRoleId}/permissions/{permissionId} all',
  createOrganizationRole: 'POST /organization_roles params',
  deleteOrganizationRole: 'DELETE /organization_roles/{organizationRoleId}',
  getOrganizationRole: 'GET /organization_roles/{organizationRoleId}',
  getOrganizationRoleList: 'GET /organization_roles params list',
  removePermissionFromOrganizationRole: 'DELETE /organization_roles/{organizationRoleId}/permissions/{permissionId} all',
  updateOrganizationRole: 'PATCH /organization_roles/{organizationRoleId} all',
} as const;

export const organizations = {
  createOrganization: 'POST /organizations params',
  createOrganizationDomain: 'POST /organizations/{organizationId}/domains all',
  createOrganizationInvitation: 'POST /organizations/{organizationId}/invitations all',
  createOrganizationInvitationBulk: 'POST /organizations/{organizationId}/invitations/bulk params body:array list',
  createOrganizationMembership: 'POST /organizations/{organizationId}/memberships all',
  deleteOrganization: 'DELETE /organizations/{organizationId}',
  deleteOrganizationDomain: 'DELETE /organizations/{organizationId}/domains/{domainId} all',
  deleteOrganizationLogo: 'DELETE /organizations/{organizationId}/logo',
  deleteOrganizationMembership: 'DELETE /organizations/{organizationId}/memberships/{userId} all',
  getInstanceOrganizationDomainList: 'GET /organization_domains params list',
  getInstanceOrganizationInvitationList: 'GET /organization_invitations params list',
  getInstanceOrganizationMembershipList: 'GET /organization_memberships params list',
  getOrganization: 'GET /organizations/{organizationId} all',
  getOrganizationDomainList: 'GET /organizations/{organizationId}/domains all list',
  getOrganizationInvitation: 'GET /organizations/{organizationId}/invitations/{invitationId} all',
  getOrganizationInvitationList: 'GET /organizations/{organizationId}/invitations all list',
  getOrganizationList: 'GET /organizations params list',
  getOrganizationMembershipList: 'GET /organizations/{organizationId}/memberships all list',
  getPendingOrganizationInvitationList: 'GET /organizations/{organizationId}/invitations/pending all list',
  revokeOrganizationInvitation: 'POST /organizations/{organizationId}/invitations/{invitationId}/revoke all',
  updateOrganization: 'PATCH /organizations/{organizationId} params',
  updateOrganizationDomain: 'PATCH /organizations/{organizationId}/domains/{domainId} all',
  updateOrganizationLogo: 'PUT /organizations/{organizationId}/logo params body:form',
  updateOrganizationMembership: 'PATCH /organizations/{organizationId}/memberships/{userId} all',
  updateOrganizationMembershipMetadata: 'PATCH /organizations/{organizationId}/memberships/{userId}/metadata all',
  updateOrganizationMetadata: 'PATCH /organizations/{organizationId}/metadata params',
} as const;

export const phoneNumbers = {
  createPhoneNumber: 'POST /phone_numbers params',
  deletePhoneNumber: 'DELETE /phone_numbers/{phoneNumberId}',
  getPhoneNumber: 'GET /phone_numbers/{phoneNumberId}',
  updatePhoneNumber: 'PATCH /phone_numbers/{phoneNumberId} params',
} as const;

export const proxyChecks = {
  verify: 'POST /proxy_checks params',
} as const;

export const redirectUrls = {
  createRedirectUrl: 'POST /redirect_urls params',
  deleteRedirectUrl: 'DELETE /redirect_urls/{redirectUrlId}',
  getRedirectUrl: 'GET /redirect_urls/{redirectUrlId}',
  getRedirectUrlList: 'GET /redirect_urls params paginated list',
} as const;

export const roleSets = {
  addRolesToRoleSet: 'POST /role_sets/{roleSetKeyOrId}/roles all',
  createRoleSet: 'POST /role_sets params',
  getRoleSet: 'GET /role_sets/{roleSetKeyOrId}',
  getRoleSetList: 'GET /role_sets params list',
  replaceRoleInRoleSet: 'POST /role_sets/{roleSetKeyOrId}/roles/replace all',
  replaceRoleSet: 'POST /role_sets/{roleSetKeyOrId}/replace all',
  updateRoleSet: 'PATCH /role_sets/{roleSetKeyOrId} all',
} as const;

export const samlConnections = {
  createSamlConnection: 'POST /saml_connections params',
  deleteSamlConnection: 'DELETE /saml_connections/{samlConnectionId}',
  getSamlConnection: 'GET /saml_connections/{samlConnectionId}',
  getSamlConnectionList: 'GET /saml_connections params list',
  updateSamlConnection: 'PATCH /saml_connections/{samlConnectionId} params',
} as const;

export const sessions = {
  createSession: 'POST /sessions params',
  getSession: 'GET /sessions/{sessionId}',
  getSessionList: 'GET /sessions params paginated list',
  getToken: 'POST /sessions/{sessionId}/tokens field:expiresInSeconds',
  getTokenFromTemplate: 'POST /sessions/{sessionId}/tokens/{template} field:expiresInSeconds',
  refreshSession: 'POST /sessions/{sessionId}/refresh params query:suffixed_cookies',
  revokeSession: 'POST /sessions/{sessionId}/revoke',
} as const;

export const signInTokens = {
  createSignInToken: 'POST /sign_in_tokens params',
  revokeSignInToken: 'POST /sign_in_tokens/{signInTokenId}/revoke',
} as const;

export const signUps = {
  get: 'GET /sign_ups/{signUpAttemptId}',
  update: 'PATCH /sign_ups/{signUpAttemptId} all',
} as const;

export const templates = {
  getTemplate: 'GET /templates/{templateType}/{slug}',
  getTemplateList: 'GET /templates/{templateType} params paginated list',
  previewTemplate: 'POST /templates/{templateType}/{slug}/preview params',
  revertTemplate: 'POST /templates/{templateType}/{slug}/revert',
  toggleTemplateDelivery: 'POST /templates/{templateType}/{slug}/toggle_delivery params',
  updateTemplate: 'PUT /templates/{templateType}/{slug} params',
} as const;

export const testingTokens = {
  createTestingToken: 'POST /testing_tokens',
} as const;

export const users = {
  banUser: 'POST /users/{userId}/ban',
  banUsers: 'POST /users/ban params items',
  createUser: 'POST /users params',
  deleteUser: 'DELETE /users/{userId}',
  deleteUserBackupCodes: 'DELETE /users/{userId}/backup_code',
  deleteUserExternalAccount: 'DELETE /users/{userId}/external_accounts/{externalAccountId} all',
  deleteUserPasskey: 'DELETE /users/{userId}/passkeys/{passkeyIdentificationId} all',
  deleteUserProfileImage: 'DELETE /users/{userId}/profile_image',
  deleteUserTOTP: 'DELETE /users/{userId}/totp',
  deleteUserWeb3Wallet: 'DELETE /users/{userId}/web3_wallets/{web3WalletIdentificationId} all',
  disableUserMFA: 'DELETE /users/{userId}/mfa',
  getCount: 'GET /users/count params count',
  getOrganizationInvitationList: 'GET /users/{userId}/organization_invitations all list',
  getOrganizationMembershipList: 'GET /users/{userId}/organization_memberships all list',
  getUser: 'GET /users/{userId}',
  getUserList: 'GET /users params items',
  getUserOauthAccessToken: 'GET /users/{userId}/oauth_access_tokens/{provider} params paginated list',
  lockUser: 'POST /users/{userId}/lock',
  setPasswordCompromised: 'POST /users/{userId}/password/set_compromised params',
  unbanUser: 'POST /users/{userId}/unban',
  unbanUsers: 'POST /users/unban params items',
  unlockUser: 'POST /users/{userId}/unlock',
  unsetPasswordCompromised: 'POST /users/{userId}/password/unset_compromised',
  updateUser: 'PATCH /users/{userId} params',
  updateUserMetadata: 'PATCH /users/{userId}/metadata params',
  updateUserProfileImage: 'POST /users/{userId}/profile_image params body:form',
  verifyPassword: 'POST /users/{userId}/verify_password all',
  verifyTOTP: 'POST /users/{userId}/verify_totp all',
} as const;

export const waitlistEntries = {
  create: 'POST /waitlist_entries params',
  createBulk: 'POST /waitlist_entries/bulk params body:array items',
  delete: 'DELETE /waitlist_entries/{id}',
  invite: 'POST /waitlist_entries/{id}/invite params',
  list: 'GET /waitlist_entries params list',
  reject: 'POST /waitlist_entries/{id}/reject',
} as const;

export const webhooks = {
  createSvixApp: 'POST /webhooks/svix',
  deleteSvixApp: 'DELETE /webhooks/svix none',
  generateSvixAuthURL: 'POST /webhooks/svix_url',
} as const;

export const RESOURCES = {
  actorTokens,
  agentTasks,
  allowlistIdentifiers,
  apiKeys,
  betaFeatures,
  billing,
  blocklistIdentifiers,
  clients,
  domains,
  emailAddresses,
  enterpriseConnections,
  idPOAuthAccessToken,
  instance,
  interstitial,
  invitations,
  jwks,
  jwtTemplates,
  m2m,
  machines,
  oauthApplications,
  organizationPermissions,
  organizationRoles,
  organizations,
  phoneNumbers,
  proxyChecks,
  redirectUrls,
  roleSets,
  samlConnections,
  sessions,
  signInTokens,
  signUps,
  templates,
  testingTokens,
  users,
  waitlistEntries,
  webhooks,
} as const;
