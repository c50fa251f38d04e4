import { createAuth } from '@keystile/next';
import type { ApplicationSetup } from '../../../conformance/harness.ts';

/** What the harness starts the application with. Builds have none. */
export const setup: ApplicationSetup & { readonly guardsInProxy?: boolean } = JSON.parse(
  process.env.CONFORMANCE_SETUP ?? '{"options":{},"webhookSecret":""}',
);

export const SILENT = { logger: { warn() {} } };

export const { auth, authMiddleware, backendClient, requireAuth } = createAuth({
  ...setup.options,
  ...SILENT,
  encryptionKey: 'shared by the proxy and the handlers',
});
