/**
 * What Keystile's own adapters build on. Not for applications: it may change with any release.
 *
 * An adapter sees the request as a `RequestView`, carries out a `ResponsePatch`, and decides nothing.
 */

export {
  type AdapterOptions,
  type AdapterSetup,
  createAdapterSetup,
  type FrontendApiProxySettings,
} from './adapter-setup.ts';
export { type AdapterAuthenticator, createAdapterAuthenticator } from './authenticator.ts';
export { AuthenticatorCache } from './authenticator-cache.ts';
export { clientOptions } from './compat/client-options.ts';
export { COMPAT_DEFAULTS } from './compat/compat-defaults.ts';
export { type Environment, processEnvironment, readSwitch, readText } from './environment.ts';
export { assertGuardOptions } from './guard/assert-guard-options.ts';
export { type GuardOptions, type GuardVerdict, guard } from './guard/guard.ts';
export { settleState } from './guard/settle-state.ts';
export { type HandedOver, handOver, takeOver } from './hand-over/hand-over.ts';
export {
  PROTECTED_RESOURCE_PATH,
  type ProtectedResourceOptions,
  protectedResourceMetadata,
} from './metadata/protected-resource-metadata.ts';
export { missingFromVary, patchHeaders, toResponse } from './patch-response.ts';
export { type FrontendApiProxyOptions, matchesProxyPath, proxyFrontendApi, toProxyPath } from './proxy/index.ts';
export type { ReturnOptions } from './redirects/create-redirects.ts';
export { requestRedirects } from './redirects/sign-in-url.ts';
export { isHost } from './request/host.ts';
export { isAllowedOrigin } from './request/is-allowed-origin.ts';
export { isPreflight } from './request/is-preflight.ts';
export { readPublicOrigin, toPublicUrl } from './request/public-url.ts';
export {
  type IncomingMessageLike,
  type RequestView,
  viewIncomingMessage,
  viewRequest,
} from './request/request-view.ts';
export type { RequestState } from './request-state.ts';
export { type HeaderLine, NO_PATCH, PRIVATE_PATCH, type ResponsePatch } from './response-patch.ts';
