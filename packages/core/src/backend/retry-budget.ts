const CAPACITY = 10;
const EARNED_PER_ANSWER = 0.1;
const EARNED_PER_SECOND = 0.1;

/** Decides whether there may be another retry. */
export interface RetryBudget {
  /** A request was answered: a tenth of a retry is saved up. */
  readonly earn: () => void;
  /** @returns whether there was a whole retry left, which is then spent */
  readonly spend: () => boolean;
}

/**
 * Bounds what retries add to the load of a backend that is down. Ten are saved up; a tenth comes with every answered
 * request, so that in good times one in ten may be repeated, and one with every ten seconds, so that after an outage
 * quiet clients recover, too.
 */
export function createRetryBudget(now: () => number): RetryBudget {
  let saved = CAPACITY;
  let countedAt = now();
  const add = (amount: number) => {
    saved = Math.min(CAPACITY, saved + amount);
  };
  return {
    earn: () => add(EARNED_PER_ANSWER),
    spend: () => {
      const at = now();
      add(Math.max(0, at - countedAt) * (EARNED_PER_SECOND / 1000));
      countedAt = at;
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}
