import type { AcceptsToken, AuthFor, AuthSelection, SessionAuth } from '@keystile/core';
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
  readonly answers?: ProgramAnswers;
  /** Told what a guard wants of the answer once it has let the request pass. */
  onPass?(passed: Passed): void;
}

const ANSWERS: ProgramAnswers = { unauthenticated: 401, unauthorized: 403 };

export function createAuthFunction({
  findCaller,
  kindOf,
  exitsFor,
  answers = ANSWERS,
  onPass,
}: AuthFunctionParts): AuthFunction {
  async function auth(selection: AuthSelection = {}): Promise<AuthFor<AcceptsToken>> {
    return readAuth(await findCaller(selection.acceptsToken), selection) as Promise<AuthFor<AcceptsToken>>;
  }
  async function protectRequest(first?: ProtectCheck | ProtectOptions, second?: ProtectOptions) {
    const options = typeof first === 'function' ? second : first;
    const caller = await findCaller(options?.acceptsToken);
    const passed = await protect(caller, kindOf(caller), exitsFor(caller), answers, first, second);
    onPass?.(passed);
    return passed.auth;
  }
  async function leaveFor(page: 'toSignIn' | 'toSignUp', options: ReturnOptions = {}): Promise<never> {
    const caller = await findCaller(undefined);
    const { view, authenticator, state } = caller;
    const redirects = requestRedirects(view, authenticator.instance, state);
    return exitsFor(caller).redirect(redirects[page]({ returnBackUrl: publicUrlOf(caller), ...options }));
  }
  return Object.assign(auth, {
    protect: protectRequest as Protect,
    redirectToSignIn: (options?: ReturnOptions) => leaveFor('toSignIn', options),
    redirectToSignUp: (options?: ReturnOptions) => leaveFor('toSignUp', options),
  }) as AuthFunction;
}
