import type { SeedData } from './seed-data.ts';

/** What `keystile dev` begins with: somebody who may, somebody who may not, and one of each kind of key. */
export const DEMO_SEED: SeedData = {
  users: [
    {
      email: 'demo@keystile.dev',
      username: 'demo',
      password: 'password',
      firstName: 'Demo',
      lastName: 'User',
      publicMetadata: { plan: 'demo' },
    },
    { email: 'guest@keystile.dev', username: 'guest', password: 'password', firstName: 'Guest', lastName: 'User' },
  ],
  permissions: [
    { key: 'org:invoices:read', name: 'Read invoices' },
    { key: 'org:invoices:manage', name: 'Manage invoices' },
  ],
  roles: [{ key: 'org:admin', permissions: ['org:invoices:read', 'org:invoices:manage'] }],
  organizations: [
    {
      name: 'Acme',
      slug: 'acme',
      members: [
        { user: 'demo@keystile.dev', role: 'org:admin' },
        { user: 'guest@keystile.dev', role: 'org:member' },
      ],
    },
  ],
  machines: [{ name: 'api' }, { name: 'worker', scopes: ['api'] }],
  apiKeys: [{ name: 'Demo key', subject: 'demo@keystile.dev', scopes: ['read'] }],
  oauthApplications: [
    {
      name: 'Demo app',
      redirectUris: ['http://localhost:3000/callback', 'http://127.0.0.1:3000/callback'],
      scopes: 'profile email',
    },
  ],
};
