// Generated from packages/core/contract by `npm run generate`. Do not edit.

import type { ResourceTable } from '../resource-table.ts';

export const actorTokens: ResourceTable<'actorTokens'> = {
  name: 'actorTokens',
  methods: {
    create: 'POST /actor_tokens params',
    revoke: 'POST /actor_tokens/{actorTokenId}/revoke',
  },
};

export const agentTasks: ResourceTable<'agentTasks'> = {
  name: 'agentTasks',
  methods: {
    create: 'POST /agents/tasks params',
    revoke: 'POST /agents/tasks/{agentTaskId}/revoke',
  },
};

export const allowlistIdentifiers: ResourceTable<'allowlistIdentifiers'> = {
  name: 'allowlistIdentifiers',
  methods: {
    createAllowlistIdentifier: 'POST /allowlist_identifiers params',
    deleteAllowlistIdentifier: 'DELETE /allowlist_identifiers/{allowlistIdentifierId}',
    getAllowlistIdentifierList: 'GET /allowlist_identifiers params paginated list',
  },
};

export const apiKeys: ResourceTable<'apiKeys'> = {
  name: 'apiKeys',
  methods: {
    create: 'POST /api_keys params',
    delete: 'DELETE /api_keys/{apiKeyId}',
    get: 'GET /api_keys/{apiKeyId}',
    getSecret: 'GET /api_keys/{apiKeyId}/secret',
    list: 'GET /api_keys params list',
    revoke: 'POST /api_keys/{apiKeyId}/revoke all',
    update: 'PATCH /api_keys/{apiKeyId} all',
    verify: 'POST /api_keys/verify field:secret',
  },
};

export const betaFeatures: ResourceTable<'betaFeatures'> = {
  name: 'betaFeatures',
  methods: {
    updateDomain: 'PUT /beta_features/domain params none',
    updateInstanceSettings: 'PATCH /beta_features/instance_settings params',
  },
};

export const billing: ResourceTable<'billing'> = {
  name: 'billing',
  methods: {
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
  },
};

export const blocklistIdentifiers: ResourceTable<'blocklistIdentifiers'> = {
  name: 'blocklistIdentifiers',
  methods: {
    createBlocklistIdentifier: 'POST /blocklist_identifiers params',
    deleteBlocklistIdentifier: 'DELETE /blocklist_identifiers/{blocklistIdentifierId}',
    getBlocklistIdentifierList: 'GET /blocklist_identifiers params list',
  },
};

export const clients: ResourceTable<'clients'> = {
  name: 'clients',
  methods: {
    getClient: 'GET /clients/{clientId}',
    getClientList: 'GET /clients params paginated list',
    getHandshakePayload: 'GET /clients/handshake_payload params once',
    verifyClient: 'POST /clients/verify field:token',
  },
};

export const domains: ResourceTable<'domains'> = {
  name: 'domains',
  methods: {
    add: 'POST /domains params',
    delete: 'DELETE /domains/{satelliteDomainId}',
    deleteDomain: 'DELETE /domains/{satelliteDomainId}',
    list: 'GET /domains list',
    update: 'PATCH /domains/{domainId} all',
  },
};

export const emailAddresses: ResourceTable<'emailAddresses'> = {
  name: 'emailAddresses',
  methods: {
    createEmailAddress: 'POST /email_addresses params',
    deleteEmailAddress: 'DELETE /email_addresses/{emailAddressId}',
    getEmailAddress: 'GET /email_addresses/{emailAddressId}',
    updateEmailAddress: 'PATCH /email_addresses/{emailAddressId} params',
  },
};

export const enterpriseConnections: ResourceTable<'enterpriseConnections'> = {
  name: 'enterpriseConnections',
  methods: {
    createEnterpriseConnection: 'POST /enterprise_connections params',
    deleteEnterpriseConnection: 'DELETE /enterprise_connections/{enterpriseConnectionId}',
    getEnterpriseConnection: 'GET /enterprise_connections/{enterpriseConnectionId}',
    getEnterpriseConnectionList: 'GET /enterprise_connections params list',
    updateEnterpriseConnection: 'PATCH /enterprise_connections/{enterpriseConnectionId} params',
  },
};

export const idPOAuthAccessToken: ResourceTable<'idPOAuthAccessToken'> = {
  name: 'idPOAuthAccessToken',
  methods: {
    verify: 'POST /oauth_applications/access_tokens/verify field:accessToken',
  },
};

export const instance: ResourceTable<'instance'> = {
  name: 'instance',
  methods: {
    changeDomain: 'POST /instance/change_domain params none',
    get: 'GET /instance',
    getOAuthApplicationSettings: 'GET /instance/oauth_application_settings',
    getProtectSettings: 'GET /instance/protect',
    update: 'PATCH /instance params none',
    updateOAuthApplicationSettings: 'PATCH /instance/oauth_application_settings params',
    updateOrganizationSettings: 'PATCH /instance/organization_settings params',
    updateProtectSettings: 'PATCH /instance/protect params',
    updateRestrictions: 'PATCH /instance/restrictions params',
  },
};

