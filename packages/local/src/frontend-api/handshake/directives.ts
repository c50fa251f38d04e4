import type { Context } from '../../context.ts';
import { issueRefreshToken } from '../../issuing/refresh-token.ts';
import { sessionCookies } from '../../issuing/session-cookies.ts';
import { issueSessionToken } from '../../issuing/session-token.ts';
import type { Row } from '../../store/rows.ts';
import { applicationCookies, suffixed } from '../browser/cookie-names.ts';
import { clientUatLines } from '../browser/domain-cookies.ts';
import { setCookie } from '../browser/set-cookie.ts';

/** What an application's cookies are to say. */
export interface BrowserState {
  /** The origin of the application's page. */
  readonly origin: string;
  readonly client: Row<'clients'>;
  /** undefined: the browser is signed out. */
  readonly session: Row<'sessions'> | undefined;
  /** In development. */
  readonly devBrowser?: string | undefined;
  /** The domain that page and frontend API share, in production. */
  readonly domain?: string | undefined;
}

/**
 * The `Set-Cookie` lines that make an application's cookies say what is the case: session token and client's last change,
 * refresh token, development browser. Signed out, they clear what must not stay.
 */
export async function handshakeDirectives(context: Context, state: BrowserState): Promise<string[]> {
  const { origin, client, session, domain } = state;
  const secure = origin.startsWith('https:');
  const key = context.instance.publishableKey;
  if (session === undefined) {
    const refresh = suffixed(applicationCookies.refresh, key);
    return [
      ...sessionCookies(context, { jwt: '', clientUat: domain === undefined ? 0 : undefined, suffixed: true }),
      setCookie(refresh, '', { secure, httpOnly: true, lifetimeSeconds: 0 }),
      ...instanceCookies(context, state, 0),
    ];
  }
  const clientUat = Math.floor(client.updated_at / 1000);
  const lines = sessionCookies(context, {
    jwt: await issueSessionToken(context, session, { authorizedParty: origin }),
    refreshToken: await issueRefreshToken(context, session.id),
    // A cookie of the page's own host would hide that of the domain.
    clientUat: domain === undefined ? clientUat : undefined,
    suffixed: true,
  });
  return [...(secure ? lines.map((line) => `${line}; Secure`) : lines), ...instanceCookies(context, state, clientUat)];
}

/**
 * What differs by the kind of instance. In development the application keeps a token of the browser. In production the domain
 * keeps the time of the client, and what has brought the handshake is taken away.
 */
function instanceCookies(context: Context, { origin, devBrowser, domain }: BrowserState, clientUat: number): string[] {
  const secure = origin.startsWith('https:');
  if (domain !== undefined) {
    const { handshake, handshakeNonce } = applicationCookies;
    const spent = [handshake, handshakeNonce].map((name) =>
      setCookie(name, '', { secure, httpOnly: true, domain, lifetimeSeconds: 0 }),
    );
    return [...clientUatLines(context, domain, clientUat), ...spent];
  }
  if (devBrowser === undefined) return [];
  const { devBrowser: name } = applicationCookies;
  return [name, suffixed(name, context.instance.publishableKey)].map((each) => setCookie(each, devBrowser, { secure }));
}
