import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error.ts';
import { isLoopbackHost } from './loopback-host.ts';

/**
 * Refuses requests whose `Host` is none of ours: a web page that has its own name resolve to 127.0.0.1 would otherwise be
 * same-origin with the backend (DNS rebinding).
 *
 * @param hosts Host names accepted besides the loopback ones, without port.
 */
export function hostGuard(hosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  return async (c, next) => {
    const name = hostName(c.req.url);
    if (!isLoopbackHost(name) && !allowed.has(name)) {
      throw new ApiError(403, [
        {
          code: 'host_invalid',
          message: 'Host not allowed',
          long_message: 'This backend answers only for localhost and the hosts it was told.',
        },
      ]);
    }
    await next();
  };
}

/** Host name of an absolute URL, lower-case, without port or user. A full parse for each request would cost more than the rest of the guard. */
function hostName(url: string): string {
  const start = url.indexOf('://') + 3;
  let end = url.length;
  for (let index = start; index < url.length; index++) {
    const code = url.charCodeAt(index);
    if (code === 47 || code === 63 || code === 35 || code === 92) {
      end = index;
      break;
    }
  }
  const authority = url.slice(start, end).toLowerCase();
  // A user part never comes from a Host header; refuse rather than interpret.
  if (authority.includes('@')) return '';
  const port = authority.startsWith('[') ? authority.indexOf(']') + 1 : authority.indexOf(':');
  return port <= 0 ? authority : authority.slice(0, port);
}
