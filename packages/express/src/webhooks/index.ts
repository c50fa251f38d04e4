export {
  createMemoryReplayGuard,
  type MemoryReplayGuardOptions,
  type ReplayGuard,
  type VerifyWebhookOptions,
  type WebhookEvent,
  type WebhookEventType,
  type WebhookVerificationCode,
  WebhookVerificationError,
} from '@keystile/core/webhooks';
export { verifyWebhook, type WebhookRequest } from './verify-webhook.ts';
export { webhookHandler } from './webhook-handler.ts';
