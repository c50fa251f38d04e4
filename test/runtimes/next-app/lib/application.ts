import { type AuthOptions, createAuth } from '@keystile/next';
import type { ApplicationSetup } from '../../../conformance/harness.ts';

/** What the harness starts the application with. Builds have none. */
export const setup: ApplicationSetup & { readonly guardsInProxy?: boolean } = JSON.parse(
  process.env.CONFORMANCE_SETUP ?? '{"options":{},"webhookSecret":""}',
);

export const SILENT = { logger: { warn() {} } };

export const options: AuthOptions = {
  ...setup.options,
  ...SILENT,
  encryptionKey: 'shared by the proxy and the handlers',
};

export const { auth, authMiddleware, backendClient, currentUser, requireAuth } = createAuth(options);
