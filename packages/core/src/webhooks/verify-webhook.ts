import { processEnvironment, readText } from '../environment.ts';
import { ConfigurationError } from '../errors.ts';
import type { WebhookEvent } from './events.ts';
import type { ReplayGuard } from './replay-guard.ts';
import { readHeader, readRawBody, type WebhookInput } from './webhook-input.ts';
import { matchesSignature } from './webhook-signature.ts';
import { WebhookVerificationError } from './webhook-verification-error.ts';

export interface VerifyWebhookOptions {
  /**
   * The endpoint's signing secret, `whsec_…`; several while it is being changed, tried in order.
   * Default: `CLERK_WEBHOOK_SIGNING_SECRET`.
   */
  readonly signingSecret?: string | readonly string[] | undefined;
  /** How far the sender's clock and ours may differ, either way, in seconds. Default 300. */
  readonly toleranceSeconds?: number | undefined;
  /** The longest body that is read, in bytes. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Refuses a delivery that comes twice. Without one, whoever records a delivery can repeat it within the tolerance. */
  readonly replayGuard?: ReplayGuard | undefined;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

const TOLERANCE_SECONDS = 300;
const MAXIMUM_BODY_BYTES = 1024 * 1024;

/**
 * Verifies a webhook and gives its event (protocol section 12; the Standard Webhooks specification).
 *
 * Proven are who sent the body and when. Not checked is whether `data` has the members that its type promises, nor, without
 * a `replayGuard`, whether the same delivery came before. The signature covers the raw bytes: a body that has been parsed
 * and written again does not verify.
 *
 * @param request - a Fetch API `Request`, whose body is consumed, or `{ body, headers }` with the raw body
 * @throws WebhookVerificationError whose `code` is the class of failure and whose `status` fits an answer
 * @throws ConfigurationError if an option makes no sense
 *
 * @example
 * ```ts
 * const event = await verifyWebhook(request);
 * if (event.type === 'user.created') await welcome(event.data.id);
 * ```
 */
export async function verifyWebhook(request: WebhookInput, options: VerifyWebhookOptions = {}): Promise<WebhookEvent> {
  const tolerance = assertLimit('toleranceSeconds', options.toleranceSeconds ?? TOLERANCE_SECONDS);
  const maximumBytes = assertLimit('maxBodyBytes', options.maxBodyBytes ?? MAXIMUM_BODY_BYTES);
  const secrets = readSecrets(options.signingSecret);
  const { id, timestamp, signatures } = readDeliveryHeaders(request);
  const seconds = toSeconds(timestamp);
  assertFresh(seconds, tolerance, (options.now ?? Date.now)());

  const body = await readRawBody(request, maximumBytes);
  if (!matchesSignature({ id, timestamp: seconds, body }, signatures, secrets)) {
    throw new WebhookVerificationError(
      'signature-mismatch',
      'No signature of the webhook is that of the signing secret: is it the secret of this endpoint, and is the body raw?',
    );
  }
  const event = readEvent(body);
  if (options.replayGuard !== undefined) {
    await assertFirst(options.replayGuard, `${id}.${seconds}`, (seconds + tolerance + 1) * 1000);
  }
  return event;
}

function readSecrets(signingSecret: string | readonly string[] | undefined): readonly string[] {
  const given = signingSecret || readText(processEnvironment(), 'CLERK_WEBHOOK_SIGNING_SECRET');
  const secrets = typeof given === 'string' ? [given] : (given ?? []);
  if (secrets.length > 0) return secrets;
  throw new WebhookVerificationError(
    'secret-missing',
    'signingSecret: is missing: pass it, or set CLERK_WEBHOOK_SIGNING_SECRET.',
  );
}

interface DeliveryHeaders {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: string;
}

function readDeliveryHeaders(request: WebhookInput): DeliveryHeaders {
  const read = (name: string): string | undefined =>
    readHeader(request, `svix-${name}`) ?? readHeader(request, `webhook-${name}`);
  const id = read('id');
  const timestamp = read('timestamp');
  const signatures = read('signature');
  if (id !== undefined && timestamp !== undefined && signatures !== undefined) return { id, timestamp, signatures };
  const missing = Object.entries({ 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signatures })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  throw new WebhookVerificationError('headers-missing', `The webhook lacks the headers ${missing.join(', ')}.`);
}

function toSeconds(timestamp: string): number {
  if (/^-?\d{1,15}(?:\.\d+)?$/.test(timestamp)) return Math.trunc(Number(timestamp));
  throw new WebhookVerificationError('headers-invalid', 'The timestamp of the webhook is not a number of seconds.');
}

function assertFresh(timestamp: number, tolerance: number, now: number): void {
  const age = Math.floor(now / 1000) - timestamp;
  if (age > tolerance) throw new WebhookVerificationError('timestamp-too-old', `The webhook was sent ${age} s ago.`);
  if (-age > tolerance) {
    throw new WebhookVerificationError(
      'timestamp-too-new',
      `The webhook was sent ${-age} s in the future: compare the clocks of sender and server.`,
    );
  }
}

function readEvent(body: string): WebhookEvent {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // Without its cause: the parser's message quotes the body.
    throw new WebhookVerificationError('body-invalid', 'The body of the webhook is not JSON.');
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') {
    throw new WebhookVerificationError(
      'body-invalid',
      'The body of the webhook is not an event: a JSON object with a type.',
    );
  }
  const { type, data, event_attributes, timestamp, instance_id } = value as Record<string, unknown>;
  // The signature proves that the sender meant it so; what is promised of each type is the sender's to keep.
  return { type, object: 'event', data, event_attributes, timestamp, instance_id } as WebhookEvent;
}

async function assertFirst(guard: ReplayGuard, delivery: string, untilMs: number): Promise<void> {
  let seen: boolean;
  try {
    seen = await guard.seen(delivery, untilMs);
  } catch (cause) {
    // Refused, and nothing is lost: the sender delivers again.
    throw new WebhookVerificationError(
      'replay-check-failed',
      'Whether the webhook came before cannot be told now.',
      cause,
    );
  }
  if (seen) throw new WebhookVerificationError('replayed', 'This delivery of the webhook came before.');
}

function assertLimit(option: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new ConfigurationError(option, 'must be a number that is not negative.');
}
