export type { RegisteredRole as OrganizationMembershipRole } from '../auth/register.ts';
export type { AuthObject, InvalidTokenAuthObject, MachineAuthObject, SessionAuthObject } from './auth-types.ts';
export { type ClerkClient, type ClerkOptions, createClerkClient } from './clerk-client.ts';
export type * from './resource-types.ts';
export { type VerifyTokenOptions, verifyToken } from './verify-token.ts';
export type {
  BillingPaymentAttemptWebhookEvent,
  BillingSubscriptionItemWebhookEvent,
  BillingSubscriptionWebhookEvent,
  EmailWebhookEvent,
  OrganizationDomainWebhookEvent,
  OrganizationInvitationAcceptedWebhookEvent,
  OrganizationInvitationWebhookEvent,
  OrganizationMembershipWebhookEvent,
  OrganizationWebhookEvent,
  PermissionWebhookEvent,
  RoleWebhookEvent,
  SessionWebhookEvent,
  SMSWebhookEvent,
  UserWebhookEvent,
  WaitlistEntryWebhookEvent,
  WebhookEvent,
  WebhookEventType,
} from './webhooks.ts';
export type * from './wire-types.ts';
