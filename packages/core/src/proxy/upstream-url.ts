import { ConfigurationError } from '../errors.ts';
import { isLoopbackHost } from '../keys/frontend-api.ts';
import { parsePublishableKey } from '../keys/publishable-key.ts';
import { parseUrl } from '../request/public-url.ts';
import { stripTrailingSlashes } from './proxy-path.ts';

const PRODUCTION = 'https://frontend-api.clerk.dev';
const STAGING = 'https://frontend-api.clerkstage.dev';
const LOCAL = 'https://frontend-api.lclclerk.com';

/** Hosts of the service's own development. */
const LOCAL_HOST = /(?:\.lcl\.dev|lclstage\.dev|\.lclclerk\.com)$/;
/** With `clerk.` in front, a domain of the instance's own there, which production serves. */
const OWN_DOMAIN = /\.(?:lcl\.dev|lclstage\.dev|lclclerk\.com)$/;

/**
 * The frontend API that serves the instance of a publishable key to proxies (protocol section 14, step 3). A key of an
 * instance on this machine names its host itself.
 */
export function upstreamOfPublishableKey(publishableKey: string): string {
  const host = parsePublishableKey(publishableKey)?.frontendApiHost ?? '';
  if (isLoopbackHost(host)) return `http://${host}`;
  if (host.startsWith('clerk.') && OWN_DOMAIN.test(host)) return PRODUCTION;
  if (LOCAL_HOST.test(host)) return LOCAL;
  return host.endsWith('.accountsstage.dev') ? STAGING : PRODUCTION;
}

/**
 * @param isInsecureAllowed - whether the secret key may travel over plain http to another machine
 * @throws ConfigurationError naming `frontendApiUrl`
 */
export function assertUpstreamUrl(text: string, isInsecureAllowed: boolean): URL {
  const url = parseUrl(stripTrailingSlashes(text));
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConfigurationError('frontendApiUrl', 'must be an absolute http(s) URL.');
  }
  // `http://host?` has an empty query, which a URL does not tell from none.
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
    throw new ConfigurationError('frontendApiUrl', 'must hold neither a user, nor a query or fragment.');
  }
  if (url.protocol === 'http:' && !isInsecureAllowed && !isLoopbackHost(url.host)) {
    throw new ConfigurationError(
      'frontendApiUrl',
      'must be https, since the secret key travels to it; plain http is for this machine only (allowInsecureFrontendApiUrl).',
    );
  }
  return url;
}
