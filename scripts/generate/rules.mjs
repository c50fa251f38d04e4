// What the contract leaves open, decided here once: how methods that the ecosystem lacks take their arguments,
// and where a name of the ecosystem is offered beside ours.

/** Methods whose arguments do not follow from the contract. */
export const SIGNATURES = {
  'sessions.getToken': '(sessionId: string, template?: string, expiresInSeconds?: number, options?: RequestOptions)',
  'sessions.getTokenFromTemplate':
    '(sessionId: string, template: string, expiresInSeconds?: number, options?: RequestOptions)',
};

/** Coined methods that take their ids inside `params`, as the methods beside them do. The others take them first. */
export const IDS_IN_PARAMS = new Set(['organizations.getPendingOrganizationInvitationList']);

/** Single body fields that are arguments of their own, where the contract's `sdk.positionalFields` is silent. */
export const POSITIONAL_FIELDS = { 'sessions.getTokenFromTemplate': ['expires_in_seconds'] };

/** Path parameters called otherwise than in the path. */
export const PATH_NAMES = { 'sessions.getTokenFromTemplate': ['sessionId', 'template'] };

/** Ids that a method takes in one of two ways. */
export const EITHER = { 'organizations.getOrganization': ['organizationId', 'slug'] };

/** Query parameters that users of the ecosystem may give as one value or as several. */
export const ONE_OR_MANY = new Set(['organizations.getOrganizationInvitationList.status']);

/** Answers that keep their wire names: a JWK Set has those of RFC 7517. */
export const VERBATIM = new Set(['jwks.getJwks']);

/** Operations that need no secret. */
export const PUBLIC = new Set(['interstitial.getInterstitial']);

/** Resources that authenticate with the machine's secret key where there is one. */
export const MACHINE_RESOURCES = new Set(['m2m']);

/** Operations of the contract's `sdkOnly` that authentication itself needs, in the form of the contract's operations. */
export const EXTRA_OPERATIONS = [
  {
    id: 'clients.getHandshakePayload',
    method: 'GET',
    path: '/clients/handshake_payload',
    pathParams: [],
    query: [{ name: 'nonce', type: { kind: 'string' }, required: true, nullable: false }],
    body: [],
    bodyKind: 'none',
    returns: {
      status: 200,
      shape: { kind: 'object', fields: { directives: { kind: 'array', items: { kind: 'string' } } } },
    },
    sdk: null,
    // The nonce may be good for one use only, so that an answered request is not repeated.
    once: true,
  },
];

/** Properties that packages/core/src/backend/computed.ts adds to a resource. */
export const COMPUTED = {
  User: {
    fullName: ['string | null', 'First and last name, or null if the user has neither.'],
    primaryEmailAddress: ['EmailAddress | null', 'The one of `emailAddresses` that `primaryEmailAddressId` names.'],
    primaryPhoneNumber: ['PhoneNumber | null', 'The one of `phoneNumbers` that `primaryPhoneNumberId` names.'],
    primaryWeb3Wallet: ['Web3Wallet | null', 'The one of `web3Wallets` that `primaryWeb3WalletId` names.'],
  },
  ExternalAccount: { externalId: ['string', "The ecosystem's name of `providerUserId`."] },
  OAuthApplication: { isPublic: ['boolean', "The ecosystem's name of `public`."] },
};
