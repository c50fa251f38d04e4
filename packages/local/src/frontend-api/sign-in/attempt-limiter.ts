import type { Clock } from '../../clock.ts';

/** How often something may be tried. */
export interface AttemptLimit {
  readonly attempts: number;
  readonly windowInSeconds: number;
}

/** Counts attempts by what they are aimed at, an identifier or a client. */
export interface AttemptLimiter {
  /** Counts one attempt. Answers how many seconds to wait when it is one too many, else 0. */
  take(key: string): number;
  /** Forgets the attempts: the right secret was given. */
  forgive(key: string): void;
}

/** A password has about 2^20 likely values: at this rate it takes weeks to try them. */
export const usualAttemptLimit: AttemptLimit = { attempts: 10, windowInSeconds: 60 };

/** What is remembered at most; the oldest goes first. */
const rememberedKeys = 10_000;

/** @param limit `false` lets everything through, for tests that sign in a lot. */
export function createAttemptLimiter(clock: Clock, limit: AttemptLimit | false): AttemptLimiter {
  if (limit === false) return { take: () => 0, forgive: () => {} };
  const windows = new Map<string, { startedAt: number; attempts: number }>();
  return {
    take(key) {
      const now = clock.now();
      const length = limit.windowInSeconds * 1000;
      const known = windows.get(key);
      const current = known !== undefined && now < known.startedAt + length ? known : { startedAt: now, attempts: 0 };
      if (current !== known) {
        windows.delete(key);
        const oldest = windows.size < rememberedKeys ? undefined : windows.keys().next().value;
        if (oldest !== undefined) windows.delete(oldest);
        windows.set(key, current);
      }
      current.attempts += 1;
      return current.attempts <= limit.attempts ? 0 : Math.max(1, Math.ceil((current.startedAt + length - now) / 1000));
    },
    forgive(key) {
      windows.delete(key);
    },
  };
}
