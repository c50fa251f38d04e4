import { digest, type MaybePromise } from '../crypto/index.ts';

/** The names of the wire's cookies (protocol section 2.1). */
export const COOKIES = {
  session: '__session',
  clientUat: '__client_uat',
  refresh: '__refresh',
  devBrowser: '__clerk_db_jwt',
  handshake: '__clerk_handshake',
  handshakeNonce: '__clerk_handshake_nonce',
  redirectCount: '__clerk_redirect_count',
} as const;

/** The cookie names of one instance: applications of several instances can share a domain by the suffixed twins. */
export interface CookieNames {
  readonly suffix: string;
  readonly session: string;
  readonly clientUat: string;
  readonly refresh: string;
  readonly devBrowser: string;
  /** Every name that authentication reads, suffixed or not. */
  readonly wanted: ReadonlySet<string>;
}

/**
 * Names the cookies of the instance that a publishable key belongs to. The suffix is the first eight characters of the
 * key's SHA-1 in the base64url alphabet (protocol section 1.3); it separates instances and protects nothing.
 */
export function nameCookies(publishableKey: string): MaybePromise<CookieNames> {
  const hash = digest('SHA-1', publishableKey);
  return hash instanceof Promise ? hash.then(toCookieNames) : toCookieNames(hash);
}

function toCookieNames(hash: Uint8Array): CookieNames {
  const suffix = btoa(String.fromCharCode(...hash))
    .slice(0, 8)
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const names = {
    suffix,
    session: `${COOKIES.session}_${suffix}`,
    clientUat: `${COOKIES.clientUat}_${suffix}`,
    refresh: `${COOKIES.refresh}_${suffix}`,
    devBrowser: `${COOKIES.devBrowser}_${suffix}`,
  };
  return {
    ...names,
    wanted: new Set([...Object.values(COOKIES), names.session, names.clientUat, names.refresh, names.devBrowser]),
  };
}
