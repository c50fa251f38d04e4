import type { Config } from '../config.ts';
import { parseUrl } from './public-url.ts';
import type { RequestView } from './request-view.ts';

/**
 * Whether the page that makes a request may make it with the visitor's cookies. Asked where the browser sends them along for
 * any page: when a WebSocket is opened (RFC 6455 section 10.2).
 *
 * @param origins - the origins of our pages. Default: `authorizedParties` and `publicOrigin`, or without those the host that
 * the request is for
 * @returns true if no page makes it: programs send no `Origin`
 */
export function isAllowedOrigin(
  view: RequestView,
  { claimsPolicy, publicOrigin }: Config,
  origins: readonly string[] = publicOrigin === undefined
    ? claimsPolicy.authorizedParties
    : [...claimsPolicy.authorizedParties, publicOrigin],
): boolean {
  const origin = view.header('origin');
  if (origin === undefined) return true;
  if (origins.length > 0) return origins.includes(origin);
  const host = parseUrl(origin)?.host;
  return host !== undefined && host !== '' && host === view.header('host')?.toLowerCase();
}
