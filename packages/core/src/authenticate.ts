import type { SessionIdentity } from './auth/session-identity.ts';
import type { MaybePromise } from './crypto/index.ts';
import type { Instance } from './instance.ts';
import { Refusal } from './jwt/refusal.ts';
import { isSessionCategory } from './jwt/token-category.ts';
import { readBearerToken } from './request/bearer-token.ts';
import type { RequestView } from './request/request-view.ts';
import { authenticateCookies } from './session/authenticate-cookies.ts';
import { type Outcome, signedOut } from './session/outcome.ts';
import { NO_TOKEN_IN_HEADER, NOT_VERIFIED_YET } from './session/reason.ts';
import { onHeaderTokenRefused } from './session/token-refused.ts';
import type { PresentedToken } from './tokens/presented-token.ts';
import { type AcceptsToken, isTokenTypeAccepted, type MachineTokenType } from './tokens/token-type.ts';
import { MachineRefusal } from './tokens/verify-machine-token.ts';
import { verifySessionToken } from './tokens/verify-session-token.ts';

/**
 * Decides about one request: parts B to E of protocol section 7, where a header token rules, and the cookie path (F) where
 * there is none. A token in the header decides alone; machine tokens are never read from cookies.
 */
export function authenticate(
  view: RequestView,
  instance: Instance,
  acceptsToken: AcceptsToken,
  now: number,
): MaybePromise<Outcome> {
  const text = readBearerToken(view.header('authorization'));
  if (text === undefined) return authenticateWithoutHeader(view, instance, acceptsToken, now);
  const token = instance.verifiedTokens.read(text);
  if (!isTokenTypeAccepted(token.type, acceptsToken)) return refuseType(token, acceptsToken);
  return token.type === 'session_token'
    ? authenticateSessionToken(token, view, instance, now)
    : authenticateMachineToken(token, token.type, instance, now);
}

function authenticateWithoutHeader(
  view: RequestView,
  instance: Instance,
  acceptsToken: AcceptsToken,
  now: number,
): MaybePromise<Outcome> {
  if (isTokenTypeAccepted('session_token', acceptsToken)) return authenticateCookies(view, instance, now);
  return typeof acceptsToken === 'string'
    ? signedOut(acceptsToken as MachineTokenType, NO_TOKEN_IN_HEADER)
    : signedOut(null, 'token-type-mismatch');
}

/** A token of a kind that is not taken here. An opaque one on a route for sessions is no session token at all. */
function refuseType(token: PresentedToken, acceptsToken: AcceptsToken): Outcome {
  if (typeof acceptsToken !== 'string') return signedOut(null, 'token-type-mismatch');
  if (acceptsToken === 'session_token' && token.jwt instanceof Refusal) {
    return signedOut('session_token', 'token-invalid', token.jwt.message);
  }
  return signedOut(acceptsToken === 'any' ? null : acceptsToken, 'token-type-mismatch');
}

function authenticateSessionToken(
  token: PresentedToken,
  view: RequestView,
  instance: Instance,
  now: number,
): MaybePromise<Outcome> {
  if (!(token.jwt instanceof Refusal) && !isSessionCategory(token.jwt.header)) {
    return signedOut('session_token', 'token-type-mismatch');
  }
  const verdict = verifySessionToken(token, instance.sessionTokens, now);
  return verdict instanceof Promise
    ? verdict.then((settled) => concludeSessionToken(settled, token, view, instance, now))
    : concludeSessionToken(verdict, token, view, instance, now);
}

function concludeSessionToken(
  verdict: SessionIdentity | Refusal,
  token: PresentedToken,
  view: RequestView,
  instance: Instance,
  now: number,
): MaybePromise<Outcome> {
  if (verdict instanceof Refusal) return onHeaderTokenRefused(verdict, token, view, instance, now);
  const { text, remembered } = token;
  return { status: 'signed-in', tokenType: 'session_token', token: text, remembered, identity: verdict };
}

function authenticateMachineToken(
  token: PresentedToken,
  type: MachineTokenType,
  instance: Instance,
  now: number,
): MaybePromise<Outcome> {
  switch (instance.config.machineTokens) {
    case 'off':
      return signedOut(type, 'token-type-mismatch', 'Machine tokens are switched off.');
    case 'lazy':
      return {
        ...signedOut(type, NOT_VERIFIED_YET),
        verifyLater: () => verifyMachineToken(token, type, instance, now),
      };
    case 'eager':
      return verifyMachineToken(token, type, instance, now);
  }
}

function verifyMachineToken(
  token: PresentedToken,
  type: MachineTokenType,
  instance: Instance,
  now: number,
): MaybePromise<Outcome> {
  const verdict = instance.machineTokens.verify(token, now);
  const conclude = (settled: Awaited<typeof verdict>): Outcome =>
    settled instanceof MachineRefusal
      ? signedOut(type, settled.code, settled.message)
      : { status: 'signed-in', tokenType: type, token: token.text, remembered: token.remembered, machine: settled };
  return verdict instanceof Promise ? verdict.then(conclude) : conclude(verdict);
}
