export {
  type ClerkAPIError,
  ClerkAPIResponseError,
  type ClerkAPIResponseErrorOptions,
  isClerkAPIResponseError,
} from './api-error.ts';
export {
  MachineTokenVerificationError,
  MachineTokenVerificationErrorCode,
  SignJWTError,
  type TokenCarrier,
  TokenVerificationError,
  TokenVerificationErrorAction,
  TokenVerificationErrorCode,
  TokenVerificationErrorReason,
} from './token-errors.ts';
