import type { Request } from 'express';

/** Methods that the Fetch standard forbids: no application is reached by them. */
const FORBIDDEN_METHODS: readonly string[] = ['TRACE', 'TRACK', 'CONNECT'];
const SLASH = 47;

/**
 * Whether method and target make a request that means something (adapters section 6, E3): a path, or an absolute URL
 * without credentials in it.
 */
export function isServable({ method, originalUrl }: Request): boolean {
  if (FORBIDDEN_METHODS.includes(method)) return false;
  if (originalUrl.charCodeAt(0) === SLASH) return originalUrl.charCodeAt(1) !== SLASH || isUrl(`http:${originalUrl}`);
  return /^https?:\/\//i.test(originalUrl) && isUrl(originalUrl);
}

function isUrl(text: string): boolean {
  try {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  } catch {
    return false;
  }
}
