import { KeystileError } from '@keystile/core';
import * as nextCache from 'next/cache.js';
import { headers } from 'next/headers.js';
import type { HandlerHeaders } from './handler-view.ts';

/**
 * The headers of the request that is being served.
 *
 * @param caller - what was called, for example `auth()`
 * @throws KeystileError `auth-in-cached-function` or `auth-outside-request`; and whatever Next throws to have a page rendered
 * later, untouched
 */
export async function readHeaders(caller: string): Promise<HandlerHeaders> {
  try {
    const found = await headers();
    // Whether a token has expired depends on the time: what follows is not for a shell that is kept (Next 16.3 and later).
    await (nextCache as { readonly io?: () => Promise<void> }).io?.();
    return found;
  } catch (cause) {
    throw explain(caller, cause) ?? cause;
  }
}

/** Errors with a digest are Next's own way of steering; the others are recognised by what they say. */
function explain(caller: string, cause: unknown): KeystileError | undefined {
  if (!(cause instanceof Error) || 'digest' in cause) return undefined;
  if (/use cache|unstable_cache/.test(cause.message)) {
    return new KeystileError(
      'auth-in-cached-function',
      `${caller} was called inside a cached function, whose result is for everybody. Call it outside, and pass what the function needs (the userId, for example) as an argument.`,
      { status: 500, cause },
    );
  }
  if (/outside a request scope/.test(cause.message)) {
    return new KeystileError(
      'auth-outside-request',
      `${caller} works in server components, server actions and route handlers of the App Router. In the Pages Router, and wherever you have the request, call getAuth(request).`,
      { status: 500, cause },
    );
  }
  return undefined;
}
