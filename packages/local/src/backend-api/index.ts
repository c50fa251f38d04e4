import { apiKeys } from './api-keys.ts';
import { clients } from './clients.ts';
import { emailAddresses } from './email-addresses.ts';
import type { Handlers } from './handler.ts';
import { jwks } from './jwks.ts';
import { jwtTemplates } from './jwt-templates.ts';
import { m2mTokens } from './m2m-tokens.ts';
import { machines } from './machines.ts';
import { oauthApplications } from './oauth-applications.ts';
import { organizationMemberships } from './organization-memberships.ts';
import { organizations } from './organizations.ts';
import { phoneNumbers } from './phone-numbers.ts';
import { sessions } from './sessions.ts';
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
} satisfies Partial<Handlers>;
