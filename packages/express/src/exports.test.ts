import { expect, it } from 'vitest';

// A change of these lists is a change for everybody who imports from here.
it.each([
  [
    'the main entry',
    () => import('./index.ts'),
    `MiddlewareMissingError PROTECTED_RESOURCE_PATH authMiddleware authenticateUpgrade getAuth protectedResourceMetadata
     requireAuth`,
  ],
  [
    '/webhooks',
    () => import('./webhooks/index.ts'),
    'WebhookVerificationError createMemoryReplayGuard verifyWebhook webhookHandler',
  ],
  [
    '/compat',
    () => import('./compat/index.ts'),
    'authenticateRequest clerkClient clerkMiddleware createClerkClient getAuth requireAuth verifyToken',
  ],
  ['/compat/webhooks', () => import('./compat/webhooks.ts'), 'verifyWebhook'],
])('%s exports what users import', async (_entry, load, names) => {
  expect(Object.keys(await load()).sort()).toEqual(names.split(/\s+/).sort());
});
