import { Webhook } from 'standardwebhooks';
import type { Context } from '../context.ts';
import { fromJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';

/** Longest wait for an answer, in milliseconds. */
const timeout = 15_000;

/** What an attempt led to. */
export interface AttemptResult {
  /** undefined when nobody answered. */
  readonly responseStatus: number | undefined;
  readonly error: string | undefined;
  readonly durationInMs: number;
}

/**
 * Sends an event once, signed by the standard-webhooks scheme, with the headers of that scheme and those of the wire's own name.
 * An answer of 2xx within the time is a success; redirects are not followed.
 *
 * @param signal Ends the attempt when the backend is closed.
 */
export async function sendAttempt(
  { clock, instance, sealer }: Context,
  delivery: Row<'webhook_deliveries'>,
  endpoint: Row<'webhook_endpoints'>,
  event: Row<'events'>,
  { fetch, signal }: { fetch: typeof globalThis.fetch; signal: AbortSignal },
): Promise<AttemptResult> {
  const body = JSON.stringify({
    type: event.type,
    object: 'event',
    data: fromJson(event.data),
    event_attributes: { http_request: { client_ip: '', user_agent: '' } },
    timestamp: event.created_at,
    instance_id: instance.id,
  });
  const at = new Date(clock.now());
  const signature = new Webhook(sealer.open(endpoint.secret_sealed)).sign(delivery.id, at, body);
  const signed = { id: delivery.id, timestamp: String(Math.floor(at.getTime() / 1000)), signature };
  const begun = performance.now();
  try {
    const answer = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Keystile-Webhooks',
        ...Object.fromEntries(
          Object.entries(signed).flatMap(([name, value]) => [
            [`webhook-${name}`, value],
            [`svix-${name}`, value],
          ]),
        ),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    await answer.body?.cancel();
    const error = answer.ok ? undefined : `The endpoint answered ${answer.status}.`;
    return { responseStatus: answer.status, error, durationInMs: Math.round(performance.now() - begun) };
  } catch (cause) {
    return { responseStatus: undefined, error: explain(cause), durationInMs: Math.round(performance.now() - begun) };
  }
}

function explain(cause: unknown): string {
  const { name, message, cause: inner } = cause as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `No answer within ${timeout / 1000} seconds.`;
  return inner?.code ?? inner?.message ?? message;
}
