import { type LocalBackend, startLocalBackend } from '@keystile/local';
import { createTestInstance, type TestInstance } from '../support/test-instance.ts';
import type { ApplicationSetup } from './harness.ts';

export const WEBHOOK_SECRET = 'whsec_YSBzZWNyZXQgb2Ygc29tZSBsZW5ndGg=';

/** What all cases share: a real backend with people and keys in it, an instance in production, and two tenants. */
export interface Fixture {
  readonly backend: LocalBackend;
  readonly userId: string;
  readonly orgId: string;
  readonly machineId: string;
  readonly apiKey: string;
  /** An instance in production, which verifies by its key alone. */
  readonly production: TestInstance;
  readonly tenants: { readonly a: TestInstance; readonly b: TestInstance };
  readonly setups: Readonly<Record<'development' | 'production' | 'forwarded' | 'lazy' | 'tenants', ApplicationSetup>>;
  close(): Promise<void>;
}

export async function createFixture(): Promise<Fixture> {
  const backend = await startLocalBackend({
    seed: {
      users: [{ email: 'alice@example.test', password: 'correct horse' }],
      permissions: [{ key: 'org:invoices:read' }],
      roles: [{ key: 'org:admin', permissions: ['org:invoices:read'] }],
      organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: 'alice@example.test', role: 'org:admin' }] }],
      machines: [{ name: 'worker' }],
      apiKeys: [{ name: 'key', subject: 'alice@example.test', scopes: ['read:users'] }],
    },
  });
  const { seeded } = backend;
  if (seeded === undefined) throw new Error('The backend was not new.');
  const [user, organization, machine, apiKey] = [
    seeded.users[0],
    seeded.organizations[0],
    seeded.machines[0],
    seeded.apiKeys[0],
  ];
  if (!user || !organization || !machine || !apiKey) throw new Error('The seed is incomplete.');

  const production = createTestInstance({ frontendApi: 'clerk.live.example', type: 'production' });
  const tenants = {
    a: createTestInstance({ frontendApi: 'clerk.a.example', ownKey: true }),
    b: createTestInstance({ frontendApi: 'clerk.b.example', ownKey: true }),
  };
  const development = {
    publishableKey: backend.publishableKey,
    secretKey: backend.secretKey,
    apiUrl: backend.url,
  };
  const setup = (options: ApplicationSetup['options'], more = {}): ApplicationSetup => ({
    options,
    webhookSecret: WEBHOOK_SECRET,
    ...more,
  });
  return {
    backend,
    userId: user.id,
    orgId: organization.id,
    machineId: machine.id,
    apiKey: apiKey.secret,
    production,
    tenants,
    setups: {
      development: setup(development),
      production: setup(keysOf(production)),
      forwarded: setup({ ...development, trustForwarded: ['app.example.com'] }),
      lazy: setup({ ...development, machineTokens: 'lazy' }),
      tenants: setup({}, { tenants: { a: keysOf(tenants.a), b: keysOf(tenants.b) } }),
    },
    close: () => backend.close(),
  };
}

function keysOf({ publishableKey, secretKey, jwtKey }: TestInstance): ApplicationSetup['options'] {
  return { publishableKey, secretKey, jwtKey };
}
