/**
 * The publishable key of a frontend API host (protocol section 1.1): `pk_test_` and the base64 of the host and `$`.
 * A loopback host stands for plain http.
 */
export function createPublishableKey(host: string): string {
  return `pk_test_${Buffer.from(`${host}$`).toString('base64').replaceAll('=', '')}`;
}
