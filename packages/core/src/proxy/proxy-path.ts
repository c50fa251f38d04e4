/** Where the frontend API is served unless the application says otherwise. */
export const DEFAULT_PROXY_PATH = '/__clerk';

/**
 * A proxy path in its one form: a slash in front, none at the end. `/` and nothing stand for the default, since a proxy on
 * every path would swallow the site.
 */
export function toProxyPath(path: string | undefined): string {
  const bare = stripTrailingSlashes(path ?? '');
  if (bare === '') return DEFAULT_PROXY_PATH;
  return bare.startsWith('/') ? bare : `/${bare}`;
}

/**
 * Whether a request is for the frontend API's proxy: its path is the proxy's, or begins with it and a slash. Adapters ask
 * before they authenticate.
 *
 * @param target - the path of the request, with or without its query
 * @param proxyPath - default `/__clerk`
 */
export function matchesProxyPath(target: string, proxyPath?: string): boolean {
  const prefix = toProxyPath(proxyPath);
  if (!target.startsWith(prefix)) return false;
  const next = target.charAt(prefix.length);
  return next === '' || next === '/' || next === '?' || next === '#';
}

export function stripTrailingSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === '/') end--;
  return text.slice(0, end);
}
