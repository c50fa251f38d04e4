import { fromWire } from './from-wire.ts';
import type { Operation } from './operation.ts';

/** An answer of a success status, its body read. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

/** Either what the method resolves to, or why the answer cannot be that. */
export type ReadAnswer = { readonly value: unknown } | { readonly problem: string; readonly cause?: unknown };

/** Makes of an answer what the operation promises. */
export function readAnswer(operation: Operation, answer: Answer): ReadAnswer {
  if (answer.status === 204 || operation.answer === 'none') return { value: undefined };
  if (operation.answer === 'text') return { value: answer.text };
  const type = mediaType(answer.contentType);
  if (type !== 'application/json' && !type.endsWith('+json'))
    return { problem: `an answer of type ${type || 'unknown'} in place of JSON` };
  try {
    return shape(operation, JSON.parse(answer.text));
  } catch (cause) {
    return { problem: 'an answer that is not JSON', cause };
  }
}

function shape(operation: Operation, body: unknown): ReadAnswer {
  switch (operation.answer) {
    case 'verbatim':
      return { value: body };
    case 'items':
      return Array.isArray(body) ? { value: fromWire(body) } : { problem: 'an answer that is no list' };
    case 'list':
      return toPage(member(body, operation.listKey), member(body, 'total_count'));
    case 'count': {
      const count = member(body, 'total_count');
      return typeof count === 'number' ? { value: count } : { problem: 'an answer without a count' };
    }
    default:
      return isObject(body) ? { value: fromWire(body) } : { problem: 'an answer that is no object' };
  }
}

function toPage(rows: unknown, totalCount: unknown): ReadAnswer {
  if (!Array.isArray(rows) || typeof totalCount !== 'number') return { problem: 'an answer that is no page of a list' };
  return { value: { data: fromWire(rows), totalCount } };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** Without its parameters: `application/json; charset=utf-8` is JSON. */
export function mediaType(contentType: string | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
