import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AcceptsToken, AuthenticatedFor } from '@keystile/core';
import { assertGuardOptions, type GuardOptions, guard, isPreflight, settleState } from '@keystile/core/adapter';
import type { NextFunction, Response } from 'express';
import { applyPatch } from './apply-patch.ts';
import { dropBody } from './drop-body.ts';
import { assertContext, type RequestContext } from './request-context.ts';

/** What a guard leaves in `res.locals` for the handlers after it: the caller, known to be authenticated. */
export interface AuthLocals<Accepts extends AcceptsToken | undefined = undefined> extends Record<string, unknown> {
  auth: AuthenticatedFor<Accepts>;
}

/** A request handler that gives the handlers after it their type of `res.locals.auth`. */
export interface AuthGuard<Accepts extends AcceptsToken | undefined = undefined> {
  /** Fits wherever a handler does: in arrays, beside other guards. */
  (req: IncomingMessage, res: ServerResponse, next: NextFunction): void;
  // Of several signatures the compiler infers from the last. It leaves `req` alone, which gets its type from the path.
  (req: IncomingMessage, res: Response<unknown, AuthLocals<Accepts>>, next: NextFunction): void;
}

/**
 * Lets only those requests pass that meet every demand. A request that proved nothing is answered with 401 and a challenge (a
 * page load with a redirect to the sign-in page), one that lacks a demand with 403.
 *
 * ```ts
 * app.get('/invoices', requireAuth({ permission: 'org:invoices:read' }), (req, res) => {
 *   res.json({ organization: res.locals.auth.orgId });
 * });
 * ```
 *
 * Needs `authMiddleware()` before it. What is answered behind it is marked `private, no-store`; a handler that knows better
 * sets its own `Cache-Control`. CORS preflights carry no credentials: they pass, but not to the handlers of the same route.
 *
 * @throws ConfigurationError naming an option that is unknown or malformed
 * @throws MiddlewareMissingError with a request that `authMiddleware()` has not seen
 */
export function requireAuth<const Accepts extends AcceptsToken | undefined = undefined>(
  options: GuardOptions<Accepts> = {},
): AuthGuard<Accepts> {
  assertGuardOptions(options);

  function decide(context: RequestContext, res: Response, next: NextFunction): void {
    const verdict = guard(context.state, context.view, options, context.authenticator.instance);
    if (applyPatch(res, verdict.patch) || !verdict.allowed) return;
    res.locals.auth = verdict.auth;
    next();
  }

  return function requireAuth(req: IncomingMessage, res: ServerResponse, next: NextFunction): void {
    const context = assertContext(req, 'requireAuth');
    if (isPreflight(context.view)) {
      // Passed on to whoever answers preflights. The handlers beside this guard are guarded whatever the method, and those
      // that a router runs for every method have nobody to tell.
      dropBody(res);
      next('route');
      return;
    }
    const state = settleState(context.state, options.acceptsToken);
    if (!(state instanceof Promise)) {
      decide(context, res as Response, next);
      return;
    }
    state
      .then((settled) => {
        context.state = settled;
        decide(context, res as Response, next);
      })
      .catch(next);
  };
}
