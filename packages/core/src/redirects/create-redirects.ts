import { ConfigurationError } from '../errors.ts';
import { accountsUrl } from '../keys/frontend-api.ts';
import type { PublishableKey } from '../keys/publishable-key.ts';
import { parseUrl } from '../request/public-url.ts';
import { QUERY } from '../request/query.ts';

/** What the URLs of the sign-in and sign-up pages are made of. */
export interface RedirectOptions {
  /** Names the account portal, for where no page of one's own is configured. */
  readonly publishableKey?: PublishableKey | undefined;
  /**
   * The public URL of the request; relative URLs belong to it. An empty text stands for an unknown one: then the page, or
   * the return URL, has to be absolute.
   */
  readonly baseUrl: string | URL;
  /** The sign-in page; default: that of the account portal. */
  readonly signInUrl?: string | undefined;
  /** The sign-up page; default: `create` below `signInUrl`, or that of the account portal. */
  readonly signUpUrl?: string | undefined;
  /** Goes along to pages of another host, in development only. */
  readonly devBrowserToken?: string | null | undefined;
  /** `pending`: there is a session with open tasks, so the page of the tasks is meant. */
  readonly sessionStatus?: 'active' | 'pending' | null | undefined;
  /** Whether the application is a satellite, which has to ask its primary after the sign-in. */
  readonly isSatellite?: boolean | undefined;
}

export interface ReturnOptions {
  /** Where the visitor comes back to: an http(s) URL, or a path of the application. Anything else is left out. */
  readonly returnBackUrl?: string | URL | null | undefined;
}

/** Makes absolute URLs of the sign-in and sign-up pages. */
export interface Redirects {
  /** @throws ConfigurationError if neither a sign-in page nor a publishable key is known */
  toSignIn(options?: ReturnOptions): string;
  /** @throws ConfigurationError if neither a sign-up page nor a publishable key is known */
  toSignUp(options?: ReturnOptions): string;
}

/**
 * Creates the redirect helpers of protocol section 11.
 *
 * ```ts
 * const { toSignIn } = createRedirects({ publishableKey, baseUrl: 'https://app.example.com/dash' });
 * toSignIn({ returnBackUrl: '/dash' }); // https://accounts.example.com/sign-in?redirect_url=https%3A%2F%2Fapp…
 * ```
 */
export function createRedirects(options: RedirectOptions): Redirects {
  const portal = accountsUrl(options.publishableKey?.frontendApiHost ?? '');
  return {
    toSignIn({ returnBackUrl } = {}) {
      return toPage(options, options.signInUrl || portalPage(portal, 'sign-in'), returnBackUrl);
    },
    toSignUp({ returnBackUrl } = {}) {
      const page = options.signUpUrl || portalPage(portal, 'sign-up');
      return toPage(options, options.signUpUrl ? page : (besideSignIn(options) ?? page), returnBackUrl);
    },
  };
}

function portalPage(portal: string, page: string): string {
  if (portal === '')
    throw new ConfigurationError('publishableKey', `is missing: it names the ${page} page where none is configured.`);
  return `${portal}/${page}`;
}

/** The sign-up page that belongs to a sign-in page of one's own. */
function besideSignIn({ signInUrl, baseUrl }: RedirectOptions): string | undefined {
  if (!signInUrl) return undefined;
  const url = parseUrl(signInUrl, baseUrl === '' ? undefined : baseUrl);
  return url === undefined ? undefined : withPath(url, 'create').href;
}

function toPage(options: RedirectOptions, page: string, returnBackUrl: ReturnOptions['returnBackUrl']): string {
  const base = baseOf(options, page, returnBackUrl);
  let url = new URL(page, base);
  if (options.sessionStatus === 'pending') url = withPath(url, 'tasks');
  const isElsewhere = url.host !== base.host;
  const back = returnBackUrl ? toReturnUrl(returnBackUrl, base) : undefined;
  if (back !== undefined) {
    // The primary answers a satellite only when asked; this makes the satellite ask.
    if (isElsewhere && options.isSatellite === true) back.searchParams.set(QUERY.synced, 'false');
    url.searchParams.set('redirect_url', back.href);
  }
  if (isElsewhere && options.devBrowserToken && options.publishableKey?.instanceType === 'development') {
    url.searchParams.set(QUERY.devBrowser, options.devBrowserToken);
  }
  return url.href;
}

function baseOf({ baseUrl }: RedirectOptions, page: string, returnBackUrl: ReturnOptions['returnBackUrl']): URL {
  const base = parseUrl(String(baseUrl)) ?? parseUrl(page) ?? parseUrl(String(returnBackUrl ?? ''));
  if (base === undefined) {
    throw new ConfigurationError('baseUrl', 'is missing: without it the page or the return URL must be absolute.');
  }
  return base;
}

/** Longer ones fit in no header. */
const MAXIMUM_LENGTH = 8 * 1024;

/**
 * A return URL that is safe to hand on: spelled out as http(s) with its host, or else of our own origin, so that no trick of
 * spelling (`//evil.test`, `/\evil.test`, `https:evil.test`) leads elsewhere.
 */
function toReturnUrl(returnBackUrl: string | URL, base: URL): URL | undefined {
  const text = String(returnBackUrl);
  const url = text.length > MAXIMUM_LENGTH ? undefined : parseUrl(text, base);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return undefined;
  return url.origin === base.origin || /^https?:\/\/[^/\\]/i.test(text) ? url : undefined;
}

/** The URL with one more segment on its path; query and fragment stay. */
function withPath(url: URL, segment: string): URL {
  const longer = new URL(url);
  longer.pathname = `${url.pathname.replace(/\/+$/, '')}/${segment}`;
  return longer;
}
