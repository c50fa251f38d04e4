import type { AuthenticatorOptions } from '../config.ts';

/** What the compat entries believe by default that the main ones do not; docs/compatibility.md lists it. */
export const COMPAT_DEFAULTS = {
  trustForwarded: true,
  anyHandshakeCookie: true,
  forwardAllHeadersOnRefresh: true,
  satelliteOrigins: 'any',
  allowInsecureApiUrl: true,
} as const satisfies AuthenticatorOptions;
