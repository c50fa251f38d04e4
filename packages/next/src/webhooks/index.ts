import {
  type VerifyWebhookOptions,
  verifyWebhook as verifyRawWebhook,
  type WebhookEvent,
  type WebhookInput,
  WebhookVerificationError,
} from '@keystile/core/webhooks';
import { readEnvironment } from '../environment.ts';

export type { VerifyWebhookOptions, WebhookEvent, WebhookEventType } from '@keystile/core/webhooks';
export { createMemoryReplayGuard, type ReplayGuard, WebhookVerificationError } from '@keystile/core/webhooks';

/** A request of the Pages Router (`NextApiRequest`), whose body nobody has read. */
export interface NodeWebhookRequest extends AsyncIterable<Uint8Array> {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What Next's body parser left, if it ran. */
  readonly body?: unknown;
}

/**
 * Verifies the webhook that a request delivers and gives its event. The signature covers the raw bytes of the body: in the
 * Pages Router, switch the parser off with `export const config = { api: { bodyParser: false } }`.
 *
 * ```ts
 * // app/api/webhooks/route.ts
 * export async function POST(request: Request) {
 *   const event = await verifyWebhook(request);
 *   if (event.type === 'user.created') await welcome(event.data.id);
 *   return new Response(null, { status: 204 });
 * }
 * ```
 *
 * @param options - the signing secret is read from `CLERK_WEBHOOK_SIGNING_SECRET` if not given
 * @throws WebhookVerificationError whose `status` fits an answer; nothing of the body may be used then
 */
export async function verifyWebhook(
  request: Request | NodeWebhookRequest,
  options: VerifyWebhookOptions = {},
): Promise<WebhookEvent> {
  const { CLERK_WEBHOOK_SIGNING_SECRET: variable } = readEnvironment();
  const signingSecret = options.signingSecret ?? (typeof variable === 'string' ? variable : undefined);
  return verifyRawWebhook(isNodeRequest(request) ? readNodeRequest(request) : request, { ...options, signingSecret });
}

function isNodeRequest(request: Request | NodeWebhookRequest): request is NodeWebhookRequest {
  return typeof request.headers.get !== 'function';
}

function readNodeRequest(request: NodeWebhookRequest): WebhookInput {
  const { headers, body } = request;
  // What a parser made of it is refused there, with the advice to switch the parser off.
  if (body !== undefined) return { headers, body: body as string };
  return {
    headers: {
      get(name) {
        const value = headers[name];
        return typeof value === 'object' ? value.join(' ') : (value ?? null);
      },
    },
    body: toStream(request),
    bodyUsed: false,
  };
}

function toStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/**
 * A route handler for webhooks: what is verified reaches the listener, and 204 is answered when the listener is done. A
 * delivery that is refused is answered with the status of its error and its code.
 *
 * ```ts
 * // app/api/webhooks/route.ts
 * export const POST = webhookHandler(async (event) => {
 *   if (event.type === 'user.deleted') await forget(event.data.id);
 * });
 * ```
 */
export function webhookHandler(
  listener: (event: WebhookEvent, request: Request) => unknown,
  options: VerifyWebhookOptions = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    let event: WebhookEvent;
    try {
      event = await verifyWebhook(request, options);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      return Response.json({ code: error.code }, { status: error.status });
    }
    await listener(event, request);
    return new Response(null, { status: 204 });
  };
}
