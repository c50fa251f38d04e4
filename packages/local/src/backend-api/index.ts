import { apiKeys } from './api-keys.ts';
import { clients } from './clients.ts';
import { emailAddresses } from './email-addresses.ts';
import type { Handlers } from './handler.ts';
import { images } from './images.ts';
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
import { roleSets } from './role-sets.ts';
import { sessions } from './sessions.ts';
import { userFactors } from './user-factors.ts';
import { userModeration } from './user-moderation.ts';
import { userPasswords } from './user-passwords.ts';
import { users } from './users.ts';

/** The Backend API, a line per group. */
export const handlers = {
  ...apiKeys,
  ...clients,
  ...emailAddresses,
  ...jwks,
  ...jwtTemplates,
  ...m2mTokens,
  ...machines,
  ...oauthApplications,
  ...organizationMemberships,
  ...organizations,
  ...phoneNumbers,
  ...sessions,
  ...userModeration,
  ...userPasswords,
  ...users,
  ...images,
  ...organizationDomains,
  ...organizationInvitations,
  ...organizationPermissions,
  ...organizationRoles,
  ...roleSets,
  ...userFactors,
} satisfies Partial<Handlers>;
