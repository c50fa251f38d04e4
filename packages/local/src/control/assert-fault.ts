import { LocalBackendError } from '../errors.ts';
import type { Fault } from './faults.ts';

const isNumber = (value: unknown, least: number, most = Number.MAX_SAFE_INTEGER) =>
  typeof value === 'number' && value >= least && value <= most;

const isText = (value: unknown) => typeof value === 'string';

/** What each member may be, and how that is said. */
const rules: Readonly<Record<keyof Fault, readonly [isRight: (value: unknown) => boolean, what: string]>> = {
  path: [(value) => isText(value) && String(value).startsWith('/'), 'a path such as /v1/users/*'],
  operation: [isText, 'the id of an operation such as users.getUser'],
  method: [isText, 'a method such as GET'],
  probability: [(value) => isNumber(value, 0, 1), 'a number from 0 to 1'],
  times: [(value) => Number.isInteger(value) && isNumber(value, 1), 'a whole number from 1'],
  latencyInMs: [(value) => isNumber(value, 0, 2 ** 31 - 1), 'a number of milliseconds'],
  answer: [isAnswer, "'hang', 'reset', 'truncate', or a status from 200 to 599 with retryAfterSeconds if wanted"],
};

function isAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === 'hang' || value === 'reset' || value === 'truncate';
  const { status, retryAfterSeconds = 0, ...rest } = value as Readonly<Record<string, unknown>>;
  const isStatus = Number.isInteger(status) && isNumber(status, 200, 599);
  return isStatus && isNumber(retryAfterSeconds, 0) && Object.keys(rest).length === 0;
}

/** @throws {LocalBackendError} `option-invalid`, naming the member. */
export function assertFault(fault: object): asserts fault is Fault {
  for (const [name, value] of Object.entries(fault)) {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof Fault] : undefined;
    if (rule === undefined) throw invalid(`A fault has no member ${name}. It has ${Object.keys(rules).join(', ')}.`);
    const [isRight, what] = rule;
    if (value !== undefined && !isRight(value)) throw invalid(`${name} of a fault must be ${what}.`);
  }
}

const invalid = (message: string) => new LocalBackendError('option-invalid', message);
