import type { LocalBackend } from '@keystile/local';
import type { BackendClient } from '../../packages/core/src/backend/index.ts';
import type { Fixtures } from './fixtures.ts';

/** What the chapters of the scenario work with. */
export interface Stage {
  readonly backend: BackendClient;
  readonly local: LocalBackend;
  readonly fixtures: Fixtures;
  /** Carries out one call. A failure is in the record of exchanges and does not end the scenario. */
  readonly attempt: <T>(call: Promise<T>) => Promise<T | undefined>;
}

type Chapter = (stage: Stage) => Promise<void>;

/** Stands for an id that a failed call did not give. */
const NONE = 'none';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const image = (): Blob => new Blob([PNG], { type: 'image/png' });
const idOf = (resource: { id?: string } | undefined): string => resource?.id ?? NONE;

/** A user to do things to; `name` keeps identifiers apart. */
async function createUser({ backend, attempt }: Stage, name: string): Promise<string> {
  return idOf(
    await attempt(
      backend.users.createUser({
        emailAddress: [`${name}@example.test`],
        firstName: name,
        skipPasswordRequirement: true,
      }),
    ),
  );
}

const users: Chapter = async (stage) => {
  const { backend, fixtures, attempt } = stage;
  const created = await attempt(
    backend.users.createUser({
      externalId: 'ext-ada',
      firstName: 'Ada',
      lastName: 'Lovelace',
      username: 'ada_lovelace',
      emailAddress: ['ada@example.test', 'ada.second@example.test'],
      phoneNumber: ['+15555550100'],
      web3Wallet: ['0x52908400098527886E0F7030069857D2E4169EE7'],
      password: 'correct horse battery staple',
      totpSecret: 'JBSWY3DPEHPK3PXP',
      backupCodes: ['backup-code-one', 'backup-code-two'],
      publicMetadata: { plan_name: 'pro', nested: { snake_key: 1 } },
      privateMetadata: { camelKey: true },
      unsafeMetadata: {},
      createdAt: new Date('2026-01-01T00:00:00Z'),
    }),
  );
  const userId = idOf(created);
  const other = await createUser(stage, 'grace');
  await attempt(backend.users.getUser(userId));
  await attempt(
    backend.users.getUserList({
      limit: 10,
      offset: 0,
      orderBy: '-created_at',
      query: 'a',
      emailAddress: ['ada@example.test'],
    }),
  );
  await attempt(backend.users.getUserList());
  await attempt(backend.users.getCount({ banned: false }));
  await attempt(backend.users.updateUser(userId, { lastName: 'King', publicMetadata: { plan_name: 'team' } }));
  await attempt(
    backend.users.updateUserMetadata(userId, {
      publicMetadata: { more_data: [1] },
      privateMetadata: { camelKey: null },
    }),
  );
  await attempt(backend.users.verifyPassword({ userId, password: 'correct horse battery staple' }));
  await attempt(backend.users.verifyTOTP({ userId, code: 'backup-code-one' }));
  await attempt(backend.users.setPasswordCompromised(userId, { revokeAllSessions: false }));
  await attempt(backend.users.unsetPasswordCompromised(userId));
  await attempt(backend.users.updateUserProfileImage(userId, { file: image() }));
  await attempt(backend.users.deleteUserProfileImage(userId));
  await attempt(backend.users.lockUser(other));
  await attempt(backend.users.unlockUser(other));
  await attempt(backend.users.banUser(other));
  await attempt(backend.users.unbanUser(other));
  await attempt(backend.users.banUsers({ userIds: [other] }));
  await attempt(backend.users.unbanUsers({ userIds: [other] }));
  await attempt(backend.users.getOrganizationMembershipList({ userId, limit: 10 }));
  await attempt(backend.users.getOrganizationInvitationList({ userId, status: 'pending' }));

  const externalAccountId = await fixtures.addExternalAccount(userId);
  const passkeyId = await fixtures.addPasskey(userId);
  await attempt(backend.users.getUser(userId));
  await attempt(backend.users.getUserOauthAccessToken(userId, 'google'));
  await attempt(backend.users.deleteUserExternalAccount({ userId, externalAccountId }));
  await attempt(backend.users.deleteUserPasskey({ userId, passkeyIdentificationId: passkeyId }));
  await attempt(
    backend.users.deleteUserWeb3Wallet({ userId, web3WalletIdentificationId: created?.web3Wallets[0]?.id ?? NONE }),
  );
  await attempt(backend.users.deleteUserBackupCodes(userId));
  await attempt(backend.users.deleteUserTOTP(userId));
  await attempt(backend.users.disableUserMFA(userId));
  await attempt(backend.users.deleteUser(other));
};

