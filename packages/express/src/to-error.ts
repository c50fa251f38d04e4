import { KeystileError } from '@keystile/core';

/** An error of whatever an application's function threw. `next()` takes nothing and `'route'` for "go on". */
export function toError(reason: unknown): Error {
  if (reason instanceof Error) return reason;
  return new KeystileError('authentication-failed', 'The options of authMiddleware() could not be determined.', {
    status: 500,
    cause: reason,
  });
}
