import { KeystileError } from '../errors.ts';
import type { RateLimit } from './rate-limit.ts';

/**
 * What went wrong with a call of the Backend API.
 *
 * - `backend-response`: it answered with an error; see `status` and `errors`
 * - `backend-unreachable`: no connection, or it broke off
 * - `backend-timeout`: no whole answer in time
 * - `backend-aborted`: the caller's signal
 * - `backend-invalid-response`: an answer of a success status that is not what the operation answers
 * - `backend-redirected`: a redirect, which is not followed, since the secret would travel with it
 * - `backend-invalid-request`: refused before anything was sent; the message names the argument
 */
export type BackendErrorCode =
  | 'backend-response'
  | 'backend-unreachable'
  | 'backend-timeout'
  | 'backend-aborted'
  | 'backend-invalid-response'
  | 'backend-redirected'
  | 'backend-invalid-request';

/** One of the errors that the backend named. */
export interface BackendErrorDetail {
  /** In the spelling of the wire, for example `resource_not_found`. */
  readonly code: string;
  readonly message: string;
  readonly longMessage: string | undefined;
  /** Names the parameter at fault and the like, in camelCase. */
  readonly meta: Readonly<Record<string, unknown>> | undefined;
}

export interface BackendErrorFields {
  readonly status?: number | undefined;
  readonly errors?: readonly BackendErrorDetail[] | undefined;
  readonly traceId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly rateLimit?: RateLimit | undefined;
  readonly tries?: number | undefined;
  readonly cause?: unknown;
}

/** A call of the Backend API failed. `code` says in which way; `status` is what the backend answered, if it did. */
export class BackendError extends KeystileError<BackendErrorCode> {
  override readonly name = 'BackendError';
  /** The method that was called, for example `users.getUser`. */
  readonly operation: string;
  /** What the backend named; empty if it named nothing. */
  readonly errors: readonly BackendErrorDetail[];
  /** Identifies the request in the backend's logs. */
  readonly traceId: string | undefined;
  /** How long the backend asked to wait, in seconds. */
  readonly retryAfterSeconds: number | undefined;
  readonly rateLimit: RateLimit | undefined;
  /** How many requests were sent; 0 if none. */
  readonly tries: number;

  constructor(code: BackendErrorCode, operation: string, message: string, fields: BackendErrorFields = {}) {
    super(code, `${operation}: ${message}`, fields);
    this.operation = operation;
    this.errors = fields.errors ?? [];
    this.traceId = fields.traceId;
    this.retryAfterSeconds = fields.retryAfterSeconds;
    this.rateLimit = fields.rateLimit;
    this.tries = fields.tries ?? 0;
  }
}
