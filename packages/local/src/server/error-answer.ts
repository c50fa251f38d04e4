import { randomUUID } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ApiError } from '../api-error.ts';
import { isDuplicate, isUnavailable } from '../store/store-errors.ts';

/** Writes an error as the API does (protocol section 13). What is no `ApiError` is a fault of ours: 500, without its text. */
export function answerError(c: HonoContext, error: unknown): Response {
  const known = error instanceof ApiError ? error : toApiError(error);
  return c.json(
    { errors: known.errors, clerk_trace_id: randomUUID().replaceAll('-', '') },
    known.status as ContentfulStatusCode,
    known.headers as Record<string, string>,
  );
}

function toApiError(error: unknown): ApiError {
  // Two writers at once, and the checks of the second ran before the first was done: the unique index had the last word.
  if (isDuplicate(error)) {
    return new ApiError(409, [
      { code: 'duplicate_record', message: 'duplicate record', long_message: 'Something with these values exists.' },
    ]);
  }
  if (isUnavailable(error)) {
    console.error(`keystile: the database refused a request: ${(error as Error).message}`);
    const long_message = 'The database is full, read-only or out of reach; the log of the local backend says which.';
    return new ApiError(503, [{ code: 'storage_unavailable', message: 'storage unavailable', long_message }], {
      'retry-after': '1',
    });
  }
  console.error('keystile: a request failed unexpectedly:', error);
  return new ApiError(500, [
    { code: 'internal_error', message: 'internal error', long_message: 'The local backend failed; its log says why.' },
  ]);
}
