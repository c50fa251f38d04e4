import { parsePublishableKey } from '../keys/publishable-key.ts';
import { createRedirects, type RedirectOptions, type ReturnOptions } from '../redirects/create-redirects.ts';

/** Makes of an absolute URL what the framework answers. */
export type RedirectAdapter<Result> = (url: string) => Result;
/** Redirects to the sign-in or sign-up page. */
export type RedirectFun<Result> = (options?: ReturnOptions) => Result;

export interface CreateRedirectOptions<Result> extends Omit<RedirectOptions, 'publishableKey'> {
  readonly redirectAdapter: RedirectAdapter<Result>;
  readonly publishableKey?: string | undefined;
}

/** The redirect helpers of protocol section 11. */
export function createRedirect<Result>({
  redirectAdapter,
  publishableKey,
  ...options
}: CreateRedirectOptions<Result>): {
  redirectToSignIn: RedirectFun<Result>;
  redirectToSignUp: RedirectFun<Result>;
} {
  const { toSignIn, toSignUp } = createRedirects({
    ...options,
    publishableKey: publishableKey === undefined ? undefined : parsePublishableKey(publishableKey),
  });
  return {
    redirectToSignIn: (returnOptions) => redirectAdapter(toSignIn(returnOptions)),
    redirectToSignUp: (returnOptions) => redirectAdapter(toSignUp(returnOptions)),
  };
}
