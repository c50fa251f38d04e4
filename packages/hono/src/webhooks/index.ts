import {
  type VerifyWebhookOptions,
  verifyWebhook as verifyRawWebhook,
  type WebhookEvent,
  WebhookVerificationError,
} from '@keystile/core/webhooks';
import type { Context, Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { createEnvironmentReader } from '../environment.ts';

export type { VerifyWebhookOptions, WebhookEvent, WebhookEventType } from '@keystile/core/webhooks';
export { createMemoryReplayGuard, type ReplayGuard, WebhookVerificationError } from '@keystile/core/webhooks';

const environmentOf = createEnvironmentReader();

/**
 * Verifies the webhook that a request delivers and gives its event. The signature covers the raw bytes of the body, which
 * `c.req.text()` and `c.req.json()` leave available.
 *
 * ```ts
 * app.post('/webhooks', async (c) => {
 *   const event = await verifyWebhook(c);
 *   if (event.type === 'user.created') await welcome(event.data.id);
 *   return c.body(null, 204);
 * });
 * ```
 *
 * @param options - the signing secret is read from the runtime's environment (`CLERK_WEBHOOK_SIGNING_SECRET`) if not given
 * @throws WebhookVerificationError whose `status` fits an answer; nothing of the body may be used then
 */
export async function verifyWebhook(c: Context, options: VerifyWebhookOptions = {}): Promise<WebhookEvent> {
  const { CLERK_WEBHOOK_SIGNING_SECRET: variable } = environmentOf(c);
  const signingSecret = options.signingSecret ?? (typeof variable === 'string' ? variable : undefined);
  const { raw } = c.req;
  const request = raw.bodyUsed ? { headers: raw.headers, body: await c.req.text() } : raw;
  return verifyRawWebhook(request, { ...options, signingSecret });
}

/**
 * A route of its own for webhooks: what is verified reaches the listener, and 204 is answered when the listener is done. A
 * delivery that is refused is answered with the status of its error and its code; what the listener throws goes to
 * `app.onError`, and the sender delivers again.
 *
 * ```ts
 * app.post('/webhooks', webhookHandler(async (event, c) => {
 *   if (event.type === 'user.deleted') await forget(event.data.id);
 * }));
 * ```
 */
export function webhookHandler(
  listener: (event: WebhookEvent, c: Context) => unknown,
  options: VerifyWebhookOptions = {},
): Handler {
  return async function webhookHandler(c) {
    let event: WebhookEvent;
    try {
      event = await verifyWebhook(c, options);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      return c.json({ code: error.code }, error.status as ContentfulStatusCode);
    }
    await listener(event, c);
    return c.body(null, 204);
  };
}
