import type { SessionClaims } from '../jwt/claims.ts';
import { type VerifyTokenOptions as CoreOptions, verifyToken as verify } from '../verify-token.ts';
import { keepByOptions } from './keep-by-options.ts';
import { rethrowTokenError } from './token-errors.ts';

export interface VerifyTokenOptions
  extends Omit<CoreOptions, 'fetch' | 'now' | 'allowInsecureApiUrl' | 'requireAudience'> {
  /** Fetches the key set for this call alone. */
  readonly skipJwksCache?: boolean | undefined;
  /** Taken and ignored. */
  readonly jwksCacheTtlInMs?: number | undefined;
}

/** Core keeps a key set for each options object; callers of this entry make a new one for each call. */
const theSameOptions = keepByOptions((options: CoreOptions) => options);

/**
 * Verifies a session token and gives its claims (protocol section 5.2).
 * @throws TokenVerificationError whose `reason` says why it is refused
 */
export async function verifyToken(
  token: string,
  { skipJwksCache, jwksCacheTtlInMs: _, ...given }: VerifyTokenOptions,
): Promise<SessionClaims> {
  const options: CoreOptions = { ...given, allowInsecureApiUrl: true };
  return verify(token, skipJwksCache ? options : await theSameOptions(options)).catch(rethrowTokenError);
}
