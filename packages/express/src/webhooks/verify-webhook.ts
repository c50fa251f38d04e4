import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import {
  type VerifyWebhookOptions,
  verifyWebhook as verifyRawWebhook,
  type WebhookEvent,
  type WebhookInput,
} from '@keystile/core/webhooks';

/** A request, and what body parsers may have left on it. */
export interface WebhookRequest extends IncomingMessage {
  readonly body?: unknown;
  /** The body before it was parsed, as some hosts and many `verify` callbacks keep it. */
  readonly rawBody?: unknown;
}

/**
 * Verifies a webhook and gives its event. See `verifyWebhook` of `@keystile/core/webhooks` for what is proven.
 *
 * The signature covers the bytes that were sent. They are taken from `req.rawBody`, from what `express.raw()` or
 * `express.text()` left in `req.body`, or from the request itself if nobody has read it. After `express.json()` they are gone.
 *
 * ```ts
 * app.post('/webhooks', async (req, res) => {
 *   const event = await verifyWebhook(req);
 *   res.sendStatus(204);
 * });
 * ```
 *
 * @throws WebhookVerificationError whose `code` is the class of failure and whose `status` fits an answer
 */
export function verifyWebhook(req: WebhookRequest, options?: VerifyWebhookOptions): Promise<WebhookEvent> {
  return verifyRawWebhook(toInput(req), options);
}

function toInput(req: WebhookRequest): WebhookInput {
  const { headers, body, rawBody } = req;
  if (isRaw(rawBody)) return { headers, body: rawBody };
  if (isRaw(body)) return { headers, body };
  if (req.readableDidRead) return { headers, body: body as never };
  return {
    headers: { get: (name) => toText(headers[name]) },
    body: Readable.toWeb(req) as ReadableStream<Uint8Array>,
    bodyUsed: false,
  };
}

function isRaw(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

function toText(value: string | string[] | undefined): string | null {
  return typeof value === 'object' ? value.join(' ') : (value ?? null);
}
