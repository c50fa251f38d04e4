export { reverificationError, reverificationErrorResponse } from '../auth/reverification-error.ts';
export type { OrganizationSyncOptions } from '../config.ts';
export type { MachineTokenType, SessionTokenType } from '../tokens/token-type.ts';
export {
  authenticatedMachineObject,
  getAuthObjectForAcceptedToken,
  getAuthObjectFromJwt,
  invalidTokenAuthObject,
  makeAuthObjectSerializable,
  type SignedInAuthObjectOptions,
  signedInAuthObject,
  signedOutAuthObject,
  unauthenticatedMachineObject,
} from './auth-objects.ts';
export type {
  AuthenticatedMachineObject,
  AuthOptions,
  GetAuthFn,
  GetAuthFnNoRequest,
  InferAuthObjectFromToken,
  InferAuthObjectFromTokenArray,
  SignedInAuthObject,
  SignedOutAuthObject,
  UnauthenticatedMachineObject,
} from './auth-types.ts';
export { type ClerkRequest, createClerkRequest } from './clerk-request.ts';
export { AuthStatus, constants, TokenType } from './constants.ts';
export {
  type AuthenticateRequestOptions,
  type CreateAuthenticateRequestOptions,
  createAuthenticateRequest,
} from './create-authenticate-request.ts';
export { createRedirect, type RedirectFun } from './create-redirect.ts';
export {
  isMachineToken,
  isMachineTokenByPrefix,
  isTokenTypeAccepted,
  verifyMachineAuthToken,
} from './machine-tokens.ts';
export {
  type AuthenticatedState,
  createBootstrapSignedOutState,
  debugRequestState,
  type RequestState,
  type SignedInState,
  type SignedOutState,
  type UnauthenticatedState,
} from './request-state.ts';
export { decorateObjectWithResources, stripPrivateDataFromObject } from './resources.ts';
