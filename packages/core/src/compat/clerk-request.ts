import { readCookieValues } from '../request/cookies.ts';
import { readPublicOrigin, toPublicUrl } from '../request/public-url.ts';
import { viewRequest } from '../request/request-view.ts';

/** The public URL of a request. */
export interface ClerkUrl extends URL {
  /** Whether another absolute URL is of another origin. */
  isCrossOrigin(other: string | URL): boolean;
}

/** A request with its public URL and its cookies. */
export interface ClerkRequest extends Request {
  readonly clerkUrl: ClerkUrl;
  readonly cookies: ReadonlyMap<string, string>;
  toJSON(): Readonly<Record<string, unknown>>;
}

/**
 * A copy of a request without its body, with its public URL (protocol section 3; forwarded headers count) and its cookies.
 * What is such a request already is given back.
 */
export function createClerkRequest(input: ClerkRequest | Request | URL | string, init?: RequestInit): ClerkRequest {
  if (isClerkRequest(input)) return input;
  // Its parts and not itself: a request made of another takes the body away from it.
  const { url, method, headers } = isRequest(input) ? input : new Request(input);
  const request = new Request(url, { method: init?.method ?? method, headers: init?.headers ?? headers });
  const clerkUrl = toClerkUrl(request);
  const cookies = readAllCookies(request.headers.get('cookie'));
  return Object.assign(request, { clerkUrl, cookies, toJSON: () => describe(request, clerkUrl, cookies) });
}

/** By its members: a request of another realm is one, too. */
function isRequest(input: object | string): input is Request {
  return typeof input === 'object' && 'headers' in input && 'url' in input;
}

function isClerkRequest(input: object | string): input is ClerkRequest {
  return typeof input === 'object' && 'clerkUrl' in input && 'cookies' in input;
}

function toClerkUrl(request: Request): ClerkUrl {
  const view = viewRequest(request);
  const publicOrigin = readPublicOrigin(view, { publicOrigin: undefined, trustForwarded: true });
  // The fragment is known only where the URL is the server's own.
  const url = publicOrigin === view.origin ? new URL(request.url) : toPublicUrl(publicOrigin, view);
  return Object.defineProperty(url, 'isCrossOrigin', {
    value: (other: string | URL) => new URL(other).origin !== url.origin,
  }) as ClerkUrl;
}

/** Every cookie; of several with one name the first (protocol section 2.1). */
function readAllCookies(header: string | null): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split(';') ?? []) {
    const name = pair.slice(0, Math.max(pair.indexOf('='), 0)).trim();
    const [value] = readCookieValues(pair, name);
    if (value !== undefined && !cookies.has(name)) cookies.set(name, value);
  }
  return cookies;
}

/** For logs: names of headers and cookies, not their values. */
function describe({ url, method, headers }: Request, clerkUrl: URL, cookies: ReadonlyMap<string, string>) {
  return { url, method, headers: [...headers.keys()], clerkUrl: clerkUrl.href, cookies: [...cookies.keys()] };
}
