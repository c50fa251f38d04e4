import { type Environment, readSwitch, readText } from './environment.ts';
import { ConfigurationError } from './errors.ts';
import { assertApiUrl, assertApiVersion, DEFAULT_API_URL, DEFAULT_API_VERSION } from './http/assert-api-url.ts';
import { KEY_SET_TIMES, type KeySetTimes } from './jwks/remote-key-set.ts';
import { toClaimsPolicy, toTypeRule } from './jwt/claims-policy.ts';
import type { ClaimsPolicy } from './jwt/verify-claims.ts';
import type { TypeRule } from './jwt/verify-signature.ts';
import { readAutoProxy } from './keys/auto-proxy.ts';
import { assertPublishableKey, type PublishableKey } from './keys/publishable-key.ts';
import { CONSOLE_LOGGER, guardLogger, type Logger } from './logger.ts';
import type { AuthenticationEvent } from './on-authenticate.ts';
import {
  assertFunction,
  assertOrigin,
  toCount,
  toDuration,
  toFlag,
  toFlagOrTexts,
  toOneOf,
  toTexts,
  toTimeout,
} from './option-checks.ts';
import type { RequestView } from './request/request-view.ts';
import type { SharedCache } from './shared-cache/shared-cache.ts';

/** URL patterns that choose the active organisation (path-to-regexp version 6: `/orgs/:slug`, `/orgs/:id/(.*)`). */
export interface OrganizationSyncOptions {
  readonly organizationPatterns?: readonly string[];
  readonly personalAccountPatterns?: readonly string[];
}

