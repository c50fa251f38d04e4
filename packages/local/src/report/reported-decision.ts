import type { AuthenticationEvent } from '@keystile/core';

/** A decision of an application as it is reported. These members and no others, whatever else an event may come to hold. */
export interface ReportedDecision
  extends Pick<
    AuthenticationEvent,
    'method' | 'path' | 'status' | 'reason' | 'message' | 'tokenType' | 'durationMs' | 'cacheHit'
  > {
  /**
   * How long ago it began, in milliseconds, when the report was sent. No time of day: the clock of the application is not that
   * of the backend, which tests move.
   */
  readonly startedAgoMs: number;
}

/** The longest text of a report, in UTF-16 units; longer paths and messages are cut. */
export const longestText = 1_000;

/** The most decisions of one report. */
export const largestReport = 100;
