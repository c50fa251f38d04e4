import { toCamel } from '../backend/case.ts';
import { BackendError, type BackendErrorCode } from '../backend/index.ts';
import { KeystileError } from '../errors.ts';

/** One error that the backend named. */
export interface ClerkAPIError {
  readonly code: string;
  readonly message: string;
  readonly longMessage?: string | undefined;
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

/** The same as the backend sends it. */
export interface ClerkAPIErrorJSON {
  readonly code: string;
  readonly message: string;
  readonly long_message?: string | undefined;
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

export interface ClerkAPIResponseErrorOptions {
  /** In the spelling of the wire or in camelCase. */
  readonly data: readonly (ClerkAPIErrorJSON | ClerkAPIError)[];
  /** What the backend answered; undefined if it did not. */
  readonly status: number | undefined;
  readonly clerkTraceId?: string | undefined;
  /** In seconds. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

const KIND = 'ClerkAPIResponseError';

/** A call of the Backend API failed (protocol section 13). */
export class ClerkAPIResponseError extends KeystileError<'api_response_error'> {
  /** Tells the class across bundles, where `instanceof` fails. */
  static readonly kind: string = KIND;
  override readonly name = KIND;
  readonly clerkError = true;
  readonly errors: readonly ClerkAPIError[];
  /** `''` if the backend gave none. */
  readonly clerkTraceId: string;
  /** How long the backend asked to wait, in seconds. */
  readonly retryAfter: number | undefined;

  constructor(message: string, { data, status, clerkTraceId = '', retryAfter, cause }: ClerkAPIResponseErrorOptions) {
    super('api_response_error', message, { status, cause });
    this.errors = data.map(toApiError);
    this.clerkTraceId = clerkTraceId;
    this.retryAfter = retryAfter;
  }
}

/** Whether an error is a {@link ClerkAPIResponseError}, of whichever copy of this module. */
export function isClerkAPIResponseError(error: unknown): error is ClerkAPIResponseError {
  if (typeof error !== 'object' || error === null) return false;
  return (error.constructor as { kind?: unknown } | undefined)?.kind === KIND;
}

function toApiError(error: ClerkAPIErrorJSON | ClerkAPIError): ClerkAPIError {
  const { code, message, meta } = error;
  const longMessage = 'long_message' in error ? error.long_message : (error as ClerkAPIError).longMessage;
  return { code, message, longMessage, meta: meta && renameKeys(meta) };
}

function renameKeys(meta: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(meta).map(([name, value]) => [toCamel(name), value]));
}

/** Mistakes of the caller, noticed before anything was sent: they stay what they are. */
const NOT_A_RESPONSE: BackendErrorCode = 'backend-invalid-request';

/** Rethrows what the client threw; what the backend answered, or that it did not, as this entry's own error. */
export function rethrowApiError(error: unknown): never {
  if (!(error instanceof BackendError) || error.code === NOT_A_RESPONSE) throw error;
  const { message, status, traceId, retryAfterSeconds } = error;
  const data = error.code === 'backend-response' ? error.errors : [{ code: 'unexpected_error', message }];
  throw new ClerkAPIResponseError(message, {
    data,
    status,
    clerkTraceId: traceId,
    retryAfter: retryAfterSeconds,
    cause: error,
  });
}
