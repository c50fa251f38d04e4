import { invalidParam } from '../api-error.ts';
import { largestReport, longestText, type ReportedDecision } from '../report/reported-decision.ts';
import type { LoggedDecision } from './decision-log.ts';

/** What a member must be, and how to say so. */
type Rule = readonly [isValid: (value: unknown) => boolean, must: string];

const text: Rule = [isText, `must be a text of at most ${longestText} characters.`];
const textOrNull: Rule = [
  (value) => value === null || isText(value),
  `must be null or a text of at most ${longestText} characters.`,
];
const duration: Rule = [isDuration, 'must be a number from 0 to a day of milliseconds.'];

/** The members of a decision. Further ones are left out: the application may be newer than this backend. */
const members: Readonly<Record<keyof ReportedDecision, Rule>> = {
  method: text,
  path: text,
  status: [(value) => statuses.has(value), 'must be signed-in, signed-out or handshake.'],
  reason: textOrNull,
  message: textOrNull,
  tokenType: textOrNull,
  durationMs: duration,
  cacheHit: [(value) => typeof value === 'boolean', 'must be true or false.'],
  startedAgoMs: duration,
};

const statuses: ReadonlySet<unknown> = new Set<ReportedDecision['status']>(['signed-in', 'signed-out', 'handshake']);
const dayInMs = 86_400_000;

/**
 * Reads what an application reports, all of it or nothing.
 *
 * @param now Epoch milliseconds, on the clock of the backend.
 * @throws {ApiError} 422 naming the member at fault.
 */
export function readReport(decisions: unknown, now: number): Omit<LoggedDecision, 'number'>[] {
  if (!Array.isArray(decisions) || decisions.length > largestReport)
    throw invalidParam('decisions', `must be an array of at most ${largestReport}.`);
  return decisions.map((decision: unknown, index) => {
    assertDecision(decision, `decisions[${index}]`);
    const { method, path, status, reason, message, tokenType, durationMs, cacheHit, startedAgoMs } = decision;
    const at = Math.round(now - startedAgoMs);
    const durationInMs = Math.round(durationMs * 100) / 100;
    return { at, method, path, status, reason, message, tokenType, durationInMs, cacheHit };
  });
}

function assertDecision(value: unknown, place: string): asserts value is ReportedDecision {
  if (typeof value !== 'object' || value === null) throw invalidParam(place, 'must be an object.');
  for (const [name, [isValid, must]] of Object.entries(members)) {
    if (!isValid((value as Record<string, unknown>)[name])) throw invalidParam(`${place}.${name}`, must);
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= longestText;
}

function isDuration(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= dayInMs;
}
