/** The time of a backend. It runs with the machine's until a test moves or stops it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the time forward by so many milliseconds; frozen time stays frozen. */
  advance(milliseconds: number): void;
  /** Stops the time, at `at` (epoch milliseconds) or where it is. */
  freeze(at?: number): void;
  /** Lets the time run on from where it is. */
  resume(): void;
  /** Back to the machine's time. */
  reset(): void;
}

/** @param now The machine's time in epoch milliseconds; `Date.now` by default. */
export function createClock(now: () => number = Date.now): Clock {
  let offset = 0;
  let frozenAt: number | undefined;
  const read = () => frozenAt ?? now() + offset;
  return {
    now: read,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds)) throw new RangeError('advance() takes milliseconds as a finite number.');
      if (frozenAt === undefined) offset += milliseconds;
      else frozenAt += milliseconds;
    },
    freeze(at = read()) {
      frozenAt = at;
    },
    resume() {
      if (frozenAt === undefined) return;
      offset = frozenAt - now();
      frozenAt = undefined;
    },
    reset() {
      offset = 0;
      frozenAt = undefined;
    },
  };
}
