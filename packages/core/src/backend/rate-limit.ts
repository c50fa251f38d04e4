/** What the backend says of the caller's rate limit. Members that it does not send are undefined. */
export interface RateLimit {
  /** Requests per window. */
  readonly limit: number | undefined;
  /** Requests left in this window. */
  readonly remaining: number | undefined;
  /** When the window ends, in the backend's own unit. */
  readonly reset: number | undefined;
}

/** Reads `RateLimit-*` or, as is common, `X-RateLimit-*`. */
export function readRateLimit(headers: Headers): RateLimit | undefined {
  const limit = readNumber(headers, 'limit');
  const remaining = readNumber(headers, 'remaining');
  const reset = readNumber(headers, 'reset');
  return limit === undefined && remaining === undefined && reset === undefined
    ? undefined
    : { limit, remaining, reset };
}

function readNumber(headers: Headers, name: string): number | undefined {
  const text = headers.get(`x-ratelimit-${name}`) ?? headers.get(`ratelimit-${name}`);
  return text !== null && /^\s*\d+\s*$/.test(text) ? Number(text) : undefined;
}
