import {
  TokenVerificationError as CoreError,
  MachineTokenVerificationError as CoreMachineError,
  KeystileError,
  type MachineTokenVerificationCode,
} from '../errors.ts';
import type { RefusalReason } from '../jwt/refusal.ts';

export const TokenVerificationErrorReason = {
  TokenExpired: 'token-expired',
  TokenInvalid: 'token-invalid',
  TokenInvalidAlgorithm: 'token-invalid-algorithm',
  TokenInvalidAuthorizedParties: 'token-invalid-authorized-parties',
  TokenInvalidIssuer: 'token-invalid-issuer',
  TokenInvalidSignature: 'token-invalid-signature',
  TokenNotActiveYet: 'token-not-active-yet',
  TokenIatInTheFuture: 'token-iat-in-the-future',
  TokenVerificationFailed: 'token-verification-failed',
  InvalidSecretKey: 'secret-key-invalid',
  LocalJWKMissing: 'jwk-local-missing',
  RemoteJWKFailedToLoad: 'jwk-remote-failed-to-load',
  RemoteJWKInvalid: 'jwk-remote-invalid',
  RemoteJWKMissing: 'jwk-remote-missing',
  JWKFailedToResolve: 'jwk-failed-to-resolve',
  JWKKidMismatch: 'jwk-kid-mismatch',
} as const;
export type TokenVerificationErrorReason =
  (typeof TokenVerificationErrorReason)[keyof typeof TokenVerificationErrorReason];

export const TokenVerificationErrorCode = { InvalidSecretKey: 'clerk_key_invalid' } as const;
export type TokenVerificationErrorCode = (typeof TokenVerificationErrorCode)[keyof typeof TokenVerificationErrorCode];

/** What to do next. */
export const TokenVerificationErrorAction = {
  ContactSupport: 'If the keys are those of this instance and it happens again, ask the support of your provider.',
  EnsureClerkJWT: 'Pass a session token of this instance.',
  SetClerkJWTKey: 'Set CLERK_JWT_KEY, or pass jwtKey.',
  SetClerkSecretKey: 'Set CLERK_SECRET_KEY, or pass secretKey.',
  EnsureClockSync: 'Compare the clock of this machine with the time.',
} as const;
export type TokenVerificationErrorAction =
  (typeof TokenVerificationErrorAction)[keyof typeof TokenVerificationErrorAction];

export type TokenCarrier = 'header' | 'cookie';

export interface TokenVerificationErrorOptions {
  readonly message: string;
  readonly reason: RefusalReason;
  readonly action?: TokenVerificationErrorAction | undefined;
  readonly cause?: unknown;
}

/** A JWT was refused; `reason` is the wire's own word for why, as is `code`. */
export class TokenVerificationError extends CoreError {
  readonly reason: RefusalReason;
  readonly action: TokenVerificationErrorAction | undefined;
  /** Where the token came from, if it came with a request. */
  tokenCarrier: TokenCarrier | undefined;

  constructor({ message, reason, action, cause }: TokenVerificationErrorOptions) {
    super(reason, message, { cause });
    this.reason = reason;
    this.action = action;
  }

  getFullMessage(): string {
    const details = `(reason=${this.reason}, token-carrier=${this.tokenCarrier})`;
    return [this.message, this.action, details].filter((part) => part !== undefined).join(' ');
  }
}

const { ContactSupport, EnsureClerkJWT, EnsureClockSync, SetClerkSecretKey } = TokenVerificationErrorAction;
const ACTIONS: Partial<Record<RefusalReason, TokenVerificationErrorAction>> = {
  'token-invalid': EnsureClerkJWT,
  'token-invalid-algorithm': EnsureClerkJWT,
  'token-invalid-signature': EnsureClerkJWT,
  'jwk-kid-mismatch': EnsureClerkJWT,
  'token-not-active-yet': EnsureClockSync,
  'token-iat-in-the-future': EnsureClockSync,
  'jwk-failed-to-resolve': SetClerkSecretKey,
  'secret-key-invalid': SetClerkSecretKey,
  'jwk-remote-failed-to-load': ContactSupport,
};

/** Rethrows what core threw; a refused token as this entry's own error. */
export function rethrowTokenError(error: unknown): never {
  if (!(error instanceof CoreError)) throw error;
  const { code: reason, message, cause } = error;
  throw new TokenVerificationError({ message, reason, action: ACTIONS[reason], cause });
}

export const MachineTokenVerificationErrorCode = {
  TokenInvalid: 'token-invalid',
  InvalidSecretKey: 'secret-key-invalid',
  UnexpectedError: 'unexpected-error',
  TokenVerificationFailed: 'token-verification-failed',
} as const;
export type MachineTokenVerificationErrorCode = MachineTokenVerificationCode;

export interface MachineTokenVerificationErrorOptions {
  readonly message: string;
  readonly code: MachineTokenVerificationErrorCode;
  readonly status?: number | undefined;
  readonly action?: TokenVerificationErrorAction | undefined;
  readonly cause?: unknown;
}

/** A machine token was refused; `status` is what the backend answered, if it was asked and did. */
export class MachineTokenVerificationError extends CoreMachineError {
  readonly clerkError = true;
  readonly action: TokenVerificationErrorAction | undefined;

  constructor({ message, code, status, action, cause }: MachineTokenVerificationErrorOptions) {
    super(code, message, { status, cause });
    this.action = action;
  }

  getFullMessage(): string {
    return `${this.message} (code=${this.code}, status=${this.status ?? 'n/a'})`;
  }
}

/** A JWT could not be signed. */
export class SignJWTError extends KeystileError<'sign-jwt-failed'> {
  override readonly name = 'SignJWTError';

  constructor(message: string, cause?: unknown) {
    super('sign-jwt-failed', message, { cause });
  }
}
