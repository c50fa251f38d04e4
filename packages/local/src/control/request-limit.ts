import type { Clock } from '../clock.ts';

/** How many requests the Backend API takes in a time. */
export interface RequestLimit {
  readonly requests: number;
  readonly windowInSeconds: number;
}

/** The limits of the hosted service, for one secret key. */
export const hostedLimits = {
  development: { requests: 100, windowInSeconds: 10 },
  production: { requests: 1_000, windowInSeconds: 10 },
} as const satisfies Readonly<Record<string, RequestLimit>>;

/** Counts requests in windows that follow one another. */
export interface RequestLimiter {
  /** No limit when undefined, which is how a backend begins. */
  set(limit: RequestLimit | undefined): void;
  /** Counts a request. Answers how many seconds to wait when it is one too many, else 0. */
  take(): number;
}

export function createRequestLimiter(clock: Clock): RequestLimiter {
  let limit: RequestLimit | undefined;
  let window = 0;
  let count = 0;
  return {
    set(wanted) {
      limit = wanted;
      window = 0;
      count = 0;
    },
    take() {
      if (limit === undefined) return 0;
      const length = limit.windowInSeconds * 1000;
      const now = clock.now();
      const current = Math.floor(now / length);
      if (current !== window) {
        window = current;
        count = 0;
      }
      count += 1;
      return count <= limit.requests ? 0 : Math.max(1, Math.ceil(((current + 1) * length - now) / 1000));
    },
  };
}
