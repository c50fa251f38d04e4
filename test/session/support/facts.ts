import { readSessionIdentity, type SessionIdentity } from '../../../packages/core/src/auth/session-identity.ts';
import { Refusal, type RefusalReason } from '../../../packages/core/src/jwt/refusal.ts';
import type { Facts } from '../../../packages/core/src/session/facts.ts';
import { type PresentedToken, readPresentedToken } from '../../../packages/core/src/tokens/presented-token.ts';
import { unsignedJwt } from './unsigned-jwt.ts';

export const NOW_S = 1_800_000_000;

/** The usual claims of a session token at {@link NOW_S}. */
export const CLAIMS = {
  iss: 'https://clerk.example.com',
  sub: 'user_alice',
  sid: 'sess_alice',
  iat: NOW_S - 5,
  exp: NOW_S + 55,
} as const;

export function presented(
  claims: Readonly<Record<string, unknown>> = {},
  header?: Readonly<Record<string, unknown>>,
): PresentedToken {
  return readPresentedToken(unsignedJwt({ ...CLAIMS, ...claims }, header));
}

export function identity(claims: Readonly<Record<string, unknown>> = {}): SessionIdentity {
  const read = readSessionIdentity({ ...CLAIMS, ...claims });
  if (read === undefined) throw new Error('the claims of the test are malformed');
  return read;
}

export function refusal(reason: RefusalReason): Refusal {
  return new Refusal(reason, `The message of ${reason}.`);
}

/** The facts of a page load by a browser that is signed in to a production instance, and whose token was verified. */
export const SIGNED_IN: Facts = {
  now: NOW_S * 1000,
  isProduction: true,
  isSatellite: false,
  satelliteAutoSync: false,
  instanceHost: 'clerk.example.com',
  method: 'GET',
  carrier: 'cookie',
  mayRedirect: true,
  maySync: false,
  redirectCount: 0,
  hasHandshake: false,
  synced: undefined,
  hasDevBrowserInUrl: false,
  hasDevBrowser: true,
  hasSatelliteWaiting: false,
  comesFromOtherSite: false,
  organizationTarget: undefined,
  token: presented(),
  clientUat: NOW_S - 10,
  hasRefreshToken: false,
  handshake: undefined,
  verification: identity(),
  refresh: undefined,
};
