import type { IncomingMessage } from 'node:http';
import type { AcceptsToken } from '@keystile/core';
import type { AuthOptions, GetAuthFn } from '@keystile/core/compat/internal';
import { assertContext } from '../request-context.ts';

/** Says who makes a request. Throws where `clerkMiddleware()` has not run. */
export const getAuth = ((req: IncomingMessage, options: AuthOptions<AcceptsToken | undefined> = {}) =>
  assertContext(req, 'getAuth', 'clerkMiddleware').state.toAuth(options)) as GetAuthFn<IncomingMessage>;