export const interstitial: ResourceTable<'interstitial'> = {
  name: 'interstitial',
  methods: {
    getInterstitial: 'GET /public/interstitial params text public',
  },
};

export const invitations: ResourceTable<'invitations'> = {
  name: 'invitations',
  methods: {
    createInvitation: 'POST /invitations params',
    createInvitationBulk: 'POST /invitations/bulk params body:array items',
    getInvitationList: 'GET /invitations params paginated list',
    revokeInvitation: 'POST /invitations/{invitationId}/revoke',
  },
};

export const jwks: ResourceTable<'jwks'> = {
  name: 'jwks',
  methods: {
    getJwks: 'GET /jwks verbatim',
  },
};

export const jwtTemplates: ResourceTable<'jwtTemplates'> = {
  name: 'jwtTemplates',
  methods: {
    create: 'POST /jwt_templates params',
    delete: 'DELETE /jwt_templates/{templateId}',
    get: 'GET /jwt_templates/{templateId}',
    list: 'GET /jwt_templates params paginated list',
    update: 'PATCH /jwt_templates/{templateId} all',
  },
};

export const m2m: ResourceTable<'m2m'> = {
  name: 'm2m',
  methods: {
    createToken: 'POST /m2m_tokens params machine',
    list: 'GET /m2m_tokens params list:m2m_tokens machine',
    revokeToken: 'POST /m2m_tokens/{m2mTokenId}/revoke all machine',
    verify: 'POST /m2m_tokens/verify params machine',
  },
};

export const machines: ResourceTable<'machines'> = {
  name: 'machines',
  methods: {
    create: 'POST /machines params',
    createScope: 'POST /machines/{machineId}/scopes field:toMachineId',
    delete: 'DELETE /machines/{machineId}',
    deleteScope: 'DELETE /machines/{machineId}/scopes/{otherMachineId}',
    get: 'GET /machines/{machineId}',
    getSecretKey: 'GET /machines/{machineId}/secret_key',
    list: 'GET /machines params list',
    rotateSecretKey: 'POST /machines/{machineId}/secret_key/rotate all',
    update: 'PATCH /machines/{machineId} all',
  },
};

export const oauthApplications: ResourceTable<'oauthApplications'> = {
  name: 'oauthApplications',
  methods: {
    create: 'POST /oauth_applications params',
    delete: 'DELETE /oauth_applications/{oauthApplicationId}',
    get: 'GET /oauth_applications/{oauthApplicationId}',
    list: 'GET /oauth_applications params list',
    rotateSecret: 'POST /oauth_applications/{oauthApplicationId}/rotate_secret',
    update: 'PATCH /oauth_applications/{oauthApplicationId} all',
  },
};

export const organizationPermissions: ResourceTable<'organizationPermissions'> = {
  name: 'organizationPermissions',
  methods: {
    createOrganizationPermission: 'POST /organization_permissions params',
    deleteOrganizationPermission: 'DELETE /organization_permissions/{permissionId}',
    getOrganizationPermission: 'GET /organization_permissions/{permissionId}',
    getOrganizationPermissionList: 'GET /organization_permissions params list',
    updateOrganizationPermission: 'PATCH /organization_permissions/{permissionId} all',
  },
};

export const organizationRoles: ResourceTable<'organizationRoles'> = {
  name: 'organizationRoles',
  methods: {
    assignPermissionToOrganizationRole: 'POST /organization_roles/{organizationRoleId}/permissions/{permissionId} all',
    createOrganizationRole: 'POST /organization_roles params',
    deleteOrganizationRole: 'DELETE /organization_roles/{organizationRoleId}',
    getOrganizationRole: 'GET /organization_roles/{organizationRoleId}',
    getOrganizationRoleList: 'GET /organization_roles params list',
    removePermissionFromOrganizationRole: 'DELETE /organization_roles/{organizationRoleId}/permissions/{permissionId} all',
    updateOrganizationRole: 'PATCH /organization_roles/{organizationRoleId} all',
  },
};

export const organizations: ResourceTable<'organizations'> = {
  name: 'organizations',
  methods: {
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
  },
};

export const phoneNumbers: ResourceTable<'phoneNumbers'> = {
  name: 'phoneNumbers',
  methods: {
    createPhoneNumber: 'POST /phone_numbers params',
    deletePhoneNumber: 'DELETE /phone_numbers/{phoneNumberId}',
    getPhoneNumber: 'GET /phone_numbers/{phoneNumberId}',
    updatePhoneNumber: 'PATCH /phone_numbers/{phoneNumberId} params',
  },
};

