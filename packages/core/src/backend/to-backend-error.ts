import { BackendError, type BackendErrorFields } from './backend-error.ts';
import { readErrorBody } from './error-body.ts';
import type { Exchange } from './exchange.ts';
import { readRateLimit } from './rate-limit.ts';
import { readRetryAfter } from './retry-after.ts';

/** What is known of a call beside its exchange. */
export interface CallContext {
  readonly operation: string;
  readonly tries: number;
  readonly now: number;
  /** Must not show up in an error, even if the backend repeats it. */
  readonly secret: string | undefined;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Check that the secret key is right and belongs to this instance.',
  429: 'Send fewer requests, or wait for as long as retryAfterSeconds says.',
};

/** The error of an exchange that did not end in an answer of a success status. */
export function toBackendError(exchange: Exchange, call: CallContext): BackendError {
  const { operation, tries } = call;
  switch (exchange.outcome) {
    case 'aborted':
      return new BackendError('backend-aborted', operation, 'aborted by the signal that the caller gave.', {
        tries: exchange.wasSent ? tries : tries - 1,
      });
    case 'timeout':
      return new BackendError('backend-timeout', operation, `no whole answer within ${call.timeoutMs} ms.`, { tries });
    case 'unreachable':
      return new BackendError(
        'backend-unreachable',
        operation,
        'the backend could not be reached, or the connection broke off.',
        {
          tries,
          cause: exchange.cause,
        },
      );
    case 'redirected':
      return new BackendError(
        'backend-redirected',
        operation,
        'the backend answered with a redirect, which is not followed, since the secret key would travel with it. Check apiUrl.',
        answerFields(exchange.headers, exchange.status, call),
      );
    case 'too-long':
      return invalidAnswer(exchange, `an answer of more than ${call.maxResponseBytes} bytes`, call);
    case 'answered':
      return errorAnswer(exchange, call);
  }
}

/** The error of an answer that is of a success status, but not what it should be. */
export function invalidAnswer(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  problem: string,
  call: CallContext,
  cause?: unknown,
): BackendError {
  return new BackendError('backend-invalid-response', call.operation, `the backend gave ${problem}.`, {
    ...answerFields(headers, status, call),
    cause,
  });
}

function errorAnswer(
  { status, headers, text }: Extract<Exchange, { outcome: 'answered' }>,
  call: CallContext,
): BackendError {
  const { errors, traceId } = readErrorBody(
    call.secret === undefined ? text : text.replaceAll(call.secret, '[redacted]'),
  );
  const [first] = errors;
  const fields = answerFields(headers, status, call);
  const message = [
    `the backend answered ${status}${first === undefined ? '' : ` ${first.code}`}.`,
    first?.message,
    ADVICE[status],
  ];
  return new BackendError('backend-response', call.operation, message.filter(Boolean).join(' '), {
    ...fields,
    errors,
    traceId: traceId ?? fields.traceId,
  });
}

function answerFields(headers: Headers, status: number, call: CallContext): BackendErrorFields {
  return {
    status,
    traceId: readTraceId(headers),
    retryAfterSeconds: readRetryAfter(headers, call.now),
    rateLimit: readRateLimit(headers),
    tries: call.tries,
  };
}

/** Where the body names none, the id that the backend's edge gives every request. */
export const readTraceId = (headers: Headers): string | undefined => headers.get('cf-ray') ?? undefined;
