import type { Config } from '../config.ts';
import { accountsUrl, frontendApiUrl } from '../keys/frontend-api.ts';
import { parseUrl } from '../request/public-url.ts';

/**
 * Whether a link to us is on another site, which is neither the instance's frontend API nor its account portal (protocol
 * section 7, F17): then the session may have changed there without our knowing.
 *
 * @param referrer - the page with the link, as the browser names it
 * @param publicOrigin - the origin under which the public reaches the request
 */
export function isOtherSite(referrer: string, publicOrigin: string, config: Config): boolean {
  const { crossOriginSync } = config;
  // The ordinary case, a link within the site, without parsing.
  if (crossOriginSync === false || referrer.startsWith(`${publicOrigin}/`)) return false;
  const from = parseUrl(referrer);
  if (from === undefined || from.origin === (parseUrl(publicOrigin)?.origin ?? publicOrigin)) return false;
  if (crossOriginSync !== true && !crossOriginSync.includes(from.origin)) return false;
  return !isOfInstance(from, publicOrigin, config);
}

function isOfInstance(from: URL, publicOrigin: string, config: Config): boolean {
  if (from.hostname === parseUrl(frontendApiUrl(config, publicOrigin))?.hostname) return true;
  const { publishableKey } = config;
  if (publishableKey === undefined) return false;
  if (publishableKey.instanceType !== 'production' && isDevelopmentPortal(from.hostname)) return true;
  return from.origin === parseUrl(accountsUrl(publishableKey.frontendApiHost))?.origin;
}

const LOCAL_DOMAINS = ['.lcl.dev', '.lclstage.dev', '.lclclerk.com'];
const PORTAL_DOMAINS = ['.accounts.dev', '.accountsstage.dev', '.accounts.lclclerk.com'];

/** Whether a host name is that of a development instance's account portal. */
function isDevelopmentPortal(hostname: string): boolean {
  if (hostname.startsWith('accounts.') && LOCAL_DOMAINS.some((domain) => hostname.endsWith(domain))) return true;
  // The frontend API has the same domain, with `.clerk` before it.
  return PORTAL_DOMAINS.some((domain) => hostname.endsWith(domain) && !hostname.endsWith(`.clerk${domain}`));
}