const identifiers: Chapter = async (stage) => {
  const { backend, attempt } = stage;
  const userId = await createUser(stage, 'identified');
  const email = idOf(
    await attempt(
      backend.emailAddresses.createEmailAddress({ userId, emailAddress: 'more@example.test', verified: true }),
    ),
  );
  await attempt(backend.emailAddresses.getEmailAddress(email));
  await attempt(backend.emailAddresses.updateEmailAddress(email, { primary: true }));
  const spare = idOf(
    await attempt(backend.emailAddresses.createEmailAddress({ userId, emailAddress: 'spare@example.test' })),
  );
  await attempt(backend.emailAddresses.deleteEmailAddress(spare));
  const phone = idOf(
    await attempt(backend.phoneNumbers.createPhoneNumber({ userId, phoneNumber: '+15555550111', verified: true })),
  );
  await attempt(backend.phoneNumbers.getPhoneNumber(phone));
  await attempt(backend.phoneNumbers.updatePhoneNumber(phone, { reservedForSecondFactor: true }));
  await attempt(backend.phoneNumbers.deletePhoneNumber(phone));
};

const sessions: Chapter = async (stage) => {
  const { backend, local, fixtures, attempt } = stage;
  const userId = await createUser(stage, 'visitor');
  const session = await attempt(backend.sessions.createSession({ userId }));
  const sessionId = idOf(session);
  await attempt(backend.sessions.getSession(sessionId));
  await attempt(backend.sessions.getSessionList({ userId, status: 'active', limit: 10 }));
  await attempt(backend.sessions.getToken(sessionId));
  const template = await attempt(
    backend.jwtTemplates.create({ name: 'contract', claims: { user_id: '{{user.id}}' }, lifetime: 60 }),
  );
  await attempt(backend.sessions.getTokenFromTemplate(sessionId, 'contract', 120));
  for (const format of ['token', 'cookie'] as const) {
    await attempt(
      backend.sessions.refreshSession(sessionId, {
        expiredToken: await local.mint.session({ userId, sessionId, expiresInSeconds: -60 }),
        refreshToken: await fixtures.addRefreshToken(sessionId),
        requestOrigin: 'http://localhost:3000',
        requestHeaders: { 'user-agent': ['test'] },
        format,
        suffixedCookies: false,
      }),
    );
  }
  const clientId = session?.clientId ?? NONE;
  await attempt(backend.clients.getClient(clientId));
  await attempt(backend.clients.getClientList({ limit: 5 }));
  await attempt(backend.clients.verifyClient(await fixtures.addClientToken(clientId)));
  await attempt(backend.sessions.revokeSession(sessionId));

  const templateId = idOf(template);
  await attempt(backend.jwtTemplates.list({ limit: 5 }));
  await attempt(backend.jwtTemplates.get(templateId));
  await attempt(backend.jwtTemplates.update({ templateId, name: 'contract', claims: { snake_key: { inner_key: 1 } } }));
  await attempt(backend.jwtTemplates.delete(templateId));
  await attempt(backend.jwks.getJwks());
};

