import { isHost } from './host.ts';
import type { RequestView } from './request-view.ts';

/** How far the request's own word on its public address goes. */
export interface PublicUrlPolicy {
  /** The one public origin, whatever a request says. */
  readonly publicOrigin: string | undefined;
  /** Whether `x-forwarded-host` and `-proto` count: always, never, or for these hosts. */
  readonly trustForwarded: boolean | readonly string[];
}

/**
 * The origin under which the public reaches a request, for example `https://app.example.com` (protocol section 3, with N1
 * to N3 of section 17).
 *
 * Of lists the first element counts. Only `http` and `https` and a bare `host[:port]` are believed; a header that says
 * anything else counts as absent, one whose first element is empty voids both.
 */
export function readPublicOrigin(view: RequestView, { publicOrigin, trustForwarded }: PublicUrlPolicy): string {
  if (publicOrigin !== undefined) return publicOrigin;
  let host = view.header('host');
  let scheme: string | undefined;
  if (trustForwarded !== false) {
    const forwardedHost = firstElement(view.header('x-forwarded-host'));
    const claimedHost =
      forwardedHost === undefined || (forwardedHost !== '' && !isHost(forwardedHost)) ? host : forwardedHost;
    if (trustForwarded === true || isListed(claimedHost, trustForwarded)) {
      host = claimedHost;
      scheme = firstElement(view.header('x-forwarded-proto'))?.toLowerCase();
    }
  }
  const own = view.origin;
  if (host === undefined || !isHost(host) || scheme === '') return own;
  if (scheme !== 'http' && scheme !== 'https') scheme = own.slice(0, own.indexOf(':'));
  return `${scheme}://${host.toLowerCase()}`;
}

/**
 * The public URL of a request. The path is taken as it was sent and never resolved, so that `//evil.test/x` stays a path.
 * Should an origin make no URL, the path counts alone.
 */
export function toPublicUrl(publicOrigin: string, view: RequestView): URL {
  return (
    parseUrl(publicOrigin + view.target) ??
    parseUrl(view.origin + view.target) ??
    new URL(`http://localhost${view.target}`)
  );
}

/** The host that a proxy claims to have been asked for; undefined if it claims none that could be one. */
export function forwardedHost(view: RequestView): string | undefined {
  const host = firstElement(view.header('x-forwarded-host'));
  return host !== undefined && isHost(host) ? host.toLowerCase() : undefined;
}

export function parseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function firstElement(list: string | undefined): string | undefined {
  if (list === undefined) return undefined;
  const comma = list.indexOf(',');
  return (comma === -1 ? list : list.slice(0, comma)).trim();
}

function isListed(host: string | undefined, hosts: readonly string[]): boolean {
  return host !== undefined && hosts.includes(host.toLowerCase());
}
