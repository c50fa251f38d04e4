import type { AcceptsToken, AuthenticatedFor } from '@keystile/core';
import { assertGuardOptions, type GuardOptions, guard, settleState, toResponse } from '@keystile/core/adapter';
import type { MiddlewareHandler, TypedResponse } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { announcePatch, completeDefaults } from './apply-patch.ts';
import type { BackendClient } from './auth-variables.ts';
import { answerPreflight } from './preflight.ts';
import { assertContext } from './request-context.ts';

/** What a route demands of a request, and how a refusal reaches the application. */
export interface RequireAuthOptions<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined>
  extends GuardOptions<Accepts> {
  /**
   * `throw` (default): an `HTTPException` with the answer in it, which `app.onError` sees and which lets `some()` of
   * `hono/combine` try the next guard. `return`: the answer itself, which shows in the types of an RPC client.
   */
  readonly refusal?: 'throw' | 'return';
}

/** What the routes behind a guard see. */
export interface GuardedEnv<Accepts extends AcceptsToken | undefined> {
  Variables: { auth: AuthenticatedFor<Accepts>; backend: BackendClient };
}

/** The body of a refusal: a problem document, RFC 9457. */
export interface AuthProblem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** The reason, stable. */
  readonly code: string;
}

/** The refusals as an RPC client sees them. */
export type RefusalResponse = Response & TypedResponse<AuthProblem, 401 | 403, 'json'>;

/**
 * Lets only those requests pass that prove who makes them and may do what they ask; `c.var.auth` is then theirs.
 *
 * Without authentication a page load is redirected to the sign-in page, and anything else answered 401 with a challenge
 * (RFC 6750); what is lacking is answered 403. Answers behind a guard are marked `private, no-store`; a handler that knows
 * better sets its own `Cache-Control`. CORS preflights carry no credentials: they pass to other middleware and to handlers
 * of `OPTIONS` (better still, put `cors()` before the guard).
 *
 * ```ts
 * app.get('/invoices', requireAuth({ permission: 'org:invoices:read' }), (c) => c.json({ for: c.var.auth.orgId }));
 * app.post('/jobs', requireAuth({ acceptsToken: 'api_key', scopes: 'jobs:write' }), (c) => c.json({ by: c.var.auth.id }));
 * ```
 *
 * @throws ConfigurationError when it is built, naming an option that is unknown or malformed
 * @throws HTTPException 401 or 403 with the answer as `res` (or a redirect), unless `refusal` is `return`
 * @throws MiddlewareMissingError if `authMiddleware()` has not run
 */
export function requireAuth<const Accepts extends AcceptsToken | undefined = undefined>(
  options: RequireAuthOptions<Accepts> & { readonly refusal: 'return' },
): MiddlewareHandler<GuardedEnv<Accepts>, string, object, RefusalResponse>;
export function requireAuth<const Accepts extends AcceptsToken | undefined = undefined>(
  options?: RequireAuthOptions<Accepts>,
): MiddlewareHandler<GuardedEnv<Accepts>>;
export function requireAuth({
  refusal = 'throw',
  ...options
}: RequireAuthOptions = {}): MiddlewareHandler<GuardedEnv<AcceptsToken>> {
  assertGuardOptions(options);
  return createMiddleware<GuardedEnv<AcceptsToken>>(async function requireAuth(c, next) {
    const context = assertContext(c, 'requireAuth');
    const preflight = answerPreflight(c, context.view, next);
    if (preflight !== undefined) return preflight;
    const settled = settleState(context.state, options.acceptsToken);
    context.state = settled instanceof Promise ? await settled : settled;
    const verdict = guard(context.state, context.view, options, context.authenticator.instance);
    if (!verdict.allowed) {
      const res = toResponse(verdict.patch);
      if (refusal === 'return') return res;
      throw new HTTPException(res.status as ContentfulStatusCode, { res });
    }
    c.set('auth', verdict.auth);
    if (context.isGuarded) return next();
    context.isGuarded = true;
    announcePatch(c, verdict.patch);
    await next();
    completeDefaults(c, verdict.patch);
  });
}
