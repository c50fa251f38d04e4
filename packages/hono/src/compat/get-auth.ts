import type { AcceptsToken } from '@keystile/core';
import type { AuthOptions, GetAuthFn } from '@keystile/core/compat/internal';
import type { Context } from 'hono';
import { assertContext } from '../request-context.ts';

/** Says who makes a request. Throws where `clerkMiddleware()` has not run. */
export const getAuth = ((c: Context, options: AuthOptions<AcceptsToken | undefined> = {}) =>
  assertContext(c, 'getAuth').state.toAuth(options)) as GetAuthFn<Context>;
