import { expect, it } from 'vitest';

// A change of these lists is a change for everybody who imports from here.
it.each([
  [() => import('./index.ts'), 'createClerkClient verifyToken'],
  [
    () => import('./internal.ts'),
    `AuthStatus TokenType authenticatedMachineObject constants createAuthenticateRequest createBootstrapSignedOutState
     createClerkRequest createRedirect debugRequestState decorateObjectWithResources getAuthObjectForAcceptedToken
     getAuthObjectFromJwt invalidTokenAuthObject isMachineToken isMachineTokenByPrefix isTokenTypeAccepted
     makeAuthObjectSerializable reverificationError reverificationErrorResponse signedInAuthObject signedOutAuthObject
     stripPrivateDataFromObject unauthenticatedMachineObject verifyMachineAuthToken`,
  ],
  [() => import('./jwt.ts'), 'decodeJwt hasValidSignature signJwt verifyJwt'],
  [
    () => import('./errors.ts'),
    `ClerkAPIResponseError MachineTokenVerificationError MachineTokenVerificationErrorCode SignJWTError
     TokenVerificationError TokenVerificationErrorAction TokenVerificationErrorCode TokenVerificationErrorReason
     isClerkAPIResponseError`,
  ],
  [
    () => import('./proxy.ts'),
    'DEFAULT_PROXY_PATH clerkFrontendApiProxy fapiUrlFromPublishableKey matchProxyPath stripTrailingSlashes',
  ],
  [() => import('./webhooks.ts'), 'verifyWebhook'],
])('%s exports what users import', async (load, names) => {
  expect(Object.keys(await load()).sort()).toEqual(names.split(/\s+/).sort());
});
