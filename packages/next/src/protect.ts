import type { AcceptsToken, AuthenticatedFor, Requirement } from '@keystile/core';
import {
  assertGuardOptions,
  type GuardOptions,
  guard,
  isPreflight,
  type ResponsePatch,
  settleState,
} from '@keystile/core/adapter';
import type { Caller } from './caller.ts';
import type { RequestKind } from './request-kind.ts';

/** What `auth.protect()` demands, and what happens to requests that do not meet it. */
export interface ProtectOptions<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined>
  extends Omit<GuardOptions<Accepts>, 'mode'> {
  /** Where a request without authentication is redirected to, whatever it is. A path is taken on the public origin. */
  readonly unauthenticatedUrl?: string | undefined;
  /** Where a request that lacks a demand is redirected to. */
  readonly unauthorizedUrl?: string | undefined;
  /**
   * What a request without authentication is answered. Default: pages are redirected to the sign-in page; server actions and
   * all else get 401.
   */
  readonly onUnauthenticated?: 'redirect' | 401 | 404 | undefined;
  /** What a request is answered that lacks a demand. Default: pages 404, all else 403. */
  readonly onUnauthorized?: 403 | 404 | undefined;
}

/** A demand in the application's own words. */
export type ProtectCheck<Accepts extends AcceptsToken | undefined = AcceptsToken | undefined> = (
  has: (requirement: Requirement) => boolean,
  auth: AuthenticatedFor<Accepts>,
) => boolean;

/**
 * Ends the request with a redirect or an error unless its caller is authenticated and meets every demand. Await it.
 *
 * ```ts
 * const { userId } = await auth.protect();
 * await auth.protect({ permission: 'org:invoices:read' });
 * await auth.protect((has) => has({ role: 'org:admin' }) || has({ role: 'org:billing' }));
 * ```
 */
export interface Protect {
  <const Accepts extends AcceptsToken | undefined = undefined>(
    options?: ProtectOptions<Accepts>,
  ): Promise<AuthenticatedFor<Accepts>>;
  <const Accepts extends AcceptsToken | undefined = undefined>(
    check: ProtectCheck<Accepts>,
    options?: ProtectOptions<Accepts>,
  ): Promise<AuthenticatedFor<Accepts>>;
}

/** The ways out of the code that asked: the proxy answers, a handler uses Next's own control flow. None of them returns. */
export interface Exits {
  redirect(url: string): never;
  /** @param patch - the answer to a program, which not every way out can give */
  refuse(status: 401 | 403 | 404 | 503, patch: ResponsePatch): never;
  /** Answers a CORS preflight, which carries no credentials. Where there is none, it is a request like any other. */
  preflight?(): never;
}

/** A caller that may pass, and what that means for the answer. */
export interface Passed {
  readonly auth: AuthenticatedFor<AcceptsToken>;
  readonly patch: ResponsePatch;
}

/** What programs are answered unless the application says otherwise. */
export interface ProgramAnswers {
  readonly unauthenticated: 401 | 404;
  readonly unauthorized: 403 | 404;
}

/**
 * Decides as {@link Protect} says, and leaves by an exit or returns.
 * @throws ConfigurationError naming a demand that is unknown or malformed
 */
export async function protect(
  caller: Caller,
  kind: RequestKind,
  exits: Exits,
  answers: ProgramAnswers,
  first: ProtectCheck | ProtectOptions = {},
  second: ProtectOptions = {},
): Promise<Passed> {
  const [check, options] = typeof first === 'function' ? [first, second] : [undefined, first];
  const { unauthenticatedUrl, unauthorizedUrl, onUnauthenticated, onUnauthorized, ...demands } = options;
  // A demand that is misspelt would be none.
  assertGuardOptions(demands);
  if (isPreflight(caller.view)) exits.preflight?.();

  caller.state = await settleState(caller.state, demands.acceptsToken);
  const isPage = kind === 'page';
  const wantsSignIn =
    onUnauthenticated === undefined ? isPage && takesSessions(demands.acceptsToken) : onUnauthenticated === 'redirect';
  const mode = wantsSignIn ? 'redirect' : 'api';
  const verdict = guard(caller.state, caller.view, { ...demands, mode }, caller.authenticator.instance);
  if (verdict.allowed) {
    const auth = verdict.auth as AuthenticatedFor<AcceptsToken>;
    // Nothing but true: the promise of a function that should not be async is no yes.
    if (check === undefined || check((requirement) => auth.has(requirement), auth) === true)
      return { auth, patch: verdict.patch };
  }

  const status = verdict.allowed ? 403 : (verdict.patch.answer?.status ?? 401);
  if (status === 403) {
    if (unauthorizedUrl !== undefined) exits.redirect(unauthorizedUrl);
    return exits.refuse(onUnauthorized ?? (isPage ? 404 : answers.unauthorized), verdict.patch);
  }
  if (unauthenticatedUrl !== undefined) exits.redirect(unauthenticatedUrl);
  const location = verdict.patch.set.find(([name]) => name === 'location')?.[1];
  if (location !== undefined) exits.redirect(location);
  if (status === 503) return exits.refuse(503, verdict.patch);
  const usual = kind === 'api' && mayHaveSession(caller, demands) ? answers.unauthenticated : 401;
  return exits.refuse((onUnauthenticated ?? usual) === 404 ? 404 : 401, verdict.patch);
}

/** Whether it is a session that is missing, and not a machine's token. */
function mayHaveSession({ state }: Caller, demands: GuardOptions): boolean {
  return takesSessions(demands.acceptsToken) && (state.tokenType === 'session_token' || state.tokenType === null);
}

/** Whether sessions count: only people can sign in on a page. */
export function takesSessions(acceptsToken: AcceptsToken = 'session_token'): boolean {
  return typeof acceptsToken === 'string'
    ? acceptsToken === 'session_token' || acceptsToken === 'any'
    : acceptsToken.includes('session_token');
}
