import type { Exchange } from './exchange.ts';
import type { Operation } from './operation.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
const LONGEST_RETRY_AFTER_SECONDS = 10;
/** Spreads the clients that were told the same moment. */
const SPREAD_MS = 250;

/** Whether the same request may be sent twice (RFC 9110 section 9.2.2). */
export function isRepeatable(operation: Operation, idempotencyKey: string | undefined): boolean {
  const isUnsafe = operation.method === 'POST' || operation.method === 'PATCH';
  return !isUnsafe || operation.isRepeatable || idempotencyKey !== undefined;
}

/** Whether another try could end otherwise: no whole answer came, or one that speaks of a passing trouble. */
export function isPassing(exchange: Exchange, operation: Operation): boolean {
  if (exchange.outcome === 'timeout' || exchange.outcome === 'unreachable')
    return !(operation.isOnce && exchange.isCutOff);
  return exchange.outcome === 'answered' && isTransient(exchange.status) && !operation.isOnce;
}

const isTransient = (status: number): boolean => status === 429 || (status >= 502 && status <= 504);

/**
 * How long to wait before the next try, in milliseconds.
 *
 * @param tries - how many there were
 * @returns undefined if the backend asks for more patience than a caller has
 */
export function toRetryWait(
  tries: number,
  retryAfterSeconds: number | undefined,
  random: () => number,
): number | undefined {
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  const jittered = backoff / 2 + (random() * backoff) / 2;
  if (retryAfterSeconds === undefined) return jittered;
  if (retryAfterSeconds > LONGEST_RETRY_AFTER_SECONDS) return undefined;
  return Math.max(jittered, retryAfterSeconds * 1000 + random() * SPREAD_MS);
}
