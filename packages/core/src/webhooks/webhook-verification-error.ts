import { KeystileError } from '../errors.ts';

/** Why a webhook was refused. */
export type WebhookVerificationCode = keyof typeof STATUS;

/** What to answer the sender. It delivers again whatever is not 2xx; 5xx says that the fault is ours. */
const STATUS = {
  'secret-missing': 500,
  'secret-invalid': 500,
  'headers-missing': 400,
  'headers-invalid': 400,
  'timestamp-too-old': 400,
  'timestamp-too-new': 400,
  'body-not-raw': 400,
  'body-too-large': 413,
  'signature-mismatch': 400,
  'body-invalid': 400,
  replayed: 400,
  'replay-check-failed': 503,
} as const;

/** A webhook was refused; `code` tells the class of failure and `status` what to answer. */
export class WebhookVerificationError extends KeystileError<WebhookVerificationCode> {
  override readonly name = 'WebhookVerificationError';
  declare readonly status: number;

  constructor(code: WebhookVerificationCode, message: string, cause?: unknown) {
    super(code, message, { status: STATUS[code], cause });
  }
}
