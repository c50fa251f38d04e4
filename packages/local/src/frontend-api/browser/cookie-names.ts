import { cookieSuffix } from '../../issuing/session-cookies.ts';

/** Cookies of the frontend API's own host. */
export const ownCookies = { client: '__client', csrf: '__keystile_csrf' } as const;

/** Cookies of the application's host that only a handshake writes (protocol section 2.1). */
export const applicationCookies = {
  refresh: '__refresh',
  devBrowser: '__clerk_db_jwt',
  handshake: '__clerk_handshake',
  handshakeNonce: '__clerk_handshake_nonce',
} as const;

/** The name of a cookie for one instance alone. */
export function suffixed(name: string, publishableKey: string): string {
  return `${name}_${cookieSuffix(publishableKey)}`;
}