export const proxyChecks: ResourceTable<'proxyChecks'> = {
  name: 'proxyChecks',
  methods: {
    verify: 'POST /proxy_checks params',
  },
};

export const redirectUrls: ResourceTable<'redirectUrls'> = {
  name: 'redirectUrls',
  methods: {
    createRedirectUrl: 'POST /redirect_urls params',
    deleteRedirectUrl: 'DELETE /redirect_urls/{redirectUrlId}',
    getRedirectUrl: 'GET /redirect_urls/{redirectUrlId}',
    getRedirectUrlList: 'GET /redirect_urls params paginated list',
  },
};

export const roleSets: ResourceTable<'roleSets'> = {
  name: 'roleSets',
  methods: {
    addRolesToRoleSet: 'POST /role_sets/{roleSetKeyOrId}/roles all',
    createRoleSet: 'POST /role_sets params',
    getRoleSet: 'GET /role_sets/{roleSetKeyOrId}',
    getRoleSetList: 'GET /role_sets params list',
    replaceRoleInRoleSet: 'POST /role_sets/{roleSetKeyOrId}/roles/replace all',
    replaceRoleSet: 'POST /role_sets/{roleSetKeyOrId}/replace all',
    updateRoleSet: 'PATCH /role_sets/{roleSetKeyOrId} all',
  },
};

export const samlConnections: ResourceTable<'samlConnections'> = {
  name: 'samlConnections',
  methods: {
    createSamlConnection: 'POST /saml_connections params',
    deleteSamlConnection: 'DELETE /saml_connections/{samlConnectionId}',
    getSamlConnection: 'GET /saml_connections/{samlConnectionId}',
    getSamlConnectionList: 'GET /saml_connections params list',
    updateSamlConnection: 'PATCH /saml_connections/{samlConnectionId} params',
  },
};

export const sessions: ResourceTable<'sessions'> = {
  name: 'sessions',
  methods: {
    createSession: 'POST /sessions params',
    getSession: 'GET /sessions/{sessionId}',
    getSessionList: 'GET /sessions params paginated list',
    getToken: 'POST /sessions/{sessionId}/tokens field:expiresInSeconds',
    getTokenFromTemplate: 'POST /sessions/{sessionId}/tokens/{template} field:expiresInSeconds',
    refreshSession: 'POST /sessions/{sessionId}/refresh params query:suffixed_cookies',
    revokeSession: 'POST /sessions/{sessionId}/revoke',
  },
};

export const signInTokens: ResourceTable<'signInTokens'> = {
  name: 'signInTokens',
  methods: {
    createSignInToken: 'POST /sign_in_tokens params',
    revokeSignInToken: 'POST /sign_in_tokens/{signInTokenId}/revoke',
  },
};

export const signUps: ResourceTable<'signUps'> = {
  name: 'signUps',
  methods: {
    get: 'GET /sign_ups/{signUpAttemptId}',
    update: 'PATCH /sign_ups/{signUpAttemptId} all',
  },
};

export const templates: ResourceTable<'templates'> = {
  name: 'templates',
  methods: {
    getTemplate: 'GET /templates/{templateType}/{slug}',
    getTemplateList: 'GET /templates/{templateType} params paginated list',
    previewTemplate: 'POST /templates/{templateType}/{slug}/preview params',
    revertTemplate: 'POST /templates/{templateType}/{slug}/revert',
    toggleTemplateDelivery: 'POST /templates/{templateType}/{slug}/toggle_delivery params',
    updateTemplate: 'PUT /templates/{templateType}/{slug} params',
  },
};

export const testingTokens: ResourceTable<'testingTokens'> = {
  name: 'testingTokens',
  methods: {
    createTestingToken: 'POST /testing_tokens',
  },
};

export const users: ResourceTable<'users'> = {
  name: 'users',
  methods: {
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
  },
};

export const waitlistEntries: ResourceTable<'waitlistEntries'> = {
  name: 'waitlistEntries',
  methods: {
    create: 'POST /waitlist_entries params',
    createBulk: 'POST /waitlist_entries/bulk params body:array items',
    delete: 'DELETE /waitlist_entries/{id}',
    invite: 'POST /waitlist_entries/{id}/invite params',
    list: 'GET /waitlist_entries params list',
    reject: 'POST /waitlist_entries/{id}/reject',
  },
};

export const webhooks: ResourceTable<'webhooks'> = {
  name: 'webhooks',
  methods: {
    createSvixApp: 'POST /webhooks/svix',
    deleteSvixApp: 'DELETE /webhooks/svix none',
    generateSvixAuthURL: 'POST /webhooks/svix_url',
  },
};
