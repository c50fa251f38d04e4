import type { Context } from '../../context.ts';
import { issueRefreshToken } from '../../issuing/refresh-token.ts';
import { sessionCookies } from '../../issuing/session-cookies.ts';
import { issueSessionToken } from '../../issuing/session-token.ts';
import type { Row } from '../../store/rows.ts';
import { applicationCookies, suffixed } from '../browser/cookie-names.ts';
import { setCookie } from '../browser/set-cookie.ts';

/** What an application's cookies are to say. */
export interface BrowserState {
  /** The origin of the application's page. */
  readonly origin: string;
  readonly client: Row<'clients'>;
  /** undefined: the browser is signed out. */
  readonly session: Row<'sessions'> | undefined;
  readonly devBrowser: string;
}

/**
 * The `Set-Cookie` lines that make an application's cookies say what is the case: session token and client's last change,
 * refresh token, development browser. Signed out, they clear what must not stay.
 */
export async function handshakeDirectives(context: Context, state: BrowserState): Promise<string[]> {
  const { origin, client, session, devBrowser } = state;
  const secure = origin.startsWith('https:');
  const key = context.instance.publishableKey;
  const browser = [applicationCookies.devBrowser, suffixed(applicationCookies.devBrowser, key)].map((name) =>
    setCookie(name, devBrowser, { secure }),
  );
  if (session === undefined) {
    return [
      ...sessionCookies(context, { jwt: '', clientUat: 0, suffixed: true }),
      setCookie(suffixed(applicationCookies.refresh, key), '', { secure, httpOnly: true, lifetimeSeconds: 0 }),
      ...browser,
    ];
  }
  const lines = sessionCookies(context, {
    jwt: await issueSessionToken(context, session, { authorizedParty: origin }),
    refreshToken: await issueRefreshToken(context, session.id),
    clientUat: Math.floor(client.updated_at / 1000),
    suffixed: true,
  });
  return [...(secure ? lines.map((line) => `${line}; Secure`) : lines), ...browser];
}