const tickets: Chapter = async (stage) => {
  const { backend, fixtures, attempt } = stage;
  const userId = await createUser(stage, 'ticketed');
  const actor = await createUser(stage, 'actor');
  const actorToken = await attempt(
    backend.actorTokens.create({ userId, actor: { sub: actor, support_case: 7 }, expiresInSeconds: 600 }),
  );
  await attempt(backend.actorTokens.revoke(idOf(actorToken)));
  const signInToken = await attempt(backend.signInTokens.createSignInToken({ userId, expiresInSeconds: 600 }));
  await attempt(backend.signInTokens.revokeSignInToken(idOf(signInToken)));
  await attempt(backend.testingTokens.createTestingToken());
  const task = await attempt(
    backend.agentTasks.create({
      onBehalfOf: { userId },
      permissions: '*',
      agentName: 'helper',
      taskDescription: 'Look around',
      redirectUrl: 'http://localhost:3000/agent',
    }),
  );
  await attempt(backend.agentTasks.revoke(task?.agentTaskId ?? NONE));
  const signUpAttemptId = await fixtures.addSignUp();
  await attempt(backend.signUps.get(signUpAttemptId));
  await attempt(backend.signUps.update({ signUpAttemptId, externalId: 'ext-sign-up', customAction: true }));
};

const invitations: Chapter = async ({ backend, attempt }) => {
  const invitation = await attempt(
    backend.invitations.createInvitation({ emailAddress: 'guest@example.test', publicMetadata: { from_test: true } }),
  );
  await attempt(
    backend.invitations.createInvitationBulk([
      { emailAddress: 'one@example.test' },
      { emailAddress: 'two@example.test', notify: false },
    ]),
  );
  await attempt(backend.invitations.getInvitationList({ status: 'pending', limit: 2 }));
  await attempt(backend.invitations.revokeInvitation(idOf(invitation)));

  const allowed = await attempt(
    backend.allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'allowed@example.test', notify: false }),
  );
  await attempt(backend.allowlistIdentifiers.getAllowlistIdentifierList({ limit: 5 }));
  await attempt(backend.allowlistIdentifiers.deleteAllowlistIdentifier(idOf(allowed)));
  const blocked = await attempt(
    backend.blocklistIdentifiers.createBlocklistIdentifier({ identifier: 'blocked@example.test' }),
  );
  await attempt(backend.blocklistIdentifiers.getBlocklistIdentifierList());
  await attempt(backend.blocklistIdentifiers.deleteBlocklistIdentifier(idOf(blocked)));

  const entry = await attempt(backend.waitlistEntries.create({ emailAddress: 'waiting@example.test' }));
  const [rejected, deleted] =
    (await attempt(
      backend.waitlistEntries.createBulk([
        { emailAddress: 'waiting2@example.test' },
        { emailAddress: 'waiting3@example.test', notify: false },
      ]),
    )) ?? [];
  await attempt(backend.waitlistEntries.list({ status: 'pending', orderBy: '-created_at' }));
  await attempt(backend.waitlistEntries.invite(idOf(entry), { ignoreExisting: true }));
  await attempt(backend.waitlistEntries.list());
  await attempt(backend.waitlistEntries.reject(idOf(rejected)));
  await attempt(backend.waitlistEntries.delete(idOf(deleted)));
};

