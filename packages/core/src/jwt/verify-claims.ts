import type { JwtClaims } from './claims.ts';
import { Refusal } from './refusal.ts';

/** What the claims of a token are held against. Resolved once per authenticator; see `AuthenticatorOptions` for each. */
export interface ClaimsPolicy {
  /** Acceptable audiences; empty: not checked. */
  readonly audience: readonly string[];
  /** Whether a token without an audience is refused, and one of another shape than RFC 7519 section 4.1.3. */
  readonly requireAudience: boolean;
  /** Acceptable `azp` values; empty: not checked. */
  readonly authorizedParties: readonly string[];
  /** Acceptable issuers; empty: not checked. */
  readonly issuer: readonly string[];
  /** Tolerated difference between the issuer's clock and ours, in milliseconds. */
  readonly clockSkewInMs: number;
}

export type AudiencePolicy = Pick<ClaimsPolicy, 'audience' | 'requireAudience'>;

/**
 * Checks the registered claims in the order of protocol section 5.2, rows 8 to 17. The signature comes before: what we
 * expect of a token must not be learnt from forged ones.
 *
 * @param now - the request's one reading of the clock, in milliseconds since the epoch
 * @returns the refusal, or undefined if all hold
 */
export function verifyClaims(claims: JwtClaims, policy: ClaimsPolicy, now: number): Refusal | undefined {
  if (typeof claims.sub !== 'string') return failed('sub', 'must be a string');
  return (
    verifyAudience(claims.aud, policy) ??
    verifyAuthorizedParty(claims.azp, policy.authorizedParties) ??
    verifyIssuer(claims.iss, policy.issuer) ??
    verifyTimes(claims, policy.clockSkewInMs, now)
  );
}

/** The audience alone; opaque access tokens have one as well. */
export function verifyAudience(aud: unknown, { audience, requireAudience }: AudiencePolicy): Refusal | undefined {
  if (audience.length === 0) return undefined;
  // Session tokens usually carry no audience; only the stricter policy minds.
  const isAbsent = aud === undefined || aud === null || aud === '' || (Array.isArray(aud) && aud.length === 0);
  if (isAbsent) return requireAudience ? failed('aud', 'is required') : undefined;
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isNamed = (value: unknown): boolean => typeof value === 'string' && (value !== '' || !requireAudience);
  if (!named.every(isNamed)) return failed('aud', 'must be a string or a list of strings');
  return named.some((value) => (audience as readonly unknown[]).includes(value))
    ? undefined
    : failed('aud', 'names no audience of ours');
}

function verifyAuthorizedParty(azp: unknown, authorizedParties: readonly string[]): Refusal | undefined {
  if (authorizedParties.length === 0) return undefined;
  if (typeof azp === 'string' && azp !== '' && authorizedParties.includes(azp)) return undefined;
  return new Refusal('token-invalid-authorized-parties', 'The azp claim is not one of the authorized parties.');
}

function verifyIssuer(iss: unknown, issuer: readonly string[]): Refusal | undefined {
  if (issuer.length === 0) return undefined;
  if (typeof iss === 'string' && issuer.includes(iss)) return undefined;
  return new Refusal('token-invalid-issuer', 'The iss claim is not one of the accepted issuers.');
}

/** `exp`, `nbf` and `iat`, RFC 7519 sections 4.1.4 to 4.1.6, with the skew's edges where the protocol puts them. */
export function verifyTimes(claims: JwtClaims, clockSkewInMs: number, now: number): Refusal | undefined {
  const { exp, nbf, iat } = claims;
  if (!isTime(exp)) return failed('exp', 'must be a number of seconds');
  // Put this way, no token is fresh by a clock that tells no number.
  if (!(exp * 1000 > now - clockSkewInMs)) {
    return new Refusal('token-expired', `The token expired ${seconds(now - exp * 1000)} s ago.`);
  }
  if (nbf !== undefined) {
    if (!isTime(nbf)) return failed('nbf', 'must be a number of seconds');
    if (nbf * 1000 > now + clockSkewInMs) {
      return new Refusal('token-not-active-yet', `The token becomes valid in ${seconds(nbf * 1000 - now)} s.`);
    }
  }
  if (iat !== undefined) {
    if (!isTime(iat)) return failed('iat', 'must be a number of seconds');
    if (iat * 1000 > now + clockSkewInMs) {
      return new Refusal(
        'token-iat-in-the-future',
        `The token was issued ${seconds(iat * 1000 - now)} s in the future: compare the clocks of issuer and server.`,
      );
    }
  }
  return undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}

function failed(claim: string, problem: string): Refusal {
  return new Refusal('token-verification-failed', `The ${claim} claim ${problem}.`);
}
