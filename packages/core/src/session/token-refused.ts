import type { MaybePromise } from '../crypto/index.ts';
import type { Instance } from '../instance.ts';
import type { Refusal } from '../jwt/refusal.ts';
import type { CookieNames } from '../keys/cookie-names.ts';
import type { RequestView } from '../request/request-view.ts';
import type { PresentedToken } from '../tokens/presented-token.ts';
import { concludeRefusedToken } from './conclude-session.ts';
import { type Outcome, signedOut } from './outcome.ts';
import { RequestFacts } from './request-facts.ts';

/**
 * Says what becomes of a request whose header carries a session token that was refused: part H of protocol section 7, as for
 * a cookie. Of the cookies only those of a refresh and a handshake count.
 *
 * @param now - the request's one reading of the clock, in milliseconds
 */
export function onHeaderTokenRefused(
  refusal: Refusal,
  token: PresentedToken,
  view: RequestView,
  instance: Instance,
  now: number,
): MaybePromise<Outcome> {
  const { cookieNames } = instance;
  if (cookieNames === undefined) return signedOut('session_token', refusal.reason, refusal.message);
  const start = (names: CookieNames) => {
    const facts = new RequestFacts(view, instance, names, now, token);
    facts.verification = refusal;
    return concludeRefusedToken(facts, refusal);
  };
  return cookieNames instanceof Promise ? cookieNames.then(start) : start(cookieNames);
}