const instance: Chapter = async ({ backend, local, attempt }) => {
  await attempt(backend.instance.get());
  await attempt(backend.instance.update({ testMode: true, allowedOrigins: ['http://localhost:3000'] }));
  await attempt(backend.instance.updateRestrictions({ blockEmailSubaddresses: false }));
  await attempt(backend.instance.getProtectSettings());
  await attempt(backend.instance.updateProtectSettings({ rulesEnabled: false }));
  await attempt(backend.instance.getOAuthApplicationSettings());
  await attempt(backend.instance.updateOAuthApplicationSettings({ dynamicOauthClientRegistration: true }));
  await attempt(
    backend.instance.updateOrganizationSettings({ enabled: true, domainsEnabled: true, maxAllowedMemberships: 50 }),
  );
  await attempt(backend.betaFeatures.updateInstanceSettings({ testMode: true }));
  await attempt(backend.interstitial.getInterstitial({ frontendApi: 'clerk.example.test' }));

  const domain = await attempt(backend.domains.add({ name: 'satellite.example.test', isSatellite: true }));
  await attempt(backend.domains.list());
  await attempt(backend.domains.update({ domainId: idOf(domain), name: 'moon.example.test' }));
  await attempt(backend.proxyChecks.verify({ domainId: idOf(domain), proxyUrl: local.url }));
  await attempt(backend.domains.delete(idOf(domain)));
  await attempt(backend.instance.changeDomain({ homeUrl: 'https://example.test' }));
  await attempt(backend.betaFeatures.updateDomain({ homeUrl: 'https://example.test' }));

  const redirectUrl = await attempt(backend.redirectUrls.createRedirectUrl({ url: 'https://example.test/back' }));
  await attempt(backend.redirectUrls.getRedirectUrlList());
  await attempt(backend.redirectUrls.getRedirectUrl(idOf(redirectUrl)));
  await attempt(backend.redirectUrls.deleteRedirectUrl(idOf(redirectUrl)));

  await attempt(backend.webhooks.createSvixApp());
  await attempt(backend.webhooks.generateSvixAuthURL());
  await attempt(backend.webhooks.deleteSvixApp());

  await attempt(backend.templates.getTemplateList('email', { limit: 3 }));
  await attempt(backend.templates.getTemplateList('sms'));
  await attempt(backend.templates.getTemplate('email', 'verification_code'));
  await attempt(backend.templates.updateTemplate('email', 'verification_code', { subject: 'Your code' }));
  await attempt(backend.templates.previewTemplate('email', 'verification_code', { subject: 'Your code' }));
  await attempt(backend.templates.toggleTemplateDelivery('email', 'verification_code', { deliveredByClerk: true }));
  await attempt(backend.templates.revertTemplate('email', 'verification_code'));
};

const machines: Chapter = async (stage) => {
  const { backend, attempt } = stage;
  const machine = await attempt(backend.machines.create({ name: 'caller', defaultTokenTtl: 600 }));
  const machineId = idOf(machine);
  const other = idOf(await attempt(backend.machines.create({ name: 'called' })));
  await attempt(backend.machines.createScope(machineId, other));
  await attempt(backend.machines.get(machineId));
  await attempt(backend.machines.list({ query: 'call', orderBy: 'name' }));
  await attempt(backend.machines.update({ machineId, name: 'caller two' }));
  await attempt(backend.machines.getSecretKey(machineId));
  const rotated = await attempt(backend.machines.rotateSecretKey({ machineId, previousTokenTtl: 600 }));
  const options = { machineSecretKey: rotated?.secret };
  for (const tokenFormat of ['opaque', 'jwt'] as const) {
    const token = await attempt(
      backend.m2m.createToken({ tokenFormat, claims: { some_key: 1 }, secondsUntilExpiration: 60 }, options),
    );
    await attempt(backend.m2m.verify({ token: token?.token ?? NONE }, options));
    if (tokenFormat === 'jwt') continue;
    await attempt(backend.m2m.list({ subject: machineId }, options));
    await attempt(backend.m2m.revokeToken({ m2mTokenId: idOf(token), revocationReason: 'test' }, options));
  }
  await attempt(backend.machines.deleteScope(machineId, other));
  await attempt(backend.machines.delete(machineId));

  const subject = await createUser(stage, 'key-holder');
  const key = await attempt(
    backend.apiKeys.create({
      name: 'key',
      subject,
      claims: { snake_key: 1 },
      scopes: ['read'],
      secondsUntilExpiration: 600,
    }),
  );
  const apiKeyId = idOf(key);
  await attempt(backend.apiKeys.verify(key?.secret ?? NONE));
  await attempt(backend.apiKeys.get(apiKeyId));
  await attempt(backend.apiKeys.list({ subject, includeInvalid: true }));
  await attempt(backend.apiKeys.update({ apiKeyId, description: 'changed', scopes: [] }));
  await attempt(backend.apiKeys.getSecret(apiKeyId));
  await attempt(backend.apiKeys.revoke({ apiKeyId, revocationReason: 'test' }));
  await attempt(backend.apiKeys.delete(apiKeyId));
};

