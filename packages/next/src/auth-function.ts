import type { AcceptsToken, AuthenticatedFor, AuthFor, AuthSelection, SessionAuth } from '@keystile/core';
import { type ReturnOptions, requestRedirects } from '@keystile/core/adapter';
import { type Caller, readAuth } from './caller.ts';
import {
  type Exits,
  type Passed,
  type ProgramAnswers,
  type Protect,
  type ProtectCheck,
  type ProtectOptions,
  protect,
} from './protect.ts';
import { publicUrlOf } from './public-url.ts';
import type { RequestKind } from './request-kind.ts';

/** Says who makes the request, and ends it where that is not enough. */
export interface AuthFunction {
  /** The caller. Without a selection only sessions count: a machine is then a signed-out session. */
  (): Promise<SessionAuth>;
  <const Accepts extends AcceptsToken | undefined = undefined>(
    selection: AuthSelection<Accepts>,
  ): Promise<AuthFor<Accepts>>;
  readonly protect: Protect;
  /** Ends the request with a redirect to the sign-in page, which comes back to `returnBackUrl` (default: here). */
  redirectToSignIn(options?: ReturnOptions): Promise<never>;
  /** The same with the sign-up page. */
  redirectToSignUp(options?: ReturnOptions): Promise<never>;
}

/** Where an {@link AuthFunction} gets its caller from, and how it ends a request. */
export interface AuthFunctionParts {
  /** @param acceptsToken - the kinds of token that matter, so that no other is verified in vain */
  findCaller(acceptsToken: AcceptsToken | undefined): Promise<Caller>;
  kindOf(caller: Caller): RequestKind;
  exitsFor(caller: Caller): Exits;
  /** Told what a guard wants of the answer once it has let the request pass. */
  onPass?(passed: Passed): void;
}

/** What programs are answered by a guard that was told nothing else. */
const ANSWERS: ProgramAnswers = { unauthenticated: 401, unauthorized: 403 };

export function createAuthFunction(parts: AuthFunctionParts): AuthFunction {
  async function auth(selection: AuthSelection = {}): Promise<AuthFor<AcceptsToken>> {
    return readAuth(await parts.findCaller(selection.acceptsToken), selection) as Promise<AuthFor<AcceptsToken>>;
  }
  async function leaveFor(page: SignPage, options?: ReturnOptions): Promise<never> {
    const caller = await parts.findCaller(undefined);
    return leaveForPage(page, caller, parts.exitsFor(caller), options);
  }
  return Object.assign(auth, {
    protect: ((first?: ProtectCheck | ProtectOptions, second?: ProtectOptions) =>
      protectRequest(parts, ANSWERS, first, second)) as Protect,
    redirectToSignIn: (options?: ReturnOptions) => leaveFor('toSignIn', options),
    redirectToSignUp: (options?: ReturnOptions) => leaveFor('toSignUp', options),
  }) as AuthFunction;
}

/** Guards the request that is being served. */
export async function protectRequest(
  parts: AuthFunctionParts,
  answers: ProgramAnswers,
  first: ProtectCheck | ProtectOptions = {},
  second: ProtectOptions = {},
): Promise<AuthenticatedFor<AcceptsToken>> {
  const { acceptsToken } = typeof first === 'function' ? second : first;
  const caller = await parts.findCaller(acceptsToken);
  const passed = await protect(caller, parts.kindOf(caller), parts.exitsFor(caller), answers, first, second);
  parts.onPass?.(passed);
  return passed.auth;
}

export type SignPage = 'toSignIn' | 'toSignUp';

/** Ends the request with a redirect to a page for signing in or up. */
export function leaveForPage(
  page: SignPage,
  caller: Caller,
  exits: Exits,
  { returnBackUrl }: ReturnOptions = {},
): never {
  const { view, authenticator, state } = caller;
  const redirects = requestRedirects(view, authenticator.instance, state);
  // null: the page comes back to nowhere in particular.
  const back = returnBackUrl === undefined ? publicUrlOf(caller) : returnBackUrl;
  return exits.redirect(redirects[page]({ returnBackUrl: back }));
}
