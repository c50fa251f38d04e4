import type { Context } from '../context.ts';
import { issueSessionToken } from '../issuing/session-token.ts';
import { findSession } from '../resources/session.ts';
import { type SignedInUser, type SignInOptions, signInUser, type TestUser } from './sign-in-user.ts';

export interface CallerOptions extends SignInOptions {
  /** What the requests go by: the application's own, in process, or `globalThis.fetch` (default). */
  readonly fetch?: ((request: Request) => Response | Promise<Response>) | undefined;
}

/** A signed-in user who calls an application. */
export interface Caller {
  /** As the global one, with the user's session token. Each request has a new one, so that moving the clock does not end it. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The user, signed in with the first request or with this. */
  signedIn(): Promise<SignedInUser>;
}

export function createCaller(context: Context, user: string | TestUser, options: CallerOptions = {}): Caller {
  const { fetch = globalThis.fetch, claims, expiresInSeconds, origin } = options;
  let signingIn: Promise<SignedInUser> | undefined;
  const signedIn = () => {
    signingIn ??= signInUser(context, user, options);
    return signingIn;
  };
  return {
    signedIn,
    async fetch(input, init) {
      const { sessionId } = await signedIn();
      const session = await findSession(context, sessionId);
      const token = await issueSessionToken(context, session, { claims, expiresInSeconds, authorizedParty: origin });
      const request = new Request(input, init);
      request.headers.set('authorization', `Bearer ${token}`);
      return fetch(request);
    },
  };
}