const oauth: Chapter = async (stage) => {
  const { backend, local, attempt } = stage;
  const userId = await createUser(stage, 'grantor');
  const application = await attempt(
    backend.oauthApplications.create({
      name: 'app',
      redirectUris: ['https://example.test/callback'],
      scopes: 'profile email',
    }),
  );
  const id = idOf(application);
  await attempt(backend.oauthApplications.list({ orderBy: '+created_at' }));
  await attempt(backend.oauthApplications.get(id));
  await attempt(backend.oauthApplications.update({ oauthApplicationId: id, name: 'app two' }));
  await attempt(backend.oauthApplications.rotateSecret(id));
  await attempt(
    backend.idPOAuthAccessToken.verify(
      await local.mint.oauth({ userId, ...(application && { clientId: application.clientId }) }),
    ),
  );
  await attempt(backend.oauthApplications.delete(id));
};

const organizations: Chapter = async (stage) => {
  const { backend, attempt } = stage;
  const owner = await createUser(stage, 'owner');
  const member = await createUser(stage, 'member');
  const { organizations: api } = backend;
  await attempt(backend.instance.updateOrganizationSettings({ enabled: true, domainsEnabled: true }));
  const organization = await attempt(
    api.createOrganization({
      name: 'Acme',
      slug: 'acme',
      createdBy: owner,
      publicMetadata: { some_key: 1 },
      privateMetadata: { camelKey: 2 },
    }),
  );
  const organizationId = idOf(organization);
  await attempt(api.getOrganization({ organizationId, includeMembersCount: true }));
  await attempt(api.getOrganization({ slug: organization?.slug ?? NONE }));
  await attempt(api.getOrganizationList({ includeMembersCount: true, query: 'acme', orderBy: '-members_count' }));
  await attempt(api.updateOrganization(organizationId, { name: 'Acme Inc', maxAllowedMemberships: 20 }));
  await attempt(api.updateOrganizationMetadata(organizationId, { publicMetadata: { some_key: null } }));
  await attempt(api.updateOrganizationLogo(organizationId, { file: image(), uploaderUserId: owner }));
  await attempt(api.deleteOrganizationLogo(organizationId));

  await attempt(api.createOrganizationMembership({ organizationId, userId: member, role: 'org:member' }));
  await attempt(api.updateOrganizationMembership({ organizationId, userId: member, role: 'org:admin' }));
  await attempt(
    api.updateOrganizationMembershipMetadata({ organizationId, userId: member, publicMetadata: { team_name: 'a' } }),
  );
  await attempt(api.getOrganizationMembershipList({ organizationId, role: ['org:admin'], orderBy: '-created_at' }));
  await attempt(api.getInstanceOrganizationMembershipList({ limit: 5 }));
  await attempt(backend.users.getOrganizationMembershipList({ userId: member }));
  await attempt(api.deleteOrganizationMembership({ organizationId, userId: member }));

  const invite = { inviterUserId: owner, role: 'org:member' };
  const invitation = await attempt(
    api.createOrganizationInvitation({
      organizationId,
      emailAddress: 'joining@example.test',
      publicMetadata: { some_key: 1 },
      ...invite,
    }),
  );
  await attempt(
    api.createOrganizationInvitationBulk(organizationId, [
      { emailAddress: 'join1@example.test', ...invite },
      { emailAddress: 'member@example.test', ...invite },
    ]),
  );
  await attempt(api.getOrganizationInvitation({ organizationId, invitationId: idOf(invitation) }));
  await attempt(api.getOrganizationInvitationList({ organizationId, status: 'pending' }));
  await attempt(api.getPendingOrganizationInvitationList({ organizationId }));
  await attempt(api.getInstanceOrganizationInvitationList({ orderBy: 'email_address' }));
  await attempt(backend.users.getOrganizationInvitationList({ userId: member }));
  await attempt(
    api.revokeOrganizationInvitation({ organizationId, invitationId: idOf(invitation), requestingUserId: owner }),
  );

  const domain = await attempt(
    api.createOrganizationDomain({
      organizationId,
      name: 'acme.example.test',
      enrollmentMode: 'automatic_invitation',
      verified: true,
    }),
  );
  await attempt(api.getOrganizationDomainList({ organizationId, verified: true }));
  await attempt(api.getInstanceOrganizationDomainList({ organizationId, orderBy: 'name' }));
  await attempt(
    api.updateOrganizationDomain({ organizationId, domainId: idOf(domain), enrollmentMode: 'manual_invitation' }),
  );
  await attempt(api.deleteOrganizationDomain({ organizationId, domainId: idOf(domain) }));
  await attempt(api.deleteOrganization(organizationId));
};

