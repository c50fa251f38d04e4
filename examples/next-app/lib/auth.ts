import { createAuth } from '@keystile/next';

/** What the proxy and the handlers share. The keys are read from the environment. */
export const { auth, authMiddleware, currentUser, backendClient, requireAuth } = createAuth({
  // A visitor of /orgs/acme has acme as the active organisation, whatever was active before.
  organizationSyncOptions: { organizationPatterns: ['/orgs/:slug', '/orgs/:slug/(.*)'] },
});
