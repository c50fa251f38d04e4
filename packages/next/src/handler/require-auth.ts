import type { AcceptsToken, AuthenticatedFor, Authenticator } from '@keystile/core';
import {
  assertGuardOptions,
  type GuardOptions,
  guard,
  isPreflight,
  patchHeaders,
  type ResponsePatch,
  settleState,
  toResponse,
  viewRequest,
} from '@keystile/core/adapter';
import type { NextRequest } from 'next/server.js';
import type { HandlerCallers } from './handler-callers.ts';

/** Who makes a request that a guard has let pass, and the client of the Backend API to serve it with. */
export interface GuardedCall<Accepts extends AcceptsToken | undefined> {
  readonly auth: AuthenticatedFor<Accepts>;
  readonly backend: Authenticator['backend'];
}

/**
 * Guards a route handler: it runs only for requests that prove who makes them and may do what they ask.
 *
 * Unlike `auth.protect()`, which can only end the request, this answers as programs expect it: 401 with a challenge (RFC
 * 6750), 403 naming what is lacking, and `Cache-Control: private, no-store` on either and on what the handler returns.
 *
 * ```ts
 * // app/api/jobs/route.ts
 * export const POST = requireAuth({ acceptsToken: 'api_key', scopes: 'jobs:write' }, async (request, { auth }) => {
 *   return Response.json({ by: auth.id }, { status: 201 });
 * });
 * ```
 *
 * @throws ConfigurationError when it is built, naming an option that is unknown or malformed
 */
export type RequireAuth = <const Accepts extends AcceptsToken | undefined = undefined, Context = unknown>(
  options: GuardOptions<Accepts>,
  handler: (request: NextRequest, call: GuardedCall<Accepts>, context: Context) => Response | Promise<Response>,
) => (request: NextRequest, context: Context) => Promise<Response>;

export function createRequireAuth(callers: HandlerCallers): RequireAuth {
  return (options, handler) => {
    assertGuardOptions(options);
    return async (request, context) => {
      const view = viewRequest(request);
      // A preflight carries no credentials. Where it comes to a handler like any other, it ends without granting anything.
      if (isPreflight(view)) return new Response(null, { status: 204 });
      const caller = await callers.find(request.headers, options.acceptsToken, request.url);
      caller.state = await settleState(caller.state, options.acceptsToken);
      const { authenticator, state } = caller;
      const verdict = guard(state, view, options, authenticator.instance);
      if (!verdict.allowed) return toResponse(verdict.patch);
      const response = await handler(request, { auth: verdict.auth, backend: authenticator.backend }, context);
      return completed(response, verdict.patch);
    };
  };
}

/** Fills in what the handler left open, on a copy: a response may belong to everybody. */
function completed(response: Response, { set, vary }: ResponsePatch): Response {
  const copy = new Response(response.body, response);
  patchHeaders(copy.headers, { set: set.filter(([name]) => !copy.headers.has(name)), append: [], vary });
  return copy;
}
