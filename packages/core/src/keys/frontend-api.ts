import type { Config } from '../config.ts';

/** The part of the configuration that says where the frontend API is. */
export type FrontendApiConfig = Pick<Config, 'publishableKey' | 'proxyUrl' | 'isSatellite' | 'domain'>;

/**
 * The base URL of a frontend API from its host. Hosts of the local machine are spoken to over plain http, all others
 * over https; a text that begins with `http` is a URL already (protocol section 8.1).
 */
export function toFrontendApiUrl(hostOrUrl: string): string {
  const url = hostOrUrl.startsWith('http')
    ? hostOrUrl
    : `${isLoopbackHost(hostOrUrl) ? 'http' : 'https'}://${hostOrUrl}`;
  return url.replace(/\/+$/, '');
}

/** Whether a `host` or `host:port` can only be the local machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * The host by which an instance is known as the issuer of its tokens: that of the publishable key, but on a production
 * satellite `clerk.` and the satellite's domain (protocol section 1.2, rows 2 and 3).
 */
export function instanceHost({ publishableKey, isSatellite, domain }: FrontendApiConfig): string {
  if (publishableKey?.instanceType === 'production' && isSatellite && domain !== undefined) return `clerk.${domain}`;
  return publishableKey?.frontendApiHost ?? '';
}

/**
 * Where the frontend API is reached: through the application's own proxy if one is configured (a path belongs to the
 * request's public origin), else at the instance's host (protocol section 1.2).
 */
export function frontendApiUrl(config: FrontendApiConfig, publicOrigin: string): string {
  const { proxyUrl } = config;
  if (proxyUrl === undefined) return toFrontendApiUrl(instanceHost(config));
  return toFrontendApiUrl(proxyUrl.startsWith('/') ? `${publicOrigin}${proxyUrl}` : proxyUrl);
}

/**
 * The account portal that belongs to a frontend API host, or `''` if there is no host (protocol section 11.1).
 *
 * @param frontendApiHost - the host that the publishable key names, not a proxy or a satellite's domain
 */
export function accountsUrl(frontendApiHost: string): string {
  if (frontendApiHost === '') return '';
  const staging = frontendApiHost.replace('clerk.accountsstage.', 'accountsstage.');
  return toFrontendApiUrl(staging.replace(/clerk\.accounts\.|clerk\./, 'accounts.'));
}
