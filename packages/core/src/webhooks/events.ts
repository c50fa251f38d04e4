import type {
  BillingPaymentAttemptJSON,
  BillingSubscriptionItemJSON,
  BillingSubscriptionJSON,
  DeletedObjectJSON,
  OrganizationDomainJSON,
  OrganizationInvitationJSON,
  OrganizationJSON,
  OrganizationMembershipJSON,
  PermissionJSON,
  RoleJSON,
  SessionJSON,
  UserJSON,
  WaitlistEntryJSON,
} from '../backend/generated/wire.generated.ts';
import type { EmailJSON, SMSMessageJSON } from './message-data.ts';

/** The request that caused an event, as far as one did. */
export interface WebhookEventAttributes {
  readonly http_request?: { readonly client_ip?: string; readonly user_agent?: string };
}

/** What a webhook carries, by its wire names (protocol section 12). */
interface Envelope<Type, Data> {
  readonly type: Type;
  readonly object: 'event';
  readonly data: Data;
  readonly event_attributes: WebhookEventAttributes | undefined;
  /** When the event happened, in milliseconds since the epoch. */
  readonly timestamp: number | undefined;
  readonly instance_id: string | undefined;
}

export type UserWebhookEvent =
  | Envelope<'user.created' | 'user.updated', UserJSON>
  | Envelope<'user.deleted', DeletedObjectJSON>;
export type EmailWebhookEvent = Envelope<'email.created', EmailJSON>;
export type SMSWebhookEvent = Envelope<'sms.created', SMSMessageJSON>;
export type SessionWebhookEvent = Envelope<
  'session.created' | 'session.ended' | 'session.removed' | 'session.revoked',
  SessionJSON
>;
export type OrganizationWebhookEvent =
  | Envelope<'organization.created' | 'organization.updated', OrganizationJSON>
  | Envelope<'organization.deleted', DeletedObjectJSON>;
export type OrganizationDomainWebhookEvent =
  | Envelope<'organizationDomain.created' | 'organizationDomain.updated', OrganizationDomainJSON>
  | Envelope<'organizationDomain.deleted', DeletedObjectJSON>;
export type OrganizationMembershipWebhookEvent = Envelope<
  'organizationMembership.created' | 'organizationMembership.updated' | 'organizationMembership.deleted',
  OrganizationMembershipJSON
>;
export type OrganizationInvitationWebhookEvent = Envelope<
  'organizationInvitation.created' | 'organizationInvitation.revoked',
  OrganizationInvitationJSON
>;
export type OrganizationInvitationAcceptedWebhookEvent = Envelope<
  'organizationInvitation.accepted',
  OrganizationInvitationJSON & { readonly user_id: string }
>;
export type RoleWebhookEvent = Envelope<'role.created' | 'role.updated' | 'role.deleted', RoleJSON>;
export type PermissionWebhookEvent = Envelope<
  'permission.created' | 'permission.updated' | 'permission.deleted',
  PermissionJSON
>;
export type WaitlistEntryWebhookEvent = Envelope<'waitlistEntry.created' | 'waitlistEntry.updated', WaitlistEntryJSON>;
export type BillingPaymentAttemptWebhookEvent = Envelope<
  'paymentAttempt.created' | 'paymentAttempt.updated',
  BillingPaymentAttemptJSON
>;
export type BillingSubscriptionWebhookEvent = Envelope<
  'subscription.created' | 'subscription.updated' | 'subscription.active' | 'subscription.pastDue',
  BillingSubscriptionJSON
>;
export type BillingSubscriptionItemWebhookEvent = Envelope<
  | 'subscriptionItem.created'
  | 'subscriptionItem.updated'
  | 'subscriptionItem.active'
  | 'subscriptionItem.canceled'
  | 'subscriptionItem.upcoming'
  | 'subscriptionItem.ended'
  | 'subscriptionItem.abandoned'
  | 'subscriptionItem.incomplete'
  | 'subscriptionItem.pastDue'
  | 'subscriptionItem.freeTrialEnding',
  BillingSubscriptionItemJSON
>;

/** The events that there are today, told apart by `type`. */
export type KnownWebhookEvent =
  | UserWebhookEvent
  | EmailWebhookEvent
  | SMSWebhookEvent
  | SessionWebhookEvent
  | OrganizationWebhookEvent
  | OrganizationDomainWebhookEvent
  | OrganizationMembershipWebhookEvent
  | OrganizationInvitationWebhookEvent
  | OrganizationInvitationAcceptedWebhookEvent
  | RoleWebhookEvent
  | PermissionWebhookEvent
  | WaitlistEntryWebhookEvent
  | BillingPaymentAttemptWebhookEvent
  | BillingSubscriptionWebhookEvent
  | BillingSubscriptionItemWebhookEvent;

declare const unknownType: unique symbol;

/**
 * The type of an {@link UnknownWebhookEvent}: a string at run time. To the compiler it is none, since TypeScript has no type
 * for "every string but these", and a comparison with a known type could then not rule the unknown ones out.
 * `String(event.type)` gives the text.
 */
export interface UnknownWebhookEventType {
  readonly [unknownType]: true;
  toString(): string;
}

/** An event of a type younger than this package: it passes through, and what it carries is for the caller to look at. */
export type UnknownWebhookEvent = Envelope<UnknownWebhookEventType, unknown>;

/** A verified event. Compare `type`, and `data` has its type. */
export type WebhookEvent = KnownWebhookEvent | UnknownWebhookEvent;

/** The types of {@link KnownWebhookEvent}. */
export type WebhookEventType = KnownWebhookEvent['type'];
