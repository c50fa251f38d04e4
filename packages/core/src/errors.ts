/** Options shared by every error of this package. */
export interface KeystileErrorOptions {
  /** The HTTP status that fits, where one does. */
  readonly status?: number | undefined;
  /** What this error was made from. */
  readonly cause?: unknown;
}

/**
 * The base of every error that Keystile throws or hands out.
 *
 * `code` is contract and safe to switch on; `message` may change. Neither ever contains a token, a key or a cookie value.
 */
export class KeystileError<Code extends string = string> extends Error {
  override readonly name: string = 'KeystileError';
  /** A stable, machine-readable name of what went wrong. */
  readonly code: Code;
  /** The HTTP status that fits, where one does. */
  readonly status: number | undefined;

  constructor(code: Code, message: string, options: KeystileErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }
}

/** An option or an environment variable is missing or malformed. Thrown when something is built, never for a request. */
export class ConfigurationError extends KeystileError<'configuration-invalid'> {
  override readonly name = 'ConfigurationError';
  /** The option at fault, as the caller spells it, for example `publishableKey`. */
  readonly option: string;

  constructor(option: string, message: string, options: KeystileErrorOptions = {}) {
    super('configuration-invalid', `${option}: ${message}`, { status: 500, ...options });
    this.option = option;
  }
}

/** Why a JWT was refused; the wire's own spelling (protocol section 5.5). */
export type TokenVerificationReason =
  | 'token-expired'
  | 'token-invalid'
  | 'token-invalid-algorithm'
  | 'token-invalid-authorized-parties'
  | 'token-invalid-issuer'
  | 'token-invalid-signature'
  | 'token-not-active-yet'
  | 'token-iat-in-the-future'
  | 'token-verification-failed'
  | 'secret-key-invalid'
  | 'jwk-local-missing'
  | 'jwk-remote-failed-to-load'
  | 'jwk-failed-to-resolve'
  | 'jwk-kid-mismatch';

/** A JWT was refused. `code` is the reason, as the wire spells it; `unexpected-error` if its signed claims are malformed. */
export class TokenVerificationError extends KeystileError<TokenVerificationReason | 'unexpected-error'> {
  override readonly name = 'TokenVerificationError';

  constructor(code: TokenVerificationReason | 'unexpected-error', message: string, options: KeystileErrorOptions = {}) {
    super(code, message, { status: 401, ...options });
  }
}

/** Why a machine token was refused (protocol section 6.5). */
export type MachineTokenVerificationCode =
  | 'token-invalid'
  | 'secret-key-invalid'
  | 'unexpected-error'
  | 'token-verification-failed';

/** An M2M token, an OAuth access token or an API key was refused. `status` is what the backend answered, if it did. */
export class MachineTokenVerificationError extends KeystileError<MachineTokenVerificationCode> {
  override readonly name = 'MachineTokenVerificationError';
}
