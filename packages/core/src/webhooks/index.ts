export type {
  BillingPaymentAttemptWebhookEvent,
  BillingSubscriptionItemWebhookEvent,
  BillingSubscriptionWebhookEvent,
  EmailWebhookEvent,
  KnownWebhookEvent,
  OrganizationDomainWebhookEvent,
  OrganizationInvitationAcceptedWebhookEvent,
  OrganizationInvitationWebhookEvent,
  OrganizationMembershipWebhookEvent,
  OrganizationWebhookEvent,
  PermissionWebhookEvent,
  RoleWebhookEvent,
  SessionWebhookEvent,
  SMSWebhookEvent,
  UnknownWebhookEvent,
  UnknownWebhookEventType,
  UserWebhookEvent,
  WaitlistEntryWebhookEvent,
  WebhookEvent,
  WebhookEventAttributes,
  WebhookEventType,
} from './events.ts';
export type { EmailJSON, SMSMessageJSON } from './message-data.ts';
export { createMemoryReplayGuard, type MemoryReplayGuardOptions, type ReplayGuard } from './replay-guard.ts';
export { type VerifyWebhookOptions, verifyWebhook } from './verify-webhook.ts';
export type { RawWebhook, WebhookFetchRequest, WebhookHeaders, WebhookInput } from './webhook-input.ts';
export { type WebhookVerificationCode, WebhookVerificationError } from './webhook-verification-error.ts';
