/**
 * How a response of the proxy tells Next which headers the handlers are to see, in the names of Next's own
 * `NextResponse.next({ request: { headers } })`.
 */
const OVERRIDES = 'x-middleware-override-headers';
const PREFIX = 'x-middleware-request-';
const NEXT = 'x-middleware-next';
const REWRITE = 'x-middleware-rewrite';

/** Headers that only the proxy may set; a dash may come as an underscore. */
const RESERVED = /^x[-_](?:keystile|clerk)[-_]/i;

/** Whether a response lets the application's own handlers run, of this origin, and not somebody else's. */
export function reachesHandlers(response: Response, url: string): boolean {
  if (response.headers.get(NEXT) === '1') return true;
  const rewrite = response.headers.get(REWRITE);
  return rewrite !== null && new URL(rewrite, url).origin === new URL(url).origin;
}

/** The request headers as the handlers are to see them: those that the application's proxy chose, else the request's. */
export function readForwardedHeaders(response: Response, request: Request): Headers {
  const overrides = response.headers.get(OVERRIDES);
  const forwarded = new Headers();
  if (overrides === null) {
    request.headers.forEach((value, name) => {
      if (!RESERVED.test(name)) forwarded.append(name, value);
    });
    return forwarded;
  }
  for (const name of overrides.split(',')) {
    const value = response.headers.get(PREFIX + name);
    if (value !== null && !RESERVED.test(name)) forwarded.set(name, value);
  }
  return forwarded;
}

/** Has the handlers see these headers and no others. */
export function forwardHeaders(response: Response, forwarded: Headers): void {
  const names: string[] = [];
  for (const name of [...response.headers.keys()]) if (name.startsWith(PREFIX)) response.headers.delete(name);
  forwarded.forEach((value, name) => {
    names.push(name);
    response.headers.set(PREFIX + name, value);
  });
  response.headers.set(OVERRIDES, names.join(','));
}
