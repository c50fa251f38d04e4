import { type Environment, readSwitch, readText } from './environment.ts';
import { ConfigurationError } from './errors.ts';
import { KEY_SET_TIMES, type KeySetTimes } from './jwks/remote-key-set.ts';
import type { ClaimsPolicy } from './jwt/verify-claims.ts';
import { JWT_TYPE, type TypeRule } from './jwt/verify-signature.ts';
import { readAutoProxy } from './keys/auto-proxy.ts';
import { assertPublishableKey, type PublishableKey } from './keys/publishable-key.ts';
import { CONSOLE_LOGGER, guardLogger, type Logger } from './logger.ts';
import type { AuthenticationEvent } from './on-authenticate.ts';

/** URL patterns that choose the active organisation (path-to-regexp version 6: `/orgs/:slug`, `/orgs/:id/(.*)`). */
export interface OrganizationSyncOptions {
  readonly organizationPatterns?: readonly string[];
  readonly personalAccountPatterns?: readonly string[];
}

/** What is remembered between requests. All of it is bounded. */
export interface CacheOptions {
  /** How many verified JWTs to keep. Default 10,000; 0: none. */
  readonly verifiedTokens?: number;
  /** How long a verified opaque token is believed without asking again, in milliseconds. Default 0: always asked. */
  readonly opaqueTokenTtlMs?: number;
  /** The same for one that the backend refused as invalid. Default 0. */
  readonly opaqueTokenNegativeTtlMs?: number;
  /** How many opaque tokens to keep. Default 10,000. */
  readonly opaqueTokens?: number;
}

/** The options of `createAuthenticator`. Those with a variable named are read from the environment if not given. */
export interface AuthenticatorOptions {
  /** `pk_test_…` or `pk_live_…`; `CLERK_PUBLISHABLE_KEY`. */
  readonly publishableKey?: string | undefined;
  /** `sk_test_…` or `sk_live_…`; `CLERK_SECRET_KEY`. Not needed to verify sessions with a `jwtKey`. */
  readonly secretKey?: string | undefined;
  /** Used in place of the secret key to verify M2M tokens; `CLERK_MACHINE_SECRET_KEY`. */
  readonly machineSecretKey?: string | undefined;
  /** The instance's public key in PEM form: tokens are verified without any network; `CLERK_JWT_KEY`. */
  readonly jwtKey?: string | undefined;
  /** Default `https://api.clerk.com`; `CLERK_API_URL`. Plain http is refused except for the local machine. */
  readonly apiUrl?: string | undefined;
  /** The version segment of the URL. Default `v1`; `CLERK_API_VERSION`. */
  readonly apiVersion?: string | undefined;

  /** The domain of a satellite; `CLERK_DOMAIN`. */
  readonly domain?: string | undefined;
  /** Where the frontend API is reached through the application, absolute or a path; `CLERK_PROXY_URL`. */
  readonly proxyUrl?: string | undefined;
  /** `CLERK_IS_SATELLITE`. */
  readonly isSatellite?: boolean | undefined;
  /** Whether a satellite asks its primary about visitors without any cookie. Default false. */
  readonly satelliteAutoSync?: boolean | undefined;
  /** Origins of satellites, to which a development primary may answer besides loopback; `'any'`: all, as in older clients. */
  readonly satelliteOrigins?: readonly string[] | 'any' | undefined;
  /** `CLERK_SIGN_IN_URL` */
  readonly signInUrl?: string | undefined;
  /** `CLERK_SIGN_UP_URL` */
  readonly signUpUrl?: string | undefined;
  readonly afterSignInUrl?: string | undefined;
  readonly afterSignUpUrl?: string | undefined;
  readonly organizationSyncOptions?: OrganizationSyncOptions | undefined;

  /** Acceptable values of `aud`. Default: not checked; a session token without one passes (see `requireAudience`). */
  readonly audience?: string | readonly string[] | undefined;
  /** Refuse tokens without `aud`, too. Default false. */
  readonly requireAudience?: boolean | undefined;
  /** Acceptable values of `azp`, as exact texts. Recommended: the origins of your front ends. */
  readonly authorizedParties?: readonly string[] | undefined;
  /** Acceptable values of `iss`, as exact texts. Default: not checked. */
  readonly issuer?: string | readonly string[] | undefined;
  /** Tolerated clock difference in milliseconds. Default 5000; 0 is honoured. */
  readonly clockSkewInMs?: number | undefined;
  /** Acceptable values of the header's `typ`, which must then be present. Default `JWT` or absent. */
  readonly headerType?: string | readonly string[] | undefined;

  /** The one origin under which the public reaches the application, for example `https://app.example.com`. */
  readonly publicOrigin?: string | undefined;
  /** Whether `x-forwarded-host` and `-proto` count: always, never (default), or for these hosts. */
  readonly trustForwarded?: boolean | readonly string[] | undefined;

