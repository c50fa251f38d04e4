import { TokenVerificationError, type TokenVerificationReason } from '../errors.ts';

/** Why a token was refused; `unexpected-error` when its claims, although signed, contradict the wire's format. */
export type RefusalReason = TokenVerificationReason | 'unexpected-error';

/**
 * A token was refused, and why. A value rather than a thrown error: being refused is an expected outcome, and hostile
 * traffic would otherwise pay us in stack traces. {@link toError} makes the error where a caller wants one.
 */
export class Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly cause: unknown;

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    this.reason = reason;
    this.message = message;
    this.cause = cause;
  }

  toError(): TokenVerificationError {
    return new TokenVerificationError(this.reason, this.message, { cause: this.cause });
  }
}

/** Row 2 of protocol section 5.2: a machine is no user, whatever key signed for it. */
export const MACHINE_TOKEN = new Refusal('token-invalid', 'The token is an M2M token, not a session token.');