/** The page that restores a session in the browser, where `unresolved` is `'interstitial'`. */
export interface InterstitialOptions {
  /** Made here (`local`, the default), or the backend's own (`remote`), kept for a minute; the local one where it cannot be had. */
  readonly page?: 'local' | 'remote';
  /** The browser script that the local page loads. Default: that of the instance's frontend API. */
  readonly scriptUrl?: string;
  /** The nonce of the response's Content-Security-Policy, for the scripts of the local page. */
  readonly nonce?: (request: RequestView) => string | undefined;
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
  /**
   * A cache that several processes share (`createRedisCache` of `@keystile/core/shared-cache`): the key set, verdicts on
   * opaque tokens as far as the options above let them be remembered, and revocations. Being down, it costs speed alone.
   */
  readonly shared?: SharedCache | undefined;
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
  /** Allow plain http to other hosts, as among containers. The secret key then travels in the clear. Default false. */
  readonly allowInsecureApiUrl?: boolean | undefined;
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
  /** How many opaque tokens the backend is asked about at one time; further ones are refused at once. Default 1,000. */
  readonly concurrentVerifications?: number | undefined;
  /** How a browser of unknown state is resolved: by redirects (default), or by a page that restores the cookie. */
  readonly unresolved?: 'redirect' | 'interstitial' | undefined;
  /** Details of that page. */
  readonly interstitial?: InterstitialOptions | undefined;
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
  /**
   * Whether each request is held against what `authenticator.revoke()` was told: a session or a token is then refused at
   * once, not when it ends. Default false. With a shared cache that costs one question to it a request.
   */
  readonly checkRevocations?: boolean | undefined;
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

/**
 * The resolved options: every default applied, every key parsed. Frozen. The secrets are there for whoever asks for them by
 * name; what prints, copies or serialises the whole does not come upon them.
 */
export interface Config {
  readonly publishableKey: PublishableKey | undefined;
  readonly secretKey: string | undefined;
  readonly machineSecretKey: string | undefined;
  readonly jwtKey: string | undefined;
  readonly apiUrl: string;
  readonly allowInsecureApiUrl: boolean;
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
  readonly concurrentVerifications: number;
  readonly unresolved: 'redirect' | 'interstitial';
  readonly interstitial: InterstitialOptions;
  readonly crossOriginSync: boolean | readonly string[];
  readonly sessionTokenInHandshake: boolean;
  readonly forwardAllHeadersOnRefresh: boolean;
  readonly anyHandshakeCookie: boolean;
  readonly cache: ResolvedCacheOptions;
  readonly checkRevocations: boolean;
  readonly keySetTimes: KeySetTimes;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly logger: Logger;
  readonly onAuthenticate: ((event: AuthenticationEvent) => void) | undefined;
}

/** {@link CacheOptions} with the defaults. */
export type ResolvedCacheOptions = Required<Omit<CacheOptions, 'shared'>> & Pick<CacheOptions, 'shared'>;

const DEFAULT_CACHE: ResolvedCacheOptions = {
  verifiedTokens: 10_000,
  opaqueTokenTtlMs: 0,
  opaqueTokenNegativeTtlMs: 0,
  opaqueTokens: 10_000,
};
const NO_CACHE: ResolvedCacheOptions = { ...DEFAULT_CACHE, verifiedTokens: 0, opaqueTokens: 0 };

/** Where an option that was not given is looked up. */
export const ENVIRONMENT_VARIABLES = {
  publishableKey: 'CLERK_PUBLISHABLE_KEY',
  secretKey: 'CLERK_SECRET_KEY',
  machineSecretKey: 'CLERK_MACHINE_SECRET_KEY',
  jwtKey: 'CLERK_JWT_KEY',
  apiUrl: 'CLERK_API_URL',
  apiVersion: 'CLERK_API_VERSION',
  domain: 'CLERK_DOMAIN',
  proxyUrl: 'CLERK_PROXY_URL',
  isSatellite: 'CLERK_IS_SATELLITE',
  signInUrl: 'CLERK_SIGN_IN_URL',
  signUpUrl: 'CLERK_SIGN_UP_URL',
} as const satisfies Partial<Record<keyof AuthenticatorOptions, string>>;

/**
 * Resolves options and environment into one frozen {@link Config}. Options win; empty texts count as not given, but for
 * `jwtKey`.
 *
 * @throws ConfigurationError naming the option that is missing, malformed or contradicts another
 */
export function resolveConfig(options: AuthenticatorOptions, environment: Environment): Config {
  const text = (option: TextOption): string | undefined => readOption(option, options[option], environment);
  const publishableKeyText = text('publishableKey');
  const publishableKey = publishableKeyText === undefined ? undefined : assertPublishableKey(publishableKeyText);
  const secretKey = text('secretKey');
  assertSameInstanceType(publishableKey, secretKey);
  const domain = text('domain');
  const allowInsecureApiUrl = toFlag('allowInsecureApiUrl', options.allowInsecureApiUrl, false);

  return hideSecrets({
    publishableKey,
    secretKey,
    machineSecretKey: text('machineSecretKey'),
    jwtKey: readJwtKey(options.jwtKey, environment),
    apiUrl: assertApiUrl(text('apiUrl') ?? DEFAULT_API_URL, allowInsecureApiUrl),
    allowInsecureApiUrl,
    apiVersion: assertApiVersion(text('apiVersion') ?? DEFAULT_API_VERSION),
    domain,
    proxyUrl: text('proxyUrl') ?? (domain === undefined ? readAutoProxy(environment, publishableKey) : undefined),
    isSatellite: toFlag(
      'isSatellite',
      options.isSatellite ?? readSwitch(environment, ENVIRONMENT_VARIABLES.isSatellite),
      false,
    ),
    satelliteAutoSync: toFlag('satelliteAutoSync', options.satelliteAutoSync, false),
    satelliteOrigins: toOrigins(options.satelliteOrigins),
    signInUrl: text('signInUrl'),
    signUpUrl: text('signUpUrl'),
    afterSignInUrl: options.afterSignInUrl,
    afterSignUpUrl: options.afterSignUpUrl,
    organizationSyncOptions: options.organizationSyncOptions,
    claimsPolicy: toClaimsPolicy(options),
    typeRule: toTypeRule(options.headerType),
    publicOrigin: options.publicOrigin === undefined ? undefined : assertOrigin('publicOrigin', options.publicOrigin),
    trustForwarded: toFlagOrTexts('trustForwarded', options.trustForwarded, false, toHost),
    machineTokens: toOneOf('machineTokens', options.machineTokens, ['eager', 'lazy', 'off']),
    concurrentVerifications: toCount('concurrentVerifications', options.concurrentVerifications, 1_000),
    unresolved: toOneOf('unresolved', options.unresolved, ['redirect', 'interstitial']),
    interstitial: options.interstitial ?? {},
    crossOriginSync: toFlagOrTexts('crossOriginSync', options.crossOriginSync, true, assertOrigin),
    sessionTokenInHandshake: toFlag('sessionTokenInHandshake', options.sessionTokenInHandshake, true),
    forwardAllHeadersOnRefresh: toFlag('forwardAllHeadersOnRefresh', options.forwardAllHeadersOnRefresh, false),
    anyHandshakeCookie: toFlag('anyHandshakeCookie', options.anyHandshakeCookie, false),
    cache: toCacheOptions(options.cache),
    checkRevocations: toFlag('checkRevocations', options.checkRevocations, false),
    keySetTimes: toKeySetTimes(options.jwks),
    timeoutMs: toTimeout('timeoutMs', options.timeoutMs, 10_000),
    fetch: assertFunction('fetch', options.fetch) ?? ((input, init) => globalThis.fetch(input, init)),
    now: assertFunction('now', options.now) ?? Date.now,
    logger: guardLogger(options.logger ?? CONSOLE_LOGGER),
    onAuthenticate: assertFunction('onAuthenticate', options.onAuthenticate),
  });
}

type TextOption = Exclude<keyof typeof ENVIRONMENT_VARIABLES, 'isSatellite' | 'jwtKey'>;

/** A key pasted with its line break or quotes fails here, by name, and not as a riddle at the first request. */
function readOption(option: TextOption, given: unknown, environment: Environment): string | undefined {
  if (given !== undefined && typeof given !== 'string') throw new ConfigurationError(option, 'must be a string.');
  if (given) return assertOneWord(option, given, '');
  const variable = ENVIRONMENT_VARIABLES[option];
  const value = readText(environment, variable);
  return value === undefined ? undefined : assertOneWord(option, value, ` (read from ${variable})`);
}

/** Keys travel in headers, which hold ASCII. */
function assertOneWord(option: TextOption, value: string, source: string): string {
  const isUsable = option.endsWith('Key') ? /^[\x21-\x7e]+$/.test(value) : !/\s/.test(value);
  if (!isUsable) throw new ConfigurationError(option, `contains blanks, line breaks or foreign characters${source}.`);
  return value;
}

/** A PEM has line breaks, and an empty one is a mistake: without a key here, tokens would be verified by another. */
function readJwtKey(given: unknown, environment: Environment): string | undefined {
  if (given !== undefined && typeof given !== 'string') throw new ConfigurationError('jwtKey', 'must be a string.');
  return given ?? readText(environment, ENVIRONMENT_VARIABLES.jwtKey);
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

function toOrigins(origins: unknown): readonly string[] | 'any' {
  const option = 'satelliteOrigins';
  return origins === 'any' ? origins : toTexts(option, origins).map((origin) => assertOrigin(option, origin));
}

/** Hosts are compared in lower case. */
function toHost(_option: string, host: string): string {
  return host.toLowerCase();
}

function toCacheOptions(options: false | CacheOptions | undefined): ResolvedCacheOptions {
  if (options === false) return NO_CACHE;
  return {
    verifiedTokens: toCount('cache.verifiedTokens', options?.verifiedTokens, DEFAULT_CACHE.verifiedTokens),
    opaqueTokenTtlMs: toDuration('cache.opaqueTokenTtlMs', options?.opaqueTokenTtlMs, DEFAULT_CACHE.opaqueTokenTtlMs),
    opaqueTokenNegativeTtlMs: toDuration(
      'cache.opaqueTokenNegativeTtlMs',
      options?.opaqueTokenNegativeTtlMs,
      DEFAULT_CACHE.opaqueTokenNegativeTtlMs,
    ),
    opaqueTokens: toCount('cache.opaqueTokens', options?.opaqueTokens, DEFAULT_CACHE.opaqueTokens),
    shared: options?.shared,
  };
}

function toKeySetTimes(times: Partial<KeySetTimes> | undefined): KeySetTimes {
  const time = (name: keyof KeySetTimes) => toDuration(`jwks.${name}`, times?.[name], KEY_SET_TIMES[name]);
  return {
    refreshAfterMs: time('refreshAfterMs'),
    staleGraceMs: time('staleGraceMs'),
    unknownKeyCooldownMs: time('unknownKeyCooldownMs'),
    failurePauseMs: time('failurePauseMs'),
  };
}

/** Getters, so that even an inspection that shows what is hidden does not show their values. */
function hideSecrets(config: Config): Config {
  for (const name of ['secretKey', 'machineSecretKey'] as const) {
    const secret = config[name];
    Object.defineProperty(config, name, { enumerable: false, get: () => secret });
  }
  return Object.freeze(config);
}
