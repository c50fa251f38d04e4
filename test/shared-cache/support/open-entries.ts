import type { CacheScope } from '../../../packages/core/src/shared-cache/cache-seal.ts';
import type { SharedCache } from '../../../packages/core/src/shared-cache/index.ts';
import { SealedEntries } from '../../../packages/core/src/shared-cache/sealed-entries.ts';
import type { Clock } from '../../support/clock.ts';

export const SCOPE: CacheScope = {
  secretKey: 'sk_test_canary_one',
  machineSecretKey: undefined,
  apiUrl: 'https://api.test',
  apiVersion: 'v1',
};

/** The entries of one process. */
export function openEntries(
  cache: SharedCache,
  clock: Clock,
  scope: Partial<CacheScope> = {},
  warn: (message: string) => void = () => {},
): SealedEntries {
  return new SealedEntries(cache, { ...SCOPE, ...scope }, { now: clock.now, timeoutMs: 20, logger: { warn } });
}
