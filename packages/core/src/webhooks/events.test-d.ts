import { expectTypeOf } from 'vitest';
import type { DeletedObjectJSON, UserJSON } from '../backend/generated/wire.generated.ts';
import type { WebhookEvent, WebhookEventType } from './events.ts';

declare const event: WebhookEvent;

// A comparison of `type` gives `data` its type, although unknown types pass through.
if (event.type === 'user.created') expectTypeOf(event.data).toEqualTypeOf<UserJSON>();

switch (event.type) {
  case 'user.deleted':
    expectTypeOf(event.data).toEqualTypeOf<DeletedObjectJSON>();
    break;
  case 'organizationInvitation.accepted':
    expectTypeOf(event.data.user_id).toEqualTypeOf<string>();
    break;
  // @ts-expect-error: no such type
  case 'user.creatd':
    break;
}

// What is none of the known types is unknown in its data as well.
declare const unheardOf: Exclude<WebhookEvent, { type: WebhookEventType }>;
expectTypeOf(unheardOf.data).toEqualTypeOf<unknown>();
expectTypeOf(`${unheardOf.type}`).toEqualTypeOf<string>();
if (String(event.type) === 'comet.sighted') expectTypeOf(event.object).toEqualTypeOf<'event'>();
