import type { AuthenticatorOptions } from '@keystile/core';

/**
 * What handlers need of options that only the proxy knows: to call the backend, to build redirects, and to demand no less of
 * a token that they verify themselves.
 */
const NAMES = [
  'publishableKey',
  'secretKey',
  'machineSecretKey',
  'apiUrl',
  'apiVersion',
  'domain',
  'proxyUrl',
  'isSatellite',
  'signInUrl',
  'signUpUrl',
  'clockSkewInMs',
  'audience',
  'requireAudience',
  'authorizedParties',
  'issuer',
  'headerType',
  'machineTokens',
] as const satisfies readonly (keyof AuthenticatorOptions)[];

export type TravellingOptions = Pick<AuthenticatorOptions, (typeof NAMES)[number]>;

/** @returns undefined if there are none */
export function toTravellingOptions(options: AuthenticatorOptions): TravellingOptions | undefined {
  const given = NAMES.filter((name) => options[name] !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given.map((name) => [name, options[name]]));
}