const roles: Chapter = async ({ backend, attempt }) => {
  const { organizationPermissions, organizationRoles, roleSets } = backend;
  const permission = await attempt(
    organizationPermissions.createOrganizationPermission({
      name: 'Read reports',
      key: 'org:reports:read',
      description: 'May read',
    }),
  );
  const permissionId = idOf(permission);
  await attempt(organizationPermissions.getOrganizationPermission(permissionId));
  await attempt(organizationPermissions.getOrganizationPermissionList({ query: 'reports', orderBy: 'key' }));
  await attempt(organizationPermissions.updateOrganizationPermission({ permissionId, name: 'Read all reports' }));

  const role = await attempt(
    organizationRoles.createOrganizationRole({ name: 'Reporter', key: 'org:reporter', permissions: [] }),
  );
  const organizationRoleId = idOf(role);
  await attempt(organizationRoles.getOrganizationRole(organizationRoleId));
  await attempt(organizationRoles.getOrganizationRoleList({ orderBy: '-created_at' }));
  await attempt(organizationRoles.updateOrganizationRole({ organizationRoleId, description: 'Reports' }));
  await attempt(organizationRoles.assignPermissionToOrganizationRole({ organizationRoleId, permissionId }));
  await attempt(organizationRoles.removePermissionFromOrganizationRole({ organizationRoleId, permissionId }));

  const roleSet = await attempt(
    roleSets.createRoleSet({
      name: 'Small',
      key: 'role_set:small',
      defaultRoleKey: 'org:member',
      creatorRoleKey: 'org:admin',
      roles: ['org:admin', 'org:member'],
      type: 'custom',
    }),
  );
  const roleSetKeyOrId = idOf(roleSet);
  const other = await attempt(
    roleSets.createRoleSet({
      name: 'Other',
      key: 'role_set:other',
      defaultRoleKey: 'org:member',
      creatorRoleKey: 'org:admin',
      roles: ['org:admin', 'org:member'],
    }),
  );
  await attempt(roleSets.getRoleSet(roleSet?.key ?? NONE));
  await attempt(roleSets.getRoleSetList({ orderBy: 'name' }));
  await attempt(roleSets.updateRoleSet({ roleSetKeyOrId, description: 'Few roles' }));
  await attempt(roleSets.addRolesToRoleSet({ roleSetKeyOrId, roleKeys: ['org:reporter'] }));
  await attempt(roleSets.replaceRoleInRoleSet({ roleSetKeyOrId, roleKey: 'org:reporter', toRoleKey: 'org:member' }));
  await attempt(
    roleSets.replaceRoleSet({
      roleSetKeyOrId,
      destRoleSetKey: other?.key ?? NONE,
      reassignmentMappings: { 'org:admin': 'org:admin' },
    }),
  );

  await attempt(organizationRoles.deleteOrganizationRole(organizationRoleId));
  await attempt(organizationPermissions.deleteOrganizationPermission(permissionId));
};

