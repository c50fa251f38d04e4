import { toFlag, toTexts } from '../option-checks.ts';
import type { ClaimsPolicy } from './verify-claims.ts';
import { JWT_TYPE, type TypeRule } from './verify-signature.ts';

/** What a caller asks of the claims of a token; `AuthenticatorOptions` says what each means. */
export interface ClaimsOptions {
  readonly audience?: string | readonly string[] | undefined;
  readonly requireAudience?: boolean | undefined;
  readonly authorizedParties?: string | readonly string[] | undefined;
  readonly issuer?: string | readonly string[] | undefined;
  readonly clockSkewInMs?: number | undefined;
}

const DEFAULT_CLOCK_SKEW_MS = 5_000;

/**
 * Resolves what the claims of a token are held against.
 * @throws ConfigurationError naming the option that cannot be used: what decides about tokens is written out as text
 */
export function toClaimsPolicy(options: ClaimsOptions): ClaimsPolicy {
  return Object.freeze({
    audience: toTexts('audience', options.audience),
    requireAudience: toFlag('requireAudience', options.requireAudience, false),
    authorizedParties: toTexts('authorizedParties', options.authorizedParties),
    issuer: toTexts('issuer', options.issuer),
    clockSkewInMs: toClockSkew(options.clockSkewInMs),
  });
}

/**
 * Resolves which `typ` is accepted.
 * @throws ConfigurationError naming `headerType` if it is no text and no list of texts
 */
export function toTypeRule(headerType: string | readonly string[] | undefined): TypeRule {
  const accepted = toTexts('headerType', headerType);
  return accepted.length === 0 ? JWT_TYPE : { accepted, mayBeAbsent: false };
}

/** Only a finite number counts; 0 is a wish like any other. */
function toClockSkew(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : DEFAULT_CLOCK_SKEW_MS;
}
