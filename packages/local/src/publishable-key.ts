/**
 * The publishable key of a frontend API host (protocol section 1.1): the prefix and the base64 of the host and `$`. A loopback
 * host stands for plain http.
 */
export function createPublishableKey(host: string, prefix: 'pk_test_' | 'pk_live_' = 'pk_test_'): string {
  return `${prefix}${Buffer.from(`${host}$`).toString('base64').replaceAll('=', '')}`;
}
