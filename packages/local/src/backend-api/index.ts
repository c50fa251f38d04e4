import { apiKeys } from './api-keys.ts';
import { billing } from './billing.ts';
import { clients } from './clients.ts';
import { domains } from './domains.ts';
import { emailAddresses } from './email-addresses.ts';
import { enterpriseConnections } from './enterprise-connections.ts';
import type { Handlers } from './handler.ts';
import { images } from './images.ts';
import { impersonation } from './impersonation.ts';
import { instance } from './instance.ts';
import { interstitial } from './interstitial.ts';
import { invitations } from './invitations.ts';
import { jwks } from './jwks.ts';
import { jwtTemplates } from './jwt-templates.ts';
import { m2mTokens } from './m2m-tokens.ts';
import { machines } from './machines.ts';
import { oauthApplications } from './oauth-applications.ts';
import { organizationDomains } from './organization-domains.ts';
import { organizationInvitations } from './organization-invitations.ts';
import { organizationMemberships } from './organization-memberships.ts';
import { organizationPermissions } from './organization-permissions.ts';
import { organizationRoles } from './organization-roles.ts';
import { organizations } from './organizations.ts';
import { phoneNumbers } from './phone-numbers.ts';
import { redirectUrls } from './redirect-urls.ts';
import { restrictionLists } from './restriction-lists.ts';
import { roleSets } from './role-sets.ts';
import { samlConnections } from './saml-connections.ts';
import { sessions } from './sessions.ts';
import { signUps } from './sign-ups.ts';
import { templates } from './templates.ts';
import { testingTokens } from './testing-tokens.ts';
import { userFactors } from './user-factors.ts';
import { userModeration } from './user-moderation.ts';
import { userPasswords } from './user-passwords.ts';
import { users } from './users.ts';
import { waitlistEntries } from './waitlist-entries.ts';
import { webhooks } from './webhooks.ts';

/** The Backend API, a line per group. An operation of the contract that is missing does not compile. */
export const handlers = {
  ...apiKeys,
  ...billing,
  ...clients,
  ...domains,
  ...emailAddresses,
  ...enterpriseConnections,
  ...images,
  ...impersonation,
  ...instance,
  ...interstitial,
  ...invitations,
  ...jwks,
  ...jwtTemplates,
  ...m2mTokens,
  ...machines,
  ...oauthApplications,
  ...organizationDomains,
  ...organizationInvitations,
  ...organizationMemberships,
  ...organizationPermissions,
  ...organizationRoles,
  ...organizations,
  ...phoneNumbers,
  ...redirectUrls,
  ...restrictionLists,
  ...roleSets,
  ...samlConnections,
  ...sessions,
  ...signUps,
  ...templates,
  ...testingTokens,
  ...userFactors,
  ...userModeration,
  ...userPasswords,
  ...users,
  ...waitlistEntries,
  ...webhooks,
} satisfies Handlers;
