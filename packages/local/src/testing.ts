import type { Controls } from './control/create-controls.ts';
import { sharedTestKey } from './issuing/key-pool.ts';
import type { LocalBackendOptions } from './options.ts';
import { type LocalBackend, startLocalBackend } from './start-local-backend.ts';
import { type Caller, type CallerOptions, createCaller } from './testing/create-caller.ts';
import { type SignedInUser, type SignInOptions, signInUser, type TestUser } from './testing/sign-in-user.ts';

export type { Caller, CallerOptions } from './testing/create-caller.ts';
export type { SignedInUser, SignInOptions, TestUser } from './testing/sign-in-user.ts';

/** How a test backend differs from others. */
export interface TestBackendOptions extends LocalBackendOptions {
  /**
   * Whether it signs with a key that no other has. By default the test backends of a machine share one, since a key takes longer
   * to make than all the rest: their tokens differ by issuer and key id, but not for who checks the signature alone.
   */
  readonly ownKey?: boolean | undefined;
}

/** A backend of one test, with its controls at hand: `backend.faults`, `backend.requests`, `backend.snapshot()`. */
export interface TestBackend extends LocalBackend, Controls {
  /** What an authenticator of core needs to work with it, in process and on its clock. */
  readonly authenticatorOptions: {
    readonly publishableKey: string;
    readonly secretKey: string;
    readonly apiUrl: string;
    readonly fetch: typeof globalThis.fetch;
    readonly now: () => number;
  };
  /** The variables that tell an application of it. */
  readonly environment: Readonly<
    Record<
      'CLERK_PUBLISHABLE_KEY' | 'CLERK_SECRET_KEY' | 'CLERK_API_URL' | 'CLERK_SIGN_IN_URL' | 'CLERK_SIGN_UP_URL',
      string
    >
  >;
  /**
   * Signs a user in, without a page and a password.
   *
   * @param user Id, e-mail address or user name of one that is there; or what a new one is made of. Without it, anybody.
   * @throws Error 404 when there is no such user or organization.
   */
  signIn(user?: string | TestUser, options?: SignInOptions): Promise<SignedInUser>;
  /**
   * A user who calls an application: signed in as by `signIn`, when the first request is sent.
   *
   * @example
   * const ada = backend.as({ firstName: 'Ada' });
   * const answer = await ada.fetch('http://localhost:3000/api/me');
   */
  as(user?: string | TestUser, options?: CallerOptions): Caller;
}

/**
 * Starts a backend for a test: fresh, isolated, in memory, in process and without a socket (`listen: true` opens one), with no limit on
 * sign-ins. Close it when the test ends.
 *
 * @example
 * const backend = await createTestBackend();
 * const authenticator = await createAuthenticator(backend.authenticatorOptions);
 * const { cookieHeader } = await backend.signIn({ firstName: 'Ada' });
 * const state = await authenticator.authenticateRequest(new Request('http://localhost/', { headers: { cookie: cookieHeader } }));
 * backend.clock.advance(61_000);
 *
 * @throws {LocalBackendError} as `startLocalBackend` does; live keys and NODE_ENV=production are refused.
 */
export async function createTestBackend(options: TestBackendOptions = {}): Promise<TestBackend> {
  const { ownKey = false, ...rest } = options;
  const privateKey = rest.privateKey ?? (ownKey ? undefined : await sharedTestKey());
  const backend = await startLocalBackend({ listen: false, signInLimit: false, ...rest, privateKey });
  const { url, publishableKey, secretKey, clock, context, controls } = backend;
  const { requests, decisions, faults, limitRequests, snapshot, restore, reset } = controls;
  return {
    ...backend,
    ...{ requests, decisions, faults, limitRequests, snapshot, restore, reset },
    authenticatorOptions: { publishableKey, secretKey, apiUrl: url, fetch: backend.fetch, now: clock.now },
    environment: {
      CLERK_PUBLISHABLE_KEY: publishableKey,
      CLERK_SECRET_KEY: secretKey,
      CLERK_API_URL: url,
      CLERK_SIGN_IN_URL: `${url}/sign-in`,
      CLERK_SIGN_UP_URL: `${url}/sign-up`,
    },
    signIn: (user = {}, signInOptions = {}) => signInUser(context, user, signInOptions),
    as: (user = {}, callerOptions = {}) => createCaller(context, user, callerOptions),
  };
}
