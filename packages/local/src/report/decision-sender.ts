import type { AuthenticationEvent } from '@keystile/core';
import { largestReport, longestText, type ReportedDecision } from './reported-decision.ts';

/** Where reports go. */
export interface ReportTarget {
  readonly url: string;
  readonly secretKey: string;
  readonly fetch: typeof globalThis.fetch;
}

/** A decision that is to be reported; when it began, on the clock of `performance`. */
interface WaitingDecision {
  readonly event: AuthenticationEvent;
  readonly startedAt: number;
}

/** How many decisions wait at most; the oldest goes first. */
const largestQueue = 1_000;
/** How long decisions are gathered before they are sent. */
const gatherInMs = 100;
/** How long the backend is left alone after it did not take a report. */
const pauseInMs = 5_000;
/** The longest that a report may take. */
const timeoutInMs = 2_000;
/**
 * Sends decisions in batches, one at a time. A batch that is not taken is lost.
 *
 * Where calls end with the request that began them, each decision is sent at once, and arrives if the request takes longer than that.
 */
export function createDecisionSender(target: ReportTarget): (event: AuthenticationEvent) => void {
  const waiting: WaitingDecision[] = [];
  /** Whether a timer or a call is under way, after which what waits is sent. */
  let isBusy = false;

  function sendIn(delayInMs: number): void {
    isBusy = true;
    keepNothingAlive(setTimeout(send, delayInMs));
  }

  async function send(): Promise<void> {
    if (waiting.length === 0) {
      isBusy = false;
      return;
    }
    const isTaken = await post(target, waiting.splice(0, largestReport));
    sendIn(isTaken ? gatherInMs : pauseInMs);
  }

  const outlivesRequests = worksInBackground();
  return (event) => {
    const decision = { event, startedAt: performance.now() - event.durationMs };
    if (!outlivesRequests) {
      void post(target, [decision]);
      return;
    }
    if (waiting.length === largestQueue) waiting.shift();
    waiting.push(decision);
    if (!isBusy) sendIn(gatherInMs);
  };
}

/** Whether timers and calls go on once the request that began them has been answered. */
function worksInBackground(): boolean {
  const { navigator, EdgeRuntime } = globalThis as { navigator?: { userAgent?: string }; EdgeRuntime?: unknown };
  return navigator?.userAgent !== 'Cloudflare-Workers' && EdgeRuntime === undefined;
}

function toReport({ event, startedAt }: WaitingDecision): ReportedDecision {
  const { method, path, status, reason, message, tokenType, durationMs, cacheHit } = event;
  return {
    method,
    path: path.slice(0, longestText),
    status,
    reason,
    message: message?.slice(0, longestText) ?? null,
    tokenType,
    durationMs,
    cacheHit,
    startedAgoMs: performance.now() - startedAt,
  };
}

/** Says whether the backend has taken it. Never rejects. */
async function post({ url, secretKey, fetch }: ReportTarget, batch: readonly WaitingDecision[]): Promise<boolean> {
  try {
    const { ok, body } = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ decisions: batch.map(toReport) }),
      // The key goes to this machine and nowhere else. Some runtimes know no `error`.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutInMs),
    });
    await body?.cancel();
    return ok;
  } catch {
    return false;
  }
}

/** A timer is an object in Node and Bun, and a number in other runtimes. */
function keepNothingAlive(timer: { unref?: () => void } | number): void {
  if (typeof timer === 'object') timer.unref?.();
  else (globalThis as { Deno?: { unrefTimer(id: number): void } }).Deno?.unrefTimer(timer);
}
