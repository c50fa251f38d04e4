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
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}
