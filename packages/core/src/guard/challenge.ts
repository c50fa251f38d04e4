/** What a bearer challenge says, RFC 6750 section 3 and RFC 9728 section 5.1. */
export interface Challenge {
  /** Absent when the request carried no token: then nothing was wrong with one. */
  readonly error?: 'invalid_token' | 'insufficient_scope' | 'invalid_request';
  readonly errorDescription?: string;
  /** The scopes that are missing. */
  readonly scope?: string;
  /** Where the metadata of the protected resource is (RFC 9728). */
  readonly resourceMetadata?: string;
}

const PARAMETERS: readonly (readonly [name: string, field: keyof Challenge])[] = [
  ['error', 'error'],
  ['error_description', 'errorDescription'],
  ['scope', 'scope'],
  ['resource_metadata', 'resourceMetadata'],
];

/** The value of `WWW-Authenticate`. */
export function toWwwAuthenticate(challenge: Challenge): string {
  const parameters = PARAMETERS.flatMap(([name, field]) => {
    const value = challenge[field];
    return value === undefined ? [] : [`${name}=${quote(value)}`];
  });
  return parameters.length === 0 ? 'Bearer' : `Bearer ${parameters.join(', ')}`;
}

/** A quoted string of RFC 9110 section 5.6.4: quotes and backslashes escaped, what no header may hold left out. */
function quote(value: string): string {
  return `"${value.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`;
}