  /** When machine tokens are verified: with the request (default), when a guard asks, or never. */
  readonly machineTokens?: 'eager' | 'lazy' | 'off' | undefined;
  /** How a browser of unknown state is resolved: by redirects (default), or by a page that restores the cookie. */
  readonly unresolved?: 'redirect' | 'interstitial' | undefined;
  /** Whether signed-in visitors that come from another site are checked with the primary: always (default), from these origins only, or never. */
  readonly crossOriginSync?: boolean | readonly string[] | undefined;
  /** Whether the session token is sent along to the handshake. Default true. */
  readonly sessionTokenInHandshake?: boolean | undefined;
  /** Whether a session refresh forwards every request header, as older clients do. Default false: only those it needs. */
  readonly forwardAllHeadersOnRefresh?: boolean | undefined;
  /** Whether handshake payloads may set cookies of any name. Default false: the protocol's own only. */
  readonly anyHandshakeCookie?: boolean | undefined;

  /** `false`: remember nothing between requests. */
  readonly cache?: false | CacheOptions | undefined;
  readonly jwks?: Partial<KeySetTimes> | undefined;
  /** The longest that one call to the backend may take, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
  /** Default: warnings to the console. */
  readonly logger?: Logger | undefined;
  /** Told of every decision. What it throws is ignored. */
  readonly onAuthenticate?: ((event: AuthenticationEvent) => void) | undefined;
}

/** The resolved options: every default applied, every key parsed. Frozen. */
export interface Config {
  readonly publishableKey: PublishableKey | undefined;
  readonly secretKey: string | undefined;
  readonly machineSecretKey: string | undefined;
  readonly jwtKey: string | undefined;
  readonly apiUrl: string;
  readonly apiVersion: string;
  readonly domain: string | undefined;
  readonly proxyUrl: string | undefined;
  readonly isSatellite: boolean;
  readonly satelliteAutoSync: boolean;
  readonly satelliteOrigins: readonly string[] | 'any';
  readonly signInUrl: string | undefined;
  readonly signUpUrl: string | undefined;
  readonly afterSignInUrl: string | undefined;
  readonly afterSignUpUrl: string | undefined;
  readonly organizationSyncOptions: OrganizationSyncOptions | undefined;
  readonly claimsPolicy: ClaimsPolicy;
  readonly typeRule: TypeRule;
  readonly publicOrigin: string | undefined;
  readonly trustForwarded: boolean | readonly string[];
  readonly machineTokens: 'eager' | 'lazy' | 'off';
  readonly unresolved: 'redirect' | 'interstitial';
  readonly crossOriginSync: boolean | readonly string[];
  readonly sessionTokenInHandshake: boolean;
  readonly forwardAllHeadersOnRefresh: boolean;
  readonly anyHandshakeCookie: boolean;
  readonly cache: Required<CacheOptions>;
  readonly keySetTimes: KeySetTimes;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly logger: Logger;
  readonly onAuthenticate: ((event: AuthenticationEvent) => void) | undefined;
}

const DEFAULT_CLOCK_SKEW_MS = 5_000;
const DEFAULT_CACHE: Required<CacheOptions> = {
  verifiedTokens: 10_000,
  opaqueTokenTtlMs: 0,
  opaqueTokenNegativeTtlMs: 0,
  opaqueTokens: 10_000,
};
const NO_CACHE: Required<CacheOptions> = { ...DEFAULT_CACHE, verifiedTokens: 0, opaqueTokens: 0 };

/**
 * Resolves options and environment into one frozen {@link Config}. Options win; empty texts count as not given.
 *
 * @throws ConfigurationError naming the option that is missing, malformed or contradicts another
 */
