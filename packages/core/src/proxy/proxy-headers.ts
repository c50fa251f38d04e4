/** Headers of one connection, not of the message (RFC 9110 section 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Besides: `fetch` makes its own, or refuses them. */
const NOT_SENT: ReadonlySet<string> = new Set(['host', 'expect']);
/** What a caller may say of where it is. Only what the configuration vouches for is passed on. */
const CLIENT_CLAIMS: ReadonlySet<string> = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
]);
/** `fetch` has decoded the body, so that neither is true any more. */
const NOT_RETURNED: ReadonlySet<string> = new Set(['content-encoding', 'content-length']);

/** What the proxy itself tells the frontend API. */
export interface ProxyIdentity {
  /** The public URL of the proxy: origin and path. */
  readonly proxyUrl: URL;
  readonly secretKey: string;
  /** The address of the browser, if it is known. */
  readonly clientIp: string | undefined;
}

/**
 * The headers of the request to the frontend API (protocol section 14, steps 5 to 8; P1, P3 and P4 of section 17). Ours are
 * written last, so that nothing a caller sends can replace or remove them.
 */
export function toUpstreamHeaders(incoming: Headers, { proxyUrl, secretKey, clientIp }: ProxyIdentity): Headers {
  const headers = new Headers();
  const ofConnection = namedByConnection(incoming);
  incoming.forEach((value, name) => {
    const isOurs = HOP_BY_HOP.has(name) || NOT_SENT.has(name) || CLIENT_CLAIMS.has(name) || name.startsWith('clerk-');
    if (!isOurs && !ofConnection.has(name)) headers.append(name, value);
  });
  headers.set('accept-encoding', 'identity');
  headers.set('x-forwarded-host', proxyUrl.host);
  headers.set('x-forwarded-proto', proxyUrl.protocol.slice(0, -1));
  if (clientIp !== undefined) headers.set('x-forwarded-for', clientIp);
  headers.set('clerk-proxy-url', proxyUrl.href);
  headers.set('clerk-secret-key', secretKey);
  return headers;
}

/**
 * The headers of the answer to the browser (steps 10 and 11). Each `set-cookie` stays a line of its own.
 *
 * @param upstream - the base URL of the frontend API: redirects to its host come back through the proxy
 */
export function toClientHeaders(answered: Headers, proxyUrl: URL, upstream: URL): Headers {
  const headers = new Headers();
  const ofConnection = namedByConnection(answered);
  answered.forEach((value, name) => {
    if (HOP_BY_HOP.has(name) || NOT_RETURNED.has(name) || ofConnection.has(name)) return;
    headers.append(name, name === 'location' ? throughProxy(value, proxyUrl, upstream) : value);
  });
  return headers;
}

function throughProxy(location: string, proxyUrl: URL, upstream: URL): string {
  if (!URL.canParse(location, upstream.href)) return location;
  const url = new URL(location, upstream);
  return url.host === upstream.host ? `${proxyUrl.href}${url.pathname}${url.search}${url.hash}` : location;
}

function namedByConnection(headers: Headers): ReadonlySet<string> {
  const names = headers.get('connection');
  return names === null ? NOTHING : new Set(names.split(',').map((name) => name.trim().toLowerCase()));
}

const NOTHING: ReadonlySet<string> = new Set();
