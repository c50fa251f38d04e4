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
/** How much later than it should a timer may come before it counts as lost. */
const graceInMs = 500;

/** Sends decisions in batches, one at a time. A batch that is not taken is lost. */
export function createDecisionSender(target: ReportTarget): (event: AuthenticationEvent) => void {
  const waiting: WaitingDecision[] = [];
  /** By when the wait or the call under way is over; 0 while there is none. On the clock of `performance`. */
  let busyUntil = 0;
  /** Counts waits and calls. One that is no longer the latest was given up, and starts nothing more. */
  let turn = 0;

  function wait(delayInMs: number): void {
    const mine = ++turn;
    busyUntil = performance.now() + delayInMs + graceInMs;
    const timer = setTimeout(() => {
      if (mine === turn) void send();
    }, delayInMs);
    keepNothingAlive(timer);
  }

  async function send(): Promise<void> {
    if (waiting.length === 0) {
      busyUntil = 0;
      return;
    }
    const mine = ++turn;
    busyUntil = performance.now() + timeoutInMs + graceInMs;
    const isTaken = await post(target, waiting.splice(0, largestReport));
    if (mine === turn) wait(isTaken ? gatherInMs : pauseInMs);
  }

  return (event) => {
    const now = performance.now();
    if (waiting.length === largestQueue) waiting.shift();
    waiting.push({ event, startedAt: now - event.durationMs });
    if (busyUntil === 0) wait(gatherInMs);
    // Lost: runtimes of the edge end timers and calls together with the request that began them.
    else if (now > busyUntil) void send();
  };
}

function toReport({ event, startedAt }: WaitingDecision): ReportedDecision {
  const { status, reason, message, tokenType, durationMs, cacheHit } = event;
  return {
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
