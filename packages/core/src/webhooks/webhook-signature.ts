import { Webhook } from 'standardwebhooks';
import { equalInConstantTime } from './equal-in-constant-time.ts';
import { WebhookVerificationError } from './webhook-verification-error.ts';

/** What a sender signs, by the Standard Webhooks specification. */
export interface SignedMessage {
  readonly id: string;
  /** When this attempt was made, in whole seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/** More than any sender gives while it changes its keys, and few enough to compare for nothing. */
const MAXIMUM_SIGNATURES = 16;

/**
 * Whether one of the signatures is that of one of the secrets: HMAC-SHA-256 in base64, version `v1`.
 *
 * @param header - a list of `<version>,<signature>`, separated by blanks; versions other than `v1` do not count, nor do
 *   more `v1` signatures than 16
 * @throws WebhookVerificationError `secret-invalid`
 */
export function matchesSignature(message: SignedMessage, header: string, secrets: readonly string[]): boolean {
  const given = header
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .slice(0, MAXIMUM_SIGNATURES);
  const signedAt = new Date(message.timestamp * 1000);
  // Every secret is looked at before any matches, so that a bad one does not stay unseen until the day it is needed.
  const expected = secrets.map((secret) => toWebhook(secret).sign(message.id, signedAt, message.body));
  let matches = false;
  for (const candidate of given) {
    for (const signature of expected) matches = equalInConstantTime(candidate, signature) || matches;
  }
  return matches;
}

function toWebhook(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch (cause) {
    throw new WebhookVerificationError(
      'secret-invalid',
      'signingSecret: must be the signing secret of the endpoint, base64 with or without whsec_ in front.',
      cause,
    );
  }
}
