import { Refusal } from '../jwt/refusal.ts';
import type { PresentedToken } from '../tokens/presented-token.ts';
import { isIssuedBy } from './issuer.ts';

/**
 * What an operator should look at when a token does not verify under the keys there are; undefined where the refusal says
 * all. The issuer of an unverified token is anybody's claim, so it is compared and never repeated.
 */
export function explainRefusal(
  refusal: Refusal,
  token: PresentedToken | undefined,
  instanceHost: string,
): string | undefined {
  if (refusal.reason !== 'jwk-kid-mismatch' && refusal.reason !== 'token-invalid-signature') return undefined;
  if (token === undefined || token.jwt instanceof Refusal) return undefined;
  return isIssuedBy(instanceHost, token.jwt.payload.iss)
    ? 'The token names this instance as its issuer, but no key of ours signed it: it is forged, or publishableKey and secretKey (or jwtKey) are of different instances.'
    : 'The token names another instance as its issuer: another application sets cookies for this domain, or the keys were exchanged.';
}

/** How far a token's time of issue lies ahead of our clock, in seconds; 0 where it tells none. */
export function secondsAhead(token: PresentedToken | undefined, now: number): number {
  if (token === undefined || token.jwt instanceof Refusal) return 0;
  const { iat, nbf } = token.jwt.payload;
  const issuedAt = typeof iat === 'number' ? iat : typeof nbf === 'number' ? nbf : now / 1000;
  return Math.round(issuedAt - now / 1000);
}
