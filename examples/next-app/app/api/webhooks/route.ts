import { webhookHandler } from '@keystile/next/webhooks';

/** What the instance tells of its users and organisations. */
export const POST = webhookHandler((event) => {
  console.log(`webhook: ${event.type}`);
});
