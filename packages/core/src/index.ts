export type {
  ApiKeyAuth,
  AuthenticatedFor,
  AuthFor,
  AuthObject,
  AuthSelection,
  GetTokenOptions,
  InvalidTokenAuth,
  M2MTokenAuth,
  MachineAuth,
  MachineClaims,
  OAuthTokenAuth,
  SessionAuth,
  SignedInAuth,
  SignedOutAuth,
} from './auth/auth-object.ts';
export type { Register } from './auth/register.ts';
export type { Requirement, Reverification, ReverificationLevel, ReverificationPreset } from './auth/requirement.ts';
export { reverificationError, reverificationErrorResponse } from './auth/reverification-error.ts';
export { type AuthenticateRequestOptions, type Authenticator, createAuthenticator } from './authenticator.ts';
export type * from './backend/index.ts';
export { API_VERSION, BackendError, createBackendClient, createResourceClient, paginate } from './backend/index.ts';
export type { AuthenticatorOptions, CacheOptions, Config, OrganizationSyncOptions } from './config.ts';
export {
  ConfigurationError,
  KeystileError,
  type MachineTokenVerificationCode,
  MachineTokenVerificationError,
  TokenVerificationError,
  type TokenVerificationReason,
} from './errors.ts';
export type { ActorClaim, SessionClaims } from './jwt/claims.ts';
export {
  type InstanceType,
  type PublishableKey,
  parsePublishableKey,
  toPublishableKey,
} from './keys/publishable-key.ts';
export type { Logger } from './logger.ts';
export type { AuthenticationEvent } from './on-authenticate.ts';
export {
  type FetchRequestLike,
  type IncomingMessageLike,
  type RequestView,
  viewIncomingMessage,
  viewRequest,
} from './request/request-view.ts';
export type { HandshakeState, RequestState, SignedInState, SignedOutState } from './request-state.ts';
export type { Answer, HeaderLine, ResponsePatch } from './response-patch.ts';
export type { AuthReason } from './session/reason.ts';
export type { AcceptsToken, MachineTokenType, SessionTokenType, TokenType } from './tokens/token-type.ts';
export { type VerifyTokenOptions, verifyToken } from './verify-token.ts';
