import type { Config } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import { isLoopbackHost } from '../keys/frontend-api.ts';
import { parseUrl } from '../request/public-url.ts';
import { QUERY } from '../request/query.ts';

/**
 * Checks what a satellite must know of itself and of its primary (protocol section 7, A5, with S3 of section 17): at
 * construction, whatever a request says later.
 *
 * @throws ConfigurationError naming `domain` or `signInUrl`
 */
export function assertSatelliteConfig(config: Config): void {
  if (!config.isSatellite) return;
  const { domain, proxyUrl, signInUrl, publicOrigin, publishableKey, secretKey } = config;
  if (domain === undefined && proxyUrl === undefined) {
    throw new ConfigurationError('domain', 'is missing: a satellite needs its domain, or a proxyUrl.');
  }
  if (signInUrl === undefined) {
    const isDevelopment = publishableKey?.instanceType === 'development' || /^(?:sk_)?test_/.test(secretKey ?? '');
    if (!isDevelopment) return;
    throw new ConfigurationError(
      'signInUrl',
      'is missing: in development a satellite asks its primary there who is signed in.',
    );
  }
  const url = parseUrl(signInUrl);
  if (url === undefined || !isHttp(url)) {
    throw new ConfigurationError(
      'signInUrl',
      'must be an absolute http(s) URL for a satellite: the page of its primary.',
    );
  }
  if (url.origin === publicOrigin || url.host === domain) {
    throw new ConfigurationError('signInUrl', "is on the satellite's own domain: it must be the page of its primary.");
  }
}

/** Where a satellite in development sends the browser to ask its primary (F5). */
export function primarySyncUrl(signInUrl: string, publicUrl: URL): string {
  const url = new URL(signInUrl);
  url.searchParams.append(QUERY.redirectUrl, publicUrl.href);
  return url.href;
}

/**
 * Where a primary in development may answer a satellite: an http(s) URL on the local machine or of a configured origin, since
 * the answer carries the development browser's token.
 *
 * @returns undefined if the parameter names no such place; it is then ignored
 */
export function satelliteReturnUrl(
  parameter: string | null | undefined,
  satelliteOrigins: Config['satelliteOrigins'],
): URL | undefined {
  if (!parameter) return undefined;
  const url = parseUrl(parameter);
  if (url === undefined || !isHttp(url) || url.username !== '' || url.password !== '') return undefined;
  const isAllowed = satelliteOrigins === 'any' || isLoopbackHost(url.host) || satelliteOrigins.includes(url.origin);
  return isAllowed ? url : undefined;
}

/** A primary's answer to a satellite (F6). */
export function satelliteAnswerUrl(returnUrl: URL, devBrowser: string | undefined): string {
  const url = new URL(returnUrl);
  if (devBrowser !== undefined) url.searchParams.append(QUERY.devBrowser, devBrowser);
  url.searchParams.set(QUERY.synced, 'true');
  return url.href;
}

function isHttp(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}
