import { ConfigurationError } from '../errors.ts';
import { isLoopbackHost } from '../keys/frontend-api.ts';

/** Where the Backend API is, unless an option says otherwise. */
export const DEFAULT_API_URL = 'https://api.clerk.com';
export const DEFAULT_API_VERSION = 'v1';

/**
 * The base URL of the Backend API without a slash at its end. The secret key travels there, so plain http is for the local
 * machine only.
 *
 * @param isInsecureAllowed - whether the caller takes the risk of plain http to other hosts
 * @throws ConfigurationError naming `apiUrl`
 */
export function assertApiUrl(apiUrl: string, isInsecureAllowed = false): string {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href !== url.origin + url.pathname) {
    throw new ConfigurationError('apiUrl', 'must be an absolute https URL without user, query or fragment.');
  }
  if (url.protocol === 'http:' && !isInsecureAllowed && !isLoopbackHost(url.host)) {
    throw new ConfigurationError(
      'apiUrl',
      'must be https, since the secret key travels to it; plain http is for this machine only (allowInsecureApiUrl).',
    );
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * The version segment of the Backend API's URLs.
 * @throws ConfigurationError naming `apiVersion`
 */
export function assertApiVersion(apiVersion: string): string {
  if (!/^[\w-]+$/.test(apiVersion)) {
    throw new ConfigurationError('apiVersion', 'must be one segment of a path, for example v1.');
  }
  return apiVersion;
}
