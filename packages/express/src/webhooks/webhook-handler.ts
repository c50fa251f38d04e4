import { type VerifyWebhookOptions, type WebhookEvent, WebhookVerificationError } from '@keystile/core/webhooks';
import type { Request, RequestHandler } from 'express';
import { verifyWebhook } from './verify-webhook.ts';

/**
 * A route of its own for webhooks: what is verified reaches the listener, and 204 is answered when the listener is done. A
 * delivery that is refused is answered with the status of its error and its code; what the listener throws goes to the
 * application's error handler, and the sender delivers again.
 *
 * ```ts
 * app.post('/webhooks', webhookHandler(async (event) => {
 *   if (event.type === 'user.deleted') await forget(event.data.id);
 * }));
 * ```
 *
 * Mount it before body parsers.
 */
export function webhookHandler(
  listener: (event: WebhookEvent, req: Request) => unknown,
  options: VerifyWebhookOptions = {},
): RequestHandler {
  return function webhookHandler(req, res, next) {
    verifyWebhook(req, options)
      .then(async (event) => {
        await listener(event, req);
        res.status(204).end();
      })
      .catch((error: unknown) => {
        if (!(error instanceof WebhookVerificationError)) {
          next(error);
          return;
        }
        // A body that was not read to its end leaves a connection that cannot be used again.
        if (!req.complete) res.set('connection', 'close');
        res.status(error.status).json({ code: error.code });
      });
  };
}
