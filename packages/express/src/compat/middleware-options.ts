import { type AuthenticatorOptions, ConfigurationError } from '@keystile/core';
import {
  COMPAT_DEFAULTS,
  clientOptions,
  type FrontendApiProxySettings,
  processEnvironment,
  readPublicOrigin,
  readText,
  toPublicUrl,
} from '@keystile/core/adapter';
import type { ClerkClient } from '@keystile/core/compat';
import type { Request } from 'express';
import type { AuthMiddlewareOptions } from '../auth-middleware.ts';
import { ExpressView } from '../express-view.ts';

/** Something that may depend on the public URL of the request. */
type ByUrl<Value> = Value | ((url: URL) => Value);

export interface FrontendApiProxyOptions {
  readonly enabled: ByUrl<boolean>;
  /** Default `/__clerk`. */
  readonly path?: string;
}

export interface ClerkMiddlewareOptions extends Omit<AuthenticatorOptions, 'domain' | 'proxyUrl' | 'isSatellite'> {
  readonly domain?: ByUrl<string>;
  readonly proxyUrl?: ByUrl<string>;
  readonly isSatellite?: ByUrl<boolean>;
  /** A client of `createClerkClient`, whose keys are used where no other is given. */
  readonly clerkClient?: ClerkClient;
  readonly frontendApiProxy?: FrontendApiProxyOptions;
  /** Taken and ignored, as these are. */
  readonly debug?: boolean;
  readonly acceptsToken?: unknown;
  readonly skipJwksCache?: boolean;
  readonly jwksCacheTtlInMs?: number;
}

export type ClerkMiddlewareOptionsCallback = (req: Request) => ClerkMiddlewareOptions | Promise<ClerkMiddlewareOptions>;

/** Whether a set of options says the same for every request. */
export function isFixed({ domain, proxyUrl, isSatellite, frontendApiProxy }: ClerkMiddlewareOptions): boolean {
  return [domain, proxyUrl, isSatellite, frontendApiProxy?.enabled].every((option) => typeof option !== 'function');
}

/**
 * The options by the main entry's names, with this entry's defaults.
 * @throws ConfigurationError if there is no secret key, which is needed here even where a `jwtKey` would do
 */
export function toMainOptions(options: ClerkMiddlewareOptions, req: Request): AuthMiddlewareOptions {
  const { clerkClient, frontendApiProxy, debug, acceptsToken, skipJwksCache, jwksCacheTtlInMs, ...given } = options;
  const { secretKey, machineSecretKey, jwtKey, publishableKey, apiUrl, apiVersion, fetch } = clientOptions(clerkClient);
  const url = lazyUrl(req);
  const resolve = <Value>(option: ByUrl<Value> | undefined): Value | undefined =>
    typeof option === 'function' ? (option as (url: URL) => Value)(url()) : option;
  const merged: AuthMiddlewareOptions = {
    ...COMPAT_DEFAULTS,
    ...withoutEmpty({ secretKey, machineSecretKey, jwtKey, publishableKey, apiUrl, apiVersion, fetch }),
    ...withoutEmpty(given),
    domain: resolve(given.domain),
    proxyUrl: resolve(given.proxyUrl),
    isSatellite: resolve(given.isSatellite),
    frontendApiProxy: resolve(frontendApiProxy?.enabled) === true && toProxySettings(frontendApiProxy?.path),
  };
  if (!merged.secretKey && readText(processEnvironment(), 'CLERK_SECRET_KEY') === undefined) {
    throw new ConfigurationError('secretKey', 'is missing: pass it, or set CLERK_SECRET_KEY.');
  }
  return merged;
}

/** An empty value falls back to the next in line. */
function withoutEmpty<Options extends object>(options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined && value !== ''),
  ) as Options;
}

function toProxySettings(proxyPath: string | undefined): FrontendApiProxySettings {
  return {
    proxyPath,
    allowInsecureFrontendApiUrl: true,
    trustForwarded: true,
    maxRequestBytes: Number.POSITIVE_INFINITY,
  };
}

function lazyUrl(req: Request): () => URL {
  return () => {
    const view = new ExpressView(req);
    return toPublicUrl(readPublicOrigin(view, { publicOrigin: undefined, trustForwarded: true }), view);
  };
}
