/** A JWT whose signature proves nothing, for what is decided before or without a signature. */
export function unsignedJwt(
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): string {
  return `${encode({ alg: 'RS256', typ: 'JWT', kid: 'ins_test', ...header })}.${encode(claims)}.c2lnbmF0dXJl`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
