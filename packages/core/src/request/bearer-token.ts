/**
 * The token of an `Authorization` header: after the scheme `Bearer` in any case (RFC 9110 section 11.1) and any run of
 * blanks, or alone without a scheme. What follows the token is dropped (protocol section 6.1, with T5).
 *
 * @returns undefined if there is no header, or one of another scheme
 */
export function readBearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  // The ordinary spelling, without a pattern.
  if (
    authorization.startsWith('Bearer ') &&
    authorization.indexOf(' ', 7) === -1 &&
    authorization.indexOf('\t') === -1
  ) {
    return authorization.slice(7) || 'Bearer';
  }
  const [scheme, token] = authorization.trim().split(/[ \t]+/, 2);
  if (scheme === undefined || scheme === '') return undefined;
  if (token === undefined) return scheme;
  return scheme.toLowerCase() === 'bearer' ? token : undefined;
}
