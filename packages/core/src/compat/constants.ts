import { COOKIES } from '../keys/cookie-names.ts';
import { QUERY } from '../request/query.ts';
import { STATE_HEADERS } from '../session/state-headers.ts';

/** The names of the wire by the names they are imported under (protocol section 2). */
export const constants = {
  Attributes: {
    AuthToken: '__clerkAuthToken',
    AuthSignature: '__clerkAuthSignature',
    AuthStatus: '__clerkAuthStatus',
    AuthReason: '__clerkAuthReason',
    AuthMessage: '__clerkAuthMessage',
    ClerkUrl: '__clerkUrl',
  },
  Cookies: {
    Session: COOKIES.session,
    Refresh: COOKIES.refresh,
    ClientUat: COOKIES.clientUat,
    Handshake: COOKIES.handshake,
    DevBrowser: COOKIES.devBrowser,
    RedirectCount: COOKIES.redirectCount,
    HandshakeNonce: COOKIES.handshakeNonce,
  },
  Headers: {
    Accept: 'accept',
    AuthMessage: STATE_HEADERS.message,
    Authorization: 'authorization',
    AuthReason: STATE_HEADERS.reason,
    AuthSignature: 'x-clerk-auth-signature',
    AuthStatus: STATE_HEADERS.status,
    AuthToken: 'x-clerk-auth-token',
    CacheControl: 'cache-control',
    ClerkRedirectTo: 'x-clerk-redirect-to',
    ClerkRequestData: 'x-clerk-request-data',
    ClerkUrl: 'x-clerk-clerk-url',
    CloudFrontForwardedProto: 'cloudfront-forwarded-proto',
    ContentType: 'content-type',
    ContentSecurityPolicy: 'content-security-policy',
    ContentSecurityPolicyReportOnly: 'content-security-policy-report-only',
    EnableDebug: 'x-clerk-debug',
    ForwardedHost: 'x-forwarded-host',
    ForwardedPort: 'x-forwarded-port',
    ForwardedProto: 'x-forwarded-proto',
    Host: 'host',
    Location: 'location',
    Nonce: 'x-nonce',
    Origin: 'origin',
    Referrer: 'referer',
    SecFetchDest: 'sec-fetch-dest',
    SecFetchSite: 'sec-fetch-site',
    UserAgent: 'user-agent',
    ReportingEndpoints: 'reporting-endpoints',
  },
  ContentTypes: { Json: 'application/json' },
  QueryParameters: {
    ClerkSynced: QUERY.synced,
    SuffixedCookies: 'suffixed_cookies',
    ClerkRedirectUrl: QUERY.redirectUrl,
    DevBrowser: QUERY.devBrowser,
    Handshake: QUERY.handshake,
    HandshakeHelp: QUERY.help,
    LegacyDevBrowser: QUERY.legacyDevBrowser,
    HandshakeReason: '__clerk_hs_reason',
    HandshakeNonce: QUERY.handshakeNonce,
    HandshakeFormat: 'format',
    Session: COOKIES.session,
  },
  ClerkSyncStatus: { NeedsSync: 'false', Completed: 'true' },
} as const;

export const AuthStatus = { SignedIn: 'signed-in', SignedOut: 'signed-out', Handshake: 'handshake' } as const;
export type AuthStatus = (typeof AuthStatus)[keyof typeof AuthStatus];

export const TokenType = {
  SessionToken: 'session_token',
  ApiKey: 'api_key',
  M2MToken: 'm2m_token',
  OAuthToken: 'oauth_token',
} as const;
export type TokenType = (typeof TokenType)[keyof typeof TokenType];
