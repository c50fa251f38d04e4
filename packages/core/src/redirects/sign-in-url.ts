import type { Instance } from '../instance.ts';
import { COOKIES } from '../keys/cookie-names.ts';
import { readCookies } from '../request/cookies.ts';
import { readPublicOrigin, toPublicUrl } from '../request/public-url.ts';
import { QUERY, readQuery } from '../request/query.ts';
import type { RequestView } from '../request/request-view.ts';
import type { RequestState } from '../request-state.ts';
import { createRedirects, type Redirects } from './create-redirects.ts';

/**
 * Where a visitor signs in who asked for something else: the page comes back to the request's own public URL, and to nothing
 * that the request names.
 *
 * @param page - in place of the configured sign-in page
 * @throws ConfigurationError if neither a sign-in page nor a publishable key is configured
 */
export function signInUrl(view: RequestView, instance: Instance, state: RequestState, page?: string): string {
  const publicUrl = toPublicUrl(readPublicOrigin(view, instance.config), view);
  return requestRedirects(view, instance, state, page).toSignIn({ returnBackUrl: publicUrl });
}

/** The redirect helpers for one request (protocol section 11). */
export function requestRedirects(view: RequestView, instance: Instance, state: RequestState, page?: string): Redirects {
  const { config } = instance;
  const auth = state.toAuth();
  return createRedirects({
    publishableKey: config.publishableKey,
    baseUrl: toPublicUrl(readPublicOrigin(view, config), view),
    signInUrl: page ?? config.signInUrl,
    signUpUrl: config.signUpUrl,
    devBrowserToken: readDevBrowser(view, instance),
    sessionStatus: auth !== null && 'sessionStatus' in auth ? auth.sessionStatus : null,
    isSatellite: config.isSatellite,
  });
}

/** The plain cookie does: its twin with the instance's suffix always carries the same. */
function readDevBrowser(view: RequestView, { config }: Instance): string | undefined {
  if (config.publishableKey?.instanceType !== 'development') return undefined;
  return (
    readQuery(view.target)?.get(QUERY.devBrowser) ||
    readCookies(view.header('cookie'), DEV_BROWSER).get(COOKIES.devBrowser)
  );
}

const DEV_BROWSER: ReadonlySet<string> = new Set([COOKIES.devBrowser]);
