import type { BackendErrorDetail } from './backend-error.ts';
import { fromWire } from './from-wire.ts';

/** What the body of an error says; nothing that it does not say, whatever it is. */
export interface ErrorBody {
  readonly errors: readonly BackendErrorDetail[];
  readonly traceId: string | undefined;
}

/** Reads `{ errors, clerk_trace_id }`. A body of any other form, such as a page of HTML, counts as empty. */
export function readErrorBody(text: string): ErrorBody {
  const body = parseObject(text);
  const errors: unknown = body.errors;
  const traceId = body.clerk_trace_id;
  return {
    errors: Array.isArray(errors) ? errors.filter(isObject).map(toDetail) : [],
    traceId: typeof traceId === 'string' && traceId !== '' ? traceId : undefined,
  };
}

function toDetail(error: Readonly<Record<string, unknown>>): BackendErrorDetail {
  const { code, message, long_message: longMessage, meta } = error;
  return {
    code: typeof code === 'string' ? code : 'unknown',
    message: typeof message === 'string' ? message : '',
    longMessage: typeof longMessage === 'string' ? longMessage : undefined,
    meta: isObject(meta) ? (fromWire(meta) as Record<string, unknown>) : undefined,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
