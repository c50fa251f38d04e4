import { LRUCache } from 'lru-cache';

/** Remembers deliveries, so that one that was recorded on its way cannot be played again while it is still fresh. */
export interface ReplayGuard {
  /**
   * Whether this delivery came before; if not, it is remembered from now on, in one step.
   *
   * What identifies it is the message's id and the time of this attempt: a sender that tries again after a failure of
   * ours signs a later time, and is let through.
   *
   * @param delivery - id and timestamp of the message
   * @param untilMs - when it may be forgotten, in milliseconds since the epoch: from then on it is too old anyway
   */
  seen(delivery: string, untilMs: number): boolean | Promise<boolean>;
}

export interface MemoryReplayGuardOptions {
  /** How many deliveries to remember at most; the oldest are forgotten first. Default 10,000. */
  readonly max?: number;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: () => number;
}

/** A {@link ReplayGuard} for one process. Several share what they saw by `createSharedReplayGuard`. */
export function createMemoryReplayGuard({ max = 10_000, now = Date.now }: MemoryReplayGuardOptions = {}): ReplayGuard {
  const deliveries = new LRUCache<string, number>({ max });
  return {
    seen(delivery, untilMs) {
      const remembered = deliveries.peek(delivery);
      if (remembered !== undefined && remembered > now()) return true;
      deliveries.set(delivery, untilMs);
      return false;
    },
  };
}
