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
  /** Calls `listener` whenever the time is moved, stopped or let run; the answer takes it off again. */
  onChange(listener: () => void): () => void;
}

/** @param now The machine's time in epoch milliseconds; `Date.now` by default. */
export function createClock(now: () => number = Date.now): Clock {
  let offset = 0;
  let frozenAt: number | undefined;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const read = () => frozenAt ?? now() + offset;
  return {
    now: read,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds)) throw new RangeError('advance() takes milliseconds as a finite number.');
      if (frozenAt === undefined) offset += milliseconds;
      else frozenAt += milliseconds;
      changed();
    },
    freeze(at = read()) {
      frozenAt = at;
      changed();
    },
    resume() {
      if (frozenAt === undefined) return;
      offset = frozenAt - now();
      frozenAt = undefined;
      changed();
    },
    reset() {
      offset = 0;
      frozenAt = undefined;
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