const connections: Chapter = async ({ backend, attempt }) => {
  const saml = await attempt(
    backend.samlConnections.createSamlConnection({
      name: 'Okta',
      provider: 'saml_okta',
      domain: 'saml.example.test',
      attributeMapping: { userId: 'uid', emailAddress: 'mail', firstName: 'first', lastName: 'last' },
    }),
  );
  await attempt(backend.samlConnections.getSamlConnectionList({ query: 'okta' }));
  await attempt(backend.samlConnections.getSamlConnection(idOf(saml)));
  await attempt(backend.samlConnections.updateSamlConnection(idOf(saml), { name: 'Okta two' }));
  await attempt(backend.samlConnections.deleteSamlConnection(idOf(saml)));

  const api = backend.enterpriseConnections;
  const connection = await attempt(
    api.createEnterpriseConnection({
      name: 'Company',
      provider: 'saml_custom',
      domains: ['company.example.test'],
      saml: { idpEntityId: 'idp', idpSsoUrl: 'https://idp.example.test/sso' },
    }),
  );
  const oidc = await attempt(
    api.createEnterpriseConnection({
      name: 'Oidc',
      provider: 'oidc_custom',
      domains: ['oidc.example.test'],
      oidc: {
        clientId: 'c',
        clientSecret: 's',
        discoveryUrl: 'https://idp.example.test/.well-known/openid-configuration',
      },
    }),
  );
  await attempt(api.getEnterpriseConnectionList({ active: false }));
  await attempt(api.getEnterpriseConnectionList());
  await attempt(api.getEnterpriseConnection(idOf(connection)));
  await attempt(
    api.updateEnterpriseConnection(idOf(connection), { name: 'Company two', saml: { allowIdpInitiated: true } }),
  );
  await attempt(api.deleteEnterpriseConnection(idOf(connection)));
  await attempt(api.deleteEnterpriseConnection(idOf(oidc)));
};

const billing: Chapter = async (stage) => {
  const { backend, fixtures, attempt } = stage;
  const api = backend.billing;
  const userId = await createUser(stage, 'payer');
  const organizationId = idOf(
    await attempt(backend.organizations.createOrganization({ name: 'Payers', createdBy: userId })),
  );
  const planId = await fixtures.addPlan();
  const price = idOf(
    await attempt(api.createPrice({ planId, amount: 1200, annualMonthlyAmount: 1000, description: 'New' })),
  );
  const otherPrice = idOf(await attempt(api.createPrice({ planId, amount: 1500 })));
  await attempt(api.getPlanList({ payerType: 'user', limit: 5 }));
  await attempt(api.getPriceList({ planId, paginated: true }));
  const item = await fixtures.addSubscription({ userId }, planId, price, true);
  const organizationItem = await fixtures.addSubscription({ organizationId }, planId, price, false);
  await attempt(api.getUserBillingSubscription(userId));
  await attempt(api.getOrganizationBillingSubscription(organizationId));
  await attempt(api.getSubscriptionItemList({ status: 'active', includeFree: true }));
  await attempt(
    api.extendSubscriptionItemFreeTrial(item, { extendTo: new Date(stage.local.clock.now() + 60 * 24 * 3_600_000) }),
  );
  await attempt(
    api.createSubscriptionItemPriceTransition(organizationItem, { fromPriceId: price, toPriceId: otherPrice }),
  );
  await attempt(api.cancelSubscriptionItem(item, { endNow: true }));

  const credit = { amount: 500, action: 'increase', note: 'welcome' } as const;
  await attempt(api.adjustUserCreditBalance(userId, { ...credit, idempotencyKey: 'user-credit-1' }));
  await attempt(api.getUserCreditBalance(userId));
  await attempt(api.adjustOrganizationCreditBalance(organizationId, { ...credit, idempotencyKey: 'org-credit-1' }));
  await attempt(api.getOrganizationCreditBalance(organizationId));

  const statement = await fixtures.addStatement(item);
  await attempt(api.getStatementList({ limit: 5 }));
  await attempt(api.getStatement(statement));
  await attempt(api.getStatementPaymentAttemptList(statement));
};

/** Every operation of the contract at least once, each with what it needs. */
export const SCENARIO: Readonly<Record<string, Chapter>> = {
  users,
  identifiers,
  sessions,
  tickets,
  invitations,
  machines,
  oauth,
  organizations,
  roles,
  connections,
  billing,
  instance,
};
