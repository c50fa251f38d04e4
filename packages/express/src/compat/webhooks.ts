import type { IncomingMessage } from 'node:http';
import type { VerifyWebhookOptions, WebhookEvent } from '@keystile/core/compat/webhooks';
import { verifyWebhook as verifyRawWebhook } from '@keystile/core/webhooks';

export type { VerifyWebhookOptions, WebhookEvent, WebhookEventType } from '@keystile/core/compat/webhooks';

/**
 * Verifies a webhook whose body has been read. Text and bytes are taken as they are, an object is written again as JSON: that
 * is what was signed only if the sender wrote it in just this way, so prefer `express.raw()`.
 *
 * @throws WebhookVerificationError
 */
export async function verifyWebhook(
  req: IncomingMessage & { readonly body?: unknown },
  { signingSecret }: VerifyWebhookOptions = {},
): Promise<WebhookEvent> {
  return (await verifyRawWebhook(
    { headers: req.headers, body: toRawBody(req.body) },
    { signingSecret, maxBodyBytes: Number.MAX_SAFE_INTEGER },
  )) as WebhookEvent;
}

function toRawBody(body: unknown): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  return body === undefined || body === null ? '' : JSON.stringify(body);
}
