import { CONSOLE_LOGGER, guardLogger, type Logger } from '../logger.ts';
import type { ReplayGuard } from '../webhooks/replay-guard.ts';
import { PatientCache, UNREACHABLE } from './patient-cache.ts';
import type { SharedCache } from './shared-cache.ts';
import { SharedCacheError } from './shared-cache-error.ts';

export interface SharedReplayGuardOptions {
  /** The longest that the cache is waited for, in milliseconds. Default 1000. */
  readonly timeoutMs?: number;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: () => number;
  readonly logger?: Logger;
}

/**
 * A `ReplayGuard` for `verifyWebhook` that a whole fleet shares. While the cache is away, webhooks are refused with
 * `replay-check-failed` (503) and their sender delivers them again later.
 */
export function createSharedReplayGuard(
  cache: SharedCache,
  { timeoutMs = 1_000, now = Date.now, logger = CONSOLE_LOGGER }: SharedReplayGuardOptions = {},
): ReplayGuard {
  const patient = new PatientCache(cache, { timeoutMs, now, logger: guardLogger(logger) });
  return {
    async seen(delivery, untilMs) {
      const ttlMs = untilMs - now();
      const isFirst = await patient.insist((asked) => asked.add(`webhook:${delivery}`, '1', ttlMs));
      if (isFirst === UNREACHABLE) throw new SharedCacheError('The shared cache of the replay guard does not answer.');
      return !isFirst;
    },
  };
}
