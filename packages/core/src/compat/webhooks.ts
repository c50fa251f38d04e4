import type { KnownWebhookEvent } from '../webhooks/events.ts';
import { verifyWebhook as verify } from '../webhooks/verify-webhook.ts';
import type { WebhookFetchRequest } from '../webhooks/webhook-input.ts';

export type {
  BillingPaymentAttemptWebhookEvent,
  BillingSubscriptionItemWebhookEvent,
  BillingSubscriptionWebhookEvent,
  EmailWebhookEvent,
  KnownWebhookEvent as WebhookEvent,
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
  WebhookEventType,
} from '../webhooks/events.ts';

export interface VerifyWebhookOptions {
  /** Default: `CLERK_WEBHOOK_SIGNING_SECRET`. */
  readonly signingSecret?: string;
}

/**
 * Verifies a webhook and gives its event (protocol section 12). As `verifyWebhook` of the main entry, whose other options
 * have their defaults here. An event of a type that is not known yet passes as well, although the type does not say so.
 *
 * @throws WebhookVerificationError
 */
export async function verifyWebhook(
  request: WebhookFetchRequest,
  { signingSecret }: VerifyWebhookOptions = {},
): Promise<KnownWebhookEvent> {
  return (await verify(request, { signingSecret })) as KnownWebhookEvent;
}