export function resolveConfig(options: AuthenticatorOptions, environment: Environment): Config {
  const text = (option: keyof AuthenticatorOptions, variable: string): string | undefined => {
    const value = options[option];
    if (value !== undefined && typeof value !== 'string') throw new ConfigurationError(option, 'must be a string.');
    return assertNoBlanks(option, value === undefined || value === '' ? readText(environment, variable) : value);
  };
  const publishableKeyText = text('publishableKey', 'CLERK_PUBLISHABLE_KEY');
  const secretKey = text('secretKey', 'CLERK_SECRET_KEY');
  const publishableKey = publishableKeyText === undefined ? undefined : assertPublishableKey(publishableKeyText);
  assertSameInstanceType(publishableKey, secretKey);
  const domain = text('domain', 'CLERK_DOMAIN');

  const config: Config = {
    publishableKey,
    secretKey,
    machineSecretKey: text('machineSecretKey', 'CLERK_MACHINE_SECRET_KEY'),
    jwtKey: options.jwtKey ?? readText(environment, 'CLERK_JWT_KEY'),
    apiUrl: assertHttpUrl('apiUrl', text('apiUrl', 'CLERK_API_URL') ?? 'https://api.clerk.com'),
    apiVersion: text('apiVersion', 'CLERK_API_VERSION') ?? 'v1',
    domain,
    proxyUrl:
      text('proxyUrl', 'CLERK_PROXY_URL') ??
      (domain === undefined ? readAutoProxy(environment, publishableKey) : undefined),
    isSatellite: options.isSatellite ?? readSwitch(environment, 'CLERK_IS_SATELLITE') ?? false,
    satelliteAutoSync: options.satelliteAutoSync ?? false,
    satelliteOrigins: toOrigins(options.satelliteOrigins),
    signInUrl: text('signInUrl', 'CLERK_SIGN_IN_URL'),
    signUpUrl: text('signUpUrl', 'CLERK_SIGN_UP_URL'),
    afterSignInUrl: options.afterSignInUrl,
    afterSignUpUrl: options.afterSignUpUrl,
    organizationSyncOptions: options.organizationSyncOptions,
    claimsPolicy: {
      audience: toList('audience', options.audience),
      requireAudience: options.requireAudience ?? false,
      authorizedParties: toList('authorizedParties', options.authorizedParties),
      issuer: toList('issuer', options.issuer),
      clockSkewInMs: toClockSkew(options.clockSkewInMs),
    },
    typeRule: toTypeRule(options.headerType),
    publicOrigin: options.publicOrigin === undefined ? undefined : assertOrigin('publicOrigin', options.publicOrigin),
    trustForwarded: options.trustForwarded ?? false,
    machineTokens: options.machineTokens ?? 'eager',
    unresolved: options.unresolved ?? 'redirect',
    crossOriginSync: options.crossOriginSync ?? true,
    sessionTokenInHandshake: options.sessionTokenInHandshake ?? true,
    forwardAllHeadersOnRefresh: options.forwardAllHeadersOnRefresh ?? false,
    anyHandshakeCookie: options.anyHandshakeCookie ?? false,
    cache: options.cache === false ? NO_CACHE : { ...DEFAULT_CACHE, ...options.cache },
    keySetTimes: { ...KEY_SET_TIMES, ...options.jwks },
    timeoutMs: options.timeoutMs ?? 10_000,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: options.now ?? Date.now,
    logger: guardLogger(options.logger ?? CONSOLE_LOGGER),
    onAuthenticate: options.onAuthenticate,
  };
  return Object.freeze(config);
}

/** A key pasted with its line break or quotes fails here, by name, and not as a riddle at the first request. */
function assertNoBlanks(option: string, value: string | undefined): string | undefined {
  if (value !== undefined && /\s/.test(value)) throw new ConfigurationError(option, 'contains blanks or line breaks.');
  return value;
}

function assertSameInstanceType(publishableKey: PublishableKey | undefined, secretKey: string | undefined): void {
  if (publishableKey === undefined || secretKey === undefined) return;
  const isLive = /^(?:sk_)?live_/.test(secretKey);
  const isTest = /^(?:sk_)?test_/.test(secretKey);
  const isProduction = publishableKey.instanceType === 'production';
  if ((isLive && !isProduction) || (isTest && isProduction)) {
    throw new ConfigurationError(
      'secretKey',
      `is of a ${isLive ? 'production' : 'development'} instance, but publishableKey is of a ${publishableKey.instanceType} one.`,
    );
  }
}

function assertHttpUrl(option: string, value: string): string {
  const url = parseUrl(value);
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConfigurationError(option, 'must be an absolute http(s) URL.');
  }
  return value.replace(/\/+$/, '');
}

function assertOrigin(option: string, value: string): string {
  const url = parseUrl(value);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== value.replace(/\/$/, '')) {
    throw new ConfigurationError(
      option,
      'must be an origin: scheme and host alone, for example https://app.example.com.',
    );
  }
  return url.origin;
}

function toOrigins(origins: readonly string[] | 'any' | undefined): readonly string[] | 'any' {
  return origins === 'any' ? origins : (origins ?? []).map((origin) => assertOrigin('satelliteOrigins', origin));
}

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

function toList(option: string, value: string | readonly string[] | undefined): readonly string[] {
  const list: readonly unknown[] =
    value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value;
  if (!list.every((item) => typeof item === 'string'))
    throw new ConfigurationError(option, 'must be a string or a list of strings.');
  return list as readonly string[];
}

/** Only a finite number counts; 0 is a wish like any other. */
function toClockSkew(value: number | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : DEFAULT_CLOCK_SKEW_MS;
}

function toTypeRule(headerType: string | readonly string[] | undefined): TypeRule {
  const accepted = toList('headerType', headerType);
  return accepted.length === 0 ? JWT_TYPE : { accepted, mayBeAbsent: false };
}
