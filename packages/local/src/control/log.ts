/** What every entry of a log says. */
export interface LogEntry {
  /** Counts up by one. */
  readonly number: number;
  /** When it began: epoch milliseconds, on the clock of the backend. */
  readonly at: number;
}

/** What happened lately. */
export interface Log<T extends LogEntry> {
  /** Oldest first; the last thousand. */
  entries(): readonly T[];
  clear(): void;
  /** Calls `listener` with every entry from now on; the answer takes it off again. */
  onEntry(listener: (entry: T) => void): () => void;
  /** Remembers an entry. */
  add(entry: Omit<T, 'number'>): void;
}

const remembered = 1_000;

export function createLog<T extends LogEntry>(): Log<T> {
  const listeners = new Set<(entry: T) => void>();
  /** A ring: once full, the oldest is written over. */
  let ring: T[] = [];
  let next = 0;
  let count = 0;
  return {
    entries: () => (ring.length < remembered ? [...ring] : [...ring.slice(next), ...ring.slice(0, next)]),
    clear() {
      ring = [];
      next = 0;
    },
    onEntry(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(partial) {
      const entry = { ...partial, number: ++count } as T;
      ring[next] = entry;
      next = (next + 1) % remembered;
      for (const listener of listeners) listener(entry);
    },
  };
}
