import type { MaybePromise } from '../crypto/index.ts';
import type { Instance } from '../instance.ts';
import type { CookieNames } from '../keys/cookie-names.ts';
import type { RequestView } from '../request/request-view.ts';
import { concludeSession } from './conclude-session.ts';
import { type Outcome, signedOut } from './outcome.ts';
import { RequestFacts } from './request-facts.ts';

/**
 * Says whose session the cookies of a request carry: part F of protocol section 7. Synchronous where nothing has to be
 * waited for.
 *
 * @param now - the request's one reading of the clock, in milliseconds
 * @throws HandshakeError for a development instance whose handshake does not verify (section 8.4), and nothing else
 */
export function authenticateCookies(view: RequestView, instance: Instance, now: number): MaybePromise<Outcome> {
  const { cookieNames } = instance;
  if (cookieNames === undefined) return signedOut('session_token', 'session-token-and-uat-missing');
  const start = (names: CookieNames) => concludeSession(new RequestFacts(view, instance, names, now));
  return cookieNames instanceof Promise ? cookieNames.then(start) : start(cookieNames);
}
