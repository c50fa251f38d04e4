import type { HonoRequest } from 'hono';

/** Methods that the Fetch standard forbids: no application is reached by them. */
const FORBIDDEN_METHODS: readonly string[] = ['TRACE', 'TRACK', 'CONNECT'];

/**
 * Whether method and URL make a request that means something (adapters section 6, E3). What begins with two slashes has to
 * be a URL without credentials, as everything else.
 */
export function isServable({ method, url }: Pick<HonoRequest, 'method' | 'url'>): boolean {
  if (FORBIDDEN_METHODS.includes(method)) return false;
  const path = url.indexOf('/', url.indexOf('://') + 3);
  if (path !== -1 && url.charCodeAt(path + 1) === SLASH) return isPlainUrl(`http:${url.slice(path)}`);
  const at = url.indexOf('@');
  return at === -1 || (path !== -1 && at > path);
}

const SLASH = 47;

function isPlainUrl(text: string): boolean {
  try {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  } catch {
    return false;
  }
}
